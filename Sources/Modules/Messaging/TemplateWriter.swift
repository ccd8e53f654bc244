public import Leads

/// Writes messages by filling in the templates of the settings; free, and the same each time.
public struct TemplateWriter: Sendable {
    private let subject: MessageTemplate
    private let body: MessageTemplate

    /// Throws a `MessageTemplate.Problem`.
    public init(_ settings: MessagingSettings) throws(MessageTemplate.Problem) {
        subject = try MessageTemplate(settings.subjectTemplate)
        body = try MessageTemplate(settings.bodyTemplate)
    }

    /// A message, or what is missing for one.
    public func write(_ facts: MessageFacts) -> Result<DraftMessage, MessageTemplate.Problem> {
        let missing =
            subject.missing(in: facts) + body.missing(in: facts).filter { !subject.missing(in: facts).contains($0) }
        guard missing.isEmpty else {
            let settings = missing.filter { ["sender_name", "sender_company", "offer"].contains($0) }
            let hint = settings.isEmpty ? "" : "; set \(settings.map { "messaging.\($0)" }.joined(separator: " and "))"
            return .failure(.init(description: "\(missing.joined(separator: ", ")) is not known\(hint)"))
        }
        return .success(
            DraftMessage(
                subject: subject.fill(with: facts).tidiedLines, body: body.fill(with: facts).tidiedLines,
                writer: "template"))
    }
}

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

    private static func advice(_ names: [String]) -> String {
        "set \(names.map { "messaging.\($0)" }.joined(separator: " and "))"
    }

    /// What has to be set before any message can be written; nil when nothing has to.
    public func settingsToSet(_ settings: MessagingSettings) -> String? {
        let known = MessageFacts(settings: settings)
        let missing = MessageFacts.namesOfSender.filter { name in
            [subject, body].contains { $0.missing(in: known).contains(name) }
        }
        return missing.isEmpty ? nil : Self.advice(missing)
    }

    /// A message, or what is missing for one.
    public func write(_ facts: MessageFacts) -> Result<DraftMessage, MessageTemplate.Problem> {
        let missing =
            subject.missing(in: facts) + body.missing(in: facts).filter { !subject.missing(in: facts).contains($0) }
        guard missing.isEmpty else {
            let settings = missing.filter(MessageFacts.namesOfSender.contains)
            let hint = settings.isEmpty ? "" : "; \(Self.advice(settings))"
            return .failure(
                .init(
                    message: "\(missing.joined(separator: ", ")) is not known\(hint)",
                    isOfSettings: settings.count == missing.count))
        }
        return .success(
            DraftMessage(
                subject: subject.fill(with: facts).tidiedLines, body: body.fill(with: facts).tidiedLines,
                writer: "template"))
    }
}

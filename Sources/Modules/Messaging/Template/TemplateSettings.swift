public import AppConfiguration
public import Transport
public import Values

/// The texts from which messages are made without a model.
public struct TemplateSettings: MessageWriterSettings {
    /// Nil when one of the texts is invalid, which has been reported.
    private let templates: (subject: MessageTemplate, body: MessageTemplate)?

    private static let defaultSubject = "A question about {{company|your work}}"
    private static let defaultBody = """
        Hi {{first_name}},

        I came across {{company|your work}} and wondered how you handle this today. {{offer}}

        Would a short call next week suit you?

        {{sender_name}}
        """

    public init(_ settings: Settings) {
        func template(_ key: String, _ standard: String) -> MessageTemplate? {
            do throws(MessageTemplate.Problem) {
                return try MessageTemplate(settings.string(key, default: standard))
            } catch {
                settings.error(key, error.description)
                return nil
            }
        }
        let subject = template("messaging.subject", Self.defaultSubject)
        let body = template("messaging.template", Self.defaultBody)
        templates = if let subject, let body { (subject, body) } else { nil }
    }

    public var keys: [ServiceKey] { [] }

    static func advice(_ names: [String]) -> String {
        "set \(names.map { "messaging.\($0)" }.joined(separator: " and "))"
    }

    public func advice(secrets: [String: Secret], sender: Sender) -> String? {
        let known = MessageFacts(sender: sender)
        let missing = MessageFacts.namesOfSender.filter { name in
            templates.map { [$0.subject, $0.body] }?.contains { $0.missing(in: known).contains(name) } ?? false
        }
        return missing.isEmpty ? nil : Self.advice(missing)
    }

    public func writer(
        _ client: HTTPClient, secrets: [String: Secret], sender: Sender
    ) -> (any MessageWriter)? {
        templates.map { TemplateWriter(subject: $0.subject, body: $0.body) }
    }
}

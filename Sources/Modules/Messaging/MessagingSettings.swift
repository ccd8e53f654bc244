public import AppConfiguration
public import Transport
public import Values

/// Who writes, and what is offered.
public struct Sender: Sendable, Equatable {
    public let name: String
    public let company: String
    /// In a sentence or two.
    public let offer: String

    public init(name: String, company: String, offer: String) {
        self.name = name
        self.company = company
        self.offer = offer
    }
}

/// What the settings say of messages.
public struct MessagingSettings: Sendable {
    public let sender: Sender
    /// How often a lead is tried whose message could not be written.
    public let attempts: Int
    /// Each kind's own.
    public let writers: [any MessageWriterSettings]

    public init(_ settings: Settings) {
        sender = Sender(
            name: settings.string("messaging.sender_name", default: ""),
            company: settings.string("messaging.sender_company", default: ""),
            offer: settings.string("messaging.offer", default: ""))
        writers = MessageWriters.kinds.map { $0.init(settings) }
        attempts = settings.int("messaging.attempts", in: 1...20, default: 5)
    }

    public var keys: [ServiceKey] { writers.flatMap(\.keys) }

    /// What to set before any message can be written; nil when some writer can.
    ///
    /// - Parameter secrets: by the key's name, those that are set.
    public func advice(secrets: [String: Secret]) -> String? {
        let advice = writers.map { $0.advice(secrets: secrets, sender: sender) }
        guard advice.allSatisfy({ $0 != nil }) else { return nil }
        return advice.compactMap(\.self).joined(separator: ", or ")
    }

    /// The writers that are configured, in the order in which they are tried.
    public func writers(_ client: HTTPClient, secrets: [String: Secret]) -> [any MessageWriter] {
        writers.reversed().compactMap { $0.writer(client, secrets: secrets, sender: sender) }
    }
}

public import AppConfiguration
public import Transport
public import Values

/// Who writes the messages, and what they offer.
public struct Sender: Sendable, Equatable {
    public let name: String
    public let company: String
    /// In one or two sentences.
    public let offer: String

    public init(name: String, company: String, offer: String) {
        self.name = name
        self.company = company
        self.offer = offer
    }
}

/// The settings for messages.
public struct MessagingSettings: Sendable {
    public let sender: Sender
    /// The language of messages, by ISO 639-1: `en`.
    public let language: String
    /// How often to try to write a message to a lead.
    public let attempts: Int
    /// The settings of each kind of writer.
    public let writers: [any MessageWriterSettings]

    public init(_ settings: Settings) {
        sender = Sender(
            name: settings.string("messaging.sender_name", default: ""),
            company: settings.string("messaging.sender_company", default: ""),
            offer: settings.string("messaging.offer", default: ""))
        language = MessageLanguage.read(settings)
        writers = MessageWriters.kinds.map { $0.init(settings) }
        attempts = settings.int("messaging.attempts", in: 1...20, default: 5)
    }

    public var keys: [ServiceKey] { writers.flatMap(\.keys) }

    /// What to set before any message can be written; nil when some writer is ready.
    ///
    /// - Parameter secrets: the keys that are set, by name.
    public func advice(secrets: [String: Secret]) -> String? {
        let advice = writers.map { $0.advice(secrets: secrets, sender: sender) }
        guard advice.allSatisfy({ $0 != nil }) else { return nil }
        return advice.compactMap(\.self).joined(separator: ", or ")
    }

    /// The configured writers, in the order in which they are tried.
    public func writers(_ client: HTTPClient, secrets: [String: Secret]) -> [any MessageWriter] {
        writers.reversed().compactMap { $0.writer(client, secrets: secrets, sender: sender) }
    }
}

/// The languages that messages can be written in.
enum MessageLanguage {
    static let names = [
        "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian",
        "nl": "Dutch",
        "pl": "Polish", "pt": "Portuguese", "sv": "Swedish",
    ]

    /// Reads `messaging.language`. Another word is an error.
    static func read(_ settings: Settings) -> String {
        let language = settings.string("messaging.language", default: "en")
        guard names[language] == nil else { return language }
        settings.error(
            "messaging.language",
            "\"\(language.shortened(to: 40))\" is not one of \(names.keys.sorted().joined(separator: ", "))")
        return "en"
    }
}

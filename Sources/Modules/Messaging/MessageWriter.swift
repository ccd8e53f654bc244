public import AppConfiguration
public import Leads
public import Transport
public import Values

/// Writes messages: one way of doing it.
public protocol MessageWriter: Sendable {
    /// What counts and lists call it: `model`, `template`.
    var kind: String { get }

    /// Whether a message costs something. A call to such a writer is written down before it is made, and is not made again
    /// when nobody knows how it ended.
    var isPaid: Bool { get }

    /// A message made of the facts. Throws a `WritingProblem`, or a `CancellationError`.
    func write(_ facts: MessageFacts) async throws -> DraftMessage
}

/// The settings of one kind of writer, and what makes a writer of them. The kinds are listed in `MessageWriters`.
public protocol MessageWriterSettings: Sendable {
    /// Reads its settings; what is wrong with them goes to the diagnostics behind `settings`.
    init(_ settings: Settings)

    /// The keys it uses.
    var keys: [ServiceKey] { get }

    /// What has to be set before it can write to anybody; nil when nothing has to.
    func advice(secrets: [String: Secret], sender: Sender) -> String?

    /// Nil when it is not configured.
    ///
    /// - Parameters:
    ///   - secrets: by the key's name, those that are set.
    ///   - sender: who writes and what is offered, which every kind shares.
    func writer(_ client: HTTPClient, secrets: [String: Secret], sender: Sender) -> (any MessageWriter)?
}

/// The kinds of writers, the preferred ones last: a writer is tried before those that stand in front of it.
public enum MessageWriters {
    public static let kinds: [any MessageWriterSettings.Type] = [TemplateSettings.self, ChatModelSettings.self]
}

/// Why no message was written.
public struct WritingProblem: PresentableError, Equatable {
    public enum Kind: Sendable, Equatable {
        /// A setting, a key or an account: this writer writes to nobody until a person mends it.
        case configuration
        /// Nothing was done and nothing was paid. It may work later.
        case refused
        /// Nobody knows whether it was done: it may have been paid for.
        case unknown
        /// Nothing can be written to this lead: what came cannot be used, or something has to be known that is not.
        case unusable
        /// It is refused, and nobody says whether for this lead or for every one.
        case unclear
    }

    public let kind: Kind
    public let message: String

    public var errorKind: ErrorKind {
        switch kind {
        case .configuration: .configuration
        case .refused: .temporary
        case .unknown, .unusable, .unclear: .unavailable
        }
    }

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

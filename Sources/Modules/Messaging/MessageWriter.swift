public import AppConfiguration
public import Leads
public import Transport
public import Values

/// One way to write messages.
public protocol MessageWriter: Sendable {
    /// The name used in counts and lists: `model`, `template`.
    var kind: String { get }

    /// Whether a message costs something. A call to such a writer is recorded before it is made, and is not repeated
    /// when its outcome is unknown.
    var isPaid: Bool { get }

    /// Whether the words are the writer's own, as a model's are. They go through the `MessageGate`. A template's are a
    /// person's.
    var writesFreely: Bool { get }

    /// Writes a message from the facts. Throws a `WritingProblem`, or a `CancellationError`.
    func write(_ facts: MessageFacts) async throws -> DraftMessage
}

/// The settings of one kind of writer, from which a writer is created. The kinds are listed in `MessageWriters`.
public protocol MessageWriterSettings: Sendable {
    /// Reads the settings. Errors go to the diagnostics of `settings`.
    init(_ settings: Settings)

    /// The keys that the writer uses.
    var keys: [ServiceKey] { get }

    /// What has to be set before it can write to anyone; nil when nothing is missing.
    func advice(secrets: [String: Secret], sender: Sender) -> String?

    /// Creates the writer. Returns nil when it is not configured.
    ///
    /// - Parameters:
    ///   - secrets: the keys that are set, by name.
    ///   - sender: who writes and what they offer; the same for every kind.
    func writer(_ client: HTTPClient, secrets: [String: Secret], sender: Sender) -> (any MessageWriter)?
}

/// The kinds of writers, the preferred ones last: the last is tried first.
public enum MessageWriters {
    public static let kinds: [any MessageWriterSettings.Type] = [TemplateSettings.self, ChatModelSettings.self]
}

/// Why no message was written.
public struct WritingProblem: PresentableError, Equatable {
    public enum Kind: Sendable, Equatable {
        /// A setting, a key or an account is wrong. This writer cannot write to anyone until a person fixes it.
        case configuration
        /// Nothing was done and nothing was paid. It may work later.
        case refused
        /// It is unknown whether it was done; it may have been paid for.
        case unknown
        /// Nothing can be written to this lead: the reply cannot be used, or a necessary fact is not known.
        case unusable
        /// The request is refused, and it is unclear whether for this lead only or for all.
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

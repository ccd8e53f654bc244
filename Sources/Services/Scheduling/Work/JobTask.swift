import FoundationEssentials
public import Logging
public import Values

/// What a job does when it is due. The tasks are adapters in the composition root; a command is one of them.
public protocol JobTask: Sendable {
    /// Does the work. Ends early, by throwing, when its Swift task is cancelled.
    ///
    /// Throws a `RunProblem` or any other error that describes itself. A run that throws has failed.
    func run(_ run: RunContext) async throws -> TaskResult
}

/// What a task knows about its run.
public struct RunContext: Sendable {
    /// The row in `pipeline_activities`.
    public let id: Int64
    public let job: String
    /// Counted from 1.
    public let attempt: Int
    /// The nominal time of the slot; nil for runs that no clock started.
    public let slot: Timestamp?
    public let options: RunOptions
    /// Carries the job's name and the run's id.
    public let logger: Logger
    /// For long work: reports what is being done and, where known, the share done from 0 to 1.
    public let progress: @Sendable (String, Double?) -> Void

    public init(
        id: Int64, job: String, attempt: Int, slot: Timestamp?, options: RunOptions = RunOptions(), logger: Logger,
        progress: @escaping @Sendable (String, Double?) -> Void
    ) {
        self.id = id
        self.job = job
        self.attempt = attempt
        self.slot = slot
        self.options = options
        self.logger = logger
        self.progress = progress
    }
}

/// How a task ended that did not fail.
public enum TaskResult: Sendable, Equatable {
    /// - Parameter output: JSON for the row, or nil.
    case success(output: String?)
    /// There was nothing it could do, for example because a key is not configured. The reason says what to set.
    case skipped(reason: String)

    /// Encodes a value as the JSON that rows hold, with the same keys as printed output; nil when it cannot be encoded.
    public static func json(_ value: some Encodable) -> String? { try? PrintedJSON.text(of: value, isPretty: false) }
}

/// Why a run failed, in one line for the person who runs the server.
public struct RunProblem: PresentableError {
    public let message: String
    /// JSON for the row, or nil.
    public let output: String?
    /// Whether another attempt can help. If not, none is made.
    public let canRetry: Bool

    public init(_ message: String, output: String? = nil, canRetry: Bool = true) {
        self.message = message
        self.output = output
        self.canRetry = canRetry
    }

    public var errorKind: ErrorKind { canRetry ? .temporary : .unavailable }
}

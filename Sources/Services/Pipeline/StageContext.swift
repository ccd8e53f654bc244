public import Logging
import Values

/// What a stage is told about the run that it is part of.
public struct StageContext: Sendable {
    /// The row in `pipeline_activities`.
    public let run: Int64
    public let job: String
    /// Only these leads, due or not; nil for those that are due.
    public var ids: [Int64]?
    /// At most so many; nil for the stage's own limit.
    public var limit: Int?
    /// Says what would be done, and does nothing.
    public var isDryRun: Bool
    public let logger: Logger
    /// What is being done, and the share done from 0 to 1 where it is known.
    public let progress: @Sendable (String, Double?) -> Void

    public init(
        run: Int64, job: String, ids: [Int64]? = nil, limit: Int? = nil, isDryRun: Bool = false, logger: Logger,
        progress: @escaping @Sendable (String, Double?) -> Void = { _, _ in }
    ) {
        self.run = run
        self.job = job
        self.ids = ids
        self.limit = limit
        self.isDryRun = isDryRun
        self.logger = logger
        self.progress = progress
    }
}

public import Logging
import Values

/// What a stage knows about its run.
public struct StageContext: Sendable {
    /// The row in `pipeline_activities`.
    public let run: Int64
    public let job: String
    /// Only these leads, due or not; nil for the leads that are due.
    public var ids: [Int64]?
    /// The maximum number of leads; nil for the stage's own limit.
    public var limit: Int?
    /// Whether to report what would be done without doing it.
    public var isDryRun: Bool
    /// Whether a person requested the run now.
    public var isByHand: Bool
    public let logger: Logger
    /// Reports what is being done and, where known, the share done from 0 to 1.
    public let progress: @Sendable (String, Double?) -> Void

    public init(
        run: Int64, job: String, ids: [Int64]? = nil, limit: Int? = nil, isDryRun: Bool = false,
        isByHand: Bool = false, logger: Logger,
        progress: @escaping @Sendable (String, Double?) -> Void = { _, _ in }
    ) {
        self.run = run
        self.job = job
        self.ids = ids
        self.limit = limit
        self.isDryRun = isDryRun
        self.isByHand = isByHand
        self.logger = logger
        self.progress = progress
    }
}

public import Leads
import Values

/// Changes to be written to the ledger, and what to do in memory once they have been written.
struct Plan {
    /// The consequence of one change. Applied after all changes were committed.
    enum Effect {
        case nothing
        /// The new row is a run that starts now.
        case launch(job: String, NewRun, progress: RunProgress?)
        /// The new row is a run that waits. `endsRunning` asks the current run to end to make room for it.
        case enqueue(job: String, NewRun, endsRunning: Bool)
        /// A waiting row starts now.
        case start(job: String, PendingRun)
        /// A waiting row is closed.
        case drop(job: String, run: Int64)
        /// The new or extended row is the job's open range of skipped slots.
        case skipped(job: String, row: Int64?, SkippedSlots)
        /// Slots up to `last` are accounted for.
        case advanced(job: String, last: Timestamp, next: Timestamp?)
        /// The run has ended.
        case ended(job: String, run: Int64, RunEnding, RunOutcome)
        /// A failure turned out to be final for its slot: no further attempt is made.
        case gaveUp(job: String, run: Int64, RunEnding, RunOutcome)
        /// The job was paused or, with nil, resumed.
        case paused(job: String, JobPause?)
    }

    private(set) var changes: [RunChange] = []
    private(set) var effects: [Effect] = []

    var isEmpty: Bool { changes.isEmpty }

    mutating func add(_ change: RunChange, _ effect: Effect = .nothing) {
        changes.append(change)
        effects.append(effect)
    }

    mutating func append(_ other: Plan) {
        changes += other.changes
        effects += other.effects
    }
}

/// What the end of a run means for its job.
public struct RunOutcome: Sendable, Equatable {
    /// Whether no further attempt follows.
    public let isFinal: Bool
    /// Consecutive failures of the job, before this run and after it.
    public let failuresBefore: Int
    public let failures: Int
}

/// The start or the end of a run. Sent after it has been written.
public struct RunNotice: Sendable {
    public enum Event: Sendable {
        case started
        case ended(RunEnding, RunOutcome)
    }

    public let job: Job
    public let run: Int64
    public let event: Event
}

/// Called with what a run is doing and, where known, the share done.
public typealias RunProgress = @Sendable (String, Double?) -> Void

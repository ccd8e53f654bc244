public import Leads
import Values

/// What is to be written, and what follows in memory once it has been.
struct Plan {
    /// The consequence of one change, applied after the whole list was committed.
    enum Effect {
        case nothing
        /// The row that was made is a run that starts now.
        case launch(job: String, NewRun, progress: RunProgress?)
        /// The row that was made is a run that waits; what runs may be ended for its sake.
        case enqueue(job: String, NewRun, endsRunning: Bool)
        /// A row that waited starts now.
        case start(job: String, PendingRun)
        /// A row that waited is closed.
        case drop(job: String, run: Int64)
        /// The row that was made, or extended, is the job's open range of skipped slots.
        case skipped(job: String, row: Int64?, SkippedSlots)
        /// Slots up to here are accounted for.
        case advanced(job: String, last: Timestamp, next: Timestamp?)
        /// The run has ended.
        case ended(job: String, run: Int64, RunEnding, RunOutcome)
        /// A failure turned out to be the last of its slot: no other attempt is made.
        case gaveUp(job: String, run: Int64, RunEnding, RunOutcome)
        /// The job is paused, or no longer.
        case paused(job: String, Bool)
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
    /// How many times in a row the job has failed: before, and now.
    public let failuresBefore: Int
    public let failures: Int
}

/// The start or the end of a run, once it is written down.
public struct RunNotice: Sendable {
    public enum Event: Sendable {
        case started
        case ended(RunEnding, RunOutcome)
    }

    public let job: Job
    public let run: Int64
    public let event: Event
}

/// Called with what a run is doing and the share done, where it is known.
public typealias RunProgress = @Sendable (String, Double?) -> Void

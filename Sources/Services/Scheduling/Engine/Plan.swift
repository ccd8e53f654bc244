import Leads
import Values

/// What is to be written, and what follows in memory once it has been.
struct Plan {
    /// The consequence of one change, applied after the whole list was committed.
    enum Effect {
        case nothing
        /// The row that was made is a run that starts now.
        case launch(job: String, NewRun, progress: RunProgress?)
        /// The row that was made is a run that waits.
        case enqueue(job: String, NewRun)
        /// A row that waited starts now.
        case start(job: String, PendingRun)
        /// A row that waited is closed.
        case drop(job: String, run: Int64)
        /// The row that was made, or extended, is the job's open range of skipped slots.
        case skipped(job: String, row: Int64?, SkippedSlots)
        /// Slots up to here are accounted for.
        case advanced(job: String, last: Timestamp, next: Timestamp?)
        /// The run has ended.
        case ended(job: String, run: Int64, RunEnding)
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

/// Called with what a run is doing and the share done, where it is known.
public typealias RunProgress = @Sendable (String, Double?) -> Void

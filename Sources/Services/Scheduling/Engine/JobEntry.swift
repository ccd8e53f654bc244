import Leads
import Values

/// What the scheduler knows of one job. Confined to the scheduler.
final class JobEntry {
    var job: Job
    var state: JobState
    /// The earliest slot that is not accounted for.
    var nextSlot: Timestamp?
    var running: RunningRun?
    /// A run that was closed though its work goes on. Until that has ended nothing else of the job starts.
    var leftBehind: Int64?
    /// Rows that wait to be run, the oldest first.
    var pending: [PendingRun] = []
    /// Its place among those who wait for a group: that of the first row of those that took each other's place.
    var lineRank: Int64?
    /// The last row of the job, if it is a range of skipped slots that may grow.
    var skipRow: (id: Int64, reason: String)?
    /// Wake-ups with another number are out of date.
    var generation = 0
    /// Whether it is in the schedule and enabled; one that is not only lives as long as its run.
    var isArmed: Bool

    init(job: Job, state: JobState, isArmed: Bool) {
        self.job = job
        self.state = state
        self.isArmed = isArmed
    }

    /// The same with what the rows say of it; what runs goes on.
    func refreshed(from rows: JobEntry) -> JobEntry {
        (job, isArmed) = (rows.job, true)
        (state, nextSlot, skipRow, pending) = (rows.state, rows.nextSlot, nil, [])
        return self
    }

    /// Whether something of it is done now.
    var isAtWork: Bool { running != nil || leftBehind != nil }

    /// Whether a slot that comes due now overlaps with earlier work. A retry that waits gives way to a new slot.
    var isBusy: Bool { isAtWork || pending.contains { $0.run.trigger != .retry } }

    /// When the next slot comes due: after the job's own delay.
    var slotDueAt: Timestamp? { isArmed ? nextSlot.map { $0 + job.delay } : nil }

    /// When the first row that waits may start; nil when none waits, or one still runs, or the job is paused.
    var waitingDueAt: Timestamp? {
        !isAtWork && !state.paused ? pending.map { $0.run.notBefore ?? .distantPast }.min() : nil
    }

    /// The oldest row that may start now.
    func startable(at now: Timestamp) -> PendingRun? {
        !isAtWork && !state.paused ? pending.first { $0.run.notBefore ?? now <= now } : nil
    }
}

/// A row that waits.
struct PendingRun {
    let id: Int64
    var run: NewRun
}

/// A run that is under way.
struct RunningRun {
    let id: Int64
    let run: NewRun
    let startedAt: Timestamp
    let control: RunControl
    /// Whether it has ended, though its end could not be written yet.
    var isOver = false

    /// What cannot be read does nothing, so nothing follows from it.
    var hasNoConsequence: Bool { (try? RunOptions(json: run.inputData))?.hasNoConsequence ?? true }
}

/// A run that has ended, before its end is written down.
struct EndedRun {
    let running: RunningRun
    let job: String
    let ending: RunEnding
    let canRetry: Bool
}

/// When to look at a job again.
struct Wakeup: Comparable {
    let at: Timestamp
    /// Among those of one moment: rows that wait go first, the oldest before the others.
    let rank: Int64
    let job: String
    let generation: Int

    static func < (left: Wakeup, right: Wakeup) -> Bool {
        (left.at, left.rank, left.job) < (right.at, right.rank, right.job)
    }
}

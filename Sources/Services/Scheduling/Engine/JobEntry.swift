import Leads
import Values

/// The scheduler's state of one job. Confined to the scheduler.
final class JobEntry {
    var job: Job
    var state: JobState
    /// The earliest slot that is not accounted for yet.
    var nextSlot: Timestamp?
    var running: RunningRun?
    /// A run that was closed although its work goes on. Nothing else of the job starts until that work has ended.
    var leftBehind: Int64?
    /// Rows that wait to run, oldest first.
    var pending: [PendingRun] = []
    /// The job's rank among the jobs that wait for its group: the id of the row with which it began to wait. A row that
    /// replaces another keeps the rank.
    var lineRank: Int64?
    /// The job's last row, if it is a range of skipped slots that may grow.
    var skipRow: (id: Int64, reason: String)?
    /// How many failures in a row there were when the job was last resumed; 0 if it was not since the start.
    var failuresAtResume = 0
    /// Incremented whenever the job's wake-up changes. Wake-ups with another number are out of date.
    var generation = 0
    /// Whether the job is in the schedule and enabled. An entry that is not armed lives only as long as its run.
    var isArmed: Bool

    init(job: Job, state: JobState, isArmed: Bool) {
        self.job = job
        self.state = state
        self.isArmed = isArmed
    }

    /// Takes over the state that was read from the database. A run that is under way goes on.
    func refreshed(from rows: JobEntry) -> JobEntry {
        (job, isArmed) = (rows.job, true)
        (state, nextSlot, skipRow, pending) = (rows.state, rows.nextSlot, nil, [])
        return self
    }

    /// Whether work of the job is under way.
    var isAtWork: Bool { running != nil || leftBehind != nil }

    /// Whether the run under way is of an earlier slot that a person asked for.
    var isBackfilling: Bool { running?.run.trigger == .backfill }

    /// Whether a slot that comes due now only has to wait for the end of such a run, whatever `overlap` says.
    var queuesBehindBackfill: Bool { isBackfilling && !pending.contains { !$0.givesWay } }

    /// Whether a slot that comes due now overlaps with earlier work. What gives way to it does not count.
    var isBusy: Bool { isAtWork || pending.contains { !$0.givesWay } }

    /// When the next slot comes due, including the job's delay.
    var slotDueAt: Timestamp? { isArmed ? nextSlot.map { $0 + job.delay } : nil }

    /// The rows that may start as soon as their time comes. Of a paused job only those that a person asked for.
    private var waiting: [PendingRun] {
        guard !isAtWork else { return [] }
        return state.pause == nil ? pending : pending.filter { $0.run.trigger == .backfill }
    }

    /// When the first waiting row may start; nil when none may.
    var waitingDueAt: Timestamp? { waiting.map { $0.run.notBefore ?? .distantPast }.min() }

    /// The oldest row that may start now. Earlier slots come after all others.
    func startable(at now: Timestamp) -> PendingRun? {
        let ready = waiting.filter { $0.run.notBefore ?? now <= now }
        return ready.first { $0.run.trigger != .backfill }
            ?? ready.min { $0.run.scheduledFor ?? .distantPast < $1.run.scheduledFor ?? .distantPast }
    }
}

/// A row that waits to run.
struct PendingRun {
    let id: Int64
    var run: NewRun

    /// Whether a new slot does not have to wait for it: another attempt, or an earlier slot that a person asked for.
    var givesWay: Bool { run.trigger == .retry || run.trigger == .backfill }
}

/// A run that is under way.
struct RunningRun {
    let id: Int64
    let run: NewRun
    let startedAt: Timestamp
    let control: RunControl
    /// Whether the run has ended but its end could not be written yet.
    var isOver = false

    /// Options that cannot be read count as having no consequence, because such a run does no work.
    var hasNoConsequence: Bool { (try? RunOptions(json: run.inputData))?.hasNoConsequence ?? true }
}

/// A run that has ended but whose end is not written yet.
struct EndedRun {
    let running: RunningRun
    let job: String
    let ending: RunEnding
    let canRetry: Bool
}

/// When to look at a job again.
struct Wakeup: Comparable {
    let at: Timestamp
    /// Orders wake-ups at the same moment: waiting rows come first, oldest first.
    let rank: Int64
    let job: String
    let generation: Int

    static func < (left: Wakeup, right: Wakeup) -> Bool {
        (left.at, left.rank, left.job) < (right.at, right.rank, right.job)
    }
}

public import Dispatch
import HeapModule
import Leads
public import Logging
public import Values

/// Runs the jobs of a schedule when they are due, and accounts for every slot.
///
/// An actor on its own Dispatch queue, so that timers enter it without a hop and it may block on the database. Each
/// step computes a `Plan`, commits it to the ledger in one transaction, and only then changes the state in memory and
/// starts work. When the ledger fails, everything stays due and is tried again.
public actor Scheduler {
    nonisolated let executor: DispatchQueueExecutor
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Creates the work of each run.
    let tasks: any TaskRegistry
    let ledger: any RunLedger
    let runtime: Runtime
    let logger: Logger
    let launches: AsyncStream<Launch>
    let launcher: AsyncStream<Launch>.Continuation
    /// How long a run may take to end when asked to, before it is left behind.
    let patience: Duration
    let makeTimer: @Sendable (DispatchQueue, @escaping @Sendable () -> Void) -> any WakeTimer
    var timer: (any WakeTimer)?

    /// The state of each job in the schedule, and of jobs whose work is still under way.
    var entries: [String: JobEntry] = [:]
    var schedule: Schedule
    var wakeups = Heap<Wakeup>()
    var groupQueues = GroupQueues()
    var phase = Phase.idle
    /// When the daemon was ready. Earlier slots were missed.
    var readySince = Timestamp.distantFuture
    /// Why the daemon was not ready as soon as it ran, and since when it ran; nil when it was ready at once.
    var delayed: (since: Timestamp, cause: String)?
    var ledgerFailure: LedgerFailure?
    /// Ends of runs that could not be written yet.
    var unsaved = Plan()
    /// The plan of a commit whose outcome is unknown.
    var uncertain = Plan()
    /// Whether a recovery has succeeded since the daemon started. `at_start` jobs have been started by then.
    var hasRecovered = false
    /// Ended runs whose end is about to be written.
    var ended: [EndedRun] = []
    /// Jobs that were started by the ends being written.
    var followed: Set<String> = []
    /// The remembered state of disabled jobs.
    var parked: [String: JobState] = [:]
    /// Both clocks at the last comparison.
    var lastLook: (wall: Timestamp, uptime: Duration)?
    /// Why slots may have been missed since the last wake-up.
    var gapCause: String?
    /// Callers that wait for the end of a run.
    var waiters: [Int64: [CheckedContinuation<RunEnding, Never>]] = [:]
    /// Resumed after every step. Each waiter then checks its own condition again.
    var changeWaiters: [CheckedContinuation<Void, Never>] = []
    /// Called on the scheduler's queue whenever `status` may have changed.
    var onChange: (@Sendable () -> Void)?
    /// Called on the scheduler's queue for each start and end of a run, after it has been written.
    var onRun: (@Sendable (RunNotice) -> Void)?

    enum Phase {
        case idle
        /// Nothing is armed; only what is requested by name runs.
        case manual
        case running
        /// The database is being replaced; nothing starts.
        case exclusive
        case draining
    }

    /// The ledger cannot be written at present.
    struct LedgerFailure {
        var message: String
        var retryAt: Timestamp
        var delay: Duration
        /// Whether recovery, such as after a crash, is still to be done.
        var needsRecovery: Bool
    }

    /// A slot that is handled within this time of being due is merely late; after that it counts as missed.
    static let lateLimit = Duration.seconds(60)
    /// How many slots of one job `catch_up: all` makes up for. Older ones are skipped.
    public static let catchUpLimit = 1_000

    /// The time that a command needs to end, plus a margin.
    public static let usualPatience = CommandTask.grace + .seconds(10)

    /// - Parameters:
    ///   - patience: how long a run may take to end when asked to, before it is left behind.
    ///   - makeTimer: creates the scheduler's one timer, on its queue.
    public init(
        schedule: Schedule, tasks: any TaskRegistry, ledger: any RunLedger, runtime: Runtime, logger: Logger,
        patience: Duration = Scheduler.usualPatience,
        makeTimer: @escaping @Sendable (DispatchQueue, @escaping @Sendable () -> Void) -> any WakeTimer = {
            DispatchWakeTimer(queue: $0, ring: $1)
        }
    ) {
        self.schedule = schedule
        self.tasks = tasks
        self.ledger = ledger
        self.runtime = runtime
        self.logger = logger
        self.patience = patience
        self.makeTimer = makeTimer
        executor = DispatchQueueExecutor(label: "4runr.scheduler")
        (launches, launcher) = AsyncStream.makeStream(of: Launch.self)
    }

    /// The scheduler's queue, for other event sources such as `ClockSetSource`.
    public nonisolated var queue: DispatchQueue { executor.queue }

    /// Sets the function called on the scheduler's queue when the status may have changed.
    public func observe(_ onChange: @escaping @Sendable () -> Void) { self.onChange = onChange }

    /// Sets the function called on the scheduler's queue for each start and end of a run.
    public func observeRuns(_ onRun: @escaping @Sendable (RunNotice) -> Void) { self.onRun = onRun }

    /// Closes the runs that a crash left open, makes up for missed slots, and arms every job. Work starts once `run()`
    /// is called.
    ///
    /// Does not throw: when the ledger cannot be written, the scheduler reports so in its status and keeps trying.
    ///
    /// - Parameter delayed: why the daemon was not ready as soon as it ran, and since when it ran; nil when it was.
    public func start(delayed: (since: Timestamp, cause: String)? = nil) {
        self.delayed = delayed
        phase = .running
        readySince = runtime.now
        lastLook = (readySince, runtime.uptime)
        timer = makeTimer(queue) { [weak self] in self?.assumeIsolated { $0.wake() } }
        recover()
        wake()
    }

    /// Arms nothing: only runs requested with `runNow`, and what follows from them, are started.
    public func startManually() {
        phase = .manual
        readySince = runtime.now
        timer = makeTimer(queue) { [weak self] in self?.assumeIsolated { $0.wake() } }
        let states = Dictionary((try? ledger.open().states)?.map { ($0.job, $0) } ?? []) { $1 }
        for job in schedule.jobs {
            var state = freshState(of: job)
            if let remembered = states[job.name] { state.keepLife(of: remembered) }
            // Who starts the daemon next accounts for its slots.
            if !state.isPaused(at: runtime.now) { state.pause = nil }
            entries[job.name] = JobEntry(job: job, state: state, isArmed: false)
        }
    }

    func freshState(of job: Job) -> JobState {
        JobState(job: job.name, triggerHash: job.triggerHash, effectiveSince: runtime.now)
    }

    /// Does everything that is due, and sets the timer for what comes next.
    func wake() {
        guard phase == .running || phase == .manual else { return rearm() }
        let now = runtime.now
        lookAtClocks(now)
        if ledgerFailure != nil {
            guard retryLedger(at: now) else { return rearm() }
        }
        while let first = wakeups.min, first.at <= now {
            var plan = Plan()
            var touched: [JobEntry] = []
            while let wakeup = wakeups.min, wakeup.at <= now {
                wakeups.removeMin()
                guard let entry = entries[wakeup.job], entry.generation == wakeup.generation else { continue }
                touched.append(entry)
                plan.append(self.plan(for: entry, at: now))
            }
            let isCommitted = commit(plan)
            groupQueues.beginStep()
            touched.forEach(index)
            if unsaved.isEmpty { followed = [] }
            guard isCommitted else { break }
        }
        if let failure = ledgerFailure, failure.retryAt <= now { ledgerRecovered() }
        gapCause = nil
        rearm()
    }

    /// Inserts the job's next wake-up and invalidates the previous one.
    func index(_ entry: JobEntry) {
        entry.generation += 1
        // A job that waits for its group is indexed again when the group becomes free.
        let waiting = groupQueues.isFree(entry.job.group) ? entry.waitingDueAt : nil
        guard
            let at = [entry.slotDueAt, waiting, entry.isArmed ? entry.state.pause?.until : nil].compactMap(\.self).min()
        else { return }
        if entry.pending.isEmpty { entry.lineRank = nil }
        let rank = waiting == at ? entry.lineRank ?? .max : .max
        wakeups.insert(Wakeup(at: at, rank: rank, job: entry.job.name, generation: entry.generation))
    }

    /// Adds a waiting row.
    func wait(_ run: PendingRun, of entry: JobEntry) {
        entry.pending.append(run)
        // What gives way to slots that come due also gives way to those of other jobs of the group.
        if entry.lineRank == nil, run.run.trigger != .backfill { entry.lineRank = run.id }
        groupQueues.join(run: run.id, of: entry.job)
    }

    /// Sets the timer for the earliest wake-up.
    func rearm() {
        while let first = wakeups.min, entries[first.job]?.generation != first.generation { wakeups.removeMin() }
        let canStart = phase == .running || phase == .manual
        timer?.set(for: canStart ? ledgerFailure?.retryAt ?? wakeups.min?.at : nil)
        onChange?()
        changeWaiters.drain().forEach { $0.resume() }
    }

    /// Returns when no run is under way and none waits that will still start.
    public func waitUntilIdle() async {
        while hasRuns || (phase != .draining && entries.values.contains { !$0.pending.isEmpty && $0.leftBehind == nil })
        { await nextChange() }
    }

    /// Returns when no run is under way.
    func waitUntilNothingRuns() async {
        while hasRuns { await nextChange() }
    }

    private var hasRuns: Bool { entries.values.contains { $0.running?.isOver == false } }

    private func nextChange() async { await withCheckedContinuation { changeWaiters.append($0) } }
}

extension Array {
    /// Empties the array and returns its former elements.
    mutating func drain() -> [Element] {
        defer { removeAll() }
        return self
    }
}

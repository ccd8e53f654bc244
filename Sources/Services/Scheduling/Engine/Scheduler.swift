public import Dispatch
import HeapModule
import Leads
public import Logging
public import Values

/// Runs the jobs of a schedule when they are due, and accounts for every slot.
///
/// An actor on a Dispatch queue of its own: timers enter it without a hop, and it may wait for the database. Each step
/// first computes a `Plan`, then commits it to the ledger in one transaction, and only then changes its memory and
/// starts work; when the ledger fails, everything stays due and is tried again.
public actor Scheduler {
    nonisolated let executor: DispatchQueueExecutor
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Makes the work of each run.
    let tasks: any TaskRegistry
    let ledger: any RunLedger
    let runtime: Runtime
    let logger: Logger
    let launches: AsyncStream<Launch>
    let launcher: AsyncStream<Launch>.Continuation
    /// How long a run that is asked to end may take until it is left behind.
    let patience: Duration
    let makeTimer: @Sendable (DispatchQueue, @escaping @Sendable () -> Void) -> any WakeTimer
    var timer: (any WakeTimer)?

    /// What the schedule says, and what of it is under way.
    var entries: [String: JobEntry] = [:]
    var schedule: Schedule
    var wakeups = Heap<Wakeup>()
    var lines = GroupQueues()
    var phase = Phase.idle
    /// When the daemon was ready; slots before it were missed.
    var readySince = Timestamp.distantFuture
    /// Why it was not ready before, and since when it was at least running; nil when it was ready at once.
    var delayed: (since: Timestamp, cause: String)?
    var ledgerFailure: LedgerFailure?
    /// Ends of runs that could not be written yet.
    var unsaved = Plan()
    /// What may have been written, and may not.
    var uncertain = Plan()
    /// Whether the rows were read since the daemon started: what runs at each start has been started then.
    var hasRecovered = false
    /// Runs whose end is about to be written.
    var ended: [EndedRun] = []
    /// Jobs that the ends being written have started.
    var followed: Set<String> = []
    /// What is remembered of jobs that are disabled.
    var parked: [String: JobState] = [:]
    /// The clocks when they were last compared.
    var lastLook: (wall: Timestamp, uptime: Duration)?
    /// Why slots may have been missed since the last wake-up.
    var gapCause: String?
    /// Who waits for the end of a run.
    var waiters: [Int64: [CheckedContinuation<RunEnding, Never>]] = [:]
    /// Resumed after every step; who waits looks again whether it is what was waited for.
    var changeWaiters: [CheckedContinuation<Void, Never>] = []
    /// Called on the scheduler's queue whenever what `status` answers may have changed.
    var onChange: (@Sendable () -> Void)?
    /// Called on the scheduler's queue for each start and end of a run, once it is written down.
    var onRun: (@Sendable (RunNotice) -> Void)?

    enum Phase {
        case idle
        /// Only what is asked for by name runs.
        case manual
        case running
        /// The database is being replaced; nothing starts.
        case exclusive
        case draining
    }

    /// The ledger cannot be written for now.
    struct LedgerFailure {
        var message: String
        var retryAt: Timestamp
        var delay: Duration
        /// Whether what a crash left has not been dealt with yet.
        var needsRecovery: Bool
    }

    /// A slot that starts later than this was missed and is made up for; earlier it is merely late.
    static let lateLimit = Duration.seconds(60)
    /// Slots of one job that `catch_up: all` makes up for; older ones are skipped.
    public static let catchUpLimit = 1_000

    /// What a command needs to end, and some more.
    public static let usualPatience = CommandTask.grace + .seconds(10)

    /// - Parameters:
    ///   - patience: how long a run that is asked to end may take until it is left behind.
    ///   - makeTimer: makes the one alarm, on the scheduler's queue.
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

    /// The queue that everything happens on, for other sources of events such as `ClockSetSource`.
    public nonisolated var queue: DispatchQueue { executor.queue }

    /// Sets what is called, on the scheduler's queue, when the status may have changed.
    public func observe(_ onChange: @escaping @Sendable () -> Void) { self.onChange = onChange }

    /// Sets what is called, on the scheduler's queue, for each start and end of a run.
    public func observeRuns(_ onRun: @escaping @Sendable (RunNotice) -> Void) { self.onRun = onRun }

    /// Closes what a crash left, makes up for what was missed, and arms every job. Work starts once `run()` is called.
    ///
    /// Does not throw: when the ledger cannot be written, the scheduler says so in its status and goes on trying.
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

    /// Arms nothing: only what `runNow` is asked for runs, and what follows from it.
    public func startManually() {
        phase = .manual
        readySince = runtime.now
        timer = makeTimer(queue) { [weak self] in self?.assumeIsolated { $0.wake() } }
        let states = Dictionary((try? ledger.open().states)?.map { ($0.job, $0) } ?? []) { $1 }
        for job in schedule.jobs {
            var state = freshState(of: job)
            if let remembered = states[job.name] { state.keepLife(of: remembered) }
            entries[job.name] = JobEntry(job: job, state: state, isArmed: false)
        }
    }

    func freshState(of job: Job) -> JobState {
        JobState(job: job.name, triggerHash: job.triggerHash, effectiveSince: runtime.now)
    }

    /// Does everything that is due, and sets the alarm for what comes next.
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
            lines.beginStep()
            touched.forEach(index)
            if unsaved.isEmpty { followed = [] }
            guard isCommitted else { break }
        }
        if let failure = ledgerFailure, failure.retryAt <= now { ledgerRecovered() }
        gapCause = nil
        rearm()
    }

    /// Puts the job back among the wake-ups, at its present due time.
    func index(_ entry: JobEntry) {
        entry.generation += 1
        // Who waits for a group is looked at again when the group is free.
        let waiting = lines.isFree(entry.job.group) ? entry.waitingDueAt : nil
        let slot = entry.slotDueAt
        guard let at = [slot, waiting].compactMap(\.self).min() else { return }
        if entry.pending.isEmpty { entry.lineRank = nil }
        let rank = waiting == at ? entry.lineRank ?? .max : .max
        wakeups.insert(Wakeup(at: at, rank: rank, job: entry.job.name, generation: entry.generation))
    }

    /// Adds a row that waits.
    func wait(_ run: PendingRun, of entry: JobEntry) {
        entry.pending.append(run)
        if entry.lineRank == nil { entry.lineRank = run.id }
        lines.join(run: run.id, of: entry.job)
    }

    /// Sets the alarm for the earliest thing to do.
    func rearm() {
        while let first = wakeups.min, entries[first.job]?.generation != first.generation { wakeups.removeMin() }
        let canStart = phase == .running || phase == .manual
        timer?.set(for: canStart ? ledgerFailure?.retryAt ?? wakeups.min?.at : nil)
        onChange?()
        changeWaiters.drain().forEach { $0.resume() }
    }

    /// Returns when no run is under way and none waits, or none that waits will start any more.
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
    /// Empties the array and answers what was in it.
    mutating func drain() -> [Element] {
        defer { removeAll() }
        return self
    }
}

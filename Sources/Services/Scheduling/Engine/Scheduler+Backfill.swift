import Leads
import Logging
import Recurrence
public import Values

/// Which earlier slots of a job to run.
public struct BackfillOptions: Sendable, Codable, Equatable {
    public var from: Timestamp
    /// The last moment of the range, which belongs to it as the first does; nil for now.
    public var through: Timestamp?
    /// How many slots may be run; a range with more is refused.
    public var limit: Int
    /// Returns what would be run, without running it.
    public var isDryRun: Bool
    /// Who asks.
    public var author: String?

    public init(
        from: Timestamp, through: Timestamp? = nil, limit: Int = 100, isDryRun: Bool = false, author: String? = nil
    ) {
        self.from = from
        self.through = through
        self.limit = limit
        self.isDryRun = isDryRun
        self.author = author
    }
}

/// What a backfill does.
public struct BackfillResult: Sendable, Codable, Equatable {
    public let job: String
    public let isDryRun: Bool
    /// The slots of the range that are run, in order.
    public let slots: [Timestamp]
    /// Their runs, in the same order; empty for a dry run.
    public let runs: [Int64]
    /// How many slots of the range have run already, or wait.
    public let ran: Int

    public init(job: String, isDryRun: Bool, slots: [Timestamp], runs: [Int64], ran: Int) {
        self.job = job
        self.isDryRun = isDryRun
        self.slots = slots
        self.runs = runs
        self.ran = ran
    }
}

extension Scheduler {
    /// How many slots of a range are looked at.
    private static let rangeLimit = 20_000
    /// How many slots one request may run.
    public static let backfillLimit = 1_000

    /// Runs the slots of a range that did not run: they were skipped, missed, cancelled or cut off, or came before the job
    /// was there. Each becomes a run of its own; they run one after the other, in order, and give way to slots that come
    /// due. A run that fails is not repeated.
    ///
    /// Throws a `RunRefusal` when there is no such job, it is disabled or has no slots of its own, the range is empty or has too
    /// many slots, or the runs cannot be written down.
    public func backfill(_ name: String, _ options: BackfillOptions) throws(RunRefusal) -> BackfillResult {
        try checkPhase()
        guard let job = schedule.job(name) else { throw .unknown(name) }
        guard job.isEnabled else { throw .disabled(name) }
        guard job.trigger.isTimed else {
            throw .parameters("\(name) has no slots of its own: it runs \(job.trigger.text)")
        }
        // Slots that have come until now are still handled by the schedule.
        wake()
        if let failure = ledgerFailure { throw .unavailable(failure.message) }
        let now = runtime.now
        // A slot that has come and waits for its jitter is still the schedule's.
        let ahead = entries[name].flatMap { $0.isArmed ? $0.nextSlot : nil }.map { $0 - .milliseconds(1) }
        let end = min(options.through ?? now, now, ahead ?? now)
        guard options.from <= end else {
            throw .parameters(
                "the range begins at \(options.from) UTC, after its end at \(end) UTC; the end is at most now")
        }
        let all = try slots(of: job, from: options.from, through: end)
        let known: Set<Timestamp>
        do { known = try ledger.slots(of: name, from: options.from, through: end) } catch {
            throw .unavailable("\(error)")
        }
        let missing = all.filter { !known.contains($0) }
        let waiting = entries[name]?.pending.count { $0.run.trigger == .backfill } ?? 0
        guard waiting + missing.count <= Self.backfillLimit else {
            throw .parameters(
                "\(missing.count) slots of \(name) did not run in this range, and \(waiting) earlier ones wait; no more than \(Self.backfillLimit) may wait; narrow the range"
            )
        }
        guard missing.count <= options.limit else {
            throw .parameters(
                "\(missing.count) slots of \(name) did not run in this range, and no more than \(options.limit) may be run at once; narrow the range, or raise the limit (at most \(Self.backfillLimit))"
            )
        }
        let ran = all.count - missing.count
        guard !options.isDryRun, !missing.isEmpty else {
            return BackfillResult(job: name, isDryRun: options.isDryRun, slots: missing, runs: [], ran: ran)
        }
        let entry = entries[name] ?? JobEntry(job: job, state: freshState(of: job), isArmed: false)
        entries[name] = entry
        var plan = Plan()
        for slot in missing {
            var run = newRun(of: job, .pending, .backfill)
            (run.attempt, run.scheduledFor, run.author) = (nil, slot, options.author)
            plan.add(.open(run), .enqueue(job: name, run, endsRunning: false))
        }
        guard commit(plan) else { throw .unavailable(ledgerFailure?.message ?? "it could not be written down") }
        let wanted = Set(missing)
        let runs = entry.pending.filter {
            $0.run.trigger == .backfill && $0.run.scheduledFor.map(wanted.contains) == true
        }.map(\.id)
        logger.notice(
            "\(name): \(missing.count) earlier slot(s) will be run",
            metadata: ["event": "backfill", "job": "\(name)", "author": "\(options.author ?? "")"])
        wake()
        return BackfillResult(job: name, isDryRun: false, slots: missing, runs: runs, ran: ran)
    }

    private func slots(
        of job: Job, from first: Timestamp, through last: Timestamp
    ) throws(RunRefusal) -> [Timestamp] {
        var slots: [Timestamp] = []
        var next = job.trigger.next(after: first - .milliseconds(1), in: job.zone)
        while let slot = next, slot <= last {
            slots.append(slot)
            guard slots.count <= Self.rangeLimit else {
                throw .parameters("the range has more than \(Self.rangeLimit) slots; narrow it")
            }
            next = job.trigger.next(after: slot, in: job.zone)
        }
        return slots
    }
}

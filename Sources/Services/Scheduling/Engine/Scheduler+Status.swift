import HeapModule
public import Values

/// What the scheduler is doing, and what comes next.
public struct SchedulerStatus: Sendable, Codable, Equatable {
    /// A running job and its run.
    public struct Running: Sendable, Codable, Equatable {
        public let job: String
        public let run: Int64
        public let since: Timestamp
    }

    public var running: [Running]
    /// The job that is due next, and when; nil when nothing is.
    public var nextJob: String?
    public var nextAt: Timestamp?
    /// Why no job starts at present, or one does not; nil when all is well.
    public var problem: String?
    public var isStopping: Bool
}

extension Scheduler {
    /// A snapshot. Awaiting it is a round trip through the scheduler's queue.
    public func status() -> SchedulerStatus {
        while let first = wakeups.min, entries[first.job]?.generation != first.generation { wakeups.removeMin() }
        let running = entries.values.compactMap { entry in
            entry.running.map { SchedulerStatus.Running(job: entry.job.name, run: $0.id, since: $0.startedAt) }
        }
        return SchedulerStatus(
            running: running.sorted { $0.run < $1.run }, nextJob: wakeups.min?.job, nextAt: wakeups.min?.at,
            problem: ledgerFailure.map { "no job starts: \($0.message)" } ?? leftBehind, isStopping: phase == .draining)
    }

    /// A message about runs that were left behind; nil when there are none.
    private var leftBehind: String? {
        let names = entries.values.filter { $0.leftBehind != nil }.map(\.job.name).sorted()
        guard !names.isEmpty else { return nil }
        let jobs = names.joined(separator: ", ")
        return
            "a run of \(jobs) did not end when it was asked to, and nothing else of the job starts before it has; restart the daemon to end it"
    }

    /// The schedule in force.
    public var current: Schedule { schedule }

    /// Reports a fault of the scheduler itself: a slot that is due and could be dispatched but is not. Nil when there
    /// is none. A ledger that returns errors does not count.
    public func overdue(by limit: Duration) -> String? {
        guard phase == .running, ledgerFailure == nil, let first = wakeups.min,
            entries[first.job]?.generation == first.generation
        else { return nil }
        let late = runtime.now.since(first.at)
        return late > limit && first.at > .distantPast
            ? "the job \(first.job) has been due for \(late.brief) and was not started" : nil
    }
}

public import Recurrence
public import Leads
public import Scheduling
public import Storage
public import Values

/// What can be read without being the executor: the tables that people look at.
public struct Listings: Sendable {
    let store: Store?
    let schedule: Schedule
    let now: Timestamp

    /// - Parameter store: nil when there is no database yet.
    public init(store: Store?, schedule: Schedule, now: Timestamp) {
        self.store = store
        self.schedule = schedule
        self.now = now
    }

    /// A job as a list shows it.
    public struct JobLine: Sendable, Codable, Equatable {
        public let name: String
        /// The task, or `command`.
        public let runs: String
        /// The trigger in the schedule file's words.
        public let trigger: String
        public let timezone: String
        /// `disabled`, `running`, `waiting`, `paused` or `idle`.
        public let state: String
        /// When it starts next: its next slot, or one that has come and waits for the job's jitter, and so much later.
        public let nextAt: Timestamp?
        /// The slot that it starts for then.
        public let nextSlot: Timestamp?
        public let lastStatus: ActivityStatus?
        public let lastAt: Timestamp?
        public let lastSeconds: Double?
        public let lastError: String?
        /// How often in a row it has failed.
        public let failures: Int
        /// The median of the last runs that succeeded; nil when none has.
        public let usualSeconds: Double?
    }

    /// All jobs, in the order of the schedule file.
    public func jobs() throws(StorageError) -> [JobLine] {
        let open = try store?.runs.open()
        let last = try store?.runs.lastFinished() ?? [:]
        let states = Dictionary((open?.states ?? []).map { ($0.job, $0) }) { $1 }
        let usual = try store?.runs.usualSeconds() ?? [:]
        let active = Dictionary(grouping: open?.active ?? [], by: \.jobName)
        return schedule.jobs.map { job in
            let rows = active[job.name] ?? []
            let known = states[job.name]
            let state: String =
                if !job.isEnabled { "disabled" } else if rows.contains(where: { $0.status == .running }) {
                    "running"
                } else if known?.paused == true { "paused" } else { rows.isEmpty ? "idle" : "waiting" }
            let finished = last[job.name]
            let slot = job.isEnabled && known?.paused != true ? nextSlot(of: job, known) : nil
            return JobLine(
                name: job.name, runs: job.type, trigger: job.trigger.text, timezone: job.zone.name, state: state,
                nextAt: slot.map { $0 + job.delay }, nextSlot: slot, lastStatus: finished?.status,
                lastAt: finished?.completedAt, lastSeconds: finished?.durationSeconds,
                lastError: finished?.errorMessage,
                failures: known?.failures ?? 0, usualSeconds: usual[job.name])
        }
    }

    /// The earliest slot that is still to be started: one that has come may wait for its jitter. What is accounted for, or came
    /// before the job was armed, is not.
    private func nextSlot(of job: Job, _ known: JobState?) -> Timestamp? {
        var from = now - job.delay
        if let known, known.triggerHash == job.triggerHash { from = max(from, known.lastSlot ?? known.effectiveSince) }
        return job.trigger.next(after: min(from, now), in: job.zone)
    }

    /// A coming slot.
    public struct Slot: Sendable, Codable, Equatable {
        public let job: String
        /// UTC.
        public let at: Timestamp
        /// When it starts: later than the slot by the job's jitter. UTC.
        public let startsAt: Timestamp
        /// The slot on the clock of the job's zone, with its abbreviation.
        public let local: String
        public let timezone: String
    }

    /// The next slots of all jobs, or of one, in the order of time.
    ///
    /// - Parameters:
    ///   - count: how many, of each job when one is named, else in all.
    ///   - from: where to begin; nil for now.
    public func next(count: Int, job name: String?, from: Timestamp?) -> [Slot] {
        let jobs = schedule.jobs.filter { $0.isEnabled && $0.trigger.isTimed && (name == nil || $0.name == name) }
        var slots: [Slot] = []
        for job in jobs {
            var at = job.trigger.next(after: from ?? now - job.delay, in: job.zone)
            var found = 0
            while let slot = at, found < count {
                slots.append(
                    Slot(
                        job: job.name, at: slot, startsAt: slot + job.delay, local: LocalTime.text(slot, in: job.zone),
                        timezone: job.zone.name))
                found += 1
                at = job.trigger.next(after: slot, in: job.zone)
            }
        }
        return Array(slots.sorted { ($0.startsAt, $0.job) < ($1.startsAt, $1.job) }.prefix(count))
    }
}

/// A moment on a zone's clock.
public enum LocalTime {
    /// `2026-11-22 02:30:00 EST`
    public static func text(_ moment: Timestamp, in zone: TimeZoneRules) -> String {
        let seconds = moment.seconds
        return "\(Timestamp(seconds: zone.local(seconds)).description.prefix(19)) \(zone.abbreviation(at: seconds))"
    }
}

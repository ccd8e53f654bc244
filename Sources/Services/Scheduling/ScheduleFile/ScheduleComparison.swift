import Recurrence
public import Values

/// The differences between two schedules, job by job, with the next times before and after.
public struct ScheduleComparison: Sendable, Codable, Equatable {
    /// A job that is not the same in both.
    public struct Change: Sendable, Codable, Equatable {
        public enum Kind: String, Sendable, Codable {
            case added
            case removed
            /// The job runs at other times: its trigger, its zone, its delay, or whether it is enabled has changed.
            case changed
            /// Something else about the job was edited; it keeps its times.
            case edited
        }

        public let job: String
        public let kind: Kind
        /// The trigger as written in the schedule file; nil when the job does not exist.
        public let before: String?
        public let after: String?
        /// The next slot; nil when no clock starts the job, or when it is disabled.
        public let nextBefore: Timestamp?
        public let nextAfter: Timestamp?
        /// The zone in which the times are read: the new schedule's, or the old one's for a removed job.
        public let timezone: String
    }

    /// In the order of the new schedule, followed by removed jobs.
    public let changes: [Change]
    public let unchanged: Int

    /// - Parameter now: the moment after which the next slots are computed.
    public init(from old: Schedule, to new: Schedule, at now: Timestamp) {
        var changes: [Change] = []
        var unchanged = 0
        for job in new.jobs {
            let before = old.job(job.name)
            let kind: Change.Kind
            if let before {
                if before.triggerHash != job.triggerHash || before.isEnabled != job.isEnabled
                    || before.delay != job.delay
                {
                    kind = .changed
                } else if before.fingerprint != job.fingerprint {
                    kind = .edited
                } else {
                    unchanged += 1
                    continue
                }
            } else {
                kind = .added
            }
            changes.append(Change(kind, before, job, at: now))
        }
        for job in old.jobs where new.job(job.name) == nil { changes.append(Change(.removed, job, nil, at: now)) }
        self.changes = changes
        self.unchanged = unchanged
    }

    /// The names of the jobs of one kind of change.
    public func names(_ kind: Change.Kind) -> [String] { changes.filter { $0.kind == kind }.map(\.job) }
}

extension ScheduleComparison.Change {
    fileprivate init(_ kind: Kind, _ before: Job?, _ after: Job?, at now: Timestamp) {
        func next(_ job: Job?) -> Timestamp? {
            guard let job, job.isEnabled else { return nil }
            return job.trigger.next(after: now, in: job.zone)
        }
        func text(_ job: Job?) -> String? {
            job.map { $0.isEnabled ? $0.trigger.text : "\($0.trigger.text) (disabled)" }
        }
        self.init(
            job: after?.name ?? before?.name ?? "", kind: kind, before: text(before), after: text(after),
            nextBefore: next(before), nextAfter: next(after), timezone: after?.zone.name ?? before?.zone.name ?? "UTC")
    }
}

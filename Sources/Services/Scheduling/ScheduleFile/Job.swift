public import AppConfiguration
internal import Values

/// One entry of the schedule: what to do, when, and what to do when that does not go well.
public struct Job: Sendable {
    public let name: String
    public let trigger: Trigger
    /// The zone that `at` and `cron` are read in.
    public let zone: TimeZoneRules
    /// The task's name, or `command`.
    public let type: String
    public let task: any JobTask
    /// Slots missed while the daemon could not run them.
    public let catchUp: CatchUp
    /// A slot that comes due while the job still runs.
    public let overlap: Overlap
    public let retry: RetryPolicy
    public let timeout: Duration
    public let isEnabled: Bool
    /// Where it stands in the file.
    public let position: Position

    /// What `job_state` remembers the trigger by: when it changes, nothing from before is owed.
    public var triggerHash: String {
        trigger.isTimed && !trigger.isGrid ? "\(trigger.fingerprint) @ \(zone.name)" : trigger.fingerprint
    }
}

/// What is done about slots that were missed.
public enum CatchUp: String, CaseIterable, Sendable {
    case none
    /// The last one runs; the others are skipped.
    case once
    /// Each runs, in order, the last `Scheduler.catchUpLimit` of them.
    case all
}

/// What is done about a slot that comes due while the job still runs.
public enum Overlap: String, CaseIterable, Sendable {
    case skip
}

/// How often and when a failed run is repeated.
public struct RetryPolicy: Sendable, Hashable {
    /// In all, the first one counted.
    public let attempts: Int
    /// Before the second attempt; doubles with each further one.
    public let backoff: Duration
    /// The longest wait.
    public let maximum: Duration

    public static let never = RetryPolicy(attempts: 1, backoff: .seconds(60), maximum: .seconds(3_600))

    /// The wait before attempt `number`, from 2.
    func delay(before number: Int) -> Duration {
        min(maximum, backoff * (1 << min(20, max(0, number - 2))))
    }
}

/// The jobs of a schedule file, in its order, and what is suspicious about them.
public struct Schedule: Sendable {
    public let jobs: [Job]
    /// The zone of jobs that name none.
    public let zone: TimeZoneRules
    public let warnings: [Diagnostic]
    /// The path it was read from.
    public let file: String

    public func job(_ name: String) -> Job? { jobs.first { $0.name == name } }
}

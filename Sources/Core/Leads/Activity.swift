public import Values

/// A row of `pipeline_activities`: a run of a job, a step of a run, or a range of slots that did not run.
public struct Activity: Sendable, Equatable, Codable, Identifiable {
    public var id: Int64
    /// The run that this step belongs to; nil for a run.
    public var parentID: Int64?
    /// The run whose end started this one.
    public var causedBy: Int64?
    /// The attempt that this one retries.
    public var retryOf: Int64?
    /// The lead that a step is about.
    public var leadID: Int64?
    public var jobName: String
    /// The job's task, `command`, or the kind of step.
    public var type: String
    public var status: ActivityStatus
    public var trigger: RunTrigger
    /// From 1, counted over all attempts at the same slot.
    public var attempt: Int
    /// The nominal slot; nil for a run that was not started by a schedule.
    public var scheduledFor: Timestamp?
    /// The last slot of a skipped range. The number of slots is in `slotCount`.
    public var scheduledThrough: Timestamp?
    public var slotCount: Int?
    /// A pending run does not start before this time.
    public var notBefore: Timestamp?
    public var startedAt: Timestamp?
    public var completedAt: Timestamp?
    public var durationSeconds: Double?
    public var description: String?
    public var errorMessage: String?
    /// Who asked for it: `cli:ann`, `token:crm`, or `schedule`; nil for steps of a run, and rows from before schema 12.
    public var author: String?
    /// Orders the changes of all runs: it grows whenever a run's row is added or changed. Nil for a step.
    public var changeNumber: Int64?
    /// JSON.
    public var inputData: String?
    /// JSON.
    public var outputData: String?

    public init(id: Int64, jobName: String, type: String, status: ActivityStatus, trigger: RunTrigger, attempt: Int) {
        self.id = id
        self.jobName = jobName
        self.type = type
        self.status = status
        self.trigger = trigger
        self.attempt = attempt
    }

    /// How late the run started; nil if it has not started or has no slot. A delay by jitter or by the wait before a
    /// retry does not count.
    public var lateness: Duration? {
        guard let scheduledFor, let startedAt else { return nil }
        return startedAt.since(max(scheduledFor, notBefore ?? scheduledFor))
    }
}

/// The state of an activity. Only `pending` and `running` are not final.
public enum ActivityStatus: String, Sendable, Codable, CaseIterable {
    case pending
    case running
    case success
    case failed
    case skipped
    case cancelled
    /// It was ended by a crash or by stopping the daemon.
    case interrupted
}

/// What started a run.
public enum RunTrigger: String, Sendable, Codable, CaseIterable {
    case schedule
    /// Makes up for a slot that was missed or interrupted.
    case catchUp = "catch_up"
    case manual
    case retry
    /// The end of another job's run.
    case after
    /// A person asked for a slot that did not run.
    case backfill
}

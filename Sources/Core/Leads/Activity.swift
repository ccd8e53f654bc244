public import Values

/// A row of `pipeline_activities`: a run of a job, a step of a run, or a range of slots that did not run.
public struct Activity: Sendable, Equatable, Codable, Identifiable {
    public var id: Int64
    /// The run that this is a step of; nil for a run.
    public var parentID: Int64?
    /// The run whose end started this one.
    public var causedBy: Int64?
    /// The attempt that this one repeats.
    public var retryOf: Int64?
    /// The lead that a step is about.
    public var leadID: Int64?
    public var jobName: String
    /// The task, `command`, or the kind of step.
    public var type: String
    public var status: ActivityStatus
    public var trigger: RunTrigger
    /// From 1, counted over all attempts at one slot.
    public var attempt: Int
    /// The nominal slot; nil for what no clock asked for.
    public var scheduledFor: Timestamp?
    /// The last slot of a skipped range, and how many there are.
    public var scheduledThrough: Timestamp?
    public var slotCount: Int?
    /// A pending run does not start before this.
    public var notBefore: Timestamp?
    public var startedAt: Timestamp?
    public var completedAt: Timestamp?
    public var durationSeconds: Double?
    public var description: String?
    public var errorMessage: String?
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

    /// How long after it was due it started; nil while it has not, or when it had no slot. What its jitter or a retry's wait
    /// delayed is not late.
    public var lateness: Duration? {
        guard let scheduledFor, let startedAt else { return nil }
        return startedAt.since(max(scheduledFor, notBefore ?? scheduledFor))
    }
}

/// The state of an activity. `pending` and `running` are the only ones that change.
public enum ActivityStatus: String, Sendable, Codable, CaseIterable {
    case pending
    case running
    case success
    case failed
    case skipped
    case cancelled
    /// A crash or a stop of the daemon ended it.
    case interrupted
}

/// What started a run.
public enum RunTrigger: String, Sendable, Codable, CaseIterable {
    case schedule
    /// A slot that was missed, or interrupted, and is made up for.
    case catchUp = "catch_up"
    case manual
    case retry
    /// The end of another job's run.
    case after
}

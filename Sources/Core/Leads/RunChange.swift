public import Values

/// Since when a job's trigger is armed and how far its slots are accounted for: a row of `job_state`.
public struct JobState: Sendable, Equatable, Codable {
    public var job: String
    /// Changes when the trigger or its time zone does.
    public var triggerHash: String
    /// Slots up to here were never due: the job is new, or its trigger was edited.
    public var effectiveSince: Timestamp
    /// The last slot that ran or that a row explains.
    public var lastSlot: Timestamp?
    public var paused: Bool
    /// How many times in a row its last attempt has failed.
    public var failures: Int

    public init(
        job: String, triggerHash: String, effectiveSince: Timestamp, lastSlot: Timestamp? = nil, paused: Bool = false,
        failures: Int = 0
    ) {
        self.job = job
        self.triggerHash = triggerHash
        self.effectiveSince = effectiveSince
        self.lastSlot = lastSlot
        self.paused = paused
        self.failures = failures
    }
}

/// A run that is to be written down before it starts, or because it does not.
public struct NewRun: Sendable, Equatable {
    public var job: String
    public var type: String
    public var status: ActivityStatus
    public var trigger: RunTrigger
    /// Nil for the next free attempt at the slot.
    public var attempt: Int?
    public var scheduledFor: Timestamp?
    public var notBefore: Timestamp?
    public var startedAt: Timestamp?
    /// Only for a row that is final at once, such as one that is skipped.
    public var completedAt: Timestamp?
    public var error: String?
    public var causedBy: Int64?
    public var retryOf: Int64?
    public var description: String?
    /// JSON.
    public var inputData: String?

    public init(job: String, type: String, status: ActivityStatus, trigger: RunTrigger, attempt: Int? = 1) {
        self.job = job
        self.type = type
        self.status = status
        self.trigger = trigger
        self.attempt = attempt
    }
}

/// How a run ended.
public struct RunEnding: Sendable, Equatable {
    public var status: ActivityStatus
    public var at: Timestamp
    /// When its work began, where that is not when it was handed over; nil for then.
    public var startedAt: Timestamp?
    /// Nil when it never started.
    public var duration: Duration?
    /// JSON.
    public var output: String?
    public var error: String?

    public init(
        _ status: ActivityStatus, at: Timestamp, duration: Duration? = nil, output: String? = nil, error: String? = nil
    ) {
        self.status = status
        self.at = at
        self.duration = duration
        self.output = output
        self.error = error
    }
}

/// Slots of one job, one after the other, that did not run, and why.
public struct SkippedSlots: Sendable, Equatable {
    public var job: String
    public var type: String
    public var first: Timestamp
    public var last: Timestamp
    public var count: Int
    public var reason: String
    public var at: Timestamp

    public init(job: String, type: String, first: Timestamp, last: Timestamp, count: Int, reason: String, at: Timestamp)
    {
        self.job = job
        self.type = type
        self.first = first
        self.last = last
        self.count = count
        self.reason = reason
        self.at = at
    }
}

/// One change to the record of runs. A list of them is one transaction: all of it is written, or nothing.
public enum RunChange: Sendable, Equatable {
    case arm(JobState)
    /// The job is gone or disabled: nothing of it is owed any more.
    case disarm(job: String)
    /// The job is kept from running by its schedule, or no longer. The rest of the state counts only when there is none yet.
    case pause(JobState)
    /// How many times in a row the job has failed.
    case failures(job: String, count: Int)
    /// Every slot up to this one is accounted for.
    case advance(job: String, lastSlot: Timestamp)
    /// Adds a run. Answers its id, or nil when the slot already has this attempt.
    case open(NewRun)
    case start(run: Int64, at: Timestamp)
    case close(run: Int64, RunEnding)
    /// Adds a row for slots that do not run. Answers its id, or nil when the first slot already has a row.
    case skip(SkippedSlots)
    /// More slots of the range in that row.
    case extendSkip(row: Int64, through: Timestamp, adding: Int)
    /// Closes every step that is still `running`: its run is gone.
    case interruptSteps(at: Timestamp)
}

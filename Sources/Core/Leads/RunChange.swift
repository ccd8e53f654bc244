public import Values

/// Since when a job's trigger is armed, and up to which slot its slots are accounted for: a row of `job_state`.
public struct JobState: Sendable, Equatable, Codable {
    public var job: String
    /// A hash of the trigger and its time zone.
    public var triggerHash: String
    /// Slots up to this time were never due, because the job is new or its trigger was edited.
    public var effectiveSince: Timestamp
    /// The last slot that ran, or whose skipping is recorded in a row.
    public var lastSlot: Timestamp?
    /// Nil when the job is not paused.
    public var pause: JobPause?
    /// How many times in a row the job has failed, counting only the last attempt of each run.
    public var failures: Int

    public init(
        job: String, triggerHash: String, effectiveSince: Timestamp, lastSlot: Timestamp? = nil,
        pause: JobPause? = nil, failures: Int = 0
    ) {
        self.job = job
        self.triggerHash = triggerHash
        self.effectiveSince = effectiveSince
        self.lastSlot = lastSlot
        self.pause = pause
        self.failures = failures
    }
}

extension JobState {
    /// Whether the job's schedule does not start it at this time.
    public func isPaused(at now: Timestamp) -> Bool { pause?.isOver(at: now) == false }
}

/// Why a job's schedule does not start it.
public struct JobPause: Sendable, Equatable, Codable {
    /// Since when; nil for a pause from before schema 12.
    public var at: Timestamp?
    /// When it ends by itself; nil for not at all.
    public var until: Timestamp?
    /// Why, in the words of the person who paused it.
    public var note: String?
    /// Who paused it.
    public var author: String?

    public init(at: Timestamp?, until: Timestamp? = nil, note: String? = nil, author: String? = nil) {
        self.at = at
        self.until = until
        self.note = note
        self.author = author
    }

    /// Whether it has ended by itself.
    public func isOver(at now: Timestamp) -> Bool { until.map { $0 <= now } ?? false }
}

/// A new row for a run that is about to start, or that will not run.
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
    /// Only for a row that is final from the start, such as a skipped run.
    public var completedAt: Timestamp?
    public var error: String?
    public var causedBy: Int64?
    public var retryOf: Int64?
    public var description: String?
    /// JSON.
    public var inputData: String?
    /// Who asked for it; nil for the schedule.
    public var author: String?

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
    /// When its work began, if that differs from when the run was handed over; nil if it does not.
    public var startedAt: Timestamp?
    /// Nil if it never started.
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

/// Consecutive slots of one job that did not run, and why.
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

/// One change to the record of runs. A list of changes is written in one transaction.
public enum RunChange: Sendable, Equatable {
    case arm(JobState)
    /// The job was removed or disabled, so none of its runs are owed any more.
    case disarm(job: String)
    /// Pauses or resumes a job's schedule. The rest of the state is used only if the job has no row yet.
    case pause(JobState)
    /// How many times in a row the job has failed.
    case failures(job: String, count: Int)
    /// Every slot up to this one is accounted for.
    case advance(job: String, lastSlot: Timestamp)
    /// Adds a run. Returns its id, or nil if the slot already has this attempt.
    case open(NewRun)
    case start(run: Int64, at: Timestamp)
    case close(run: Int64, RunEnding)
    /// Adds a row for slots that do not run. Returns its id, or nil if the first slot already has a row.
    case skip(SkippedSlots)
    /// Adds more slots to the range in that row.
    case extendSkip(row: Int64, through: Timestamp, adding: Int)
    /// Adds what was done by hand.
    case note(Step)
    /// Closes every step that is still `running`, because its run has ended.
    case interruptSteps(at: Timestamp)
}

public import Leads
import Recurrence
import Scheduling
import Storage
public import Values

/// All jobs in the order of the schedule file: what they do, when they are next due, and how they last ended.
public enum ListJobs: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Line: Sendable, Codable, Equatable {
        public let name: String
        /// The task, or `command`.
        public let runs: String
        /// The trigger as written in the schedule file.
        public let trigger: String
        public let timezone: String
        /// `disabled`, `running`, `waiting`, `paused` or `idle`.
        public let state: String
        /// When the pause ends by itself; nil when it does not, and when the job is not paused.
        public let pausedUntil: Timestamp?
        /// Why it is paused.
        public let pausedNote: String?
        /// Who paused it.
        public let pausedBy: String?
        /// When the job starts next: its next slot plus its jitter. The slot may have come already.
        public let nextAt: Timestamp?
        /// The slot for which it starts then.
        public let nextSlot: Timestamp?
        public let lastStatus: ActivityStatus?
        public let lastAt: Timestamp?
        public let lastSeconds: Double?
        public let lastError: String?
        /// The number of consecutive failures.
        public let failures: Int
        /// The median duration of recent successful runs; nil when there are none.
        public let usualSeconds: Double?
    }

    public struct Response: Sendable, Codable, Equatable {
        public let jobs: [Line]
        /// Whether a daemon is running; nil when that cannot be determined. Without one no job starts.
        public let isDaemonRunning: Bool?
    }

    /// Throws a `ConfigurationProblem` or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let (schedule, data) = (try await context.configuration().schedule, context.data)
        let now = context.runtime.now
        return try await Blocking.run {
            Response(
                jobs: try lines(of: schedule, in: try data.read(), now: now),
                isDaemonRunning: isDaemonRunning(in: data.folder))
        }
    }

    private static func isDaemonRunning(in folder: DataFolder) -> Bool? {
        do { return try ExecutorLock.holder(of: folder)?.socket.isEmpty == false } catch { return nil }
    }

    static func lines(of schedule: Schedule, in store: Store?, now: Timestamp) throws(StorageError) -> [Line] {
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
                } else if known?.isPaused(at: now) == true { "paused" } else { rows.isEmpty ? "idle" : "waiting" }
            let finished = last[job.name]
            let pause = known?.isPaused(at: now) == true ? known?.pause : nil
            // The first slot that is not paused.
            let from = max(now, pause?.until.map { $0 - .milliseconds(1) + job.delay } ?? now)
            let isDue = job.isEnabled && (pause == nil || pause?.until != nil)
            let slot = isDue ? nextSlot(of: job, known, now: from) : nil
            return Line(
                name: job.name, runs: job.type, trigger: job.trigger.text, timezone: job.zone.name, state: state,
                pausedUntil: pause?.until, pausedNote: pause?.note, pausedBy: pause?.author,
                nextAt: slot.map { $0 + job.delay }, nextSlot: slot, lastStatus: finished?.status,
                lastAt: finished?.completedAt, lastSeconds: finished?.durationSeconds,
                lastError: finished?.errorMessage, failures: known?.failures ?? 0, usualSeconds: usual[job.name])
        }
    }

    /// The earliest slot still to be started, which may have come already and be waiting for its jitter. Slots that are
    /// accounted for, or that came before the job was armed, do not count.
    private static func nextSlot(of job: Job, _ known: JobState?, now: Timestamp) -> Timestamp? {
        var from = now - job.delay
        if let known, known.triggerHash == job.triggerHash { from = max(from, known.lastSlot ?? known.effectiveSince) }
        return job.trigger.next(after: min(from, now), in: job.zone)
    }
}

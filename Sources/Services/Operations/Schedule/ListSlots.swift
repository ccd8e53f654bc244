import Leads
import Recurrence
import Scheduling
import Storage
public import Values

/// The next slots of all jobs, or of one, in chronological order.
public enum ListSlots: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Nil for all jobs.
        public let job: String?
        /// The number of slots: of the named job, otherwise of all jobs together.
        public let count: Int
        /// Where to begin; nil for now.
        public let from: Timestamp?

        public init(job: String?, count: Int, from: Timestamp?) {
            self.job = job
            self.count = count
            self.from = from
        }
    }

    /// A slot to come.
    public struct Slot: Sendable, Codable, Equatable {
        public let job: String
        /// In UTC.
        public let at: Timestamp
        /// When the run starts, which is later than the slot by the job's jitter. In UTC.
        public let startsAt: Timestamp
        /// The slot in the job's time zone, with its abbreviation.
        public let local: String
        public let timezone: String
        /// Whether the job is paused then, so that its schedule does not start it. Nil if the database cannot be read.
        public let paused: Bool?
    }

    public struct Response: Sendable, Codable, Equatable { public let slots: [Slot] }

    /// Throws a `ConfigurationProblem`, or an `OperationProblem` when there is no such job.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.count, "count", in: 1...100_000)
        let schedule = try await context.configuration().schedule
        if let job = request.job, schedule.job(job) == nil {
            throw OperationProblem(.notFound, "there is no job \"\(job)\"; see: 4runr jobs")
        }
        var states: [JobState]?
        // The slots follow from the file alone.
        do { states = try await context.data.look { try $0.runs.open().states } ?? [] } catch { states = nil }
        return Response(slots: slots(of: schedule, states, request, now: context.runtime.now))
    }

    /// Slots before the pause are asked for, too, and came.
    private static func isPaused(_ state: JobState, at slot: Timestamp) -> Bool {
        state.isPaused(at: slot) && state.pause?.at ?? .distantPast <= slot
    }

    static func slots(of schedule: Schedule, _ states: [JobState]?, _ request: Request, now: Timestamp) -> [Slot] {
        let jobs = schedule.jobs.filter {
            $0.isEnabled && $0.trigger.isTimed && (request.job == nil || $0.name == request.job)
        }
        var slots: [Slot] = []
        for job in jobs {
            var at = job.trigger.next(after: request.from ?? now - job.delay, in: job.zone)
            let state = states?.first { $0.job == job.name }
            var found = 0
            while let slot = at, found < request.count {
                slots.append(
                    Slot(
                        job: job.name, at: slot, startsAt: slot + job.delay, local: LocalTime.text(slot, in: job.zone),
                        timezone: job.zone.name,
                        paused: states.map { _ in state.map { isPaused($0, at: slot) } ?? false }))
                found += 1
                at = job.trigger.next(after: slot, in: job.zone)
            }
        }
        return Array(slots.sorted { ($0.startsAt, $0.job) < ($1.startsAt, $1.job) }.prefix(request.count))
    }
}

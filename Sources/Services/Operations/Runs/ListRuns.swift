public import Leads
import Scheduling
import Storage
import Values

/// What ran, and what did not and why; newest first.
public enum ListRuns: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public var job: String?
        public var status: ActivityStatus?
        /// Only slots that did not run, and runs that were interrupted or cancelled.
        public var missedOnly = false
        public var trigger: RunTrigger?
        /// Only runs with a smaller id, for the next page.
        public var before: Int64?
        public var limit = 20

        public init() {}

        var filter: RunQueries.Filter {
            var filter = RunQueries.Filter()
            (filter.job, filter.status, filter.missedOnly, filter.limit) = (job, status, missedOnly, limit)
            (filter.trigger, filter.before) = (trigger, before)
            return filter
        }
    }

    public struct Response: Sendable, Codable, Equatable { public let runs: [Activity] }

    /// Throws an `OperationProblem` for a job that neither exists nor has ever run, or a `StorageError`. Without a
    /// database nothing has run.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...100_000)
        let found = try await context.data.look { transaction in
            let runs = try transaction.runs.list(request.filter)
            let knowsJob = try runs.isEmpty ? request.job.map { try transaction.runs.knows(job: $0) } ?? true : true
            return (runs, knowsJob)
        }
        let (runs, knowsJob) = found ?? ([], request.job == nil)
        if !knowsJob, let job = request.job, job != Step.byHand { try await require(job, in: context) }
        return Response(runs: runs)
    }

    /// Throws when the name is probably misspelt: no run has it, and no job in the schedule does. If the schedule
    /// cannot be read, past runs can still be listed.
    private static func require(_ job: String, in context: OperationContext) async throws {
        guard let schedule = (try? await context.configuration())?.schedule, schedule.job(job) == nil else { return }
        let hint = Suggestion.hint(for: job, among: schedule.jobs.map(\.name)).map { "; \($0)" } ?? ""
        throw OperationProblem(.notFound, "there is no job \"\(job)\", and none of that name has run\(hint)")
    }
}

public import Leads
import Scheduling
public import Values

/// Runs a job, or a task that is no job, and waits for its end.
public enum RunJob: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// A job of the schedule, else a task.
        public let name: String
        /// At most so many leads.
        public var limit: Int?
        /// Only these leads: numbers, uuids or emails. Empty for those that are due.
        public var leads: [String] = []
        /// Says what would be done, and does nothing.
        public var isDryRun = false

        public init(_ name: String) { self.name = name }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let id: Int64
        public let job: String
        public let status: ActivityStatus
        public let seconds: Double
        /// What the run said.
        public let output: JSONValue?
        public let error: String?

        /// The same, as far as it is a stage's; nil for what another task said.
        public var report: StageOutput? { output.flatMap(StageOutput.init) }
    }

    /// Throws an `OperationProblem` when it does not start, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await run(request, parameters: [:], isAside: false, in: context)
    }

    static func run(
        _ request: Request, parameters: TaskParameters, isAside: Bool, in context: OperationContext
    ) async throws -> Response {
        let leads =
            request.leads.isEmpty ? nil : try await FindLeads.perform(.init(request.leads), in: context).leads
        let options = RunOptions(
            limit: request.limit, leads: leads, isDryRun: request.isDryRun, parameters: parameters, isAside: isAside)
        let answer = try await context.ask(.run(name: request.name, options: options))
        guard case .ran(let result) = answer else { throw answer.isNotExpected }
        return Response(
            id: result.id, job: result.job, status: result.status, seconds: result.seconds,
            output: JSONValue(stored: result.output), error: result.error)
    }
}

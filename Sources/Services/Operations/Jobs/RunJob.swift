public import Leads
import Scheduling
public import Values

/// Runs a job, or a task that is not in the schedule, and waits for its end.
public enum RunJob: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// A job of the schedule, otherwise a task.
        public let name: String
        /// The maximum number of leads.
        public var limit: Int?
        /// Only these leads: numbers, UUIDs or emails. Empty for those that are due.
        public var leads: [String] = []
        /// Reports what would be done without doing it.
        public var isDryRun = false

        public init(_ name: String) { self.name = name }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let id: Int64
        public let job: String
        public let status: ActivityStatus
        public let seconds: Double
        /// The output of the run.
        public let output: JSONValue?
        public let error: String?

        /// The output, if it is that of a stage; nil for other tasks.
        public var report: StageOutput? { output.flatMap(StageOutput.init) }
    }

    /// Tasks that remove what is old.
    private static let removing: Set<String> = ["backup", "prune"]

    /// What a token must allow for a job or a task to be run: more for what removes something. Throws a
    /// `ConfigurationProblem`.
    public static func scope(of name: String, in context: OperationContext) async throws -> AccessScope {
        let task = try await context.configuration().schedule.job(name)?.type ?? name
        return removing.contains(task) ? .admin : .run
    }

    /// Throws an `OperationProblem` when the run does not start, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await run(request, parameters: [:], in: context)
    }

    static func run(
        _ request: Request, parameters: TaskParameters, isTask: Bool = false, isAside: Bool = false,
        isByHand: Bool = false,
        in context: OperationContext
    ) async throws -> Response {
        if let limit = request.limit { try OperationProblem.require(limit, "limit", in: 1...1_000_000) }
        let leads =
            request.leads.isEmpty ? nil : try await FindLeads.perform(.init(request.leads), in: context).leads
        var options = RunOptions(
            limit: request.limit, leads: leads, isDryRun: request.isDryRun, parameters: parameters, isAside: isAside,
            isByHand: isByHand)
        options.author = context.author.rawValue
        options.isTask = isTask ? true : nil
        let answer = try await context.ask(.run(name: request.name, options: options))
        guard case .ran(let result) = answer else { throw answer.isNotExpected }
        return Response(
            id: result.id, job: result.job, status: result.status, seconds: result.seconds,
            output: JSONValue(stored: result.output), error: result.error)
    }
}

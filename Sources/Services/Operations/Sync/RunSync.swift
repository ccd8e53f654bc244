import Leads
import Scheduling
import Values

/// Syncs with Airtable now, at a person's request.
public enum RunSync: Operation {
    public enum Direction: String, Sendable, Codable, CaseIterable {
        case both
        case push
        case pull
    }

    public struct Request: Sendable, Codable, Equatable {
        public var direction = Direction.both
        /// Whether all records are read, not only those that have changed.
        public var isFull = false
        /// Whether any number of records may be deleted at once.
        public var allowsDeletes = false
        /// Only the leads that Airtable refused.
        public var onlyRefused = false
        /// The maximum number of leads.
        public var limit: Int?
        /// Only these leads: numbers, UUIDs or emails. Empty for all.
        public var leads: [String] = []
        /// Only reads from Airtable; the response says what would be done.
        public var isDryRun = false

        public init() {}
    }

    public typealias Response = RunJob.Response

    /// Throws as `RunJob` does, and an `OperationProblem` when a program would have any number of records deleted.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        guard !request.allowsDeletes || request.isDryRun || context.author.isPerson else {
            throw OperationProblem(
                .forbidden,
                "only a person lets any number of records be deleted: with a token that was made --person")
        }
        var run = RunJob.Request("sync")
        (run.limit, run.leads, run.isDryRun) = (request.limit, request.leads, request.isDryRun)
        // Said in any case, because the job's own direction would apply otherwise.
        var parameters: TaskParameters = ["direction": .text(request.direction.rawValue)]
        if request.isFull { parameters["full"] = .flag(true) }
        if request.allowsDeletes { parameters["allow_deletes"] = .flag(true) }
        if request.onlyRefused { parameters["refused"] = .flag(true) }
        return try await RunJob.run(run, parameters: parameters, isByHand: true, in: context)
    }
}

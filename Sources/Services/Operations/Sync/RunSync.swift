import Scheduling
import Values

/// Keeps Airtable in step, as a person asks for it now.
public enum RunSync: Operation {
    public enum Direction: String, Sendable, Codable, CaseIterable {
        case both
        case push
        case pull
    }

    public struct Request: Sendable, Codable, Equatable {
        public var direction = Direction.both
        /// All records are read, not only those that changed.
        public var isFull = false
        /// However many are deleted at once.
        public var allowsDeletes = false
        /// At most so many leads.
        public var limit: Int?
        /// Only these leads: numbers, uuids or emails. Empty for all.
        public var leads: [String] = []
        /// Airtable is only read, and the response says what would be done.
        public var isDryRun = false

        public init() {}
    }

    public typealias Response = RunJob.Response

    /// Throws as `RunJob` does.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        var run = RunJob.Request("sync")
        (run.limit, run.leads, run.isDryRun) = (request.limit, request.leads, request.isDryRun)
        var parameters: TaskParameters = ["by_hand": .flag(true)]
        if request.direction != .both { parameters["direction"] = .text(request.direction.rawValue) }
        if request.isFull { parameters["full"] = .flag(true) }
        if request.allowsDeletes { parameters["allow_deletes"] = .flag(true) }
        return try await RunJob.run(run, parameters: parameters, isAside: false, in: context)
    }
}

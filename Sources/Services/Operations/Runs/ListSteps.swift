public import Leads
import Storage
import Values

/// The steps of a run, in order.
public enum ListSteps: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let run: Int64
        public let limit: Int
        /// Only the steps after this one.
        public var after: Int64 = 0

        public init(of run: Int64, limit: Int) {
            self.run = run
            self.limit = limit
        }
    }

    public struct Response: Sendable, Codable, Equatable { public let steps: [Activity] }

    /// Throws an `OperationProblem` when there is no such run, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...100_000)
        let steps = try await context.data.look { transaction -> [Activity]? in
            guard try transaction.runs.find(request.run) != nil else { return nil }
            return try transaction.runs.steps(of: request.run, after: request.after, limit: request.limit)
        }
        guard let steps = steps ?? nil else { throw OperationProblem(.notFound, "there is no run \(request.run)") }
        return Response(steps: steps)
    }
}

public import Leads
import Pipeline
import Storage

/// Pairs of leads that may be one person, and that nothing shows to be one or two.
public enum ListDuplicates: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let limit: Int

        public init(limit: Int) { self.limit = limit }
    }

    public struct Response: Sendable, Codable, Equatable { public let pairs: [DoubtfulPair] }

    /// Throws a `StorageError`. Before the first database is created, the list is empty.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...10_000)
        let pairs = try await context.data.look { try DoubtfulPair.list(in: $0, limit: request.limit) }
        return Response(pairs: pairs ?? [])
    }
}

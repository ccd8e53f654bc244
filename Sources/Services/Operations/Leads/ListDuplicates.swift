public import Leads
import Pipeline
import Storage

/// Pairs of leads that may be one person, and that nothing shows to be one or two.
public enum ListDuplicates: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Where the previous page ended; nil for the first page.
        public var after: DoubtfulPair.Place?
        public let limit: Int

        public init(limit: Int) { self.limit = limit }
    }

    public struct Response: Sendable, Codable, Equatable {
        /// Fewer than the limit, or none, where many leads had to be compared.
        public let pairs: [DoubtfulPair]
        /// Where the page ends; nil if it is the last.
        public let next: DoubtfulPair.Place?
    }

    /// Throws a `StorageError`. Before the first database is created, the list is empty.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...10_000)
        let found = try await context.data.look {
            try DoubtfulPair.list(in: $0, after: request.after, limit: request.limit)
        }
        return Response(pairs: found?.pairs ?? [], next: found?.end)
    }
}

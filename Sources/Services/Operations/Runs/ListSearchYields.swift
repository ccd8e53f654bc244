import Storage
import Values

/// What each search strategy has brought.
public enum ListSearchYields: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Over how many days, today included.
        public var days = 90

        public init() {}
    }

    public struct Response: Sendable, Codable, Equatable {
        public struct Strategy: Sendable, Codable, Equatable {
            public let strategy: String
            public let searches: Int
            public let people: Int
            public let newLeads: Int
            /// New leads for each paid search; nil if nothing was searched for.
            public let perSearch: Double?
            /// `YYYY-MM-DD`
            public let lastDay: String
        }

        public let days: Int
        public let strategies: [Strategy]
    }

    /// Throws an `OperationProblem` or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.days, "days", in: 1...3_650)
        let since = (context.runtime.now - .seconds((request.days - 1) * 86_400)).day
        let yields = try await context.data.look { try $0.yields.all("serpapi", since: since) } ?? []
        return Response(
            days: request.days,
            strategies: yields.map {
                .init(
                    strategy: $0.strategy, searches: $0.searches, people: $0.people, newLeads: $0.newLeads,
                    perSearch: $0.searches > 0
                        ? (Double($0.newLeads) / Double($0.searches) * 100).rounded() / 100 : nil,
                    lastDay: $0.lastDay)
            })
    }
}

import Storage
public import Values

/// How often each external service was called, by day and month in UTC.
public enum CountCalls: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The last moment that is counted.
        public let moment: Timestamp

        public init(until moment: Timestamp) { self.moment = moment }
    }

    public struct Line: Sendable, Codable, Equatable {
        public let service: String
        public let today: Int
        public let month: Int

        public init(service: String, today: Int, month: Int) {
            self.service = service
            self.today = today
            self.month = month
        }
    }

    public struct Response: Sendable, Codable, Equatable { public let lines: [Line] }

    /// Throws a `StorageError`. Without a database there were no calls.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let day = request.moment.day
        let lines = try await context.data.look { transaction in
            let month = try transaction.calls.counts(from: "\(day.prefix(8))01", through: day)
            let today = try transaction.calls.counts(from: day, through: day)
            return month.keys.sorted().map { Line(service: $0, today: today[$0] ?? 0, month: month[$0] ?? 0) }
        }
        return Response(lines: lines ?? [])
    }
}

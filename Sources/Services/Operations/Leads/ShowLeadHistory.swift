public import Leads
import Storage

/// What happened to a lead: the steps of runs, newest first.
public enum ShowLeadHistory: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The lead's number, UUID or email.
        public let name: String
        public let limit: Int
        /// Only the steps before this one; nil for the newest.
        public var before: Int64?

        public init(_ name: String, limit: Int) {
            self.name = name
            self.limit = limit
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let lead: Int64
        public let steps: [Activity]
    }

    /// Throws an `OperationProblem` when there is no such lead, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...10_000)
        let found = try await context.data.look { transaction in
            let lead = try transaction.lead(named: request.name)
            return Response(
                lead: lead.id,
                steps: try transaction.leads.history(
                    of: lead.id, before: request.before ?? .max, limit: request.limit))
        }
        guard let found else { throw OperationProblem.noLead(request.name) }
        return found
    }
}

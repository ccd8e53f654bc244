public import Leads
import Storage

/// Leads, newest first.
public enum ListLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public var status: LeadStatus?
        /// Only leads with a message that passed the checks.
        public var isReady: Bool?
        public var needsEnrichment: Bool?
        public var isSyncPending: Bool?
        public var source: String?
        public var withRemoved = false
        /// Only leads with smaller numbers, for the next page.
        public var before: Int64?
        public var limit = 20

        public init() {}

        /// Whether the request restricts which leads are listed.
        public var isNarrow: Bool {
            status != nil || isReady != nil || needsEnrichment != nil || isSyncPending != nil || source != nil
                || before != nil
        }
    }

    public struct Response: Sendable, Codable, Equatable { public let leads: [LeadView] }

    /// Throws a `StorageError`. Before the first database is created, the list is empty.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...100_000)
        var filter = LeadQueries.Filter()
        (filter.status, filter.isReady, filter.needsEnrichment) = (
            request.status, request.isReady, request.needsEnrichment
        )
        (filter.isSyncPending, filter.source) = (request.isSyncPending, request.source)
        (filter.withRemoved, filter.before, filter.limit) = (request.withRemoved, request.before, request.limit)
        let asked = filter
        return Response(leads: try await context.data.look { try $0.views(of: try $0.leads.list(asked)) } ?? [])
    }
}

import Leads
import Storage

/// Finds leads by words, or parts of words, of name, company, title, place and industry, or by address. Best matches
/// first.
public enum SearchLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let text: String
        public let limit: Int

        public init(_ text: String, limit: Int) {
            self.text = text
            self.limit = limit
        }
    }

    public struct Response: Sendable, Codable, Equatable { public let leads: [LeadView] }

    /// Throws a `StorageError`. Before the first database is created, the list is empty.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...1_000)
        let leads = try await context.data.look {
            try $0.views(of: try $0.leads.search(request.text, limit: request.limit))
        }
        return Response(leads: leads ?? [])
    }
}

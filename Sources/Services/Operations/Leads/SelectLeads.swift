public import Leads
import Storage
import Values

/// A page of the leads that a filter selects.
public enum SelectLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let selection: LeadSelection
        /// Whether they are counted, too. That takes longer the more there are.
        public var withTotal = false

        public init(_ selection: LeadSelection) { self.selection = selection }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let leads: [LeadView]
        /// Where the next page begins; nil if this is the last one.
        public let next: LeadSelection.Position?
        /// How many leads the filter selects; nil unless they were counted.
        public let total: Int?
    }

    /// Throws a `StorageError`. Before the first database is created, the list is empty.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.selection.limit, "limit", in: 1...10_000)
        let found = try await context.data.look { transaction in
            var selection = request.selection
            // One more shows whether there is another page.
            selection.limit += 1
            var leads = try transaction.leads.list(selection)
            var next: LeadSelection.Position?
            if leads.count == selection.limit, leads.popLast() != nil, let last = leads.last {
                next = try transaction.leads.position(of: last.id, in: selection)
            }
            let total =
                !request.withTotal
                ? nil
                : selection.isEverything
                    ? try transaction.counters.leads()["live"] ?? 0 : try transaction.leads.count(selection)
            return Response(leads: try transaction.views(of: leads), next: next, total: total)
        }
        return found ?? Response(leads: [], next: nil, total: request.withTotal ? 0 : nil)
    }
}

import Leads
import Storage
import Values

/// Removes leads from all lists and stages: all of the named ones, or none.
public enum DeleteLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Numbers, UUIDs or emails.
        public let leads: [String]
        /// The versions of which the lead must have one; only for one lead.
        public var versions: [String]?

        public init(_ leads: [String]) { self.leads = leads }
    }

    /// In the order in which they were named.
    public struct Response: Sendable, Codable, Equatable { public let leads: [Int64] }

    /// Throws an `OperationProblem` for a name that no lead has or a lead that was deleted already, or a
    /// `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            try hand.transaction { try delete(request, in: $0, hand) }
        }
    }

    static func delete(_ request: Request, in transaction: Transaction, _ hand: HandWork) throws -> Response {
        let numbers = try hand.changeEach(of: request.leads, step: "delete", in: transaction) { lead, moment in
            try lead.require(request.versions, in: transaction)
            guard lead.deletedAt == nil else { throw OperationProblem.isGone(lead) }
            var change = LeadChange()
            change.deletedAt = .some(moment)
            try transaction.leads.change(lead, change, because: .person, at: moment)
        }
        return Response(leads: numbers)
    }
}

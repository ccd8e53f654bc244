import Leads
import Storage
import Values

/// Removes leads from all lists and stages: all of the named ones, or none.
public enum DeleteLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Numbers, UUIDs or emails.
        public let leads: [String]

        public init(_ leads: [String]) { self.leads = leads }
    }

    /// In the order in which they were named.
    public struct Response: Sendable, Codable, Equatable { public let leads: [Int64] }

    /// Throws an `OperationProblem` for a name that no lead has or a lead that was deleted already, or a
    /// `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            let moment = hand.runtime.now
            return try hand.store.transaction { transaction in
                let leads = try request.leads.map { try transaction.lead(named: $0) }
                for id in leads.map(\.id) {
                    guard let lead = try transaction.leads.find(id), lead.deletedAt == nil else {
                        throw OperationProblem(.usage, "lead \(id) was deleted before")
                    }
                    var change = LeadChange()
                    change.deletedAt = .some(moment)
                    try transaction.leads.change(lead, change, because: .person, at: moment)
                    try transaction.runs.add([Step(byHand: "delete", lead: id, at: moment)])
                }
                return Response(leads: leads.map(\.id))
            }
        }
    }
}

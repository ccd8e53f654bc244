import AirtableSync
import Leads
import Storage
import Values

/// Brings deleted leads back: all of the named ones, or none.
public enum RestoreLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Numbers or UUIDs.
        public let leads: [String]

        public init(_ leads: [String]) { self.leads = leads }
    }

    /// In the order in which they were named.
    public struct Response: Sendable, Codable, Equatable { public let leads: [Int64] }

    /// Throws an `OperationProblem` for a name that no lead has or a lead that is not deleted, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            let moment = hand.runtime.now
            return try hand.store.transaction { transaction in
                let leads = try request.leads.map { try transaction.lead(named: $0) }
                for id in leads.map(\.id) {
                    guard let lead = try transaction.leads.find(id),
                        try RecordRules.restore(lead, in: transaction, at: moment)
                    else { throw OperationProblem(.usage, "lead \(id) is not deleted") }
                    try transaction.runs.add([Step(byHand: "restore", lead: id, at: moment)])
                }
                return Response(leads: leads.map(\.id))
            }
        }
    }
}

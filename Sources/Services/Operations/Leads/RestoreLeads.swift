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
            try hand.transaction { transaction in
                let numbers = try hand.changeEach(of: request.leads, step: "restore", in: transaction) { lead, moment in
                    if let target = lead.mergedInto {
                        throw OperationProblem(
                            .conflict,
                            "lead \(lead.id) is part of lead \(target); to part them: 4runr leads unmerge \(lead.id)")
                    }
                    let deletion = try transaction.leads.lastStep("delete", of: lead.id)
                    if lead.deletedAt != nil, let author = deletion?.author {
                        try hand.requirePerson(over: [LeadAuthor(rawValue: author)], "deleted lead \(lead.id)")
                    }
                    guard try RecordRules.restore(lead, in: transaction, at: moment) else {
                        throw OperationProblem(.conflict, "lead \(lead.id) is not deleted")
                    }
                }
                return Response(leads: numbers)
            }
        }
    }
}

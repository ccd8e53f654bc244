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
                    try requireOwn(lead, in: transaction, hand)
                    guard try RecordRules.restore(lead, in: transaction, at: moment) else {
                        throw OperationProblem(.conflict, "lead \(lead.id) is not deleted")
                    }
                }
                return Response(leads: numbers)
            }
        }
    }

    /// Throws unless a person asks, or a program is known to have deleted the lead. A deletion that came from Airtable, or was
    /// taken along by a restore, has no step of its own, and was a person's most likely.
    private static func requireOwn(_ lead: Lead, in transaction: Transaction, _ hand: HandWork) throws {
        guard !hand.author.isPerson, let deletedAt = lead.deletedAt else { return }
        let step = try transaction.leads.lastStep("delete", of: lead.id)
        let author = step.flatMap { $0.startedAt == deletedAt ? $0.author : nil }.map { LeadAuthor(rawValue: $0) }
        try hand.requirePerson(over: author.map { [$0] } ?? [], "deleted lead \(lead.id)")
        guard author != nil else {
            throw OperationProblem(
                .forbidden,
                "it is not known that a program deleted lead \(lead.id), and only a person undoes what a person did: with a token that was made --person"
            )
        }
    }
}

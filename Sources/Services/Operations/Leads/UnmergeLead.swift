import Leads
import Storage
import Values

/// Undoes a merge, or takes a record out of a lead that it does not belong to.
public enum UnmergeLead: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The lead that was merged, or the one that it became part of: its number, UUID or email. Of the latter the last
        /// merge is undone.
        public let lead: String
        /// The record to take out instead, as `ExplainLead` lists it.
        public var record: Int64?

        public init(_ lead: String) { self.lead = lead }
    }

    public struct Response: Sendable, Codable, Equatable {
        /// The lead that is back, or that was made of the record.
        public let lead: Int64
        /// The lead that it was part of.
        public let from: Int64
        /// What the merge brought and stays there, because it was changed or used since; a clause each.
        public let stays: [String]
    }

    /// Throws an `OperationProblem` when there is no such lead or record, or nothing to undo; or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            let moment = hand.runtime.now
            let uuid = hand.runtime.newUUID()
            return try hand.transaction { transaction in
                let lead = try transaction.lead(named: request.lead)
                let response =
                    if let record = request.record {
                        try split(record, from: lead, uuid, hand, transaction, at: moment)
                    } else {
                        try undo(lead, hand, transaction, at: moment)
                    }
                for id in [response.lead, response.from] {
                    try transaction.runs.add([Step(byHand: "unmerge", of: id, by: hand.author, at: moment)])
                }
                return response
            }
        }
    }

    private static func undo(
        _ lead: Lead, _ hand: HandWork, _ transaction: Transaction, at moment: Timestamp
    ) throws -> Response {
        let all = try transaction.leads.decisions(about: lead.id).filter { $0.kind == "merge" && $0.undoneAt == nil }
        let own = all.first { $0.lead == lead.id && lead.mergedInto != nil }
        guard let decision = own ?? all.first(where: { $0.into == lead.id }) else {
            throw OperationProblem(
                .conflict,
                "lead \(lead.id) was not merged with another; a record that it should not have is taken out with --record N: 4runr leads explain \(lead.id) lists them"
            )
        }
        try hand.requirePerson(over: [decision.author], "made leads \(decision.into) and \(decision.lead) one")
        guard let stays = try transaction.leads.unmerge(decision, author: hand.author, at: moment) else {
            throw OperationProblem(.conflict, "that was undone before")
        }
        return Response(lead: decision.lead, from: decision.into, stays: stays)
    }

    private static func split(
        _ record: Int64, from lead: Lead, _ uuid: String, _ hand: HandWork, _ transaction: Transaction,
        at moment: Timestamp
    ) throws -> Response {
        guard lead.deletedAt == nil else { throw OperationProblem(.conflict, "lead \(lead.id) was deleted") }
        for merge in try transaction.leads.decisionsInForce(within: lead.id) where merge.kind == "merge" {
            try hand.requirePerson(over: [merge.author], "made leads \(merge.into) and \(merge.lead) one")
        }
        let new = try transaction.leads.split(record: record, from: lead, uuid: uuid, author: hand.author, at: moment)
        guard let new else {
            throw OperationProblem(
                .usage,
                "lead \(lead.id) has no record \(record) that could be a lead of its own while another is left; see: 4runr leads explain \(lead.id)"
            )
        }
        return Response(lead: new, from: lead.id, stays: [])
    }
}

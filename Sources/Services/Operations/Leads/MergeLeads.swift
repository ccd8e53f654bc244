import Leads
import Storage
import Values

/// Makes two leads one, at a person's request.
public enum MergeLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The lead that stays: its number, UUID or email.
        public let lead: String
        /// The lead that becomes part of it.
        public let other: String

        public init(_ lead: String, _ other: String) {
            self.lead = lead
            self.other = other
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let view: LeadView
        /// The number of the lead that became part of it.
        public let merged: Int64
    }

    /// Throws an `OperationProblem` when one of them does not exist, was deleted, or both are the same; or a
    /// `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            let moment = hand.runtime.now
            return try hand.transaction { transaction in
                let lead = try transaction.lead(named: request.lead)
                let other = try transaction.lead(named: request.other)
                guard lead.id != other.id else { throw OperationProblem(.usage, "both are lead \(lead.id)") }
                for one in [lead, other] where one.deletedAt != nil {
                    throw OperationProblem(
                        .conflict,
                        one.mergedInto.map { "lead \(one.id) is part of lead \($0)" } ?? "lead \(one.id) was deleted")
                }
                // Also what was said of leads that are part of them.
                let others = try transaction.leads.parts(of: other.id)
                for decision in try transaction.leads.decisionsInForce(within: lead.id)
                where decision.kind == "apart"
                    && (others.contains(decision.lead) || others.contains(decision.into))
                {
                    try hand.requirePerson(
                        over: [decision.author],
                        "said that leads \(decision.lead) and \(decision.into) are two people")
                }
                try transaction.leads.merge(other, into: lead, rule: "by hand", author: hand.author, at: moment)
                try transaction.runs.add([Step(byHand: "merge", of: lead.id, by: hand.author, at: moment)])
                let merged = try transaction.leads.find(lead.id) ?? lead
                return Response(view: try transaction.views(of: [merged])[0], merged: other.id)
            }
        }
    }
}

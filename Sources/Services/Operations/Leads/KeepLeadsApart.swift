import Leads
import Storage
import Values

/// Records that two leads are two people, at a person's request: they are never made one by themselves, and are no longer
/// listed as doubtful.
public enum KeepLeadsApart: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Numbers, UUIDs or emails.
        public let lead: String
        public let other: String

        public init(_ lead: String, _ other: String) {
            self.lead = lead
            self.other = other
        }
    }

    /// Their numbers.
    public struct Response: Sendable, Codable, Equatable { public let leads: [Int64] }

    /// Throws an `OperationProblem` when one of them does not exist, or both are the same or one; or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            let moment = hand.runtime.now
            return try hand.transaction { transaction in
                let (lead, other) = (
                    try transaction.lead(named: request.lead), try transaction.lead(named: request.other)
                )
                guard lead.id != other.id else { throw OperationProblem(.usage, "both are lead \(lead.id)") }
                guard try transaction.leads.final(lead.id) != transaction.leads.final(other.id) else {
                    let part = lead.mergedInto == nil ? other.id : lead.id
                    throw OperationProblem(
                        .conflict, "leads \(lead.id) and \(other.id) are one; to part them: 4runr leads unmerge \(part)"
                    )
                }
                try transaction.leads.keepApart(lead.id, other.id, rule: "by hand", author: hand.author, at: moment)
                return Response(leads: [lead.id, other.id])
            }
        }
    }
}

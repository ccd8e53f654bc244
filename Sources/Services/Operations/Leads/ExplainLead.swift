public import Leads
import Pipeline
import Storage
import Values

/// Where each value of a lead is from, what else was said, and why its records are together.
public enum ExplainLead: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The lead's number, UUID or email.
        public let name: String

        public init(_ name: String) { self.name = name }
    }

    public struct Response: Sendable, Codable, Equatable {
        /// What was said for one field.
        public struct Field: Sendable, Codable, Equatable {
            public let field: LeadField
            /// What holds; its value is nil when a person emptied the field.
            public let holds: LeadFold.Claim
            /// What else was said, the next best first.
            public let others: [LeadFold.Claim]
        }

        /// What was read somewhere and is not certain enough to be a value.
        public let unsure: [LeadFold.Claim]

        public let view: LeadView
        public let fields: [Field]
        public let records: [LeadRecord]
        public let decisions: [LeadDecision]
        /// Other leads that have the same mailbox.
        public let sharesMailboxWith: [Int64]
        /// Why no message is written to the person; nil if nothing forbids it.
        public let ban: String?
    }

    /// Throws an `OperationProblem` when there is no such lead, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { transaction in
            let lead = try transaction.lead(named: request.name)
            let folded = try transaction.leads.fold(of: lead.id)
            let fields = LeadField.allCases.compactMap { field in
                folded.claims[field].flatMap { claims in
                    claims.first.map { Response.Field(field: field, holds: $0, others: Array(claims.dropFirst())) }
                }
            }
            return Response(
                unsure: LeadField.allCases.flatMap { folded.unsure[$0] ?? [] },
                view: try transaction.views(of: [lead])[0], fields: fields,
                records: try transaction.leads.records(of: lead.id),
                decisions: try transaction.leads.decisions(about: lead.id),
                sharesMailboxWith: try transaction.mailboxSharers(of: lead).map(\.id),
                ban: try transaction.ban(on: lead))
        }
        guard let found else { throw OperationProblem.noLead(request.name) }
        return found
    }
}

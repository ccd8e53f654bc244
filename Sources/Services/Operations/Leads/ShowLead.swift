public import Leads
import Storage
import Values

/// All that is known of a lead.
public enum ShowLead: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Its number, uuid or email.
        public let name: String

        public init(_ name: String) { self.name = name }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let view: LeadView
        /// What was found out beyond its own fields; nil before anything was looked for.
        public let enrichment: StoredEnrichment?
        /// What each stage met at its last attempt, or why it gave up.
        public let troubles: [StageName: String]
    }

    /// Throws an `OperationProblem` when there is no such lead, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { transaction -> Response? in
            guard let lead = try transaction.leads.find(named: request.name) else { return nil }
            return Response(
                view: try transaction.views(of: [lead])[0], enrichment: try transaction.enrichment.find(of: lead.id),
                troubles: try transaction.due.errors(of: lead.id))
        }
        guard let response = found ?? nil else { throw OperationProblem.noLead(request.name) }
        return response
    }
}

extension OperationProblem {
    /// Nobody has this number, uuid or email.
    static func noLead(_ name: String) -> OperationProblem {
        OperationProblem(.usage, "there is no lead \"\(name)\"; see: 4runr leads search")
    }
}

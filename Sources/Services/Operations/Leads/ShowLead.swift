public import Leads
import Storage
import Values

/// Everything that is known about a lead.
public enum ShowLead: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The lead's number, UUID or email.
        public let name: String

        public init(_ name: String) { self.name = name }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let view: LeadView
        /// What was found in addition to the lead's own fields; nil before its first enrichment.
        public let enrichment: StoredEnrichment?
        /// The error of each stage's last attempt, including why it gave up.
        public let troubles: [StageName: String]
        /// The message that waits for a person to look at it; nil if no message waits.
        public let held: HeldMessage?
    }

    /// Throws an `OperationProblem` when there is no such lead, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { transaction in
            let lead = try transaction.lead(named: request.name)
            return Response(
                view: try transaction.views(of: [lead])[0], enrichment: try transaction.enrichment.find(of: lead.id),
                troubles: try transaction.due.errors(of: lead.id),
                held: try transaction.messages.held(of: lead.id).flatMap(HeldMessage.init))
        }
        guard let found else { throw OperationProblem.noLead(request.name) }
        return found
    }
}

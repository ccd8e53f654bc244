import Leads
import Storage

/// The numbers of the leads that a person names.
public enum FindLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Numbers, UUIDs or emails.
        public let names: [String]

        public init(_ names: [String]) { self.names = names }
    }

    /// In ascending order, without duplicates.
    public struct Response: Sendable, Codable, Equatable { public let leads: [Int64] }

    /// Throws an `OperationProblem` for the first name that no lead has, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { transaction in
            try request.names.map { try transaction.lead(named: $0).id }
        }
        guard let found else { throw OperationProblem.noLead(request.names.first ?? "") }
        return Response(leads: Array(Set(found)).sorted())
    }
}

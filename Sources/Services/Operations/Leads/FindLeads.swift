import Leads
import Storage

/// One lead, without anything else that is known of it.
public enum FindLead: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Its number, UUID or email.
        public let name: String

        public init(_ name: String) { self.name = name }
    }

    public struct Response: Sendable, Codable, Equatable { public let view: LeadView }

    /// Throws an `OperationProblem` when there is no such lead, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { transaction in
            try transaction.views(of: [try transaction.lead(named: request.name)])[0]
        }
        guard let found else { throw OperationProblem.noLead(request.name) }
        return Response(view: found)
    }
}

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

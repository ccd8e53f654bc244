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
        public let troubles: [Stage: String]
    }

    /// Throws an `OperationProblem` when there is no such lead, or a `StorageError`.
    public static func perform(_ request: Request, on data: FolderAccess) async throws -> Response {
        let found = try await data.look { transaction -> Response? in
            guard let lead = try transaction.leads.find(named: request.name) else { return nil }
            return Response(
                view: try transaction.views(of: [lead])[0], enrichment: try transaction.enrichment.find(of: lead.id),
                troubles: try transaction.due.errors(of: lead.id))
        }
        guard let response = found ?? nil else { throw OperationProblem.noLead(request.name) }
        return response
    }
}

/// What happened to a lead: the steps of runs, the newest first.
public enum ShowLeadHistory: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Its number, uuid or email.
        public let name: String
        public let limit: Int

        public init(_ name: String, limit: Int) {
            self.name = name
            self.limit = limit
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let lead: Int64
        public let steps: [Activity]
    }

    /// Throws an `OperationProblem` when there is no such lead, or a `StorageError`.
    public static func perform(_ request: Request, on data: FolderAccess) async throws -> Response {
        let found = try await data.look { transaction -> Response? in
            guard let lead = try transaction.leads.find(named: request.name) else { return nil }
            return Response(
                lead: lead.id, steps: try transaction.leads.history(of: lead.id, limit: request.limit))
        }
        guard let response = found ?? nil else { throw OperationProblem.noLead(request.name) }
        return response
    }
}

/// The numbers of leads that a person names.
public enum FindLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Numbers, uuids or emails.
        public let names: [String]

        public init(_ names: [String]) { self.names = names }
    }

    /// In ascending order, each once.
    public struct Response: Sendable, Codable, Equatable { public let leads: [Int64] }

    /// Throws an `OperationProblem` for the first name that is nobody's, or a `StorageError`.
    public static func perform(_ request: Request, on data: FolderAccess) async throws -> Response {
        let found = try await data.look { transaction in
            try request.names.map { name in
                guard let lead = try transaction.leads.find(named: name) else { throw OperationProblem.noLead(name) }
                return lead.id
            }
        }
        guard let found else { throw OperationProblem.noLead(request.names.first ?? "") }
        return Response(leads: Array(Set(found)).sorted())
    }
}

extension OperationProblem {
    /// Nobody has this number, uuid or email.
    static func noLead(_ name: String) -> OperationProblem {
        OperationProblem(.usage, "there is no lead \"\(name)\"; see: 4runr leads search")
    }
}

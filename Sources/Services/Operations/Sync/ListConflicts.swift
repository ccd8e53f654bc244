import AirtableSync
import Leads
import Storage
public import Values

/// Fields that were changed on both sides, each with what the lead is called and says now.
public enum ListConflicts: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Whether those that are over are listed, too.
        public let all: Bool
        public let limit: Int

        public init(all: Bool, limit: Int) {
            self.all = all
            self.limit = limit
        }
    }

    /// As it was found.
    public struct Conflict: Sendable, Codable, Equatable {
        public let id: Int64
        public let lead: Int64
        /// Our column, or `record`: deleted on one side and changed on the other.
        public let column: String
        public let base: String?
        public let local: String?
        public let airtable: String?
        public let foundAt: Timestamp
        public let resolvedAt: Timestamp?
        /// `local`, `airtable`, `settled` when both came to say the same; nil while it waits.
        public let resolution: String?
        /// The cell as Airtable had it; nil for an empty one.
        public let cell: JSONValue?
    }

    public struct Line: Sendable, Codable, Equatable {
        public let conflict: Conflict
        public let name: String
        /// What the lead says in that field now: it is what `local` would send.
        public let present: String?
    }

    public struct Response: Sendable, Codable, Equatable { public let conflicts: [Line] }

    /// Throws a `ConfigurationProblem` or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workOnSync { store, _, _ in Response(conflicts: try list(request, in: store)) }
    }

    static func list(_ request: Request, in store: Store) throws -> [Line] {
        try store.sync.conflicts(isOpen: !request.all, limit: request.limit).map { conflict in
            let lead = try store.leads.find(conflict.lead)
            return Line(
                conflict: Conflict(conflict), name: lead?.displayName ?? "lead \(conflict.lead)",
                present: lead.flatMap { AirtableSync.value(of: conflict.column, in: $0) })
        }
    }
}

extension ListConflicts.Conflict {
    init(_ row: SyncQueries.Conflict) {
        self.init(
            id: row.id, lead: row.lead, column: row.column, base: row.base, local: row.local, airtable: row.airtable,
            foundAt: row.foundAt, resolvedAt: row.resolvedAt, resolution: row.resolution, cell: row.cell)
    }
}

import AirtableSync
import Leads
import Storage
public import Values

/// Fields that were changed on both sides, each with the lead's name and present value.
public enum ListConflicts: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Whether resolved conflicts are listed too.
        public let all: Bool
        public let limit: Int
        /// Only conflicts before this one; nil for the newest.
        public var before: Int64?

        public init(all: Bool, limit: Int) {
            self.all = all
            self.limit = limit
        }
    }

    /// The conflict as it was found.
    public struct Conflict: Sendable, Codable, Equatable {
        public let id: Int64
        public let lead: Int64
        /// The column of the lead, or `record` if it was deleted on one side and changed on the other.
        public let column: String
        public let base: String?
        public let local: String?
        public let airtable: String?
        public let foundAt: Timestamp
        public let resolvedAt: Timestamp?
        /// `local`, `airtable`, `settled` when both sides came to have the same value, or `base changed` when the sync
        /// was switched to another base; nil while the conflict is open.
        public let resolution: String?
        /// The cell's value in Airtable; nil if it was empty.
        public let cell: JSONValue?
    }

    public struct Line: Sendable, Codable, Equatable {
        public let conflict: Conflict
        public let name: String
        /// The lead's present value of the field, which `local` would send.
        public let present: String?
    }

    public struct Response: Sendable, Codable, Equatable { public let conflicts: [Line] }

    /// Throws a `StorageError`. The list is empty if the database does not exist yet.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...100_000)
        let data = context.data
        return Response(
            conflicts: try await Blocking.run { try data.read().map { try list(request, in: $0) } ?? [] })
    }

    static func list(_ request: Request, in store: Store) throws -> [Line] {
        try store.sync.conflicts(
            isOpen: !request.all, before: request.before ?? .max, limit: request.limit
        ).map { conflict in
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

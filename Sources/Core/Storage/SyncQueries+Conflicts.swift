internal import GRDB
import Leads
public import Values

extension SyncQueries {
    /// A field that changed on both sides: a row of `sync_conflicts`.
    public struct Conflict: Sendable, Codable, Equatable, Identifiable {
        public let id: Int64
        public let lead: Int64
        /// Our column, or `record` if the lead or record was deleted on one side and changed on the other.
        public let column: String
        public let base: String?
        public let local: String?
        public let airtable: String?
        public let foundAt: Timestamp
        public let resolvedAt: Timestamp?
        /// A `Resolution`; nil while it is open.
        public let resolution: String?
        /// The cell in Airtable; nil if it was empty.
        public let cell: JSONValue?
    }

    /// Which side's value is kept.
    public enum Side: String, Sendable, CaseIterable {
        case local
        case airtable
    }

    /// How an open conflict ended.
    public enum Resolution: String, Sendable {
        case local
        case airtable
        /// Nothing is left to decide.
        case settled
        /// The lead is synced with another base now.
        case baseChanged = "base changed"

        public init(_ side: Side) { self = side == .local ? .local : .airtable }
    }

    /// A newly found conflict: a field that changed on both sides.
    public struct NewConflict: Sendable, Equatable {
        /// Our column, or `record` for the whole record.
        public let column: String
        public let base: String?
        public let local: String?
        public let airtable: String?
        /// The cell in Airtable; nil if it is empty.
        public let cell: JSONValue?
        /// Nil if a person has to decide.
        public let resolution: Side?

        public init(
            column: String, base: String?, local: String?, airtable: String?, cell: JSONValue?, resolution: Side?
        ) {
            self.column = column
            self.base = base
            self.local = local
            self.airtable = airtable
            self.cell = cell
            self.resolution = resolution
        }
    }

    /// Conflicts, newest first.
    ///
    /// - Parameters:
    ///   - isOpen: only those that wait for a person.
    ///   - last: only those before this one.
    public func conflicts(isOpen: Bool, before last: Int64 = .max, limit: Int) throws(StorageError) -> [Conflict] {
        try session.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM sync_conflicts WHERE id < ? \(isOpen ? "AND resolved_at IS NULL" : "")
                    ORDER BY id DESC LIMIT ?
                    """, arguments: [last, limit]
            ).map(Conflict.init(row:))
        }
    }

    public func conflict(_ id: Int64) throws(StorageError) -> Conflict? {
        try session.read {
            try Row.fetchOne($0, sql: "SELECT * FROM sync_conflicts WHERE id = ?", arguments: [id])
                .map(Conflict.init(row:))
        }
    }

    /// Stores a conflict. An open conflict of the same field is updated or, if the new one has a resolution, resolved
    /// with it.
    public func add(_ conflict: NewConflict, to lead: Int64, at now: Timestamp) throws(StorageError) {
        if let resolution = conflict.resolution {
            guard try settle(conflict.column, of: lead, as: Resolution(resolution), at: now) == 0 else { return }
        }
        try session.write { database in
            try database.execute(
                sql: """
                    INSERT INTO sync_conflicts (lead_id, field, base_value, local_value, airtable_value, airtable_cell,
                        found_at, resolved_at, resolution)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (lead_id, field) WHERE resolved_at IS NULL DO UPDATE SET
                        base_value = excluded.base_value, local_value = excluded.local_value,
                        airtable_value = excluded.airtable_value, airtable_cell = excluded.airtable_cell
                    """,
                arguments: [
                    lead, conflict.column, conflict.base, conflict.local, conflict.airtable,
                    conflict.cell.flatMap { StableJSON.text(of: $0) },
                    now.description, conflict.resolution.map { _ in now.description }, conflict.resolution?.rawValue,
                ])
            try SyncQueries.deriveInStep(lead, database)
        }
    }

    /// Resolves a lead's open conflicts. Returns how many there were.
    ///
    /// - Parameter column: the field whose conflict is resolved; nil for all fields of the lead.
    @discardableResult
    public func settle(
        _ column: String?, of lead: Int64, as resolution: Resolution, at now: Timestamp
    ) throws(StorageError) -> Int {
        try session.write { database in
            var arguments: StatementArguments = [now.description, resolution.rawValue, lead]
            if let column { arguments += [column] }
            try database.cachedStatement(
                sql: """
                    UPDATE sync_conflicts SET resolved_at = ?, resolution = ?
                    WHERE lead_id = ? AND resolved_at IS NULL \(column == nil ? "" : "AND field = ?")
                    """
            ).execute(arguments: arguments)
            let count = database.changesCount
            if count > 0 { try SyncQueries.deriveInStep(lead, database) }
            return count
        }
    }
}

extension SyncQueries.Conflict {
    init(row: Row) throws {
        self.init(
            id: try row.value("id"), lead: try row.value("lead_id"), column: try row.value("field"),
            base: try row.value("base_value"),
            local: try row.value("local_value"), airtable: try row.value("airtable_value"),
            foundAt: try row.requiredTimestamp("found_at"), resolvedAt: try row.timestamp("resolved_at"),
            resolution: try row.value("resolution"), cell: JSONValue(stored: try row.value("airtable_cell")))
    }
}

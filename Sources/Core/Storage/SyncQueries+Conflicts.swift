internal import GRDB
public import Leads
public import Values

extension SyncQueries {
    /// A field that changed on both sides, as `sync_conflicts` keeps it.
    public struct Conflict: Sendable, Codable, Equatable, Identifiable {
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
        /// The cell as Airtable had it, JSON; nil for an empty one.
        public let cell: String?
    }

    /// Whose value is kept.
    public enum Side: String, Sendable, CaseIterable {
        case local
        case airtable
    }

    /// Conflicts, the newest first.
    ///
    /// - Parameter isOpen: only those that wait for a person.
    public func conflicts(isOpen: Bool, limit: Int) throws(StorageError) -> [Conflict] {
        try store.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM sync_conflicts \(isOpen ? "WHERE resolved_at IS NULL" : "") ORDER BY id DESC LIMIT ?
                    """, arguments: [limit]
            ).map(Conflict.init(row:))
        }
    }

    public func conflict(_ id: Int64) throws(StorageError) -> Conflict? {
        try store.read {
            try Row.fetchOne($0, sql: "SELECT * FROM sync_conflicts WHERE id = ?", arguments: [id])
                .map(Conflict.init(row:))
        }
    }

    /// Ends a conflict as a person decided. False when it was over already.
    ///
    /// - Parameter merge: what the decision makes of the lead, from the cell that Airtable had.
    public func resolve(
        _ id: Int64, keeping side: Side, at now: Timestamp, step: (Conflict) -> Step?,
        merge: (Known, Conflict) throws -> Merged?
    ) throws(StorageError) -> Bool {
        try store.write { database in
            guard
                let conflict = try Row.fetchOne(
                    database, sql: "SELECT * FROM sync_conflicts WHERE id = ? AND resolved_at IS NULL", arguments: [id]
                ).map(Conflict.init(row:)),
                let lead = try LeadQueries.fetch("id = ?", [conflict.lead], database).first
            else { return false }
            try SyncQueries.settleConflict(conflict.column, of: lead.id, as: side.rawValue, at: now, database)
            let known = try SyncQueries.known(lead, database)
            if conflict.column == "record" {
                if known.link == .missing {
                    try SyncQueries.endOfRecord(known, isRemoved: side == .airtable, at: now, database)
                } else if lead.deletedAt != nil, side == .airtable {
                    _ = try LeadQueries.restore(lead.id, at: now, database)
                } else if lead.deletedAt != nil {
                    try database.execute(
                        sql: "UPDATE leads SET sync_pending = 1, revision = revision + 1 WHERE id = ?",
                        arguments: [lead.id])
                    try SyncQueries.forgive(lead.id, database)
                }
            } else if let record = lead.airtableID, let merged = try merge(known, conflict) {
                _ = try SyncQueries.apply(merged, to: lead, record: record, at: now, database)
                // A push that is under way does not know of it; and what was given up is tried again.
                try SyncQueries.forgive(lead.id, database)
                try database.execute(
                    sql: "UPDATE leads SET revision = revision + 1 WHERE id = ? AND sync_pending = 1",
                    arguments: [lead.id])
            }
            if let step = step(conflict) { try RunQueries.add(step, to: database) }
            return true
        }
    }

    static func add(_ conflict: NewConflict, to lead: Int64, at now: Timestamp, _ database: Database) throws {
        if let resolution = conflict.resolution {
            // What waited for a person, and was decided by a rule since.
            try settleConflict(conflict.column, of: lead, as: resolution.rawValue, at: now, database)
            guard database.changesCount == 0 else { return }
        }
        try database.execute(
            sql: """
                INSERT INTO sync_conflicts (lead_id, field, base_value, local_value, airtable_value, airtable_cell, found_at,
                    resolved_at, resolution)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                ON CONFLICT (lead_id, field) WHERE resolved_at IS NULL DO UPDATE SET
                    base_value = excluded.base_value, local_value = excluded.local_value,
                    airtable_value = excluded.airtable_value, airtable_cell = excluded.airtable_cell
                """,
            arguments: [
                lead, conflict.column, conflict.base, conflict.local, conflict.airtable, conflict.cell, now.description,
                conflict.resolution.map { _ in now.description }, conflict.resolution?.rawValue,
            ])
    }

    /// - Parameter column: nil for all that are open of the lead.
    static func settleConflict(
        _ column: String?, of lead: Int64, as resolution: String, at now: Timestamp, _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                UPDATE sync_conflicts SET resolved_at = ?1, resolution = ?2
                WHERE lead_id = ?3 AND field = coalesce(?4, field) AND resolved_at IS NULL
                """
        ).execute(arguments: [now.description, resolution, lead, column])
    }
}

extension SyncQueries.Conflict {
    init(row: Row) throws {
        self.init(
            id: try row.value("id"), lead: try row.value("lead_id"), column: try row.value("field"),
            base: try row.value("base_value"),
            local: try row.value("local_value"), airtable: try row.value("airtable_value"),
            foundAt: try row.requiredTimestamp("found_at"), resolvedAt: try row.timestamp("resolved_at"),
            resolution: try row.value("resolution"), cell: try row.value("airtable_cell"))
    }
}

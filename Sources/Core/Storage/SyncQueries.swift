internal import GRDB
public import Leads
import Values

/// What Airtable and the database know of each other.
public struct SyncQueries: Sendable {
    let store: Store

    /// What both sides last agreed on of a lead, JSON by column.
    public struct Shadow: Sendable, Equatable {
        /// The cells as Airtable answered them.
        public var fields: String
        /// The local values that went with them, where they are not just what the cells say.
        public var kept: String

        public init(fields: String = "{}", kept: String = "{}") {
            self.fields = fields
            self.kept = kept
        }
    }

    /// What a record is to us.
    public enum LinkState: String, Sendable, Codable {
        /// The lead's own record.
        case linked
        /// Another record of a lead that has one: it fills gaps, and nothing is written to it.
        case duplicate
        /// Not seen when all records were read; nothing was done about it yet.
        case missing
        /// Deleted in Airtable, and the lead with it.
        case gone
        /// Deleted in Airtable, and the lead stays without it.
        case kept
    }

    /// A lead with all that a merge needs.
    public struct Known: Sendable {
        public let lead: Lead
        /// Nil before the two sides have met.
        public let shadow: Shadow?
        public let link: LinkState?
        /// Columns whose conflict waits for a person.
        public let conflicts: Set<String>

        public var recordID: String? { lead.airtableID }
    }

    /// What the sync remembers between runs, by name: the base, the watermark, the ids of fields…
    public func state() throws(StorageError) -> [String: String] {
        try store.read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT name, value FROM sync_state")
            return Dictionary(try rows.map { (try $0.value("name") as String, try $0.value("value") as String) }) { $1 }
        }
    }

    /// Nil forgets a name.
    public func setState(_ values: [String: String?]) throws(StorageError) {
        try store.write { try SyncQueries.setState(values, $0) }
    }

    static func setState(_ values: [String: String?], _ database: Database) throws {
        for (name, value) in values {
            if let value {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO sync_state (name, value) VALUES (?, ?)", arguments: [name, value])
            } else {
                try database.execute(sql: "DELETE FROM sync_state WHERE name = ?", arguments: [name])
            }
        }
    }

    /// Another base, or the same one begun anew: what was agreed on is agreed on again, record by record.
    public func forgetBase(_ state: [String: String?]) throws(StorageError) {
        try store.write { database in
            try database.execute(
                sql: """
                    DELETE FROM sync_shadow;
                    DELETE FROM airtable_links;
                    DELETE FROM sync_status;
                    DELETE FROM sync_state;
                    UPDATE sync_conflicts SET resolved_at = found_at, resolution = 'base changed'
                        WHERE resolved_at IS NULL;
                    UPDATE leads SET airtable_id = NULL, airtable_synced = 0, sync_pending = 1, sync_error = NULL
                        WHERE deleted_at IS NULL;
                    UPDATE leads SET airtable_id = NULL, airtable_synced = 0, sync_pending = 0, sync_error = NULL
                        WHERE deleted_at IS NOT NULL;
                    """)
            try SyncQueries.setState(state, database)
        }
    }

    /// Nothing is agreed on of these columns any more, of whatever lead.
    public func forgetColumns(_ columns: [String]) throws(StorageError) {
        try store.write { database in
            for column in columns {
                try database.execute(
                    sql: "UPDATE sync_shadow SET fields = json_remove(fields, ?), kept = json_remove(kept, ?)",
                    arguments: ["$.\(column)", "$.\(column)"])
            }
        }
    }

    /// How it stands, for people.
    public struct Counts: Sendable, Codable, Equatable {
        public var linked = 0
        public var pending = 0
        /// Refused by Airtable; tried again later.
        public var refused = 0
        /// Refused so often that a person is to look at it.
        public var givenUp = 0
        public var conflicts = 0
        public var duplicates = 0
        public var missing = 0
    }

    public func counts() throws(StorageError) -> Counts {
        try store.read { database in
            func count(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
            var counts = Counts()
            counts.linked = try count(SyncQueries.linkedSQL)
            counts.pending = try count("SELECT count(*) FROM leads WHERE sync_pending = 1")
            counts.refused = try count(
                "SELECT count(*) FROM sync_status WHERE status = 'failed' AND next_attempt IS NOT NULL")
            counts.givenUp = try count(
                "SELECT count(*) FROM sync_status WHERE status = 'failed' AND next_attempt IS NULL")
            counts.conflicts = try count("SELECT count(*) FROM sync_conflicts WHERE resolved_at IS NULL")
            counts.duplicates = try count("SELECT count(*) FROM airtable_links WHERE state = 'duplicate'")
            counts.missing = try count("SELECT count(*) FROM airtable_links WHERE state = 'missing'")
            return counts
        }
    }

    static func known(_ lead: Lead, _ database: Database) throws -> Known {
        let shadow = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT fields, kept FROM sync_shadow WHERE lead_id = ?"),
            arguments: [lead.id])
        let link = try lead.airtableID.flatMap {
            try Row.fetchOne(
                database.cachedStatement(sql: "SELECT state FROM airtable_links WHERE record_id = ?"), arguments: [$0])
        }.map { try $0.word("state") as LinkState }
        let conflicts = try String.fetchAll(
            database.cachedStatement(
                sql: "SELECT field FROM sync_conflicts WHERE lead_id = ? AND resolved_at IS NULL"),
            arguments: [lead.id])
        return Known(
            lead: lead, shadow: try shadow.map { Shadow(fields: try $0.value("fields"), kept: try $0.value("kept")) },
            link: link, conflicts: Set(conflicts))
    }

    /// Of a row of `leads`: its record is there, and nobody has to decide anything about it.
    static let hasItsRecord = """
        deleted_at IS NULL
            AND EXISTS (SELECT 1 FROM airtable_links a WHERE a.record_id = airtable_id AND a.state = 'linked')
            AND NOT EXISTS (SELECT 1 FROM sync_conflicts c WHERE c.lead_id = leads.id AND c.resolved_at IS NULL)
        """

    static func link(_ record: String, to lead: Int64, _ state: LinkState, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO airtable_links (record_id, lead_id, state) VALUES (?, ?, ?)
                ON CONFLICT (record_id) DO UPDATE SET lead_id = excluded.lead_id, state = excluded.state
                """
        ).execute(arguments: [record, lead, state.rawValue])
    }

    static func write(
        _ shadow: Shadow, of lead: Int64, record: String, at now: Timestamp, _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO sync_shadow (lead_id, record_id, fields, kept, agreed_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (lead_id) DO UPDATE SET record_id = excluded.record_id, fields = excluded.fields,
                    kept = excluded.kept, agreed_at = excluded.agreed_at
                """
        ).execute(arguments: [lead, record, shadow.fields, shadow.kept, now.description])
    }

    /// A lead that changed is tried at once, however often it was refused before.
    ///
    /// - Parameter status: what its last operation came to: `pending` for one that is under way.
    static func forgive(_ lead: Int64, _ database: Database, status: String = "failed") throws {
        try database.cachedStatement(
            sql: """
                UPDATE sync_status SET status = 'pending', attempt_count = 0, next_attempt = NULL, error_message = NULL
                WHERE lead_id = ? AND status = ?
                """
        ).execute(arguments: [lead, status])
    }

    /// Nothing is owed of a lead any more.
    static func close(_ lead: Int64, _ database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM sync_status WHERE lead_id = ? AND status <> 'success'")
            .execute(arguments: [lead])
    }
}

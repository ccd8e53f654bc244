internal import GRDB
public import Leads
public import Values

/// What is stored about Airtable records and their leads. The module AirtableSync decides what to do about it.
public struct SyncQueries {
    let session: Session

    /// What both sides last agreed on for a lead, as JSON keyed by column.
    public struct Shadow: Sendable, Equatable {
        /// The cells as Airtable returned them.
        public var fields: String
        /// The local values that belong to them, where they differ from what the cells convert to.
        public var kept: String

        public init(fields: String = "{}", kept: String = "{}") {
            self.fields = fields
            self.kept = kept
        }
    }

    /// How a record is related to a lead.
    public enum LinkState: String, Sendable, Codable {
        /// The lead's own record.
        case linked
        /// Another record of a lead that already has one. It fills gaps, and nothing is written to it.
        case duplicate
        /// Not found when all records were read, or reported as deleted. Nothing has been done about it yet.
        case missing
        /// Deleted in Airtable, and the lead with it.
        case gone
        /// Deleted in Airtable, but the lead stays.
        case kept
    }

    /// A lead with everything that a merge needs.
    public struct LeadState: Sendable {
        public let lead: Lead
        /// Nil while nothing is agreed on: the lead and a record have not been merged yet.
        public let shadow: Shadow?
        public let link: LinkState?
        /// Columns whose conflict waits for a person.
        public let conflicts: Set<String>
        /// The cells of a write whose outcome is not known, as JSON.
        public let sent: String?

        public var recordID: String? { lead.airtableID }
    }

    /// Returns these leads, in order. Ids without a lead are skipped.
    public func states(of leads: [Int64]) throws(StorageError) -> [LeadState] {
        try session.read { database in
            try leads.compactMap { try LeadQueries.fetch("id = ?", [$0], database).first }
                .map { try SyncQueries.state(of: $0, database) }
        }
    }

    /// Returns the state of a lead that was read in this transaction.
    public func state(of lead: Lead) throws(StorageError) -> LeadState {
        try session.read { try SyncQueries.state(of: lead, $0) }
    }

    static func state(of lead: Lead, _ database: Database) throws -> LeadState {
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
        let sent = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT sent FROM sync_status WHERE lead_id = ? AND sent IS NOT NULL"),
            arguments: [lead.id])
        return LeadState(
            lead: lead, shadow: try shadow.map { Shadow(fields: try $0.value("fields"), kept: try $0.value("kept")) },
            link: link, conflicts: Set(conflicts), sent: try sent?.value("sent"))
    }

    // MARK: state of the sync

    /// The sync's state between runs, by name: the base, the watermark, the ids of fields…
    public func state() throws(StorageError) -> [String: String] {
        try session.read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT name, value FROM sync_state")
            return Dictionary(try rows.map { (try $0.value("name") as String, try $0.value("value") as String) }) { $1 }
        }
    }

    /// Stores state by name. Nil removes a name.
    public func setState(_ values: [String: String?]) throws(StorageError) {
        try session.write { database in
            for (name, value) in values {
                if let value {
                    try database.execute(
                        sql: """
                            INSERT INTO sync_state (name, value) VALUES (?, ?)
                            ON CONFLICT (name) DO UPDATE SET value = excluded.value
                            """, arguments: [name, value])
                } else {
                    try database.execute(sql: "DELETE FROM sync_state WHERE name = ?", arguments: [name])
                }
            }
        }
    }

    /// Forgets everything agreed on, for another base or a fresh start with the same one. Record by record, it is
    /// agreed on again.
    public func forgetBase() throws(StorageError) {
        try session.write { database in
            for table in ["sync_shadow", "airtable_links", "sync_status", "sync_state"] {
                try database.execute(sql: "DELETE FROM \(table)")
            }
            try database.execute(
                sql: """
                    UPDATE sync_conflicts SET resolved_at = found_at, resolution = ? WHERE resolved_at IS NULL
                    """, arguments: [Resolution.baseChanged.rawValue])
            try database.execute(
                sql: """
                    UPDATE leads SET airtable_id = NULL, sync_error = NULL,
                        sync_pending = CASE WHEN deleted_at IS NULL THEN 1 ELSE 0 END
                    """)
            try SyncQueries.deriveInStep(where: "airtable_synced = 1", [], database)
        }
    }

    /// Forgets what was agreed on for these columns, for all leads.
    public func forgetColumns(_ columns: [String]) throws(StorageError) {
        try session.write { database in
            for column in columns {
                try database.execute(
                    sql:
                        "UPDATE sync_shadow SET fields = \(Dialect.without("fields")), kept = \(Dialect.without("kept"))",
                    arguments: [Dialect.path(of: column), Dialect.path(of: column)])
            }
        }
    }

    // MARK: sync status of a lead

    /// What the sync stores on a lead itself. Nil leaves a value as it is.
    public struct Standing: Sendable {
        /// Whether something here still has to be sent to Airtable.
        public var isPending: Bool?
        /// The id of its record; an inner nil removes it.
        public var record: String??
        public var syncedAt: Timestamp?
        public var attemptedAt: Timestamp?
        /// What Airtable refused; an inner nil clears it.
        public var error: String??

        public init() {}
    }

    /// Stores how a lead stands with Airtable. This does not count as a change of the lead.
    public func note(_ standing: Standing, of lead: Int64) throws(StorageError) {
        try session.write { database in
            var row = Assignments()
            if let isPending = standing.isPending { row.set("sync_pending", LeadQueries.flag(isPending)) }
            if let record = standing.record { row.set("airtable_id", record) }
            if let moment = standing.syncedAt { row.set("last_synced_at", moment.description) }
            if let moment = standing.attemptedAt { row.set("last_sync_attempt", moment.description) }
            if let error = standing.error { row.set("sync_error", error) }
            guard !row.isEmpty else { return }
            try row.update(lead, database)
            try SyncQueries.deriveInStep(lead, database)
        }
    }

    /// Derives `airtable_synced`. It is true when the lead is not deleted, nothing waits to be sent, the record exists,
    /// and no conflict is open.
    static func deriveInStep(_ lead: Int64, _ database: Database) throws {
        try deriveInStep(where: "id = ?", [lead], database)
    }

    static func deriveInStep(where condition: String, _ arguments: StatementArguments, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE leads SET airtable_synced = CASE WHEN sync_pending = 0 AND deleted_at IS NULL
                    AND EXISTS (SELECT 1 FROM airtable_links a
                        WHERE a.record_id = leads.airtable_id AND a.state = 'linked')
                    AND NOT EXISTS (SELECT 1 FROM sync_conflicts c
                        WHERE c.lead_id = leads.id AND c.resolved_at IS NULL)
                    THEN 1 ELSE 0 END
                WHERE \(condition)
                """
        ).execute(arguments: arguments)
    }

    // MARK: linked records and shadows

    /// The lead that a record belongs to, and in what state; nil for an unknown record.
    public func link(of record: String) throws(StorageError) -> (lead: Int64, state: LinkState)? {
        try session.read { database in
            try Row.fetchOne(
                database.cachedStatement(sql: "SELECT lead_id, state FROM airtable_links WHERE record_id = ?"),
                arguments: [record]
            ).map { (try $0.value("lead_id"), try $0.word("state")) }
        }
    }

    /// Links a record to a lead in this state.
    public func link(_ record: String, to lead: Int64, _ state: LinkState) throws(StorageError) {
        try session.write { database in
            try database.cachedStatement(
                sql: """
                    INSERT INTO airtable_links (record_id, lead_id, state) VALUES (?, ?, ?)
                    ON CONFLICT (record_id) DO UPDATE SET lead_id = excluded.lead_id, state = excluded.state
                    """
            ).execute(arguments: [record, lead, state.rawValue])
            try SyncQueries.deriveInStep(lead, database)
        }
    }

    /// Removes the lead's own record, and with it what was agreed on. Duplicates stay linked.
    public func unlink(_ lead: Int64) throws(StorageError) {
        try session.write { database in
            try database.execute(sql: "DELETE FROM sync_shadow WHERE lead_id = ?", arguments: [lead])
            try database.execute(
                sql: "DELETE FROM airtable_links WHERE lead_id = ? AND state <> 'duplicate'", arguments: [lead])
            try database.execute(sql: "UPDATE leads SET airtable_id = NULL WHERE id = ?", arguments: [lead])
            try SyncQueries.deriveInStep(lead, database)
        }
    }

    /// Marks the lead's own records as gone in Airtable, together with the lead.
    public func markGone(_ lead: Int64) throws(StorageError) {
        try session.write { database in
            try database.execute(
                sql: "UPDATE airtable_links SET state = 'gone' WHERE lead_id = ? AND state IN ('linked', 'missing')",
                arguments: [lead])
            try SyncQueries.deriveInStep(lead, database)
        }
    }

    /// Forgets the lead's records that are gone, with what was agreed on with them.
    public func forgetGone(_ lead: Int64) throws(StorageError) {
        let gone = "SELECT record_id FROM airtable_links WHERE lead_id = ? AND state = 'gone'"
        try session.write { database in
            try database.execute(
                sql: "DELETE FROM sync_shadow WHERE lead_id = ? AND record_id IN (\(gone))", arguments: [lead, lead])
            try database.execute(
                sql: "UPDATE leads SET airtable_id = NULL WHERE id = ? AND airtable_id IN (\(gone))",
                arguments: [lead, lead])
            try database.execute(
                sql: "DELETE FROM airtable_links WHERE lead_id = ? AND state = 'gone'", arguments: [lead])
            try SyncQueries.deriveInStep(lead, database)
        }
    }

    /// Another record in Airtable for the same lead, if there is one.
    public func duplicate(of lead: Int64) throws(StorageError) -> String? {
        try session.read {
            try String.fetchOne(
                $0,
                sql:
                    "SELECT record_id FROM airtable_links WHERE lead_id = ? AND state = 'duplicate' ORDER BY record_id",
                arguments: [lead])
        }
    }

    /// Returns the other leads that have this record, which now belongs to `lead`, and forgets what they agreed on with
    /// it.
    public func others(with record: String, than lead: Int64) throws(StorageError) -> [Lead] {
        try session.write { database in
            try database.execute(
                sql: "DELETE FROM sync_shadow WHERE record_id = ? AND lead_id <> ?", arguments: [record, lead])
            return try LeadQueries.fetch("airtable_id = ? AND id <> ?", [record, lead], database)
        }
    }

    /// Stores what is agreed on.
    public func agree(
        _ shadow: Shadow, on lead: Int64, record: String, at now: Timestamp
    ) throws(StorageError) {
        try session.write {
            try $0.cachedStatement(
                sql: """
                    INSERT INTO sync_shadow (lead_id, record_id, fields, kept, agreed_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (lead_id) DO UPDATE SET record_id = excluded.record_id, fields = excluded.fields,
                        kept = excluded.kept, agreed_at = excluded.agreed_at
                    """
            ).execute(arguments: [lead, record, shadow.fields, shadow.kept, now.description])
        }
    }

    /// What was agreed on with these records. Records that are not linked to a lead are left out.
    public func shadows(ofRecords records: [String]) throws(StorageError) -> [String: Shadow] {
        try session.read { database in
            var shadows: [String: Shadow] = [:]
            let statement = try database.cachedStatement(
                sql: """
                    SELECT s.fields, s.kept FROM sync_shadow s JOIN airtable_links l ON l.record_id = s.record_id
                    WHERE s.record_id = ? AND l.state = 'linked'
                    """)
            for record in records {
                guard let row = try Row.fetchOne(statement, arguments: [record]) else { continue }
                shadows[record] = Shadow(fields: try row.value("fields"), kept: try row.value("kept"))
            }
            return shadows
        }
    }

    /// The state of the sync in numbers, for people.
    public struct Counts: Sendable, Codable, Equatable {
        public var linked = 0
        public var pending = 0
        /// Refused by Airtable; tried again later.
        public var refused = 0
        /// Refused so often that a person has to look at it.
        public var givenUp = 0
        public var conflicts = 0
        public var duplicates = 0
        public var missing = 0
    }

    public func counts() throws(StorageError) -> Counts {
        try session.read { database in
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

    static let linkedSQL = "SELECT count(*) FROM airtable_links WHERE state IN ('linked', 'missing')"
}

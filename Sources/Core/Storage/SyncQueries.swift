internal import GRDB
public import Leads
public import Values

/// What Airtable is to be told, and what it was told.
public struct SyncQueries: Sendable {
    let store: Store

    /// Leads whose changes Airtable does not have, those that changed first at the head. One that failed waits for its time;
    /// one that was given up waits for a change or a person.
    public func pending(at now: Timestamp, after: (Timestamp, Int64)?, limit: Int) throws(StorageError) -> [Lead] {
        try store.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT l.* FROM leads l INDEXED BY leads_pending_sync
                    WHERE l.sync_pending = 1 AND l.deleted_at IS NULL AND (l.updated_at, l.id) > (?, ?)
                        AND NOT EXISTS (SELECT 1 FROM lead_stages s WHERE s.lead_id = l.id AND s.stage = 'sync'
                            AND (s.due_at IS NULL OR s.due_at > ?))
                    ORDER BY l.updated_at, l.id LIMIT ?
                    """,
                arguments: [after?.0.description ?? "", after?.1 ?? 0, now.description, limit])
            return try rows.map(Lead.init(row:))
        }
    }

    /// How many leads Airtable is to be told of.
    public func pendingCount() throws(StorageError) -> Int {
        try store.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM leads WHERE sync_pending = 1 AND deleted_at IS NULL") ?? 0
        }
    }

    /// What Airtable last said of each lead, JSON by lead.
    public func shadows(of leads: [Int64]) throws(StorageError) -> [Int64: String] {
        try store.read { database in
            var shadows: [Int64: String] = [:]
            for id in leads {
                shadows[id] = try String.fetchOne(
                    database, sql: "SELECT fields FROM sync_shadow WHERE lead_id = ?", arguments: [id])
            }
            return shadows
        }
    }

    /// How often Airtable refused a lead since it last changed.
    public func failures(of lead: Int64) throws(StorageError) -> Int {
        try store.read {
            try Int.fetchOne(
                $0, sql: "SELECT attempts FROM lead_stages WHERE lead_id = ? AND stage = 'sync'", arguments: [lead])
                ?? 0
        }
    }

    /// A lead that Airtable took.
    public struct Accepted: Sendable {
        public let lead: Lead
        public let recordID: String
        /// The record's fields as Airtable answered them, JSON.
        public let fields: String

        public init(lead: Lead, recordID: String, fields: String) {
            self.lead = lead
            self.recordID = recordID
            self.fields = fields
        }
    }

    /// Writes down what Airtable took, in one transaction. A lead that changed since it was read stays pending.
    public func accept(_ records: [Accepted], at now: Timestamp, step: Step?) throws(StorageError) {
        try store.write { database in
            for record in records {
                // Somebody moved the key in Airtable: the record is this lead's now, and the other one gets a new record.
                try database.execute(
                    sql: """
                        UPDATE leads SET airtable_id = NULL, sync_pending = 1, airtable_synced = 0
                        WHERE airtable_id = ? AND id <> ?;
                        DELETE FROM sync_shadow WHERE record_id = ? AND lead_id <> ?
                        """, arguments: [record.recordID, record.lead.id, record.recordID, record.lead.id])
                try database.execute(
                    sql: """
                        UPDATE leads SET airtable_id = ?, last_synced_at = ?, last_sync_attempt = ?, sync_error = NULL,
                            sync_pending = revision <> ?, airtable_synced = revision = ?
                        WHERE id = ?
                        """,
                    arguments: [
                        record.recordID, now.description, now.description, record.lead.revision, record.lead.revision,
                        record.lead.id,
                    ])
                try database.execute(
                    sql: """
                        INSERT INTO airtable_links (record_id, lead_id, state) VALUES (?, ?, 'linked')
                        ON CONFLICT (record_id) DO UPDATE SET lead_id = excluded.lead_id, state = excluded.state
                        """, arguments: [record.recordID, record.lead.id])
                try database.execute(
                    sql: """
                        INSERT INTO sync_shadow (lead_id, record_id, fields, agreed_at) VALUES (?, ?, ?, ?)
                        ON CONFLICT (lead_id) DO UPDATE SET record_id = excluded.record_id, fields = excluded.fields,
                            agreed_at = excluded.agreed_at
                        """, arguments: [record.lead.id, record.recordID, record.fields, now.description])
                try database.execute(
                    sql: """
                        UPDATE sync_status SET status = 'success', last_attempt = ?, error_message = NULL
                        WHERE lead_id = ? AND status <> 'success'
                        """, arguments: [now.description, record.lead.id])
                try database.execute(
                    sql: "DELETE FROM lead_stages WHERE lead_id = ? AND stage = 'sync'", arguments: [record.lead.id])
            }
            if let step { try RunQueries.add(step, to: database) }
        }
    }

    /// Writes down that Airtable refused a lead; it stays pending, and is tried again at `again`, or, where that is nil, when
    /// it changes.
    public func refuse(_ lead: Lead, error: String, again: Timestamp?, at now: Timestamp, step: Step)
        throws(StorageError)
    {
        try store.write { database in
            try StageQueries.fail(.sync, lead: lead.id, error: error, again: again, step: step, database)
            try database.execute(
                sql: "UPDATE leads SET sync_error = ?, last_sync_attempt = ? WHERE id = ?",
                arguments: [error, now.description, lead.id])
            try database.execute(
                sql: """
                    INSERT INTO sync_status (lead_id, operation, status, attempt_count, last_attempt, error_message,
                        created_at)
                    VALUES (?, ?, 'failed', 1, ?, ?, ?)
                    ON CONFLICT (lead_id) WHERE status <> 'success' DO UPDATE SET status = 'failed',
                        attempt_count = attempt_count + 1, last_attempt = excluded.last_attempt,
                        error_message = excluded.error_message
                    """,
                arguments: [
                    lead.id, lead.airtableID == nil ? "create" : "update", now.description, error, now.description,
                ])
        }
    }

    /// One sync, as `sync_log` keeps it.
    public struct Entry: Sendable, Equatable, Codable {
        public var type = "push"
        /// `success`, `partial`, `failed`.
        public var status = "success"
        public var processed = 0
        public var created = 0
        public var updated = 0
        public var failed = 0
        public var calls = 0
        public var startedAt: Timestamp
        public var completedAt: Timestamp
        public var seconds = 0.0
        public var error: String?

        public init(startedAt: Timestamp) {
            self.startedAt = startedAt
            completedAt = startedAt
        }
    }

    public func log(_ entry: Entry) throws(StorageError) {
        try store.write { database in
            try database.execute(
                sql: """
                    INSERT INTO sync_log (sync_type, sync_status, records_processed, records_created, records_updated,
                        records_failed, api_calls, started_at, completed_at, duration_seconds, error_message)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.type, entry.status, entry.processed, entry.created, entry.updated, entry.failed, entry.calls,
                    entry.startedAt.description, entry.completedAt.description, entry.seconds, entry.error,
                ])
        }
    }
}

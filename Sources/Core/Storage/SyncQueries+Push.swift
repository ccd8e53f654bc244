internal import GRDB
public import Leads
public import Values

extension SyncQueries {
    /// Leads whose changes Airtable does not have, those that changed first at the head. One that was refused waits for its
    /// time; one that was given up waits for a change or a person.
    ///
    /// - Parameters:
    ///   - after: where the page before ended.
    ///   - last: where the last page ends: what changes meanwhile is for the next push.
    public func pending(
        at now: Timestamp, after: (Timestamp, Int64)? = nil, through last: (Timestamp, Int64)? = nil, limit: Int
    ) throws(StorageError) -> [Known] {
        try store.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT l.* FROM leads l INDEXED BY leads_pending_sync
                    WHERE l.sync_pending = 1 AND (l.updated_at, l.id) > (?, ?) AND (l.updated_at, l.id) <= (?, ?)
                        AND NOT EXISTS (SELECT 1 FROM sync_status s WHERE s.lead_id = l.id AND s.status = 'failed'
                            AND (s.next_attempt IS NULL OR s.next_attempt > ? AND s.next_attempt < ?))
                    ORDER BY l.updated_at, l.id LIMIT ?
                    """,
                arguments: [
                    after?.0.description ?? "", after?.1 ?? 0, last?.0.description ?? "9999", last?.1 ?? 0,
                    // What a clock that was ahead has put off beyond all measure is due.
                    now.description, (now + .seconds(7 * 86_400)).description, limit,
                ])
            return try rows.map { try SyncQueries.known(Lead(row: $0), database) }
        }
    }

    /// The lead that changed last of those that wait.
    public func lastPending() throws(StorageError) -> (Timestamp, Int64)? {
        try store.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT updated_at, id FROM leads INDEXED BY leads_pending_sync WHERE sync_pending = 1
                    ORDER BY updated_at DESC, id DESC LIMIT 1
                    """)
            return try row.flatMap { row in try row.timestamp("updated_at").map { ($0, try row.value("id")) } }
        }
    }

    /// These leads, whether they are due or not.
    public func known(_ leads: [Int64]) throws(StorageError) -> [Known] {
        try store.read { database in
            try leads.compactMap { try LeadQueries.fetch("id = ?", [$0], database).first }
                .map { try SyncQueries.known($0, database) }
        }
    }

    /// How many leads Airtable is to be told of.
    public func pendingCount() throws(StorageError) -> Int {
        try store.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM leads WHERE sync_pending = 1") ?? 0
        }
    }

    /// Whether some lead that is due has no record yet, among these or all.
    public func hasCreates(among leads: [Int64]?, at now: Timestamp) throws(StorageError) -> Bool {
        try store.read { database in
            if let leads {
                return try leads.contains {
                    try !LeadQueries.fetch("id = ? AND airtable_id IS NULL AND deleted_at IS NULL", [$0], database)
                        .isEmpty
                }
            }
            return try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM leads INDEXED BY leads_pending_sync
                        WHERE sync_pending = 1 AND airtable_id IS NULL AND deleted_at IS NULL
                            AND NOT EXISTS (SELECT 1 FROM sync_status s WHERE s.lead_id = leads.id
                                AND s.status = 'failed' AND (s.next_attempt IS NULL OR s.next_attempt > ?)))
                    """, arguments: [now.description]) ?? false
        }
    }

    /// What is done to a record.
    public enum Operation: String, Sendable {
        case create, update, delete
    }

    /// Writes down what is about to be sent, so that a crash leaves word of it.
    public func begin(_ operations: [(lead: Int64, operation: Operation)], at now: Timestamp) throws(StorageError) {
        try store.write { database in
            for (lead, operation) in operations {
                try database.cachedStatement(
                    sql: """
                        INSERT INTO sync_status (lead_id, operation, status, attempt_count, last_attempt, created_at)
                        VALUES (?1, ?2, 'pending', 1, ?3, ?3)
                        ON CONFLICT (lead_id) DO UPDATE SET operation = excluded.operation,
                            attempt_count = CASE WHEN status = 'failed' THEN attempt_count ELSE 1 END,
                            created_at = CASE WHEN status = 'success' THEN excluded.created_at ELSE created_at END,
                            status = 'pending', last_attempt = excluded.last_attempt, next_attempt = NULL
                        """
                ).execute(arguments: [lead, operation.rawValue, now.description])
                try database.cachedStatement(sql: "UPDATE leads SET last_sync_attempt = ? WHERE id = ?")
                    .execute(arguments: [now.description, lead])
            }
        }
    }

    /// A lead that Airtable took.
    public struct Accepted: Sendable {
        public let lead: Lead
        public let recordID: String
        /// What is agreed on now, from what was agreed on before.
        public let shadow: @Sendable (Shadow?) throws -> Shadow
        /// What was left out of it because Airtable refused it.
        public let refused: Refusal?

        public init(
            lead: Lead, recordID: String, refused: Refusal? = nil,
            shadow: @escaping @Sendable (Shadow?) throws -> Shadow
        ) {
            self.lead = lead
            self.recordID = recordID
            self.shadow = shadow
            self.refused = refused
        }
    }

    /// What Airtable refused, and when it is tried again; nil when a person is to look at it.
    public struct Refusal: Sendable {
        public let error: String
        /// From how often it was refused by then.
        public let again: @Sendable (Int) -> Timestamp?

        public init(_ error: String, again: @escaping @Sendable (Int) -> Timestamp?) {
            self.error = error.withoutSecrets
            self.again = again
        }
    }

    /// Writes down what Airtable took, in one transaction. A lead that changed since it was read stays pending.
    public func accept(_ records: [Accepted], at now: Timestamp, step: Step?) throws(StorageError) {
        try store.write { database in
            for record in records {
                let id = record.lead.id
                // Somebody moved the key in Airtable: the record is this lead's now, and the other one gets a new record.
                try database.execute(
                    sql: """
                        UPDATE leads SET airtable_id = NULL, sync_pending = 1, airtable_synced = 0
                        WHERE airtable_id = ? AND id <> ?;
                        DELETE FROM sync_shadow WHERE record_id = ? AND lead_id <> ?
                        """, arguments: [record.recordID, id, record.recordID, id])
                try database.execute(
                    sql: "UPDATE leads SET airtable_id = ?, last_synced_at = ?, last_sync_attempt = ? WHERE id = ?",
                    arguments: [record.recordID, now.description, now.description, id])
                try SyncQueries.link(record.recordID, to: id, .linked, database)
                let known = try SyncQueries.known(record.lead, database)
                try SyncQueries.write(
                    try record.shadow(known.shadow), of: id, record: record.recordID, at: now, database)
                if let refusal = record.refused {
                    try SyncQueries.refuse(record.lead, refusal, at: now, database)
                } else {
                    try SyncQueries.settle(id, revision: record.lead.revision, at: now, database)
                }
            }
            if let step { try RunQueries.add(step, to: database) }
        }
    }

    /// These leads have nothing that Airtable lacks, as of the revision that was read.
    public func settle(_ leads: [(id: Int64, revision: Int64)], at now: Timestamp) throws(StorageError) {
        try store.write { database in
            for lead in leads { try SyncQueries.settle(lead.id, revision: lead.revision, at: now, database) }
        }
    }

    private static func settle(_ lead: Int64, revision: Int64, at now: Timestamp, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE leads SET sync_error = NULL, sync_pending = revision <> ?1,
                    airtable_synced = revision = ?1 AND \(SyncQueries.hasItsRecord)
                WHERE id = ?2
                """
        ).execute(arguments: [revision, lead])
        try database.cachedStatement(
            sql: """
                UPDATE sync_status SET status = 'success', last_attempt = ?, error_message = NULL, next_attempt = NULL
                WHERE lead_id = ? AND status <> 'success'
                """
        ).execute(arguments: [now.description, lead])
    }

    /// Writes down that Airtable refused a lead; it stays pending.
    public func refuse(_ lead: Lead, _ refusal: Refusal, at now: Timestamp, step: Step?) throws(StorageError) {
        try store.write { database in
            try SyncQueries.refuse(lead, refusal, at: now, database)
            if let step { try RunQueries.add(step, to: database) }
        }
    }

    private static func refuse(_ sent: Lead, _ refusal: Refusal, at now: Timestamp, _ database: Database) throws {
        let lead = sent.id
        // What was refused is not what it says now, which is tried at once.
        guard try LeadQueries.fetch("id = ?", [lead], database).first?.revision == sent.revision else {
            return try SyncQueries.forgive(lead, database, status: "pending")
        }
        try database.execute(
            sql: """
                UPDATE leads SET sync_error = ?, last_sync_attempt = ?, sync_pending = 1, airtable_synced = 0
                WHERE id = ?
                """, arguments: [refusal.error, now.description, lead])
        // Its count is of refusals; `begin` has counted the first attempt already.
        let before = try Row.fetchOne(
            database, sql: "SELECT attempt_count, error_message FROM sync_status WHERE lead_id = ?", arguments: [lead])
        let hasFailed = (try before?.value("error_message") as String?) != nil
        let count = hasFailed ? (try before?.value("attempt_count") ?? 0) + 1 : 1
        let again: String? = refusal.again(count)?.description
        try database.execute(
            sql: """
                INSERT INTO sync_status (lead_id, operation, status, attempt_count, last_attempt, next_attempt,
                    error_message, created_at)
                SELECT id, CASE WHEN airtable_id IS NULL THEN 'create' ELSE 'update' END, 'failed', ?2, ?3, ?4, ?5, ?3
                    FROM leads WHERE id = ?1
                ON CONFLICT (lead_id) DO UPDATE SET status = 'failed', attempt_count = excluded.attempt_count,
                    last_attempt = excluded.last_attempt, next_attempt = excluded.next_attempt,
                    error_message = excluded.error_message
                """, arguments: [lead, count, now.description, again, refusal.error])
    }
}

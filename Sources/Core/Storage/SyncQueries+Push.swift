internal import GRDB
import Leads
public import Values

extension SyncQueries {
    /// That a lead, whose id is the argument, waits for its next attempt or was given up. An attempt scheduled too far
    /// ahead, by a clock that was ahead, counts as due. The arguments are `waitingArguments`.
    private static func isWaiting(_ lead: String) -> String {
        """
        EXISTS (SELECT 1 FROM sync_status s WHERE s.lead_id = \(lead) AND s.status = 'failed'
            AND (s.next_attempt IS NULL OR s.next_attempt > ? AND s.next_attempt < ?))
        """
    }

    /// - Parameter now: the longest delay before an attempt is a day.
    private static func waitingArguments(at now: Timestamp) -> StatementArguments {
        [now.description, (now + .seconds(7 * 86_400)).description]
    }

    /// Leads with changes that have not been sent to Airtable, those that changed first at the head. A refused lead
    /// waits for its next attempt. A lead that was given up waits for a change or a person.
    ///
    /// - Parameters:
    ///   - after: the last lead of the previous page.
    ///   - last: the last lead of the whole list, so that later changes are left for the next push.
    public func pending(
        at now: Timestamp, after: (Timestamp, Int64)? = nil, through last: (Timestamp, Int64)? = nil, limit: Int
    ) throws(StorageError) -> [LeadState] {
        try session.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT l.* FROM leads l \(Dialect.using("leads_pending_sync"))
                    WHERE l.sync_pending = 1 AND (l.updated_at, l.id) > (?, ?) AND (l.updated_at, l.id) <= (?, ?)
                        AND NOT \(Self.isWaiting("l.id"))
                    ORDER BY l.updated_at, l.id LIMIT ?
                    """,
                arguments: [
                    after?.0.description ?? "", after?.1 ?? 0, last?.0.description ?? "9999", last?.1 ?? 0,
                ] + Self.waitingArguments(at: now) + [limit])
            return try rows.map { try SyncQueries.state(of: Lead(row: $0), database) }
        }
    }

    /// The pending lead that changed last.
    public func lastPending() throws(StorageError) -> (Timestamp, Int64)? {
        try session.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT updated_at, id FROM leads \(Dialect.using("leads_pending_sync")) WHERE sync_pending = 1
                    ORDER BY updated_at DESC, id DESC LIMIT 1
                    """)
            return try row.map { (try $0.requiredTimestamp("updated_at"), try $0.value("id")) }
        }
    }

    /// How many leads have changes to send to Airtable.
    public func pendingCount() throws(StorageError) -> Int {
        try session.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM leads WHERE sync_pending = 1") ?? 0
        }
    }

    /// Whether a lead that is due has no record yet. If `leads` is given, only these are checked, whether due or not.
    public func hasCreates(among leads: [Int64]?, at now: Timestamp) throws(StorageError) -> Bool {
        try session.read { database in
            if let leads {
                return try leads.contains {
                    try !LeadQueries.fetch("id = ? AND airtable_id IS NULL AND deleted_at IS NULL", [$0], database)
                        .isEmpty
                }
            }
            let first = try Int64.fetchOne(
                database,
                sql: """
                    SELECT id FROM leads \(Dialect.using("leads_pending_sync"))
                    WHERE sync_pending = 1 AND airtable_id IS NULL AND deleted_at IS NULL
                        AND NOT \(Self.isWaiting("leads.id"))
                    LIMIT 1
                    """, arguments: Self.waitingArguments(at: now))
            return first != nil
        }
    }

    /// What a push does to a record.
    public enum Operation: String, Sendable {
        case create, update, delete
    }

    /// Records what is about to be sent, so that it is known after a crash.
    ///
    /// - Parameter operations: with the cells that are sent, as JSON; nil for none. They are kept until Airtable has
    ///   answered: a cell that equals them is our own write.
    public func begin(
        _ operations: [(lead: Int64, operation: Operation, sent: String?)], at now: Timestamp
    ) throws(StorageError) {
        try session.write { database in
            for (lead, operation, sent) in operations {
                try database.cachedStatement(
                    sql: """
                        INSERT INTO sync_status (lead_id, operation, status, attempt_count, last_attempt, created_at,
                            sent)
                        VALUES (?, ?, 'pending', 1, ?, ?, ?)
                        ON CONFLICT (lead_id) DO UPDATE SET operation = excluded.operation,
                            attempt_count = CASE WHEN sync_status.status = 'failed'
                                THEN sync_status.attempt_count ELSE 1 END,
                            created_at = CASE WHEN sync_status.status = 'success'
                                THEN excluded.created_at ELSE sync_status.created_at END,
                            status = 'pending', last_attempt = excluded.last_attempt, next_attempt = NULL,
                            sent = excluded.sent
                        """
                ).execute(arguments: [lead, operation.rawValue, now.description, now.description, sent])
                try database.cachedStatement(sql: "UPDATE leads SET last_sync_attempt = ? WHERE id = ?")
                    .execute(arguments: [now.description, lead])
            }
        }
    }

    /// Records that a lead has nothing to send, as of this revision. If it has changed since, it stays pending.
    public func settle(_ lead: Int64, revision: Int64, at now: Timestamp) throws(StorageError) {
        try session.write { database in
            try database.cachedStatement(
                sql: """
                    UPDATE leads SET sync_error = NULL, sync_pending = CASE WHEN revision = ? THEN 0 ELSE 1 END
                    WHERE id = ?
                    """
            ).execute(arguments: [revision, lead])
            try SyncQueries.deriveInStep(lead, database)
            try database.cachedStatement(
                sql: """
                    UPDATE sync_status SET status = 'success', last_attempt = ?, error_message = NULL,
                        next_attempt = NULL, sent = NULL
                    WHERE lead_id = ? AND (status <> 'success' OR sent IS NOT NULL)
                    """
            ).execute(arguments: [now.description, lead])
        }
    }

    /// What was last done about a lead's record.
    public struct Status: Sendable {
        public let operation: Operation
        /// Whether Airtable accepted it.
        public let isDone: Bool
        /// How often it was refused, or 1 while the first attempt is under way.
        public let attempts: Int
        public let error: String?
    }

    /// Nil when nothing was ever sent for the lead.
    public func status(of lead: Int64) throws(StorageError) -> Status? {
        try session.read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT operation, status, attempt_count, error_message FROM sync_status WHERE lead_id = ?"),
                arguments: [lead]
            ).map { row in
                let isDone = try row.value("status") == "success"
                return Status(
                    operation: try row.word("operation"), isDone: isDone, attempts: try row.value("attempt_count"),
                    error: try row.value("error_message"))
            }
        }
    }

    /// Records that Airtable refused a lead.
    ///
    /// - Parameters:
    ///   - count: how often it has been refused, including this time.
    ///   - again: when it is tried again; nil when a person has to look at it.
    public func fail(
        _ lead: Int64, _ operation: Operation, error: String, count: Int, again: Timestamp?, at now: Timestamp
    ) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: """
                    INSERT INTO sync_status (lead_id, operation, status, attempt_count, last_attempt, next_attempt,
                        error_message, created_at)
                    VALUES (?, ?, 'failed', ?, ?, ?, ?, ?)
                    ON CONFLICT (lead_id) DO UPDATE SET status = 'failed', attempt_count = excluded.attempt_count,
                        last_attempt = excluded.last_attempt, next_attempt = excluded.next_attempt,
                        error_message = excluded.error_message, sent = NULL
                    """,
                arguments: [
                    lead, operation.rawValue, count, now.description, again?.description, error.withoutSecrets,
                    now.description,
                ])
        }
    }

    /// Ends an operation that was begun, such as a write whose response was lost.
    ///
    /// - Parameter alsoRefused: also ends an operation that Airtable refused.
    public func finish(_ lead: Int64, alsoRefused: Bool) throws(StorageError) {
        let states = alsoRefused ? "('pending', 'failed')" : "('pending')"
        try session.write {
            try $0.cachedStatement(
                sql: """
                    UPDATE sync_status SET status = 'success', error_message = NULL, next_attempt = NULL, sent = NULL
                    WHERE lead_id = ? AND status IN \(states)
                    """
            ).execute(arguments: [lead])
        }
    }

    /// Records that the record of a lead deleted here was deleted in Airtable.
    public func finishDelete(_ lead: Int64, at now: Timestamp) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: """
                    UPDATE sync_status SET status = 'success', operation = 'delete', error_message = NULL,
                        next_attempt = NULL, last_attempt = ?
                    WHERE lead_id = ?
                    """, arguments: [now.description, lead])
        }
    }

    /// The leads that Airtable refused, in the order of their ids.
    public func refused(limit: Int) throws(StorageError) -> [Int64] {
        try session.read {
            try Int64.fetchAll(
                $0,
                sql: "SELECT lead_id FROM sync_status WHERE status = 'failed' ORDER BY lead_id LIMIT ?",
                arguments: [limit])
        }
    }

    /// Makes all refused leads due at once, however often they were refused before. Returns how many there were.
    public func forgiveAll() throws(StorageError) -> Int {
        try session.write { database in
            try database.execute(
                sql: """
                    UPDATE sync_status SET status = 'pending', attempt_count = 0, next_attempt = NULL,
                        error_message = NULL
                    WHERE status = 'failed'
                    """)
            return database.changesCount
        }
    }

    /// Makes a refused lead due at once, however often it was refused before.
    ///
    /// - Parameter isUnderWay: applies to an operation that is being sent, instead of a refused one.
    public func forgive(_ lead: Int64, isUnderWay: Bool) throws(StorageError) {
        try session.write { try SyncQueries.forgive(lead, $0, status: isUnderWay ? "pending" : "failed") }
    }

    static func forgive(_ lead: Int64, _ database: Database, status: String = "failed") throws {
        try database.cachedStatement(
            sql: """
                UPDATE sync_status SET status = 'pending', attempt_count = 0, next_attempt = NULL, error_message = NULL
                WHERE lead_id = ? AND status = ?
                """
        ).execute(arguments: [lead, status])
    }

    /// Drops the lead's unfinished operation: nothing has to be sent for it any more.
    public func close(_ lead: Int64) throws(StorageError) {
        try session.write {
            try $0.cachedStatement(sql: "DELETE FROM sync_status WHERE lead_id = ? AND status <> 'success'")
                .execute(arguments: [lead])
        }
    }
}

internal import GRDB
import Leads
public import Values

extension SyncQueries {
    /// One direction of one sync: a row of `sync_log`.
    public struct Entry: Sendable, Equatable, Codable {
        /// `pull` or `push`.
        public var type: String
        /// `running`, `success`, `partial` (something was refused), `held` (a person has to confirm that so many
        /// deletions are right), `failed`, `skipped`, or `interrupted`.
        public var status = "running"
        public var processed = 0
        public var created = 0
        public var updated = 0
        public var failed = 0
        public var calls = 0
        public var startedAt: Timestamp
        public var completedAt: Timestamp?
        public var seconds: Double?
        public var error: String?
        /// Remarks for the user, such as what was refused of which record; one clause each.
        public var details: [String] = []

        public init(_ type: String, startedAt: Timestamp) {
            self.type = type
            self.startedAt = startedAt
        }
    }

    /// Opens a row. Any row that is still open is marked as interrupted.
    public func begin(_ entry: Entry) throws(StorageError) -> Int64 {
        try session.write { database in
            try database.execute(
                sql: "UPDATE sync_log SET sync_status = 'interrupted' WHERE sync_status = 'running'")
            var row = Assignments()
            row.set("sync_type", entry.type)
            row.set("sync_status", "running")
            row.set("started_at", entry.startedAt.description)
            return try row.insert(database, row.insertion(into: "sync_log"))
        }
    }

    public func end(_ row: Int64, _ entry: Entry) throws(StorageError) {
        try session.write { database in
            try database.execute(
                sql: """
                    UPDATE sync_log SET sync_status = ?, records_processed = ?, records_created = ?, records_updated = ?,
                        records_failed = ?, api_calls = ?, completed_at = ?, duration_seconds = ?, error_message = ?,
                        error_details = ?
                    WHERE id = ?
                    """,
                arguments: [
                    entry.status, entry.processed, entry.created, entry.updated, entry.failed, entry.calls,
                    entry.completedAt?.description, entry.seconds, entry.error?.withoutSecrets,
                    entry.details.isEmpty ? nil : StableJSON.text(of: entry.details)?.withoutSecrets, row,
                ])
        }
    }

    /// The latest rows, newest first.
    public func log(limit: Int) throws(StorageError) -> [Entry] {
        try session.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM sync_log ORDER BY id DESC LIMIT ?", arguments: [limit]).map {
                row in
                var entry = Entry(
                    try row.value("sync_type"), startedAt: try row.requiredTimestamp("started_at"))
                entry.status = try row.value("sync_status")
                entry.processed = try row.value("records_processed")
                entry.created = try row.value("records_created")
                entry.updated = try row.value("records_updated")
                entry.failed = try row.value("records_failed")
                entry.calls = try row.value("api_calls")
                entry.completedAt = try row.timestamp("completed_at")
                entry.seconds = try row.value("duration_seconds")
                entry.error = try row.value("error_message")
                entry.details = try row.json([String].self, "error_details") ?? []
                return entry
            }
        }
    }

    /// Removes rows that ended, and conflicts that were resolved, before a moment. Returns how many.
    public func prune(before moment: Timestamp) throws(StorageError) -> Int {
        try session.write { database in
            try database.execute(sql: "DELETE FROM sync_log WHERE completed_at < ?", arguments: [moment.description])
            let rows = database.changesCount
            try database.execute(
                sql: "DELETE FROM sync_conflicts WHERE resolved_at < ?", arguments: [moment.description])
            return rows + database.changesCount
        }
    }
}

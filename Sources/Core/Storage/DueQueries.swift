internal import GRDB
public import Leads
public import Values

/// Which leads wait for which stage, and the error of each stage's last attempt.
public struct DueQueries {
    let session: Session

    /// Leads that are due for a stage, those that have waited longest first.
    ///
    /// - Parameter last: the last lead of the previous page; nil for the first page. Leads up to it are not returned
    ///   again, whether or not anything was done about them.
    public func leads(
        _ stage: StageName, at now: Timestamp, after last: DueLead? = nil, limit: Int
    ) throws(StorageError) -> [DueLead] {
        try session.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT l.*, s.attempts, s.due_at FROM lead_stages s \(Dialect.using("lead_stages_waiting"))
                    JOIN leads l ON l.id = s.lead_id
                    WHERE s.stage = ? AND s.due_at <= ? AND (s.due_at, s.lead_id) > (?, ?) AND l.deleted_at IS NULL
                        AND l.opted_out_at IS NULL
                    ORDER BY s.due_at, s.lead_id LIMIT ?
                    """,
                arguments: [
                    stage.rawValue, now.description, last?.dueAt?.description ?? "", last?.lead.id ?? 0, limit,
                ]
            ).map {
                DueLead(lead: try Lead(row: $0), attempts: try $0.value("attempts"), dueAt: try $0.timestamp("due_at"))
            }
        }
    }

    /// Leads that are due for enrichment although no field is missing, because what is known of them is stale.
    public func stale(at now: Timestamp, limit: Int) throws(StorageError) -> [Lead] {
        try session.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT l.* FROM lead_stages s \(Dialect.using("lead_stages_waiting")) JOIN leads l ON l.id = s.lead_id
                    WHERE s.stage = ? AND s.due_at <= ? AND l.needs_enrichment = 0 AND l.enriched = 1
                        AND l.deleted_at IS NULL
                    ORDER BY s.due_at, s.lead_id LIMIT ?
                    """, arguments: [StageName.enrich.rawValue, now.description, limit]
            ).map(Lead.init(row:))
        }
    }

    /// How many leads are due for a stage.
    public func count(_ stage: StageName, at now: Timestamp) throws(StorageError) -> Int {
        try session.read { database in
            let due = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM lead_stages JOIN leads ON leads.id = lead_id
                    WHERE stage = ? AND due_at <= ? AND deleted_at IS NULL AND opted_out_at IS NULL
                    """, arguments: [stage.rawValue, now.description])
            return due ?? 0
        }
    }

    /// By stage, the error of its last attempt on the lead, including the one after which it gave up.
    public func errors(of lead: Int64) throws(StorageError) -> [StageName: String] {
        try session.read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT stage, last_error FROM lead_stages WHERE lead_id = ? AND last_error IS NOT NULL",
                arguments: [lead])
            return Dictionary(
                try rows.map { (StageName(rawValue: try $0.value("stage")), try $0.value("last_error") as String) }
            ) { $1 }
        }
    }

    /// Records that a stage failed on a lead. It is due again at `again`; nil leaves it to a person.
    public func fail(
        _ stage: StageName, lead: Int64, error: String, again: Timestamp?, counts: Bool = true
    ) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: """
                    INSERT INTO lead_stages (lead_id, stage, due_at, attempts, last_error) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (lead_id, stage) DO UPDATE SET due_at = excluded.due_at,
                        attempts = lead_stages.attempts + excluded.attempts, last_error = excluded.last_error
                    """,
                arguments: [lead, stage.rawValue, again?.description, counts ? 1 : 0, error.withoutSecrets])
        }
    }

    /// Makes a lead due for a stage, as if it had never been tried.
    public func make(_ lead: Int64, _ stage: StageName, at due: Timestamp) throws(StorageError) {
        try session.write { try DueQueries.make(lead, stage, at: due, $0) }
    }

    static func make(_ lead: Int64, _ stage: StageName, at due: Timestamp, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO lead_stages (lead_id, stage, due_at) VALUES (?, ?, ?)
                ON CONFLICT (lead_id, stage) DO UPDATE SET due_at = excluded.due_at, attempts = 0, last_error = NULL
                """
        ).execute(arguments: [lead, stage.rawValue, due.description])
    }

    /// Records that a stage is done with a lead.
    public func finish(_ stage: StageName, lead: Int64) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: "DELETE FROM lead_stages WHERE lead_id = ? AND stage = ?", arguments: [lead, stage.rawValue])
        }
    }

    static func remove(_ lead: Int64, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM lead_stages WHERE lead_id = ?", arguments: [lead])
    }
}

internal import GRDB
public import Leads
public import Values

extension RunQueries {
    /// Opens the row of a writer's run.
    ///
    /// - Parameter author: who asked for it.
    public func begin(
        _ what: String, by writer: String, for author: LeadAuthor, at now: Timestamp, version: String
    ) throws(StorageError) -> WriterRun {
        var run = NewRun(job: WriterRun.type, type: WriterRun.type, status: .running, trigger: .manual)
        run.startedAt = now
        run.description = what
        run.inputData = WriterRun.mark(of: writer)
        run.author = author.rawValue
        guard let id = try commit([.open(run)], version: version)[0] else {
            throw StorageError(.other, session.store.path, "the run could not be written down")
        }
        return WriterRun(id: id, writer: writer)
    }

    /// Closes the row of a writer's run. Throws `replaced` when the row is gone.
    public func end(_ run: WriterRun, _ ending: RunEnding, version: String) throws(StorageError) {
        try session.write { database in
            try RunQueries.require(run, database)
            _ = try RunQueries.apply(.close(run: run.id, ending), version: version, to: database)
        }
    }

    /// Throws when the database has been replaced since the run began, because the writer's data is then from another
    /// time.
    public func require(_ run: WriterRun) throws(StorageError) {
        try session.read { try RunQueries.require(run, $0) }
    }

    static func require(_ run: WriterRun, _ database: Database) throws {
        let isThere = try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT id FROM pipeline_activities WHERE id = ? AND activity_status = 'running' AND input_data = ?
                    """), arguments: [run.id, run.mark])
        guard isThere != nil else {
            throw StorageError(
                .replaced, "run \(run.id)", "the database was replaced by a backup while this was at work",
                hint: "what it had written is gone with the old data; begin again")
        }
    }

    /// Closes the rows of writers that ended without closing them.
    ///
    /// - Parameter living: the names of the active writers. It is called after the rows have been read, because a
    ///   writer registers before it adds its row.
    public func closeAbandoned(except living: () -> [String], at now: Timestamp) throws(StorageError) {
        try session.write { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, input_data FROM pipeline_activities \(Dialect.using("activities_active"))
                    WHERE activity_status IN ('pending', 'running') AND parent_id IS NULL AND activity_type = ?
                    """, arguments: [WriterRun.type])
            guard !rows.isEmpty else { return }
            let kept = Set(living().map(WriterRun.mark))
            for row in rows where !kept.contains(try row.value("input_data") ?? "") {
                try database.execute(
                    sql: """
                        UPDATE pipeline_activities SET activity_status = 'interrupted', completed_at = ?,
                            error_message = 'it was ended before it was done; what it had taken in is in, and the same file again brings the rest',
                            \(RunQueries.changed)
                        WHERE id = ?
                        """, arguments: [now.description, try row.value("id") as Int64])
            }
        }
    }

    /// When the oldest run on record began; nil before the first run.
    public func firstStart() throws(StorageError) -> Timestamp? {
        try session.read { database in
            try Row.fetchOne(
                database,
                sql:
                    "SELECT coalesce(started_at, completed_at, scheduled_for) AS at FROM pipeline_activities ORDER BY id LIMIT 1"
            )?.timestamp("at")
        }
    }

    /// Whether some run of a job is on record.
    public func knows(job: String) throws(StorageError) -> Bool {
        try session.read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM pipeline_activities WHERE parent_id IS NULL AND job_name = ?)",
                arguments: [job]) ?? false
        }
    }
}

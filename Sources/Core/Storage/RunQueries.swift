internal import GRDB
public import Leads
public import Values

/// The record of runs: what the scheduler owes, what ran, and what did not and why.
public struct RunQueries {
    let session: Session

    /// What is not final: the runs that are pending or running, and the state of each job.
    public func open() throws(StorageError) -> (active: [Activity], states: [JobState]) {
        try session.read { database in
            let active = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM pipeline_activities \(Dialect.using("activities_active"))
                    WHERE activity_status IN ('pending', 'running') AND parent_id IS NULL ORDER BY id
                    """)
            let states = try Row.fetchAll(database, sql: "SELECT * FROM job_state")
            return (try active.map(Activity.init(row:)), try states.map(JobState.init(row:)))
        }
    }

    /// The slots of a job within a range that ran, are running, or wait to run.
    public func slots(
        of job: String, from first: Timestamp, through last: Timestamp
    ) throws(StorageError) -> Set<Timestamp> {
        try session.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT scheduled_for FROM pipeline_activities \(Dialect.using("activities_slot"))
                    WHERE parent_id IS NULL AND job_name = ? AND scheduled_for >= ? AND scheduled_for <= ?
                        AND activity_status IN ('success', 'failed', 'running', 'pending')
                    """, arguments: [job, first.description, last.description])
            return Set(try rows.map { try $0.requiredTimestamp("scheduled_for") })
        }
    }

    /// Which runs to list.
    public struct Filter: Sendable {
        public var job: String?
        public var status: ActivityStatus?
        /// Only slots that did not run, and runs that were interrupted.
        public var missedOnly = false
        /// Only rows with a larger id, for new rows.
        public var after: Int64?
        /// Only rows with a smaller id, for the next page.
        public var before: Int64?
        public var trigger: RunTrigger?
        public var limit = 20

        public init() {}
    }

    /// Runs, newest first. What was done to a lead by hand is in the lead's history.
    public func list(_ filter: Filter) throws(StorageError) -> [Activity] {
        var conditions = ["parent_id IS NULL", "lead_id IS NULL"]
        var arguments: StatementArguments = []
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        add("job_name = ?", filter.job)
        add("activity_status = ?", filter.status?.rawValue)
        add("id > ?", filter.after)
        add("id < ?", filter.before)
        add("\"trigger\" = ?", filter.trigger?.rawValue)
        if filter.missedOnly {
            conditions.append("activity_status IN ('skipped', 'interrupted', 'cancelled')")
            conditions.append(
                "NOT EXISTS (SELECT 1 FROM pipeline_activities later WHERE later.retry_of = pipeline_activities.id)")
        }
        arguments += [filter.limit]
        let sql = """
            SELECT * FROM pipeline_activities WHERE \(conditions.joined(separator: " AND ")) ORDER BY id DESC LIMIT ?
            """
        return try session.read { try Row.fetchAll($0, sql: sql, arguments: arguments).map(Activity.init(row:)) }
    }

    /// Runs that were added or changed, in the order of their last change.
    ///
    /// - Parameter number: the last change that is known already.
    public func changes(after number: Int64, limit: Int) throws(StorageError) -> [Activity] {
        try session.read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT * FROM pipeline_activities \(Dialect.using("activities_by_change"))
                        WHERE change_number IS NOT NULL AND change_number > ? ORDER BY change_number LIMIT ?
                        """), arguments: [number, limit]
            ).map(Activity.init(row:))
        }
    }

    /// The number of the last change of any run; 0 before the first.
    public func lastChange() throws(StorageError) -> Int64 {
        try session.read {
            try Int64.fetchOne(
                $0.cachedStatement(
                    sql: "SELECT max(change_number) FROM pipeline_activities WHERE change_number IS NOT NULL")) ?? 0
        }
    }

    /// How long each job usually takes, in seconds: the median of its latest successful runs, at most eleven.
    public func usualSeconds() throws(StorageError) -> [String: Double] {
        try session.read { database in
            // One lookup in activities_runs_by_job for each job, and few rows from there.
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT j.job_name, a.duration_seconds FROM job_state j JOIN pipeline_activities a ON a.id IN (
                        SELECT id FROM pipeline_activities
                        WHERE parent_id IS NULL AND job_name = j.job_name AND activity_status = 'success'
                        ORDER BY id DESC LIMIT 11)
                    """)
            var seconds: [String: [Double]] = [:]
            while let row = try rows.next() {
                if let value: Double = try row.value("duration_seconds") {
                    seconds[try row.value("job_name"), default: []].append(value)
                }
            }
            return seconds.mapValues { values in values.sorted()[values.count / 2] }
        }
    }

    /// One run, or nil.
    public func find(_ id: Int64) throws(StorageError) -> Activity? {
        try session.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM pipeline_activities WHERE id = ?", arguments: [id])
                .map(Activity.init(row:))
        }
    }

    /// The last run of each job that has ended in any way, without skipped ones.
    public func lastFinished() throws(StorageError) -> [String: Activity] {
        try session.read { database in
            // One lookup in activities_runs_by_job for each job, however many runs there are.
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT a.* FROM job_state j JOIN pipeline_activities a ON a.id = (
                        SELECT id FROM pipeline_activities
                        WHERE parent_id IS NULL AND job_name = j.job_name
                            AND activity_status NOT IN ('pending', 'running', 'skipped')
                        ORDER BY id DESC LIMIT 1)
                    """)
            return try Dictionary(rows.map(Activity.init(row:)).map { ($0.jobName, $0) }) { $1 }
        }
    }
}

extension Activity {
    init(row: Row) throws {
        self.init(
            id: try row.value("id"), jobName: try row.value("job_name"), type: try row.value("activity_type"),
            status: try row.word("activity_status"), trigger: try row.word("trigger"),
            attempt: try row.value("attempt"))
        parentID = try row.value("parent_id")
        leadID = try row.value("lead_id")
        causedBy = try row.value("caused_by")
        retryOf = try row.value("retry_of")
        scheduledFor = try row.timestamp("scheduled_for")
        scheduledThrough = try row.timestamp("scheduled_through")
        slotCount = try row.value("slot_count")
        notBefore = try row.timestamp("not_before")
        startedAt = try row.timestamp("started_at")
        completedAt = try row.timestamp("completed_at")
        durationSeconds = try row.value("duration_seconds")
        description = try row.value("description")
        errorMessage = try row.value("error_message")
        author = try row.value("author")
        changeNumber = try row.value("change_number")
        inputData = try row.value("input_data")
        outputData = try row.value("output_data")
    }
}

extension JobState {
    init(row: Row) throws {
        self.init(
            job: try row.value("job_name"), triggerHash: try row.value("trigger_hash"),
            effectiveSince: try row.requiredTimestamp("effective_since"),
            lastSlot: try row.timestamp("last_slot"), failures: try row.value("failures"))
        guard try row.value("paused") else { return }
        pause = JobPause(
            at: try row.timestamp("paused_at"), until: try row.timestamp("paused_until"),
            note: try row.value("paused_note"), author: try row.value("paused_by"))
    }
}

extension Row {
    /// Throws where the value is of another type, as in a file with damaged indexes. GRDB's own subscript would end the
    /// process and print the row.
    func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
        try decode(Value.self, forColumn: column)
    }

    /// Nil for NULL. Throws if the text is not a time.
    func timestamp(_ column: String) throws -> Timestamp? {
        guard let text: String = try value(column) else { return nil }
        guard let moment = Timestamp(parsing: text) else { throw undecodable(column, "a time") }
        return moment
    }

    /// Like `timestamp`, but throws for NULL as well.
    func requiredTimestamp(_ column: String) throws -> Timestamp {
        guard let moment = try timestamp(column) else { throw undecodable(column, "a time") }
        return moment
    }

    /// One of a fixed set of words. Throws for any other word, so that an unknown state is never taken for a known one.
    func word<Word: RawRepresentable>(_ column: String) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try value(column)) else { throw undecodable(column, "a word that is known") }
        return word
    }

    /// The decoded value of a JSON column; nil for NULL. Throws if it cannot be decoded.
    func json<Value: Decodable>(_ type: Value.Type, _ column: String) throws -> Value? {
        guard let text: String = try value(column) else { return nil }
        guard let value = StableJSON.decode(type, text) else { throw undecodable(column, "what is kept there") }
        return value
    }

    /// The value itself is left out, because it may be personal data.
    private func undecodable(_ column: String, _ what: String) -> StorageError {
        let id = columnNames.contains("id") ? (try? value("id") as Int64).map { " of row \($0)" } : nil
        return StorageError(
            .unreadable, "column \(column)\(id ?? "")", "does not hold \(what)",
            hint: "another program may have written it; correct it by hand, or restore a backup: 4runr backup list")
    }
}

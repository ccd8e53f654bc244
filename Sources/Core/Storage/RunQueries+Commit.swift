internal import GRDB
public import Leads
public import Values

extension RunQueries {
    /// Closes open runs and resets since when jobs are armed. The database comes from an earlier time than the schedule
    /// that will use it, so nothing from before is owed.
    public func forgetWhatIsOwed(at moment: Timestamp) throws(StorageError) {
        try session.write { database in
            try database.execute(
                sql: """
                    UPDATE pipeline_activities SET activity_status = 'interrupted', completed_at = ?,
                        error_message = 'it was under way when this backup was made'
                    WHERE activity_status IN ('pending', 'running')
                    """, arguments: [moment.description])
            try CounterQueries.beginEpoch(at: moment, database)
            // No trigger has this hash, so each job starts afresh when it is armed. Whether it is paused stays.
            try database.execute(
                sql: "UPDATE job_state SET trigger_hash = 'restored', effective_since = ?, last_slot = NULL",
                arguments: [moment.description])
        }
    }

    /// Writes a list of changes in one transaction. For each change, returns the id of the row that it added; nil if it
    /// added none, or if the slot already had its row.
    ///
    /// - Parameter version: the program's version, for `agent_version`.
    public func commit(_ changes: [RunChange], version: String) throws(StorageError) -> [Int64?] {
        try session.write { database in
            try changes.map { try RunQueries.apply($0, version: version, to: database) }
        }
    }

    static func apply(_ change: RunChange, version: String, to database: Database) throws -> Int64? {
        func run(_ sql: String, _ arguments: StatementArguments) throws {
            try database.cachedStatement(sql: sql).execute(arguments: arguments)
        }
        switch change {
        case .arm(let state):
            try run(
                """
                \(insertState)
                ON CONFLICT (job_name) DO UPDATE SET trigger_hash = excluded.trigger_hash,
                    effective_since = excluded.effective_since, last_slot = excluded.last_slot,
                    failures = excluded.failures, \(takePause)
                """, arguments(of: state))
        case .pause(let state):
            try run(
                """
                \(insertState)
                ON CONFLICT (job_name) DO UPDATE SET \(takePause)
                """, arguments(of: state))
        case .failures(let job, let count):
            try run("UPDATE job_state SET failures = ? WHERE job_name = ?", [count, job])
        case .disarm(let job):
            try run("DELETE FROM job_state WHERE job_name = ?", [job])
        case .advance(let job, let slot):
            try run("UPDATE job_state SET last_slot = ? WHERE job_name = ?", [slot.description, job])
        case .open(let new):
            return try open(new, version: version, in: database)
        case .start(let id, let moment):
            try run(
                """
                UPDATE pipeline_activities SET activity_status = 'running', started_at = ?, \(changed)
                WHERE id = ? AND activity_status = 'pending'
                """, [moment.description, id])
        case .close(let id, let ending):
            try run(
                """
                UPDATE pipeline_activities SET activity_status = ?, completed_at = ?, duration_seconds = ?,
                    output_data = ?, error_message = ?, started_at = coalesce(?, started_at), \(changed)
                WHERE id = ? AND activity_status IN ('pending', 'running')
                """,
                [
                    ending.status.rawValue, ending.at.description, ending.duration?.inSeconds,
                    ending.output?.withoutSecrets, ending.error?.withoutSecrets, ending.startedAt?.description, id,
                ])
        case .skip(let range):
            return try Int64.fetchOne(
                database.cachedStatement(
                    sql: """
                        INSERT INTO pipeline_activities (job_name, activity_type, activity_status, "trigger",
                            scheduled_for, scheduled_through, slot_count, completed_at, error_message, agent_name,
                            agent_version, attempt, author, change_number)
                        VALUES (?, ?, 'skipped', 'schedule', ?, ?, ?, ?, ?, '4runr', ?, ?, 'schedule', \(nextChange))
                        ON CONFLICT DO NOTHING RETURNING id
                        """),
                arguments: [
                    range.job, range.type, range.first.description, range.last.description, range.count,
                    range.at.description, range.reason.withoutSecrets, version,
                    try nextAttempt(range.job, at: range.first, in: database),
                ])
        case .extendSkip(let id, let last, let count):
            try run(
                """
                UPDATE pipeline_activities SET scheduled_through = ?, slot_count = slot_count + ?, \(changed) WHERE id = ?
                """,
                [last.description, count, id])
        case .note(let step): try add(step, to: database)
        case .interruptSteps(let moment):
            try run(
                """
                UPDATE pipeline_activities \(Dialect.using("activities_active"))
                SET activity_status = 'interrupted', completed_at = ?
                WHERE activity_status IN ('pending', 'running') AND parent_id IS NOT NULL
                """, [moment.description])
        }
        return nil
    }

    /// The number of the next change of any run.
    static let nextChange =
        "(SELECT coalesce(max(change_number), 0) + 1 FROM pipeline_activities WHERE change_number IS NOT NULL)"
    /// For a run that changes; steps have no number.
    static let changed = "change_number = CASE WHEN parent_id IS NULL THEN \(nextChange) END"

    private static let insertState = """
        INSERT INTO job_state (job_name, trigger_hash, effective_since, last_slot, failures, paused, paused_at,
            paused_until, paused_note, paused_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    private static let takePause = """
        paused = excluded.paused, paused_at = excluded.paused_at, paused_until = excluded.paused_until,
        paused_note = excluded.paused_note, paused_by = excluded.paused_by
        """

    private static func arguments(of state: JobState) -> StatementArguments {
        [
            state.job, state.triggerHash, state.effectiveSince.description, state.lastSlot?.description,
            state.failures, LeadQueries.flag(state.pause != nil), state.pause?.at?.description,
            state.pause?.until?.description, state.pause?.note, state.pause?.author,
        ]
    }

    /// The number of the next attempt at a slot; 1 if there is no slot.
    private static func nextAttempt(_ job: String, at slot: Timestamp?, in database: Database) throws -> Int {
        guard let slot else { return 1 }
        let last = try Int.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT max(attempt) FROM pipeline_activities
                    WHERE parent_id IS NULL AND job_name = ? AND scheduled_for = ?
                    """), arguments: [job, slot.description])
        return (last ?? 0) + 1
    }

    private static func open(_ new: NewRun, version: String, in database: Database) throws -> Int64? {
        var attempt = 1
        // Most runs are the first attempt at a slot, which needs no lookup.
        if new.attempt != 1 {
            attempt = max(new.attempt ?? 1, try nextAttempt(new.job, at: new.scheduledFor, in: database))
        }
        var retryOf = new.retryOf
        if new.trigger == .backfill, retryOf == nil, let slot = new.scheduledFor {
            // The row that says why the slot did not run, unless it says so of several.
            retryOf = try Int64.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT max(id) FROM pipeline_activities
                        WHERE parent_id IS NULL AND job_name = ? AND scheduled_for = ? AND coalesce(slot_count, 1) = 1
                        """), arguments: [new.job, slot.description])
        }
        return try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    INSERT INTO pipeline_activities (job_name, activity_type, activity_status, "trigger", scheduled_for,
                        not_before, started_at, completed_at, error_message, caused_by, retry_of, description,
                        input_data, agent_name, agent_version, attempt, author, change_number)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '4runr', ?, ?, ?, \(nextChange))
                    ON CONFLICT DO NOTHING RETURNING id
                    """),
            arguments: [
                new.job, new.type, new.status.rawValue, new.trigger.rawValue, new.scheduledFor?.description,
                new.notBefore?.description, new.startedAt?.description, new.completedAt?.description,
                new.error?.withoutSecrets, try present(new.causedBy, in: database),
                try present(retryOf, in: database), new.description, new.inputData?.withoutSecrets, version,
                attempt, new.author ?? "schedule",
            ])
    }

    /// The run's id, if its row still exists.
    private static func present(_ run: Int64?, in database: Database) throws -> Int64? {
        guard let run else { return nil }
        return try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM pipeline_activities WHERE id = ?"), arguments: [run])
    }
}

extension RunQueries {
    /// Adds a finished step, in the same transaction as what it did.
    static func add(_ step: Step, to database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO pipeline_activities (parent_id, lead_id, job_name, activity_type, activity_status, description,
                    input_data, output_data, error_message, "trigger", started_at, completed_at, duration_seconds,
                    author, agent_name, change_number)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '4runr', \(step.isListed ? nextChange : "NULL"))
                """
        ).execute(arguments: [
            step.run, step.leadID, step.job, step.type, step.status.rawValue, step.description,
            step.input?.withoutSecrets, step.output?.withoutSecrets, step.error?.withoutSecrets,
            step.run == nil ? "manual" : "after", step.startedAt.description, step.endedAt.description,
            step.duration.inSeconds, step.author?.rawValue,
        ])
    }

    /// Adds steps that changed nothing else.
    public func add(_ steps: [Step]) throws(StorageError) {
        try session.write { database in for step in steps { try RunQueries.add(step, to: database) } }
    }

    /// Removes up to a thousand steps of runs that ended before a moment. Returns how many were removed.
    public func pruneSteps(before moment: Timestamp) throws(StorageError) -> Int {
        try session.write { database in
            // Ids only grow, so the steps of the oldest run come first.
            try database.execute(
                sql: """
                    DELETE FROM pipeline_activities WHERE id IN (
                        SELECT id FROM pipeline_activities
                        WHERE parent_id IS NOT NULL AND completed_at < ? AND id < (
                            SELECT coalesce(max(id), 0) FROM pipeline_activities
                            WHERE parent_id IS NULL AND completed_at < ?)
                        ORDER BY id LIMIT 1000)
                    """, arguments: [moment.description, moment.description])
            return database.changesCount
        }
    }

    /// The steps of a run, in order.
    ///
    /// - Parameter last: only those after this one.
    public func steps(of run: Int64, after last: Int64 = 0, limit: Int) throws(StorageError) -> [Activity] {
        try session.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM pipeline_activities \(Dialect.using("activities_steps"))
                    WHERE parent_id = ? AND id > ? ORDER BY id LIMIT ?
                    """, arguments: [run, last, limit]
            ).map(Activity.init(row:))
        }
    }
}

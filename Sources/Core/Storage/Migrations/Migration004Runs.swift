extension Migration {
    /// A run's row has no parent. A slot has one row per attempt. A small partial index finds the active rows, however
    /// long the history is.
    static let runs = Migration(
        number: 4, name: "runs",
        up: """
            CREATE TABLE pipeline_activities (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                parent_id INTEGER REFERENCES pipeline_activities (id) ON DELETE CASCADE,
                caused_by INTEGER REFERENCES pipeline_activities (id) ON DELETE SET NULL,
                retry_of INTEGER REFERENCES pipeline_activities (id) ON DELETE SET NULL,
                lead_id INTEGER REFERENCES leads (id) ON DELETE SET NULL,
                job_name TEXT NOT NULL,
                activity_type TEXT NOT NULL,
                activity_status TEXT NOT NULL CHECK (activity_status IN ('pending', 'running', 'success', 'failed',
                    'skipped', 'cancelled', 'interrupted')),
                description TEXT,
                input_data TEXT CHECK (input_data IS NULL OR json_valid(input_data)),
                output_data TEXT CHECK (output_data IS NULL OR json_valid(output_data)),
                error_message TEXT,
                "trigger" TEXT NOT NULL CHECK ("trigger" IN ('schedule', 'catch_up', 'manual', 'retry', 'after')),
                attempt INTEGER NOT NULL DEFAULT 1 CHECK (attempt >= 1),
                scheduled_for TEXT, scheduled_through TEXT, slot_count INTEGER,
                not_before TEXT,
                started_at TEXT, completed_at TEXT, duration_seconds REAL,
                agent_name TEXT, agent_version TEXT,
                CHECK (activity_status <> 'running' OR (started_at IS NOT NULL AND completed_at IS NULL)),
                CHECK (activity_status IN ('pending', 'running') OR completed_at IS NOT NULL)
            ) STRICT;
            CREATE UNIQUE INDEX activities_slot ON pipeline_activities (job_name, scheduled_for, attempt)
                WHERE parent_id IS NULL AND scheduled_for IS NOT NULL;
            CREATE INDEX activities_active ON pipeline_activities (id) WHERE activity_status IN ('pending', 'running');
            CREATE INDEX activities_runs ON pipeline_activities (id) WHERE parent_id IS NULL;
            CREATE INDEX activities_runs_by_job ON pipeline_activities (job_name, id) WHERE parent_id IS NULL;
            CREATE INDEX activities_steps ON pipeline_activities (parent_id) WHERE parent_id IS NOT NULL;
            CREATE INDEX activities_by_lead ON pipeline_activities (lead_id) WHERE lead_id IS NOT NULL;
            CREATE INDEX activities_caused_by ON pipeline_activities (caused_by) WHERE caused_by IS NOT NULL;
            CREATE INDEX activities_retry_of ON pipeline_activities (retry_of) WHERE retry_of IS NOT NULL;

            CREATE TABLE job_state (
                job_name TEXT PRIMARY KEY,
                trigger_hash TEXT NOT NULL,
                effective_since TEXT NOT NULL,
                last_slot TEXT,
                paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1))
            ) STRICT, WITHOUT ROWID;
            """,
        down: """
            DROP TABLE job_state;
            DROP TABLE pipeline_activities;
            """)
}

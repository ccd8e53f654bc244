extension Migration {
    /// What a program needs that works with the database through an interface: tokens and the answers that were given, the
    /// order of all changes, indexes for lists, and counts that need no counting. And who asked for a run, why a job is paused
    /// and until when, and runs of earlier slots.
    static let interface = Migration(
        number: 12, name: "interface",
        up: """
            CREATE TABLE api_tokens (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL,
                handle TEXT NOT NULL UNIQUE,
                hash TEXT NOT NULL,
                scope TEXT NOT NULL CHECK (scope IN ('read', 'write', 'run', 'admin')),
                is_person INTEGER NOT NULL CHECK (is_person IN (0, 1)),
                created_at TEXT NOT NULL,
                created_by TEXT NOT NULL,
                expires_at TEXT,
                used_at TEXT,
                revoked_at TEXT,
                revoked_by TEXT
            ) STRICT;
            CREATE UNIQUE INDEX api_tokens_by_name ON api_tokens (name) WHERE revoked_at IS NULL;

            CREATE TABLE api_answers (
                token_id INTEGER NOT NULL REFERENCES api_tokens (id) ON DELETE CASCADE,
                request_key TEXT NOT NULL,
                request_hash TEXT NOT NULL,
                process TEXT NOT NULL,
                begun_at TEXT NOT NULL,
                status INTEGER,
                headers TEXT CHECK (headers IS NULL OR json_valid(headers)),
                body TEXT,
                PRIMARY KEY (token_id, request_key)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX api_answers_by_age ON api_answers (begun_at);

            CREATE TABLE counters (
                name TEXT PRIMARY KEY,
                value INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;

            ALTER TABLE leads ADD COLUMN change_number INTEGER NOT NULL DEFAULT 0;
            UPDATE leads SET change_number = id;
            CREATE INDEX leads_by_change ON leads (change_number);
            CREATE INDEX leads_by_created ON leads (created_at, id);
            CREATE INDEX leads_by_updated ON leads (updated_at, id);
            CREATE INDEX leads_by_name ON leads (full_name, id);
            CREATE INDEX leads_by_company_name ON leads (company, id);
            CREATE INDEX leads_by_email ON leads (email, id);
            CREATE INDEX leads_by_origin ON leads (source, id);
            CREATE INDEX leads_ready ON leads (id) WHERE ready_for_outreach = 1 AND deleted_at IS NULL;
            CREATE INDEX campaigns_by_status ON campaigns (status, id);

            ALTER TABLE job_state ADD COLUMN paused_at TEXT;
            ALTER TABLE job_state ADD COLUMN paused_until TEXT;
            ALTER TABLE job_state ADD COLUMN paused_note TEXT;
            ALTER TABLE job_state ADD COLUMN paused_by TEXT;

            ALTER TABLE pipeline_activities ADD COLUMN author TEXT;
            ALTER TABLE pipeline_activities ADD COLUMN change_number INTEGER;
            UPDATE pipeline_activities SET change_number = id WHERE parent_id IS NULL;
            CREATE INDEX activities_by_change ON pipeline_activities (change_number) WHERE change_number IS NOT NULL;
            CREATE INDEX activities_runs_by_status ON pipeline_activities (activity_status, id) WHERE parent_id IS NULL;
            ALTER TABLE pipeline_activities ADD COLUMN started_by TEXT NOT NULL DEFAULT 'manual'
                CHECK (started_by IN ('schedule', 'catch_up', 'manual', 'retry', 'after', 'backfill'));
            UPDATE pipeline_activities SET started_by = "trigger";
            ALTER TABLE pipeline_activities DROP COLUMN "trigger";
            ALTER TABLE pipeline_activities RENAME COLUMN started_by TO "trigger";

            INSERT INTO counters (name, value)
                SELECT 'leads.status.' || status, count(*) FROM leads WHERE deleted_at IS NULL GROUP BY status;
            INSERT INTO counters (name, value)
                SELECT 'leads.source.' || coalesce(source, ''), count(*) FROM leads WHERE deleted_at IS NULL
                GROUP BY coalesce(source, '');
            INSERT INTO counters (name, value) SELECT 'leads.live', count(*) FROM leads WHERE deleted_at IS NULL;
            INSERT INTO counters (name, value)
                SELECT 'leads.ready', count(*) FROM leads WHERE ready_for_outreach = 1 AND deleted_at IS NULL;
            INSERT INTO counters (name, value)
                SELECT 'leads.needs_enrichment', count(*) FROM leads WHERE needs_enrichment = 1 AND deleted_at IS NULL;
            INSERT INTO counters (name, value)
                SELECT 'leads.opted_out', count(*) FROM leads WHERE opted_out_at IS NOT NULL AND deleted_at IS NULL;
            INSERT INTO counters (name, value)
                SELECT 'leads.deleted', count(*) FROM leads WHERE deleted_at IS NOT NULL AND merged_into IS NULL;
            INSERT INTO counters (name, value)
                SELECT 'leads.merged', count(*) FROM leads WHERE deleted_at IS NOT NULL AND merged_into IS NOT NULL;
            """,
        down: """
            DROP TABLE counters;
            DROP TABLE api_answers;
            DROP TABLE api_tokens;
            DROP INDEX campaigns_by_status;
            DROP INDEX leads_ready;
            DROP INDEX leads_by_origin;
            DROP INDEX leads_by_email;
            DROP INDEX leads_by_company_name;
            DROP INDEX leads_by_name;
            DROP INDEX leads_by_updated;
            DROP INDEX leads_by_created;
            DROP INDEX leads_by_change;
            ALTER TABLE leads DROP COLUMN change_number;
            ALTER TABLE job_state DROP COLUMN paused_by;
            ALTER TABLE job_state DROP COLUMN paused_note;
            ALTER TABLE job_state DROP COLUMN paused_until;
            ALTER TABLE job_state DROP COLUMN paused_at;
            DROP INDEX activities_runs_by_status;
            DROP INDEX activities_by_change;
            ALTER TABLE pipeline_activities DROP COLUMN change_number;
            ALTER TABLE pipeline_activities DROP COLUMN author;
            ALTER TABLE pipeline_activities ADD COLUMN started_by TEXT NOT NULL DEFAULT 'manual'
                CHECK (started_by IN ('schedule', 'catch_up', 'manual', 'retry', 'after'));
            UPDATE pipeline_activities SET started_by = CASE "trigger" WHEN 'backfill' THEN 'manual' ELSE "trigger" END;
            ALTER TABLE pipeline_activities DROP COLUMN "trigger";
            ALTER TABLE pipeline_activities RENAME COLUMN started_by TO "trigger";
            """)
}

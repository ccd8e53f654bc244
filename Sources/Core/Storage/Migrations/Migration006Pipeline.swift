extension Migration {
    /// The state of the pipeline's stages: which lead is due for what and when, what was searched for, which paid calls
    /// were begun, and how often each service was called.
    static let pipeline = Migration(
        number: 6, name: "pipeline",
        up: """
            ALTER TABLE leads ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

            CREATE TABLE lead_stages (
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                stage TEXT NOT NULL CHECK (stage IN ('enrich', 'write-message', 'sync')),
                due_at TEXT,
                attempts INTEGER NOT NULL DEFAULT 0,
                last_error TEXT,
                PRIMARY KEY (lead_id, stage)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX lead_stages_due ON lead_stages (stage, due_at, lead_id) WHERE due_at IS NOT NULL;
            INSERT INTO lead_stages (lead_id, stage, due_at)
                SELECT id, 'enrich', updated_at FROM leads WHERE needs_enrichment = 1 AND deleted_at IS NULL;

            CREATE TABLE searches (
                service TEXT NOT NULL,
                query TEXT NOT NULL,
                start INTEGER NOT NULL,
                searched_at TEXT NOT NULL,
                results TEXT NOT NULL CHECK (json_valid(results)),
                result_count INTEGER NOT NULL,
                taken INTEGER NOT NULL DEFAULT 0,
                has_more INTEGER NOT NULL CHECK (has_more IN (0, 1)),
                PRIMARY KEY (service, query, start)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE model_calls (
                campaign_id TEXT PRIMARY KEY,
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                begun_at TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX model_calls_by_lead ON model_calls (lead_id);

            CREATE TABLE service_calls (
                service TEXT NOT NULL,
                day TEXT NOT NULL,
                calls INTEGER NOT NULL,
                PRIMARY KEY (service, day)
            ) STRICT, WITHOUT ROWID;

            CREATE INDEX leads_by_source ON leads (source, created_at);
            """,
        down: """
            DROP INDEX leads_by_source;
            DROP TABLE service_calls;
            DROP TABLE model_calls;
            DROP TABLE searches;
            DROP TABLE lead_stages;
            ALTER TABLE leads DROP COLUMN revision;
            """)
}

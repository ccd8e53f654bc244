extension Migration {
    /// The program defines which stages exist. The table stores their names without a list of allowed ones.
    static let leadStages = Migration(
        number: 9, name: "lead-stages",
        up: """
            CREATE TABLE lead_stages_of_any_name (
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                stage TEXT NOT NULL,
                due_at TEXT,
                attempts INTEGER NOT NULL DEFAULT 0,
                last_error TEXT,
                PRIMARY KEY (lead_id, stage)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO lead_stages_of_any_name SELECT lead_id, stage, due_at, attempts, last_error FROM lead_stages;
            DROP TABLE lead_stages;
            ALTER TABLE lead_stages_of_any_name RENAME TO lead_stages;
            CREATE INDEX lead_stages_waiting ON lead_stages (stage, due_at, lead_id) WHERE due_at IS NOT NULL;
            """,
        down: """
            CREATE TABLE lead_stages_of_three_names (
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                stage TEXT NOT NULL CHECK (stage IN ('enrich', 'write-message', 'sync')),
                due_at TEXT,
                attempts INTEGER NOT NULL DEFAULT 0,
                last_error TEXT,
                PRIMARY KEY (lead_id, stage)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO lead_stages_of_three_names
                SELECT lead_id, stage, due_at, attempts, last_error FROM lead_stages
                WHERE stage IN ('enrich', 'write-message', 'sync');
            DROP TABLE lead_stages;
            ALTER TABLE lead_stages_of_three_names RENAME TO lead_stages;
            CREATE INDEX lead_stages_due ON lead_stages (stage, due_at, lead_id) WHERE due_at IS NOT NULL;
            """)
}

extension Migration {
    static let airtableSync = Migration(
        number: 3, name: "airtable-sync",
        up: """
            CREATE TABLE sync_log (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                sync_type TEXT NOT NULL, sync_status TEXT NOT NULL,
                records_processed INTEGER NOT NULL DEFAULT 0, records_created INTEGER NOT NULL DEFAULT 0,
                records_updated INTEGER NOT NULL DEFAULT 0, records_failed INTEGER NOT NULL DEFAULT 0,
                api_calls INTEGER NOT NULL DEFAULT 0,
                started_at TEXT NOT NULL, completed_at TEXT, duration_seconds REAL,
                error_message TEXT, error_details TEXT
            ) STRICT;

            CREATE TABLE sync_status (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                operation TEXT NOT NULL CHECK (operation IN ('create', 'update', 'delete')),
                status TEXT NOT NULL CHECK (status IN ('pending', 'success', 'failed')),
                attempt_count INTEGER NOT NULL DEFAULT 0,
                last_attempt TEXT, error_message TEXT, created_at TEXT NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX sync_status_open ON sync_status (lead_id) WHERE status <> 'success';

            CREATE TABLE sync_shadow (
                lead_id INTEGER PRIMARY KEY REFERENCES leads (id) ON DELETE CASCADE,
                record_id TEXT NOT NULL UNIQUE,
                fields TEXT NOT NULL CHECK (json_valid(fields)),
                agreed_at TEXT NOT NULL
            ) STRICT;

            CREATE TABLE sync_conflicts (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                field TEXT NOT NULL, base_value TEXT, local_value TEXT, airtable_value TEXT,
                found_at TEXT NOT NULL, resolved_at TEXT, resolution TEXT
            ) STRICT;
            CREATE UNIQUE INDEX sync_conflicts_open ON sync_conflicts (lead_id, field) WHERE resolved_at IS NULL;

            CREATE TABLE migration_log (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                source_file TEXT NOT NULL,
                leads_migrated INTEGER NOT NULL DEFAULT 0, leads_failed INTEGER NOT NULL DEFAULT 0,
                migration_date TEXT NOT NULL, status TEXT NOT NULL, error_details TEXT
            ) STRICT;
            """,
        down: """
            DROP TABLE migration_log;
            DROP TABLE sync_conflicts;
            DROP TABLE sync_shadow;
            DROP TABLE sync_status;
            DROP TABLE sync_log;
            """)
}

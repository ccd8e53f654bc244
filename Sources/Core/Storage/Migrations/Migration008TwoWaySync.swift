extension Migration {
    /// The state of a sync in both directions: the local values that were agreed on, when a refused lead is tried
    /// again, and how far changes have been read.
    ///
    /// From here on, what was agreed on is stored by our columns. The names below are those of the mapping before it
    /// could be changed. Fields with another name are agreed on again at the next sync.
    static let twoWaySync = Migration(
        number: 8, name: "two-way-sync",
        up: """
            ALTER TABLE sync_shadow ADD COLUMN kept TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(kept));
            UPDATE sync_shadow SET fields = (
                SELECT json_group_object(
                    CASE key
                        WHEN '4Runr ID' THEN 'uuid' WHEN 'Full Name' THEN 'full_name' WHEN 'Email' THEN 'email'
                        WHEN 'Company' THEN 'company' WHEN 'Website' THEN 'website'
                        WHEN 'LinkedIn URL' THEN 'linkedin_url' WHEN 'Phone' THEN 'phone' WHEN 'Title' THEN 'title'
                        WHEN 'Location' THEN 'location' WHEN 'Industry' THEN 'industry'
                        WHEN 'Company Size' THEN 'company_size' WHEN 'Verified' THEN 'verified'
                        WHEN 'Enriched' THEN 'enriched' WHEN 'Needs Enrichment' THEN 'needs_enrichment'
                        WHEN 'Status' THEN 'status' WHEN 'AI Message' THEN 'ai_message' WHEN 'Source' THEN 'source'
                        WHEN 'Scraped At' THEN 'scraped_at' WHEN 'Enriched At' THEN 'enriched_at' ELSE key END,
                    CASE type WHEN 'true' THEN json('true') WHEN 'false' THEN json('false') ELSE value END)
                FROM json_each(sync_shadow.fields));
            ALTER TABLE sync_conflicts ADD COLUMN airtable_cell TEXT;

            DROP INDEX sync_status_open;
            DELETE FROM sync_status WHERE id NOT IN (SELECT max(id) FROM sync_status GROUP BY lead_id);
            CREATE UNIQUE INDEX sync_status_by_lead ON sync_status (lead_id);
            ALTER TABLE sync_status ADD COLUMN next_attempt TEXT;
            UPDATE sync_status SET next_attempt = (
                SELECT due_at FROM lead_stages s WHERE s.lead_id = sync_status.lead_id AND s.stage = 'sync');
            DELETE FROM lead_stages WHERE stage = 'sync';

            CREATE TABLE sync_state (
                name TEXT PRIMARY KEY,
                value TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE sync_scan (record_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
            """,
        down: """
            DROP TABLE sync_scan;
            DROP TABLE sync_state;
            ALTER TABLE sync_status DROP COLUMN next_attempt;
            DROP INDEX sync_status_by_lead;
            CREATE UNIQUE INDEX sync_status_open ON sync_status (lead_id) WHERE status <> 'success';
            ALTER TABLE sync_conflicts DROP COLUMN airtable_cell;
            DELETE FROM sync_shadow;
            ALTER TABLE sync_shadow DROP COLUMN kept;
            """)
}

extension Migration {
    static let campaigns = Migration(
        number: 2, name: "campaigns",
        up: """
            CREATE TABLE campaigns (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                campaign_id TEXT NOT NULL UNIQUE,
                campaign_type TEXT NOT NULL CHECK (campaign_type IN ('initial', 'followup', 'recycled')),
                message_type TEXT CHECK (message_type IN ('hook', 'proof', 'fomo')),
                subject_line TEXT, message_content TEXT,
                status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'queued', 'sent', 'delivered', 'opened',
                    'replied', 'failed', 'bounced', 'cancelled')),
                quality_score REAL,
                scheduled_at TEXT, sent_at TEXT, delivered_at TEXT, opened_at TEXT, replied_at TEXT,
                created_at TEXT NOT NULL, updated_at TEXT NOT NULL
            ) STRICT;
            CREATE INDEX campaigns_by_lead ON campaigns (lead_id);
            CREATE INDEX campaigns_queued ON campaigns (scheduled_at) WHERE status = 'queued';
            """,
        down: "DROP TABLE campaigns;")
}

extension Migration {
    static let leads = Migration(
        number: 1, name: "leads",
        up: """
            CREATE TABLE leads (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                uuid TEXT NOT NULL UNIQUE,
                full_name TEXT, first_name TEXT, last_name TEXT,
                title TEXT, company TEXT, email TEXT, phone TEXT, linkedin_url TEXT, website TEXT, location TEXT,
                industry TEXT, company_size TEXT, ai_message TEXT,
                status TEXT NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'scraped', 'cleaned', 'enriched', 'ready',
                    'contacted', 'replied', 'won', 'lost', 'unsubscribed', 'bounced')),
                pipeline_stage TEXT NOT NULL DEFAULT 'new'
                    CHECK (pipeline_stage IN ('new', 'processing', 'completed', 'failed')),
                verified INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
                enriched INTEGER NOT NULL DEFAULT 0 CHECK (enriched IN (0, 1)),
                needs_enrichment INTEGER NOT NULL DEFAULT 1 CHECK (needs_enrichment IN (0, 1)),
                ready_for_outreach INTEGER NOT NULL DEFAULT 0 CHECK (ready_for_outreach IN (0, 1)),
                source TEXT,
                scraped_at TEXT, enriched_at TEXT,
                created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
                airtable_id TEXT UNIQUE, last_synced_at TEXT,
                airtable_synced INTEGER NOT NULL DEFAULT 0 CHECK (airtable_synced IN (0, 1)),
                sync_pending INTEGER NOT NULL DEFAULT 1 CHECK (sync_pending IN (0, 1)),
                last_sync_attempt TEXT, sync_error TEXT,
                raw_data TEXT CHECK (raw_data IS NULL OR json_valid(raw_data)),
                deleted_at TEXT,
                key_linkedin TEXT, key_email TEXT, key_name_company TEXT, key_phone TEXT,
                CHECK (email IS NOT NULL OR linkedin_url IS NOT NULL OR phone IS NOT NULL
                    OR (full_name IS NOT NULL AND company IS NOT NULL))
            ) STRICT;
            CREATE INDEX leads_key_linkedin ON leads (key_linkedin) WHERE key_linkedin IS NOT NULL;
            CREATE INDEX leads_key_email ON leads (key_email) WHERE key_email IS NOT NULL;
            CREATE INDEX leads_key_name_company ON leads (key_name_company) WHERE key_name_company IS NOT NULL;
            CREATE INDEX leads_key_phone ON leads (key_phone) WHERE key_phone IS NOT NULL;
            CREATE INDEX leads_needing_enrichment ON leads (updated_at) WHERE needs_enrichment = 1 AND deleted_at IS NULL;
            CREATE INDEX leads_pending_sync ON leads (updated_at) WHERE sync_pending = 1;
            CREATE INDEX leads_by_status ON leads (status, id) WHERE deleted_at IS NULL;

            CREATE TABLE airtable_links (
                record_id TEXT PRIMARY KEY,
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                state TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX airtable_links_by_lead ON airtable_links (lead_id);

            CREATE TABLE lead_enrichment (
                lead_id INTEGER PRIMARY KEY REFERENCES leads (id) ON DELETE CASCADE,
                website_content TEXT, company_description TEXT, services TEXT, tone TEXT, website_insights TEXT,
                email_confidence TEXT CHECK (email_confidence IN ('real', 'pattern', 'guess')),
                email_source TEXT CHECK (email_source IN ('scraped', 'generated', 'verified')),
                email_verification_status TEXT
                    CHECK (email_verification_status IN ('verified', 'unverified', 'bounced')),
                detected_traits TEXT, trait_confidence_scores TEXT, business_focus TEXT, company_size TEXT,
                enriched_at TEXT, enrichment_method TEXT, confidence_score REAL
            ) STRICT;
            """,
        down: """
            DROP TABLE lead_enrichment;
            DROP TABLE airtable_links;
            DROP TABLE leads;
            """)
}

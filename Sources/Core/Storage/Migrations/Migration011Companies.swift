extension Migration {
    /// Companies are records, shared by their leads, with the pages that were read of them; and what each search strategy
    /// brought on each day. A value that was read from a record goes where the record goes.
    static let companies = Migration(
        number: 11, name: "companies",
        up: """
            CREATE TABLE companies (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                domain TEXT NOT NULL UNIQUE,
                site TEXT NOT NULL,
                name TEXT,
                name_key TEXT,
                phone TEXT,
                address TEXT,
                industry TEXT,
                company_size TEXT,
                description TEXT,
                facts TEXT NOT NULL CHECK (json_valid(facts)),
                email_pattern TEXT,
                email_pattern_count INTEGER NOT NULL DEFAULT 0,
                read_at TEXT,
                created_at TEXT NOT NULL,
                updated_at TEXT NOT NULL
            ) STRICT;
            CREATE INDEX companies_by_name ON companies (name_key) WHERE name_key IS NOT NULL;

            CREATE TABLE company_pages (
                company_id INTEGER NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                url TEXT NOT NULL,
                kind TEXT NOT NULL,
                etag TEXT,
                last_modified TEXT,
                read_at TEXT NOT NULL,
                content TEXT NOT NULL CHECK (json_valid(content)),
                PRIMARY KEY (company_id, url)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE search_yields (
                service TEXT NOT NULL,
                strategy TEXT NOT NULL,
                day TEXT NOT NULL,
                searches INTEGER NOT NULL,
                people INTEGER NOT NULL,
                new_leads INTEGER NOT NULL,
                PRIMARY KEY (service, strategy, day)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX search_yields_by_day ON search_yields (service, day);

            ALTER TABLE leads ADD COLUMN company_id INTEGER REFERENCES companies (id) ON DELETE SET NULL;
            CREATE INDEX leads_by_company ON leads (company_id) WHERE company_id IS NOT NULL;
            ALTER TABLE lead_values ADD COLUMN record_id INTEGER;
            """,
        down: """
            ALTER TABLE lead_values DROP COLUMN record_id;
            DROP INDEX leads_by_company;
            ALTER TABLE leads DROP COLUMN company_id;
            DROP TABLE search_yields;
            DROP TABLE company_pages;
            DROP TABLE companies;
            """)
}

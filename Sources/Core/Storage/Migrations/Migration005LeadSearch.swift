extension Migration {
    /// External-content FTS5 tables, maintained by triggers: one for whole words, one with trigrams for parts of words.
    static let leadSearch = Migration(
        number: 5, name: "lead-search",
        up: """
            CREATE VIRTUAL TABLE leads_fts USING fts5 (full_name, company, title, location, industry,
                content = 'leads', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
            CREATE VIRTUAL TABLE leads_trigram USING fts5 (full_name, company, email,
                content = 'leads', content_rowid = 'id', tokenize = 'trigram');

            CREATE TRIGGER leads_search_insert AFTER INSERT ON leads BEGIN
                INSERT INTO leads_fts (rowid, full_name, company, title, location, industry)
                    VALUES (new.id, new.full_name, new.company, new.title, new.location, new.industry);
                INSERT INTO leads_trigram (rowid, full_name, company, email)
                    VALUES (new.id, new.full_name, new.company, new.email);
            END;
            CREATE TRIGGER leads_search_delete AFTER DELETE ON leads BEGIN
                INSERT INTO leads_fts (leads_fts, rowid, full_name, company, title, location, industry)
                    VALUES ('delete', old.id, old.full_name, old.company, old.title, old.location, old.industry);
                INSERT INTO leads_trigram (leads_trigram, rowid, full_name, company, email)
                    VALUES ('delete', old.id, old.full_name, old.company, old.email);
            END;
            CREATE TRIGGER leads_search_update
            AFTER UPDATE OF full_name, company, title, location, industry, email ON leads BEGIN
                INSERT INTO leads_fts (leads_fts, rowid, full_name, company, title, location, industry)
                    VALUES ('delete', old.id, old.full_name, old.company, old.title, old.location, old.industry);
                INSERT INTO leads_trigram (leads_trigram, rowid, full_name, company, email)
                    VALUES ('delete', old.id, old.full_name, old.company, old.email);
                INSERT INTO leads_fts (rowid, full_name, company, title, location, industry)
                    VALUES (new.id, new.full_name, new.company, new.title, new.location, new.industry);
                INSERT INTO leads_trigram (rowid, full_name, company, email)
                    VALUES (new.id, new.full_name, new.company, new.email);
            END;
            """,
        down: """
            DROP TRIGGER leads_search_update;
            DROP TRIGGER leads_search_delete;
            DROP TRIGGER leads_search_insert;
            DROP TABLE leads_trigram;
            DROP TABLE leads_fts;
            """)
}

internal import GRDB
import Leads
import Values

extension Migration {
    /// A lead is what its records say: each record as it came, what else was said about the person, the keys that the
    /// person is found by, and the decisions about who is who. With them come the opt-outs and suppressions.
    static let leadRecords = Migration(
        number: 10, name: "lead-records",
        up: """
            CREATE TABLE lead_records (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                source TEXT NOT NULL,
                author TEXT NOT NULL,
                hash INTEGER,
                content TEXT NOT NULL CHECK (json_valid(content)),
                fields TEXT NOT NULL CHECK (json_valid(fields)),
                rule TEXT,
                import_id INTEGER,
                first_seen TEXT NOT NULL,
                last_seen TEXT NOT NULL
            ) STRICT;
            CREATE INDEX lead_records_by_lead ON lead_records (lead_id);
            CREATE INDEX lead_records_by_hash ON lead_records (hash) WHERE hash IS NOT NULL;

            CREATE TABLE lead_values (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                field TEXT NOT NULL,
                value TEXT,
                method TEXT NOT NULL,
                confidence REAL NOT NULL CHECK (confidence >= 0 AND confidence <= 1),
                author TEXT NOT NULL,
                at TEXT NOT NULL,
                evidence TEXT
            ) STRICT;
            CREATE INDEX lead_values_by_lead ON lead_values (lead_id);

            CREATE TABLE lead_keys (
                kind TEXT NOT NULL CHECK (kind IN ('profile', 'mailbox', 'role', 'name', 'phone')),
                value TEXT NOT NULL,
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                is_former INTEGER NOT NULL CHECK (is_former IN (0, 1)),
                PRIMARY KEY (kind, value, lead_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX lead_keys_by_lead ON lead_keys (lead_id);

            CREATE TABLE shared_keys (
                kind TEXT NOT NULL,
                value TEXT NOT NULL,
                since TEXT NOT NULL,
                PRIMARY KEY (kind, value)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE lead_decisions (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                kind TEXT NOT NULL CHECK (kind IN ('merge', 'apart')),
                lead_id INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                into_lead INTEGER NOT NULL REFERENCES leads (id) ON DELETE CASCADE,
                rule TEXT,
                author TEXT NOT NULL,
                at TEXT NOT NULL,
                moved TEXT NOT NULL CHECK (json_valid(moved)),
                undone_at TEXT,
                undone_by TEXT
            ) STRICT;
            CREATE INDEX lead_decisions_by_lead ON lead_decisions (lead_id);
            CREATE INDEX lead_decisions_by_into ON lead_decisions (into_lead);

            CREATE TABLE suppressions (
                kind TEXT NOT NULL CHECK (kind IN ('address', 'domain')),
                value TEXT NOT NULL,
                written TEXT NOT NULL,
                author TEXT NOT NULL,
                at TEXT NOT NULL,
                reason TEXT,
                PRIMARY KEY (kind, value)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE holds (
                name TEXT PRIMARY KEY,
                reason TEXT NOT NULL,
                since TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;

            ALTER TABLE leads ADD COLUMN opted_out_at TEXT;
            ALTER TABLE leads ADD COLUMN opted_out_by TEXT;
            ALTER TABLE leads ADD COLUMN opted_out_how TEXT;
            ALTER TABLE leads ADD COLUMN opted_in_at TEXT;
            ALTER TABLE leads ADD COLUMN merged_into INTEGER;
            ALTER TABLE campaigns ADD COLUMN held_reason TEXT;
            ALTER TABLE sync_status ADD COLUMN sent TEXT;

            DROP INDEX leads_key_linkedin;
            DROP INDEX leads_key_email;
            DROP INDEX leads_key_name_company;
            DROP INDEX leads_key_phone;
            ALTER TABLE leads DROP COLUMN key_linkedin;
            ALTER TABLE leads DROP COLUMN key_email;
            ALTER TABLE leads DROP COLUMN key_name_company;
            ALTER TABLE leads DROP COLUMN key_phone;
            """,
        down: """
            CREATE INDEX leads_key_linkedin ON leads (key_linkedin) WHERE key_linkedin IS NOT NULL;
            CREATE INDEX leads_key_email ON leads (key_email) WHERE key_email IS NOT NULL;
            CREATE INDEX leads_key_name_company ON leads (key_name_company) WHERE key_name_company IS NOT NULL;
            CREATE INDEX leads_key_phone ON leads (key_phone) WHERE key_phone IS NOT NULL;
            ALTER TABLE sync_status DROP COLUMN sent;
            ALTER TABLE campaigns DROP COLUMN held_reason;
            ALTER TABLE leads DROP COLUMN merged_into;
            ALTER TABLE leads DROP COLUMN opted_in_at;
            ALTER TABLE leads DROP COLUMN opted_out_how;
            ALTER TABLE leads DROP COLUMN opted_out_by;
            ALTER TABLE leads DROP COLUMN opted_out_at;
            DROP TABLE holds;
            DROP TABLE suppressions;
            DROP TABLE lead_decisions;
            DROP TABLE shared_keys;
            DROP TABLE lead_keys;
            DROP TABLE lead_values;
            DROP TABLE lead_records;
            """,
        afterUp: RecordsFromBefore.fill, beforeDown: RecordsFromBefore.empty)
}

/// Moves what leads had before their records were kept into the tables for it, and back.
private enum RecordsFromBefore {
    /// `raw_data` held all records of a lead as a list. What its fields had come from was not kept, so they become one
    /// more record that says all of them.
    static func fill(_ database: Database) throws {
        try each(database) { lead in
            for entry in entries(of: lead.rawData) {
                try LeadQueries.insertRecord(
                    .init(
                        source: entry.source ?? lead.source ?? "unknown", author: .migration, content: entry.content,
                        fields: "{}", at: entry.at ?? lead.createdAt),
                    of: lead.id, hash: RecordHash.of(entry.content), database)
            }
            try LeadQueries.insertSnapshot(of: lead, database)
            try LeadQueries.insert(LeadKey.keys(of: lead.fields), of: lead.id, isFormer: false, database)
            if lead.status == .unsubscribed {
                // Nothing that was written to such a person waits any more.
                try database.cachedStatement(
                    sql: """
                        UPDATE leads SET sync_pending = CASE WHEN ai_message IS NULL THEN sync_pending ELSE 1 END,
                            ai_message = NULL, ready_for_outreach = 0, opted_out_at = ?, opted_out_by = ?,
                            opted_out_how = ?
                        WHERE id = ?
                        """
                ).execute(arguments: [
                    lead.updatedAt.description, LeadAuthor.migration.rawValue, "status unsubscribed", lead.id,
                ])
                try DueQueries.remove(lead.id, database)
                try MessageQueries.withdraw(lead.id, at: lead.updatedAt, database)
            }
            if let newest = entries(of: lead.rawData).last {
                try database.cachedStatement(sql: "UPDATE leads SET raw_data = ? WHERE id = ?")
                    .execute(arguments: [newest.content, lead.id])
            }
        }
    }

    static func empty(_ database: Database) throws {
        func count(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
        let optOuts = try count(
            "SELECT count(*) FROM leads WHERE opted_out_at IS NOT NULL AND status <> 'unsubscribed'")
        let suppressed = try count("SELECT count(*) FROM suppressions")
        let held =
            try count("SELECT count(*) FROM holds")
            + count("SELECT count(*) FROM campaigns WHERE held_reason IS NOT NULL AND status = 'draft'")
        guard held == 0 else {
            throw StorageError(
                .refused, "migration 10",
                "going back would forget \(held) things that wait for a person: messages that are held back, or a restore that is not confirmed",
                hint: "release or delete these messages first, and confirm the restore: 4runr backup confirm")
        }
        guard optOuts + suppressed == 0 else {
            throw StorageError(
                .refused, "migration 10",
                "going back would forget \(optOuts) opt-outs and \(suppressed) suppressions, and these people would be written to",
                hint:
                    "keep this version; or save them first (4runr suppress export) and lift them on purpose: 4runr suppress remove, 4runr leads edit LEAD opted_out=no"
            )
        }
        for column in ["key_linkedin", "key_email", "key_name_company", "key_phone"] {
            try database.execute(sql: "ALTER TABLE leads ADD COLUMN \(column) TEXT")
        }
        try each(database) { lead in
            var keys: [LeadKey.Kind: String] = [:]
            for key in LeadKey.keys(of: lead.fields) { keys[key.kind] = key.value }
            let family = lead.fields[.fullName].flatMap { PersonName(parsing: $0) }?.familyKey ?? ""
            let company = lead.fields[.company].flatMap { CompanyName(parsing: $0) }
            let records = try Row.fetchAll(
                database,
                sql:
                    "SELECT source, content, first_seen FROM lead_records WHERE lead_id = ? AND hash IS NOT NULL ORDER BY id",
                arguments: [lead.id])
            let list = try records.map { row in
                """
                {"at":\(StableJSON.text(of: try row.value("first_seen") as String) ?? "null"),\
                "record":\(try row.value("content") as String),\
                "source":\(StableJSON.text(of: try row.value("source") as String) ?? "null")}
                """
            }
            try database.cachedStatement(
                sql: """
                    UPDATE leads SET key_linkedin = ?, key_email = ?, key_name_company = ?, key_phone = ?, raw_data = ?
                    WHERE id = ?
                    """
            ).execute(arguments: [
                keys[.profile], keys[.mailbox],
                family.isEmpty ? nil : company.map { "\(family)|\($0.matchKey)" },
                family.isEmpty ? nil : lead.fields[.phone].map { "\(family)|\($0)" },
                list.isEmpty ? nil : "[\(list.joined(separator: ","))]", lead.id,
            ])
        }
    }

    /// A lead as it was; the columns are those that both schemas have.
    struct Old {
        let id: Int64
        let fields: LeadFields
        let status: LeadStatus?
        let source: String?
        let createdAt: Timestamp
        let updatedAt: Timestamp
        let rawData: String?
    }

    private static func each(_ database: Database, _ body: (Old) throws -> Void) throws {
        var last: Int64 = 0
        let columns = LeadField.allCases.map(\.rawValue).joined(separator: ", ")
        while true {
            let rows = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT id, status, source, created_at, updated_at, raw_data, \(columns)
                        FROM leads WHERE id > ? ORDER BY id LIMIT 500
                        """), arguments: [last])
            guard !rows.isEmpty else { return }
            for row in rows {
                var values: [LeadField: String] = [:]
                for field in LeadField.allCases { values[field] = try row.value(field.rawValue) as String? }
                let id: Int64 = try row.value("id")
                // A time that cannot be read is reported by whoever reads the lead.
                func time(_ column: String) throws -> Timestamp {
                    Timestamp(parsing: try row.value(column) as String? ?? "") ?? .distantPast
                }
                try body(
                    Old(
                        id: id, fields: LeadFields(values),
                        status: LeadStatus(rawValue: try row.value("status") as String? ?? ""),
                        source: try row.value("source"), createdAt: try time("created_at"),
                        updatedAt: try time("updated_at"), rawData: try row.value("raw_data")))
                last = id
            }
        }
    }

    /// The records in `raw_data`. What another program wrote there is kept as one record.
    private static func entries(of text: String?) -> [(source: String?, content: String, at: Timestamp?)] {
        guard let text else { return [] }
        guard case .list(let list)? = StableJSON.decode(JSONValue.self, text), !list.isEmpty else {
            return [(nil, text, nil)]
        }
        return list.map { entry in
            guard case .object(let parts) = entry, case .object? = parts["record"], let record = parts["record"],
                let content = StableJSON.text(of: record)
            else { return (nil, StableJSON.text(of: entry) ?? "null", nil) }
            var (source, at): (String?, Timestamp?)
            if case .text(let text)? = parts["source"] { source = text }
            if case .text(let text)? = parts["at"] { at = Timestamp(parsing: text) }
            return (source, content, at)
        }
    }
}

extension LeadQueries {
    /// Keeps what a lead's columns hold as one record, for a lead that has none.
    fileprivate static func insertSnapshot(of lead: RecordsFromBefore.Old, _ database: Database) throws {
        try insertRecord(
            .init(
                source: lead.source ?? "unknown", author: .migration, content: "{}",
                fields: lead.fields.json, at: lead.updatedAt),
            of: lead.id, hash: nil, database)
    }
}

internal import GRDB
public import Leads
public import Values

/// The records that leads are made of, and what else was said about people.
extension LeadQueries {
    /// A record about to be stored.
    struct NewRecord {
        let source: String
        let author: LeadAuthor
        /// JSON.
        let content: String
        /// JSON.
        let fields: String
        var rule: String?
        var importID: Int64?
        let at: Timestamp
    }

    /// The lead that this very record belongs to, from whatever source it came; nil if it was never taken in.
    public func holder(of record: CleanLead) throws(StorageError) -> Lead? {
        let content = record.content
        return try session.read { database in
            let rows = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT lead_id, content FROM lead_records \(Dialect.using("lead_records_by_hash"))
                        WHERE hash = ? ORDER BY id
                        """), arguments: [RecordHash.of(content)])
            for row in rows where try row.value("content") as String == content {
                return try LeadQueries.fetch("id = ?", [try row.value("lead_id") as Int64], database).first
            }
            return nil
        }
    }

    /// Notes that a record was seen again, at most once a day.
    public func noteSeen(_ record: CleanLead, of lead: Int64, at now: Timestamp) throws(StorageError) {
        try session.write { database in
            try database.cachedStatement(
                sql: """
                    UPDATE lead_records SET last_seen = ?
                    WHERE hash = ? AND lead_id = ? AND last_seen < ? AND content = ?
                    """
            ).execute(arguments: [
                now.description, RecordHash.of(record.content), lead, (now - .seconds(86_400)).description,
                record.content,
            ])
        }
    }

    /// The records of a lead, oldest first.
    public func records(of lead: Int64) throws(StorageError) -> [LeadRecord] {
        try session.read { try LeadQueries.records(of: lead, $0) }
    }

    static func records(of lead: Int64, _ database: Database) throws -> [LeadRecord] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM lead_records WHERE lead_id = ? ORDER BY id"),
            arguments: [lead]
        ).map(LeadRecord.init(row:))
    }

    /// What else than records was said about a lead, oldest first.
    public func values(of lead: Int64) throws(StorageError) -> [LeadValue] {
        try session.read { try LeadQueries.values(of: lead, $0) }
    }

    static func values(of lead: Int64, _ database: Database) throws -> [LeadValue] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM lead_values WHERE lead_id = ? ORDER BY id"), arguments: [lead]
        ).map { row in
            LeadValue(
                try row.word("field"), try row.value("value"), method: try row.value("method"),
                confidence: try row.value("confidence"), author: LeadAuthor(rawValue: try row.value("author")),
                at: try row.requiredTimestamp("at"), evidence: try row.value("evidence"), id: try row.value("id"))
        }
    }

    /// Adds a record to a lead and folds the lead again.
    ///
    /// - Parameters:
    ///   - lead: the lead as it is in this transaction.
    ///   - rule: the key that showed whose the record is; nil for what a person said.
    ///   - change: what changes along with it.
    /// - Returns: the lead's fields after it.
    @discardableResult
    public func add(
        _ record: CleanLead, to lead: Lead, by rule: LeadKey?, with change: LeadChange = LeadChange(),
        because cause: ChangeCause = .intake, at now: Timestamp
    ) throws(StorageError) -> LeadFields {
        try session.write { database in
            try LeadQueries.requireRecords(of: lead, database)
            let new = NewRecord(
                source: record.source, author: record.author, content: record.content,
                fields: record.fields.json,
                rule: rule.map { "\($0.kind.rawValue) \($0.value)" },
                importID: record.importID, at: record.scrapedAt ?? now)
            try LeadQueries.insertRecord(
                new, of: lead.id, hash: RecordHash.of(new.content), readings: record.readings, database)
            try database.cachedStatement(sql: "UPDATE leads SET raw_data = ? WHERE id = ?")
                .execute(arguments: [new.content, lead.id])
            let fields = try LeadQueries.refold(lead, change, because: cause, at: now, database)
            // What does not hold is found by, nevertheless.
            try LeadQueries.insert(record.keys, of: lead.id, isFormer: true, database)
            if (change.optOut ?? lead.optOut) != nil {
                try LeadQueries.withdrawOthers(than: lead.id, at: now, database)
            }
            return fields
        }
    }

    /// Stores what was said about a lead and folds the lead again.
    ///
    /// - Returns: the lead's fields after it.
    @discardableResult
    public func say(
        _ values: [LeadValue], of lead: Lead, with change: LeadChange = LeadChange(), because cause: ChangeCause,
        at now: Timestamp
    ) throws(StorageError) -> LeadFields {
        try session.write { database in
            try LeadQueries.requireRecords(of: lead, database)
            for value in values where try LeadQueries.isNews(value, of: lead.id, database) {
                try LeadQueries.insert(value, of: lead.id, database)
            }
            let fields = try LeadQueries.refold(lead, change, because: cause, at: now, database)
            for value in values where value.confidence >= LeadReading.sure || value.author.isPerson {
                let keys = LeadKey.keys(of: LeadFields([value.field: value.value ?? ""]))
                try LeadQueries.insert(keys, of: lead.id, isFormer: true, database)
            }
            if (change.optOut ?? lead.optOut) != nil {
                try LeadQueries.withdrawOthers(than: lead.id, at: now, database)
            }
            return fields
        }
    }

    /// The full names that were said of a lead, in records and otherwise.
    public func names(of lead: Int64) throws(StorageError) -> [String] {
        try session.read { database in
            try LeadQueries.records(of: lead, database).compactMap { $0.fields[.fullName] }
                + LeadQueries.values(of: lead, database).compactMap { $0.field == .fullName ? $0.value : nil }
        }
    }

    /// - Parameter record: the record that the value was read from; nil for none.
    private static func insert(_ value: LeadValue, of lead: Int64, from record: Int64? = nil, _ database: Database)
        throws
    {
        try database.cachedStatement(
            sql: """
                INSERT INTO lead_values (lead_id, field, value, method, confidence, author, at, evidence, record_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            lead, value.field.rawValue, value.value, value.method, value.confidence, value.author.rawValue,
            value.at.description, value.evidence, record,
        ])
    }

    /// Whether a value has to be stored: a machine that says the same again says nothing new.
    private static func isNews(_ value: LeadValue, of lead: Int64, _ database: Database) throws -> Bool {
        guard !value.author.isPerson else { return true }
        let last = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT value, confidence FROM lead_values WHERE lead_id = ? AND field = ? AND author = ?
                    ORDER BY id DESC LIMIT 1
                    """), arguments: [lead, value.field.rawValue, value.author.rawValue])
        return try last.map {
            try $0.value("value") as String? != value.value || $0.value("confidence") as Double != value.confidence
        } ?? true
    }

    /// What a lead's fields are by everything that was said.
    public func fold(of lead: Int64) throws(StorageError) -> LeadFold.Folded {
        try session.read { database in
            LeadFold.fold(
                records: try LeadQueries.records(of: lead, database),
                values: try LeadQueries.values(of: lead, database))
        }
    }

    /// Computes a lead's fields anew and stores them with the change, if either is one.
    @discardableResult
    static func refold(
        _ lead: Lead, _ change: LeadChange, because cause: ChangeCause, at now: Timestamp, _ database: Database
    ) throws -> LeadFields {
        let folded = LeadFold.fold(
            records: try records(of: lead.id, database), values: try values(of: lead.id, database))
        var change = change
        if folded.fields != lead.fields { change.fields = folded.fields }
        if change != LeadChange() { try self.change(lead, change, because: cause, at: now, database) }
        return folded.fields
    }

    /// A lead that somebody added by hand with SQL has no record. What its columns hold becomes one, so that nothing of
    /// it is lost.
    static func requireRecords(of lead: Lead, _ database: Database) throws {
        let known = try Int.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT 1 FROM lead_records WHERE lead_id = ?
                    UNION ALL SELECT 1 FROM lead_values WHERE lead_id = ? LIMIT 1
                    """), arguments: [lead.id, lead.id])
        guard known == nil, !lead.fields.isEmpty else { return }
        try insertRecord(
            .init(
                source: lead.source ?? "unknown", author: .migration, content: "{}",
                fields: lead.fields.json, at: lead.updatedAt),
            of: lead.id, hash: nil, database)
    }

    /// - Parameter readings: how the record's values were read from it.
    static func insertRecord(
        _ record: NewRecord, of lead: Int64, hash: Int64?, readings: [LeadReading] = [], _ database: Database
    ) throws {
        let id = try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    INSERT INTO lead_records (lead_id, source, author, hash, content, fields, rule, import_id, first_seen,
                        last_seen)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
                    """),
            arguments: [
                lead, record.source, record.author.rawValue, hash, record.content, record.fields, record.rule,
                record.importID, record.at.description, record.at.description,
            ])
        for reading in readings {
            try insert(
                LeadValue(
                    reading.field, reading.value, method: LeadReading.method, confidence: reading.confidence,
                    author: record.author, at: record.at, evidence: reading.evidence), of: lead, from: id, database)
        }
    }
}

extension LeadRecord {
    init(row: Row) throws {
        let id: Int64 = try row.value("id")
        let fields: String = try row.value("fields")
        guard let fields = StableJSON.decode(LeadFields.self, fields) else {
            throw StorageError(
                .unreadable, "column fields of row \(id) of lead_records", "does not hold the fields of a record",
                hint: "another program may have written it; correct it by hand, or restore a backup: 4runr backup list")
        }
        self.init(
            id: id, source: try row.value("source"), author: LeadAuthor(rawValue: try row.value("author")),
            content: JSONValue(stored: try row.value("content")) ?? .null, fields: fields, rule: try row.value("rule"),
            firstSeen: try row.requiredTimestamp("first_seen"), lastSeen: try row.requiredTimestamp("last_seen"))
    }
}

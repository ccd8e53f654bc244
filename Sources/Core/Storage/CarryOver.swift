internal import GRDB
public import Leads
public import Values

extension Store {
    /// Takes along from another database what must not be forgotten. People whom this one does not know are added with
    /// their records, so that no import brings them back. In one transaction.
    ///
    /// - Parameters:
    ///   - old: the database that this one is to replace, with the same schema.
    ///   - author: the restore.
    public func carryOver(
        from old: Store, author: LeadAuthor, at now: Timestamp
    ) throws(StorageError) -> CarryOver {
        try writing { database in
            var carried = CarryOver()
            try CounterQueries.beginEpoch(at: now, database)
            try old.reading { source in
                let suppressions = try Row.fetchAll(source, sql: "SELECT * FROM suppressions")
                for row in suppressions {
                    try CarryOver.insert(row, into: "suppressions", database)
                    carried.suppressions += database.changesCount
                }
                for row in try Row.fetchAll(source, sql: "SELECT * FROM shared_keys") {
                    try CarryOver.insert(row, into: "shared_keys", database)
                }
                for row in try Row.fetchAll(source, sql: "SELECT * FROM holds") {
                    try CarryOver.insert(row, into: "holds", database)
                }
                try CarryOver.takeTokens(of: source, database)
                try CarryOver.takeNumbers(of: source, database)
                let people = try Row.fetchCursor(
                    source,
                    sql: "SELECT * FROM leads WHERE opted_out_at IS NOT NULL OR deleted_at IS NOT NULL ORDER BY id")
                while let row = try people.next() {
                    try CarryOver.take(row, of: source, author, at: now, &carried, database)
                }
            }
            // What was ready in this one may be forbidden by what was carried over.
            try LeadQueries.withdrawForbidden(at: now, database)
            return carried
        }
    }
}

extension CarryOver {
    fileprivate static func take(
        _ row: Row, of source: Database, _ author: LeadAuthor, at now: Timestamp, _ carried: inout CarryOver,
        _ database: Database
    ) throws {
        var lead = try Lead(row: row)
        let isPart = lead.mergedInto != nil
        if isPart {
            // What was said since was said to the lead that it is part of.
            let whole = try LeadQueries.require(LeadQueries.final(lead.id, source), source)
            lead.optOut = whole.optOut ?? lead.optOut
            if whole.deletedAt != nil { lead.mergedInto = nil }
        }
        guard let known = try counterpart(of: lead, isPart: isPart, source, author, at: now, database) else {
            // A lead that became part of another lives on in that one.
            guard lead.mergedInto == nil || lead.optOut != nil else { return }
            try add(row, lead.id, of: source, database)
            carried.optOuts += lead.optOut == nil ? 0 : 1
            carried.deletions += lead.deletedAt == nil ? 0 : 1
            return
        }
        var change = LeadChange()
        if let optOut = lead.optOut, known.optOut == nil {
            change.optOut = .some(optOut)
            carried.optOuts += 1
        }
        if let deletedAt = lead.deletedAt, known.deletedAt == nil, lead.mergedInto == nil {
            change.deletedAt = .some(deletedAt)
            carried.deletions += 1
        }
        guard change != LeadChange() else { return }
        // Where they are one, it holds for the one.
        if known.mergedInto != nil {
            let whole = try LeadQueries.require(try LeadQueries.final(known.id, database), database)
            var own = change
            own.deletedAt = nil
            if whole.optOut == nil, own.optOut != nil {
                try LeadQueries.change(whole, own, because: .person, at: now, database)
            }
        }
        try LeadQueries.change(known, change, because: .person, at: now, database)
        var step = Step(
            run: nil, job: "leads", type: "carried-over", leadID: known.id, startedAt: now, endedAt: now,
            duration: .zero)
        step.description = "after \(author)"
        try RunQueries.add(step, to: database)
    }

    /// The same lead in the other database. One that was deleted there, and is part of another lead here, is parted from it first,
    /// so that its deletion is not that of the other, and not forgotten either.
    private static func counterpart(
        of lead: Lead, isPart: Bool, _ source: Database, _ author: LeadAuthor, at now: Timestamp, _ database: Database
    ) throws -> Lead? {
        let isDeleted = lead.deletedAt != nil && !isPart
        if let known = try LeadQueries.fetch("uuid = ?", [lead.uuid], database).first {
            guard isDeleted, known.mergedInto != nil,
                let merge = try LeadQueries.decisions(about: known.id, database).first(where: {
                    $0.kind == "merge" && $0.lead == known.id && $0.undoneAt == nil
                })
            else { return known }
            do {
                try database.inSavepoint {
                    _ = try LeadQueries.unmerge(merge, author: author, at: now, database)
                    return .commit
                }
            } catch let error as StorageError where error.kind == .refused {
                // It has nothing of its own that could be brought back.
                return known
            }
            return try LeadQueries.require(known.id, database)
        }
        guard isDeleted else { return nil }
        // It may have been made of a record of another lead since.
        for record in try Row.fetchAll(
            source, sql: "SELECT id, content FROM lead_records WHERE lead_id = ? ORDER BY id", arguments: [lead.id])
        {
            let (id, content): (Int64, String) = (try record.value("id"), try record.value("content"))
            guard
                let holder = try Int64.fetchOne(
                    database, sql: "SELECT lead_id FROM lead_records WHERE id = ? AND content = ?",
                    arguments: [id, content]),
                let new = try LeadQueries.split(
                    record: id, from: try LeadQueries.require(holder, database), uuid: lead.uuid, author: author,
                    at: now, database)
            else { continue }
            return try LeadQueries.require(new, database)
        }
        return nil
    }

    /// Who could ask before can ask now, and nobody else: tokens that were made since, and those that were revoked since.
    fileprivate static func takeTokens(of source: Database, _ database: Database) throws {
        // What was answered is not there any more, so a request that is repeated is carried out again. Only what is being carried
        // out, such as this restore, keeps its key.
        try database.execute(sql: "DELETE FROM api_answers")
        try database.execute(sql: "DELETE FROM api_tokens")
        for row in try Row.fetchAll(source, sql: "SELECT * FROM api_tokens ORDER BY id") {
            try insert(row, into: "api_tokens", database)
        }
        for row in try Row.fetchAll(source, sql: "SELECT * FROM api_answers WHERE status IS NULL") {
            try insert(row, into: "api_answers", database)
        }
    }

    /// Numbers that were given since are not given again, because others may have kept them.
    fileprivate static func takeNumbers(of source: Database, _ database: Database) throws {
        for row in try Row.fetchAll(source, sql: "SELECT name, seq FROM sqlite_sequence") {
            let (name, number) = (try row.value("name") as String, try row.value("seq") as Int64)
            try database.execute(
                sql: "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", arguments: [number, name])
            guard database.changesCount == 0 else { continue }
            try database.execute(
                sql: "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", arguments: [name, number])
        }
    }

    /// Adds a person with what is known of them.
    private static func add(_ row: Row, _ id: Int64, of source: Database, _ database: Database) throws {
        var changes: [String: (any DatabaseValueConvertible)?] = [
            "merged_into": nil, "sync_pending": 0,
            // Companies are read again; a number is another company's here.
            "company_id": nil,
            "change_number": try LeadQueries.nextChange(database),
        ]
        // A record in Airtable has one lead.
        if let record = row["airtable_id"] as String?,
            try Int.fetchOne(database, sql: "SELECT 1 FROM leads WHERE airtable_id = ?", arguments: [record]) != nil
        {
            changes["airtable_id"] = .some(nil)
        }
        guard let new = try insertNumbered(row, into: "leads", with: changes, database) else { return }
        try CounterQueries.move(from: [], to: try LeadQueries.require(new, database).counters, database)
        var records: [Int64: Int64] = [:]
        for table in ["lead_records", "lead_values", "lead_keys"] {
            for part in try Row.fetchAll(source, sql: "SELECT * FROM \(table) WHERE lead_id = ?", arguments: [id]) {
                var own: [String: (any DatabaseValueConvertible)?] = ["lead_id": new]
                if let record = part["record_id"] as Int64? { own["record_id"] = .some(records[record]) }
                if table == "lead_records", let old = part["id"] as Int64? {
                    records[old] = try insertNumbered(part, into: table, with: own, database)
                } else {
                    try insert(part, into: table, without: ["id"], with: own, database)
                }
            }
        }
    }

    fileprivate static func insert(
        _ row: Row, into table: String, without left: Set<String> = [],
        with changes: [String: (any DatabaseValueConvertible)?] = [:], _ database: Database
    ) throws {
        let (sql, values) = insertion(of: row, into: table, without: left, with: changes)
        try database.cachedStatement(sql: sql).execute(arguments: values)
    }

    /// Inserts a row under a new number. Returns the number; nil if the row is there already.
    private static func insertNumbered(
        _ row: Row, into table: String, with changes: [String: (any DatabaseValueConvertible)?], _ database: Database
    ) throws -> Int64? {
        let (sql, values) = insertion(of: row, into: table, without: ["id"], with: changes)
        return try Int64.fetchOne(database.cachedStatement(sql: "\(sql) RETURNING id"), arguments: values)
    }

    private static func insertion(
        of row: Row, into table: String, without left: Set<String>,
        with changes: [String: (any DatabaseValueConvertible)?]
    ) -> (sql: String, values: StatementArguments) {
        let names = row.columnNames.filter { !left.contains($0) }
        let values = names.map { name in changes[name] ?? (row[name] as DatabaseValue) }
        let sql = """
            INSERT INTO \(table) (\(names.joined(separator: ", ")))
            VALUES (\(names.map { _ in "?" }.joined(separator: ", "))) ON CONFLICT DO NOTHING
            """
        return (sql, StatementArguments(values))
    }
}

internal import GRDB
public import Leads
public import Values

extension LeadQueries {
    /// The one way of a record into the database: match and insert are one write transaction, so that no two processes
    /// make one person twice. Answers what became of each, in order; one that the schema refuses does not take the others
    /// with it.
    ///
    /// - Parameters:
    ///   - batch: so many that the transaction stays short: a few hundred.
    ///   - newUUID: makes the uuid of a new lead.
    ///   - run: of a writer beside the executor, whose row has to be there still; nil for others.
    ///   - decide: Cleaning's decision over those that share a key with the record.
    ///   - step: the row that tells of it, or nil for none.
    public func intake(
        _ batch: [CleanLead], at now: Timestamp, during run: WriterRun? = nil, newUUID: () -> String,
        decide: (CleanLead, [Lead]) -> IntakeDecision, step: (CleanLead, IntakeResult) -> Step? = { _, _ in nil }
    ) throws(StorageError) -> [IntakeResult] {
        try store.write { database in
            if let run { try RunQueries.require(run, database) }
            return try batch.map { lead in
                var result = IntakeResult.refused("")
                do {
                    try database.inSavepoint {
                        result = try LeadQueries.take(lead, at: now, newUUID, decide, database)
                        return .commit
                    }
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                    result = .refused("the database refused it: \(error.message ?? "a rule was broken")")
                }
                if let step = step(lead, result) { try RunQueries.add(step, to: database) }
                return result
            }
        }
    }

    static func take(
        _ lead: CleanLead, at now: Timestamp, _ newUUID: () -> String,
        _ decide: (CleanLead, [Lead]) -> IntakeDecision, _ database: Database
    ) throws -> IntakeResult {
        let candidates = try candidates(lead.keys, database)
        switch decide(lead, candidates) {
        case .insert: return .inserted(try insert(lead, at: now, uuid: newUUID(), database))
        case .removed(let id): return .removed(id)
        case .merge(let id, let fields, let keys):
            guard let known = candidates.first(where: { $0.id == id }) else { return .refused("the lead is gone") }
            let changes = known.fields.changes(to: fields)
            let sources = try Sources(known.rawData, of: known.id).adding(lead, at: now)
            guard !changes.isEmpty || sources.isChanged else { return .unchanged(id) }
            if sources.isChanged {
                try database.cachedStatement(sql: "UPDATE leads SET raw_data = ? WHERE id = ?")
                    .execute(arguments: [sources.json, id])
            }
            guard !changes.isEmpty else { return .merged(id, changed: []) }
            try write(fields, keys, of: known, at: now, database)
            return .merged(id, changed: LeadField.allCases.filter { changes[$0] != nil })
        }
    }

    /// Whether a lead was made of this very record, among others.
    static func knows(_ record: CleanLead, _ lead: Lead) throws -> Bool {
        try !Sources(lead.rawData, of: lead.id).adding(record, at: lead.updatedAt).isChanged
    }

    private static let insertion = """
        INSERT INTO leads (uuid, status, needs_enrichment, source, scraped_at, created_at, updated_at, raw_data,
            key_linkedin, key_email, key_name_company, key_phone,
            \(LeadField.allCases.map(\.rawValue).joined(separator: ", ")))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?\(String(repeating: ", ?", count: LeadField.allCases.count)))
        """

    private static let change = """
        UPDATE leads SET \(LeadField.allCases.map { "\($0.rawValue) = ?" }.joined(separator: ", ")),
            key_linkedin = ?, key_email = ?, key_name_company = ?, key_phone = ?,
            needs_enrichment = ?, updated_at = ?, sync_pending = 1, airtable_synced = 0, revision = revision + 1
        WHERE id = ?
        """

    /// Those that share a key, each looked up by its own index; few, since more prove nothing.
    static func candidates(_ keys: MatchKeys, _ database: Database) throws -> [Lead] {
        var found: [Lead] = []
        for (column, key) in [
            ("key_linkedin", keys.linkedIn), ("key_email", keys.email), ("key_name_company", keys.nameCompany),
            ("key_phone", keys.phone),
        ] {
            guard let key else { continue }
            for lead in try fetch("\(column) = ? ORDER BY id LIMIT 100", [key], database)
            where !found.contains(where: { $0.id == lead.id }) {
                found.append(lead)
            }
        }
        return found
    }

    private static func insert(_ lead: CleanLead, at now: Timestamp, uuid: String, _ database: Database) throws -> Int64
    {
        let statement = try database.cachedStatement(sql: insertion)
        let status = lead.scrapedAt == nil ? LeadStatus.cleaned : .scraped
        var arguments: [(any DatabaseValueConvertible)?] = [
            uuid, status.rawValue, !lead.fields.missing.isEmpty, lead.source, lead.scrapedAt?.description,
            now.description, now.description, Sources().adding(lead, at: now).json,
            lead.keys.linkedIn, lead.keys.email, lead.keys.nameCompany, lead.keys.phone,
        ]
        arguments += LeadField.allCases.map { lead.fields[$0] }
        try statement.execute(arguments: StatementArguments(arguments))
        let id = database.lastInsertedRowID
        try makeDue(id, .enrich, at: now, database)
        return id
    }

    /// Gives a lead other fields; what was derived from them is due again, and Airtable is to be told.
    static func write(
        _ fields: LeadFields, _ keys: MatchKeys, of lead: Lead, at now: Timestamp, _ database: Database
    ) throws {
        let statement = try database.cachedStatement(sql: change)
        var arguments: [(any DatabaseValueConvertible)?] = LeadField.allCases.map { fields[$0] }
        arguments += [
            keys.linkedIn, keys.email, keys.nameCompany, keys.phone, !fields.missing.isEmpty, now.description, lead.id,
        ]
        try statement.execute(arguments: StatementArguments(arguments))
        try SyncQueries.forgive(lead.id, database)
        // Another company or address is another thing to look at.
        let asks = [LeadField.company, .website, .email].contains { lead.fields[$0] != fields[$0] }
        if asks { try makeDue(lead.id, .enrich, at: now, database) }
        // Who could not be written to for want of a name or a title may be now.
        let isNamed = [LeadField.fullName, .title].contains { lead.fields[$0] != fields[$0] }
        if isNamed, lead.message == nil, lead.isEnriched { try makeDue(lead.id, .writeMessage, at: now, database) }
    }

    static func makeDue(_ id: Int64, _ stage: Stage, at due: Timestamp, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO lead_stages (lead_id, stage, due_at) VALUES (?, ?, ?)
                ON CONFLICT (lead_id, stage) DO UPDATE SET due_at = excluded.due_at, attempts = 0, last_error = NULL
                """
        ).execute(arguments: [id, stage.rawValue, due.description])
    }
}

/// The records that a lead was made of: `[{"source":…, "at":…, "record":{…}}]`, the oldest first.
private struct Sources {
    private var entries: [Entry]
    private(set) var isChanged = false

    private struct Entry: Codable, Equatable {
        let source: String
        let at: Timestamp
        let record: [String: String]
    }

    init() { entries = [] }

    /// Throws where the column holds something else: it is not written over.
    init(_ json: String?, of lead: Int64) throws(StorageError) {
        guard let json else {
            entries = []
            return
        }
        guard let known = StableJSON.decode([Entry].self, json) else {
            throw StorageError(
                .corrupt, "column raw_data of lead \(lead)", "does not hold the records that the lead was made of",
                hint: "another program may have written it; correct it by hand, or restore a backup: 4runr backup list")
        }
        entries = known
    }

    /// Adds a record that is not there yet; twenty are kept: the first, and the latest.
    func adding(_ lead: CleanLead, at now: Timestamp) -> Sources {
        guard !entries.contains(where: { $0.source == lead.source && $0.record == lead.record }) else { return self }
        var copy = self
        if copy.entries.count >= 20 { copy.entries.remove(at: 1) }
        copy.entries.append(Entry(source: lead.source, at: lead.scrapedAt ?? now, record: lead.record))
        copy.isChanged = true
        return copy
    }

    var json: String? { StableJSON.text(of: entries) }
}

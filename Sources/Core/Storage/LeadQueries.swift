internal import GRDB
public import Leads
public import Values

/// Queries for leads. `LeadQueries+Change` adds and changes them.
public struct LeadQueries {
    let session: Session

    /// Finds a lead by its id, including removed ones.
    public func find(_ id: Int64) throws(StorageError) -> Lead? {
        try session.read { try LeadQueries.fetch("id = ?", [id], $0).first }
    }

    /// Finds a lead by its id, its UUID, or its email address if no other lead has the same.
    public func find(named text: String) throws(StorageError) -> Lead? {
        try session.read { database in
            if let id = Int64(text) { return try LeadQueries.fetch("id = ?", [id], database).first }
            if let lead = try LeadQueries.fetch("uuid = ?", [text.lowercased()], database).first { return lead }
            guard let email = EmailAddress(parsing: text) else { return nil }
            let found = try LeadQueries.fetch(email: email, limit: 2, database)
            return found.count == 1 ? found.first : nil
        }
    }

    /// Leads that have the address now, deleted ones left out.
    static func fetch(email: EmailAddress, limit: Int, _ database: Database) throws -> [Lead] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT l.* FROM lead_keys k JOIN leads l ON l.id = k.lead_id
                WHERE k.kind = ? AND k.value = ? AND k.is_former = 0 AND l.deleted_at IS NULL
                ORDER BY k.lead_id LIMIT ?
                """)
        return try Row.fetchAll(
            statement, arguments: [(email.isRole ? LeadKey.Kind.role : .mailbox).rawValue, email.matchKey, limit]
        ).map(Lead.init(row:))
    }

    /// Finds a lead by its UUID, including removed ones.
    public func find(uuid: String) throws(StorageError) -> Lead? {
        try session.read { try LeadQueries.fetch("uuid = ?", [uuid.lowercased()], $0).first }
    }

    /// Which leads to list.
    public struct Filter: Sendable {
        public var status: LeadStatus?
        /// Whether the lead has a message that passed the checks.
        public var isReady: Bool?
        public var needsEnrichment: Bool?
        public var isSyncPending: Bool?
        public var source: String?
        public var withRemoved = false
        /// Only leads with a smaller id, for the next page.
        public var before: Int64?
        public var limit = 20

        public init() {}
    }

    /// Leads, newest first.
    public func list(_ filter: Filter) throws(StorageError) -> [Lead] {
        var conditions: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments.append(value)
        }
        if !filter.withRemoved { conditions.append("deleted_at IS NULL") }
        add("status = ?", filter.status?.rawValue)
        add("ready_for_outreach = ?", filter.isReady.map(LeadQueries.flag))
        add("needs_enrichment = ?", filter.needsEnrichment.map(LeadQueries.flag))
        add("sync_pending = ?", filter.isSyncPending.map(LeadQueries.flag))
        add("source = ?", filter.source)
        add("id < ?", filter.before)
        let condition = conditions.isEmpty ? "1 = 1" : conditions.joined(separator: " AND ")
        return try session.read {
            try LeadQueries.fetch(
                "\(condition) ORDER BY id DESC LIMIT ?", arguments + [filter.limit], $0)
        }
    }

    /// Leads with a larger id than `id`, in order, for going through all leads page by page.
    public func page(after id: Int64, limit: Int, withRemoved: Bool = false) throws(StorageError) -> [Lead] {
        let live = withRemoved ? "" : " AND deleted_at IS NULL"
        return try session.read { try LeadQueries.fetch("id > ?\(live) ORDER BY id LIMIT ?", [id, limit], $0) }
    }

    /// The numbers of leads that are ready, as far as they are wanted.
    ///
    /// - Parameter isWanted: called for each ready lead, with its email and website only.
    public func ready(where isWanted: (LeadFields) -> Bool) throws(StorageError) -> [Int64] {
        try session.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql:
                    "SELECT id, email, website FROM leads WHERE ready_for_outreach = 1 AND deleted_at IS NULL ORDER BY id"
            )
            var ids: [Int64] = []
            while let row = try rows.next() {
                var fields = LeadFields()
                fields[.email] = try row.value("email")
                fields[.website] = try row.value("website")
                if isWanted(fields) { ids.append(try row.value("id")) }
            }
            return ids
        }
    }

    /// The number of leads in each status, without removed ones.
    public func counts() throws(StorageError) -> [LeadStatus: Int] {
        try session.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT status, count(*) AS count FROM leads WHERE deleted_at IS NULL GROUP BY status")
            return Dictionary(
                try rows.map { (try $0.word("status") as LeadStatus, try $0.value("count") as Int) }
            ) { $1 }
        }
    }

    /// How many leads of a source have been stored since a moment.
    public func countStored(source: String, since moment: Timestamp) throws(StorageError) -> Int {
        try session.read { database in
            try Int.fetchOne(
                database,
                sql:
                    "SELECT count(*) FROM leads \(Dialect.using("leads_by_source")) WHERE source = ? AND created_at >= ?",
                arguments: [source, moment.description]) ?? 0
        }
    }

    /// The history of a lead: the steps of runs that concern it, newest first.
    ///
    /// - Parameter last: only those before this one.
    public func history(of id: Int64, before last: Int64 = .max, limit: Int) throws(StorageError) -> [Activity] {
        try session.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM pipeline_activities \(Dialect.using("activities_by_lead"))
                    WHERE lead_id = ? AND id < ? ORDER BY id DESC LIMIT ?
                    """, arguments: [id, last, limit]
            ).map(Activity.init(row:))
        }
    }

    /// A lead's most recent step of this type; nil if it has none.
    public func lastStep(_ type: String, of id: Int64) throws(StorageError) -> Activity? {
        try session.read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT * FROM pipeline_activities \(Dialect.using("activities_by_lead"))
                    WHERE lead_id = ? AND activity_type = ? ORDER BY id DESC LIMIT 1
                    """, arguments: [id, type]
            ).map(Activity.init(row:))
        }
    }

    /// A Boolean as it is stored.
    static func flag(_ value: Bool) -> Int { value ? 1 : 0 }

    static func fetch(
        _ condition: String, _ arguments: [(any DatabaseValueConvertible)?], _ database: Database
    ) throws -> [Lead] {
        let statement = try database.cachedStatement(sql: "SELECT * FROM leads WHERE \(condition)")
        return try LeadRows.leads(try Row.fetchAll(statement, arguments: StatementArguments(arguments)))
    }
}

extension Lead {
    init(row: Row) throws { self = try LeadRows(of: row).lead(row) }
}

/// Reads the rows of one result. The places of the columns are looked up once, because looking them up by their names for
/// each row takes longer than everything else.
struct LeadRows {
    private let places: [String: Int]

    /// - Parameter row: any row of the result.
    init(of row: Row) { places = Dictionary(zip(row.columnNames, 0...)) { first, _ in first } }

    static func leads(_ rows: [Row]) throws -> [Lead] {
        guard let first = rows.first else { return [] }
        let reader = LeadRows(of: first)
        return try rows.map(reader.lead)
    }

    func lead(_ row: Row) throws -> Lead {
        func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
            guard let place = places[column] else { return try row.value(column) }
            return try row.decode(Value.self, atIndex: place)
        }
        func moment(_ column: String) throws -> Timestamp? {
            guard let text: String = try value(column) else { return nil }
            // What is no time is reported with its row.
            return try Timestamp(parsing: text) ?? row.timestamp(column)
        }
        func word<Word: RawRepresentable>(_ column: String) throws -> Word where Word.RawValue == String {
            try Word(rawValue: try value(column)) ?? row.word(column)
        }
        var values: [LeadField: String] = [:]
        for field in LeadField.allCases { values[field] = try value(field.rawValue) as String? }
        var lead = Lead(
            id: try value("id"), uuid: try value("uuid"), fields: LeadFields(values), status: try word("status"),
            processing: try word("pipeline_stage"),
            createdAt: try moment("created_at") ?? row.requiredTimestamp("created_at"),
            updatedAt: try moment("updated_at") ?? row.requiredTimestamp("updated_at"), revision: try value("revision"))
        lead.message = try value("ai_message")
        lead.isVerified = try value("verified")
        lead.isEnriched = try value("enriched")
        lead.needsEnrichment = try value("needs_enrichment")
        lead.isReady = try value("ready_for_outreach")
        lead.source = try value("source")
        lead.scrapedAt = try moment("scraped_at")
        lead.enrichedAt = try moment("enriched_at")
        lead.airtableID = try value("airtable_id")
        lead.lastSyncedAt = try moment("last_synced_at")
        lead.isSyncPending = try value("sync_pending")
        lead.isInStep = try value("airtable_synced")
        lead.syncError = try value("sync_error")
        lead.rawData = try value("raw_data")
        lead.deletedAt = try moment("deleted_at")
        lead.mergedInto = try value("merged_into")
        lead.optedInAt = try moment("opted_in_at")
        if let at = try moment("opted_out_at") {
            lead.optOut = OptOut(
                at: at, by: LeadAuthor(rawValue: try value("opted_out_by") ?? "unknown"),
                how: try value("opted_out_how") ?? "")
        }
        return lead
    }
}

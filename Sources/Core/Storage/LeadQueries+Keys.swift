internal import GRDB
public import Leads
public import Values

/// The keys by which leads are found. A key that no longer fits a lead's fields stays, as a former one.
extension LeadQueries {
    /// Finds leads by all keys of a record at once. Of each key only so many leads are looked at: more of one surname at
    /// one company, or with one telephone number, are found only if the given name is the very same.
    private static let lookup: String = {
        func exact(_ kind: LeadKey.Kind, _ limit: Int) -> String {
            "SELECT lead_id FROM lead_keys WHERE kind = '\(kind.rawValue)' AND value = ? ORDER BY lead_id LIMIT \(limit)"
        }
        func near(_ kind: LeadKey.Kind) -> String {
            "SELECT lead_id FROM lead_keys WHERE kind = '\(kind.rawValue)' AND value >= ? AND value < ? LIMIT 500"
        }
        return [
            exact(.profile, 50), exact(.mailbox, 50), exact(.role, 200), exact(.name, 200), near(.name),
            exact(.phone, 200),
            near(.phone),
        ].enumerated().map { "SELECT lead_id FROM (\($1)) AS part\($0)" }.joined(separator: " UNION ALL ")
    }()

    private static func holders(of keys: [LeadKey], _ database: Database) throws -> [Int64] {
        func value(_ kind: LeadKey.Kind) -> String? { keys.first { $0.kind == kind }?.value }
        func range(_ kind: LeadKey.Kind) -> [String?] {
            let stem = keys.first { $0.kind == kind }?.stem
            return [stem, stem.map { end(of: $0, kind) }]
        }
        let arguments =
            [value(.profile), value(.mailbox), value(.role), value(.name)] + range(.name) + [value(.phone)]
            + range(.phone)
        var ids: [Int64] = []
        let found = try Int64.fetchCursor(
            database.cachedStatement(sql: lookup), arguments: StatementArguments(arguments))
        while let id = try found.next() { if !ids.contains(id) { ids.append(id) } }
        return ids
    }

    /// Those of the keys that belong to nobody.
    private static func shared(among keys: [LeadKey], _ database: Database) throws -> [LeadKey] {
        try keys.filter { key in
            guard key.kind == .profile || key.kind == .mailbox else { return false }
            return try Int.fetchOne(
                database.cachedStatement(sql: "SELECT 1 FROM shared_keys WHERE kind = ? AND value = ?"),
                arguments: [key.kind.rawValue, key.value]) != nil
        }
    }

    /// Leads that share a key with a record, deleted ones included, each with all its keys.
    ///
    /// Surname and company, and a telephone number, also find people with another given name.
    ///
    /// - Parameter keys: the keys of one record: at most one of each kind.
    /// - Returns: the leads, and those of the keys that belong to nobody (`shared_keys`) and find no one.
    public func candidates(
        _ keys: [LeadKey]
    ) throws(StorageError) -> (found: [MatchCandidate], shared: [LeadKey]) {
        guard !keys.isEmpty else { return ([], []) }
        return try session.read { database in
            var ids = try LeadQueries.holders(of: keys, database)
            guard !ids.isEmpty else { return ([], []) }
            let shared = try LeadQueries.shared(among: keys, database)
            if !shared.isEmpty {
                ids = try LeadQueries.holders(of: keys.filter { !shared.contains($0) }, database)
            }
            let found = try ids.compactMap { try LeadQueries.candidate($0, withDecisions: ids.count > 1, database) }
            return (found, shared)
        }
    }

    private static func candidate(
        _ id: Int64, withDecisions: Bool, _ database: Database
    ) throws -> MatchCandidate? {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT full_name, deleted_at, opted_out_at FROM leads WHERE id = ?"),
                arguments: [id])
        else { return nil }
        let keys = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT kind, value FROM lead_keys WHERE lead_id = ?"), arguments: [id]
        ).map { LeadKey(try $0.word("kind"), try $0.value("value")) }
        return MatchCandidate(
            id: id, name: try row.value("full_name"), isDeleted: try row.value("deleted_at") as String? != nil,
            isOptedOut: try row.value("opted_out_at") as String? != nil,
            keys: Set(keys), others: withDecisions ? try others(than: id, database) : [])
    }

    /// Leads that are somebody else than this one. What was said of a lead that is part of another holds for the whole.
    static func others(than id: Int64, _ database: Database) throws -> Set<Int64> {
        let others = try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    \(parts) SELECT into_lead FROM lead_decisions JOIN parts ON lead_id = parts.id
                    WHERE kind = 'apart' AND undone_at IS NULL
                    UNION ALL SELECT lead_id FROM lead_decisions JOIN parts ON into_lead = parts.id
                    WHERE kind = 'apart' AND undone_at IS NULL
                    """), arguments: [id])
        return Set(try others.map { try final($0, database) }).subtracting([id])
    }

    /// The table of a lead and those that are part of it.
    private static let parts = """
        WITH RECURSIVE parts (id) AS (
            SELECT id FROM leads WHERE id = ?
            UNION SELECT d.lead_id FROM lead_decisions d JOIN parts p ON d.into_lead = p.id
            WHERE d.kind = 'merge' AND d.undone_at IS NULL)
        """

    /// A lead and those that are part of it, however often they were merged.
    public func parts(of lead: Int64) throws(StorageError) -> Set<Int64> {
        try session.read { try LeadQueries.parts(of: lead, $0) }
    }

    static func parts(of lead: Int64, _ database: Database) throws -> Set<Int64> {
        Set(
            try Int64.fetchAll(
                database.cachedStatement(sql: "\(parts) SELECT id FROM parts"), arguments: [lead]))
    }

    /// Records that a value belongs to several people, and so is no key from now on. Returns false if that was known.
    public func share(_ key: LeadKey, at now: Timestamp) throws(StorageError) -> Bool {
        try session.write { database in
            try database.execute(
                sql: "INSERT INTO shared_keys (kind, value, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [key.kind.rawValue, key.value, now.description])
            return database.changesCount > 0
        }
    }

    /// Other leads, deleted ones left out, whose present fields have this key, oldest first.
    public func present(with key: LeadKey, otherThan lead: Int64) throws(StorageError) -> [Lead] {
        try session.read { database in
            let ids = try Int64.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT lead_id FROM lead_keys WHERE kind = ? AND value = ? AND is_former = 0 AND lead_id <> ?
                        ORDER BY lead_id LIMIT 1000
                        """), arguments: [key.kind.rawValue, key.value, lead])
            return try ids.compactMap { try LeadQueries.fetch("id = ? AND deleted_at IS NULL", [$0], database).first }
        }
    }

    /// Leads that share a key, at most fifty of each, in the order of the keys. Of names and telephone numbers the beginning
    /// is compared: surname and company, or the number.
    ///
    /// - Parameter stem: the last key of the previous page.
    public func groups(
        sharing kind: LeadKey.Kind, after stem: String, limit: Int
    ) throws(StorageError) -> [(stem: String, leads: [Int64])] {
        try session.read { database in
            var groups: [(stem: String, leads: [Int64])] = []
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT value, lead_id FROM lead_keys WHERE kind = ? AND value >= ? AND is_former = 0
                        ORDER BY value, lead_id
                        """), arguments: [kind.rawValue, stem.isEmpty ? "" : LeadQueries.end(of: stem, kind)])
            var current: (stem: String, leads: [Int64]) = ("", [])
            while let row = try rows.next() {
                let key = LeadKey(kind, try row.value("value")).stem
                if key != current.stem {
                    if current.leads.count > 1 { groups.append(current) }
                    if groups.count >= limit { return groups }
                    current = (key, [])
                }
                if current.leads.count < Self.groupLimit { current.leads.append(try row.value("lead_id")) }
            }
            if current.leads.count > 1 { groups.append(current) }
            return groups
        }
    }

    /// The leads of a group, as `groups` has it.
    public func group(sharing key: LeadKey) throws(StorageError) -> [Int64] {
        try session.read { database in
            try Int64.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT lead_id FROM lead_keys WHERE kind = ? AND value >= ? AND value < ? AND is_former = 0
                        ORDER BY value, lead_id LIMIT ?
                        """),
                arguments: [key.kind.rawValue, key.stem, LeadQueries.end(of: key.stem, key.kind), Self.groupLimit])
        }
    }

    /// How many leads of a group are looked at.
    private static let groupLimit = 50

    /// The first text behind all keys that have a stem. Of names and numbers that is what follows it; of the others, the key is the
    /// stem.
    private static func end(of stem: String, _ kind: LeadKey.Kind) -> String {
        // `}` is the character behind `|`.
        kind == .name || kind == .phone ? "\(stem.dropLast())}" : "\(stem)\u{1}"
    }

    /// Whether a person said that two leads are two people.
    public func areApart(_ lead: Int64, _ other: Int64) throws(StorageError) -> Bool {
        try session.read { try LeadQueries.others(than: lead, $0).contains(other) }
    }

    /// A lead, also a deleted one, that has or had this key and whose person does not want to be written to.
    public func optedOut(with key: LeadKey, otherThan lead: Int64) throws(StorageError) -> Int64? {
        try session.read { try LeadQueries.optedOut(with: key, otherThan: lead, $0) }
    }

    static func optedOut(with key: LeadKey, otherThan lead: Int64, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT k.lead_id FROM lead_keys k JOIN leads l ON l.id = k.lead_id
                    WHERE k.kind = ? AND k.value = ? AND k.lead_id <> ? AND l.opted_out_at IS NOT NULL LIMIT 1
                    """), arguments: [key.kind.rawValue, key.value, lead])
    }

    /// Sets a lead's present keys. Those that it had before become former ones.
    static func setKeys(_ keys: [LeadKey], of lead: Int64, before: [LeadKey], _ database: Database) throws {
        guard Set(keys) != Set(before) else { return }
        for key in before where !keys.contains(key) {
            try database.cachedStatement(
                sql: "UPDATE lead_keys SET is_former = 1 WHERE kind = ? AND value = ? AND lead_id = ?"
            ).execute(arguments: [key.kind.rawValue, key.value, lead])
        }
        for key in keys where !before.contains(key) {
            try database.cachedStatement(
                sql: """
                    INSERT INTO lead_keys (kind, value, lead_id, is_former) VALUES (?, ?, ?, 0)
                    ON CONFLICT (kind, value, lead_id) DO UPDATE SET is_former = 0
                    """
            ).execute(arguments: [key.kind.rawValue, key.value, lead])
        }
    }

    /// Adds keys unless the lead has them.
    static func insert(_ keys: [LeadKey], of lead: Int64, isFormer: Bool, _ database: Database) throws {
        guard !keys.isEmpty else { return }
        let rows = keys.map { _ in "(?, ?, ?, ?)" }.joined(separator: ", ")
        try database.cachedStatement(
            sql: "INSERT INTO lead_keys (kind, value, lead_id, is_former) VALUES \(rows) ON CONFLICT DO NOTHING"
        ).execute(
            arguments: StatementArguments(
                keys.flatMap {
                    [$0.kind.rawValue, $0.value, lead, flag(isFormer)] as [(any DatabaseValueConvertible)?]
                }))
    }
}

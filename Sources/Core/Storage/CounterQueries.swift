internal import GRDB
import Leads
import Values

/// The table `counters`: counts of leads, which each change of a lead keeps up to date, so that reading one takes the same time
/// however many leads there are; and the epoch of change numbers.
public struct CounterQueries {
    let session: Session

    /// How many leads there are of each kind: `live`, `deleted`, `merged`, `ready`, `needs_enrichment`, `opted_out`,
    /// `status.NAME`, `source.NAME`. All but the first three count live leads only.
    public func leads() throws(StorageError) -> [String: Int] {
        try session.read { try CounterQueries.kept($0) }
    }

    /// Identifies the history that change numbers belong to. It is another one once a backup was restored: numbers from
    /// before say nothing then.
    public func epoch() throws(StorageError) -> Int64 {
        try session.read {
            try Int64.fetchOne($0.cachedStatement(sql: "SELECT value FROM counters WHERE name = 'epoch'")) ?? 0
        }
    }

    /// Counts all leads anew, in case rows were changed by hand, and corrects the counters if they are wrong.
    public func recount() throws(StorageError) {
        let isRight = try session.read { try CounterQueries.counted($0) == CounterQueries.kept($0) }
        guard !isRight else { return }
        try session.write { database in
            let counted = try CounterQueries.counted(database)
            try database.execute(sql: "DELETE FROM counters WHERE name >= 'leads.' AND name < 'leads/'")
            for (name, count) in counted {
                try database.execute(
                    sql: "INSERT INTO counters (name, value) VALUES (?, ?)", arguments: ["leads.\(name)", count])
            }
        }
    }

    private static func kept(_ database: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT name, value FROM counters WHERE name >= 'leads.' AND name < 'leads/' AND value <> 0")
        return Dictionary(
            try rows.map { (String((try $0.value("name") as String).dropFirst("leads.".count)), try $0.value("value")) }
        ) { $1 }
    }

    private static func counted(_ database: Database) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT status, source, ready_for_outreach, needs_enrichment,
                    CASE WHEN opted_out_at IS NULL THEN 0 ELSE 1 END AS opted_out,
                    CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END AS deleted,
                    CASE WHEN merged_into IS NULL THEN 0 ELSE 1 END AS merged, count(*) AS count
                FROM leads GROUP BY 1, 2, 3, 4, 5, 6, 7
                """)
        for row in rows {
            let count: Int = try row.value("count")
            func add(_ name: String) { counts[name, default: 0] += count }
            if try row.value("deleted") {
                add(try row.value("merged") ? "merged" : "deleted")
                continue
            }
            add("live")
            add("status.\(try row.value("status") as String)")
            add("source.\(try row.value("source") as String? ?? "")")
            if try row.value("ready_for_outreach") { add("ready") }
            if try row.value("needs_enrichment") { add("needs_enrichment") }
            if try row.value("opted_out") { add("opted_out") }
        }
        return counts
    }

    static func beginEpoch(at now: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO counters (name, value) VALUES ('epoch', ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, arguments: [now.milliseconds])
    }

    /// Moves a lead from some counters to others.
    static func move(from old: [String], to new: [String], _ database: Database) throws {
        for name in old where !new.contains(name) { try add(-1, to: name, database) }
        for name in new where !old.contains(name) { try add(1, to: name, database) }
    }

    private static func add(_ number: Int, to name: String, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO counters (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value
                """
        ).execute(arguments: ["leads.\(name)", number])
    }
}

extension Lead {
    /// The counters that the lead counts in.
    var counters: [String] {
        guard deletedAt == nil else { return [mergedInto == nil ? "deleted" : "merged"] }
        var names = ["live", "status.\(status.rawValue)", "source.\(source ?? "")"]
        if isReady { names.append("ready") }
        if needsEnrichment { names.append("needs_enrichment") }
        if optOut != nil { names.append("opted_out") }
        return names
    }
}

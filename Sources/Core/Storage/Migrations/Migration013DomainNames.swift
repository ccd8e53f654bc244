internal import GRDB
import Values

extension Migration {
    /// One form for all spellings of a domain, so that a suppression of `bücher.example` holds for `xn--bcher-kva.example`, too.
    /// And an index of the runs without the changes by hand, which belong to their leads.
    static let domainNames = Migration(
        number: 13, name: "domain names",
        up: """
            CREATE INDEX activities_of_runs ON pipeline_activities (id) WHERE parent_id IS NULL AND lead_id IS NULL;
            """,
        // The form stays: an earlier program knows it as the spelling that it is.
        down: "DROP INDEX activities_of_runs;",
        afterUp: { database in
            // Where a lead has both spellings, it has the key now if it has one of them now.
            try inASCII("lead_keys", "kind IN ('mailbox', 'role') AND is_former = 1", "IGNORE", database)
            try inASCII("lead_keys", "kind IN ('mailbox', 'role') AND is_former = 0", "REPLACE", database)
            try inASCII("shared_keys", "kind = 'mailbox'", "IGNORE", database)
            try inASCII("suppressions", "kind IN ('address', 'domain')", "IGNORE", database)
        })

    /// - Parameter resolution: which row stays of two that say the same: the one that was there (`IGNORE`), or the other.
    private static func inASCII(
        _ table: String, _ condition: String, _ resolution: String, _ database: Database
    ) throws {
        let values = try String.fetchAll(
            database,
            sql: """
                SELECT DISTINCT value FROM \(table) WHERE \(condition) AND length(value) <> length(CAST(value AS BLOB))
                """)
        for value in values {
            let start = value.lastIndex(of: "@").map { value.index(after: $0) } ?? value.startIndex
            let spelled = value[..<start] + DomainName.ascii(String(value[start...]))
            guard spelled != value else { continue }
            try database.execute(
                sql: "UPDATE OR \(resolution) \(table) SET value = ? WHERE \(condition) AND value = ?",
                arguments: [String(spelled), value])
            try database.execute(sql: "DELETE FROM \(table) WHERE \(condition) AND value = ?", arguments: [value])
        }
    }
}

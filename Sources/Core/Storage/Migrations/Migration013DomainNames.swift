internal import GRDB
import Values

extension Migration {
    /// One form for all spellings of a domain, so that a suppression of `bücher.example` holds for `xn--bcher-kva.example`, too.
    /// And an index of the runs without the changes by hand, which belong to their leads.
    static let domainNames = Migration(
        number: 13, name: "domain-names",
        up: """
            CREATE INDEX activities_of_runs ON pipeline_activities (id) WHERE parent_id IS NULL AND lead_id IS NULL;
            """,
        // The form stays: an earlier program knows it as the spelling that it is.
        down: "DROP INDEX activities_of_runs;",
        afterUp: { database in
            // Where a lead has both spellings, it has the key now if it has one of them now.
            try inASCII(
                "lead_keys", ["mailbox", "role"], with: "lead_id, is_former",
                """
                ON CONFLICT (kind, value, lead_id) DO UPDATE SET
                    is_former = CASE WHEN excluded.is_former = 0 THEN 0 ELSE lead_keys.is_former END
                """, database)
            try inASCII("shared_keys", ["mailbox"], with: "since", "ON CONFLICT DO NOTHING", database)
            try inASCII(
                "suppressions", ["address", "domain"], with: "written, author, at, reason", "ON CONFLICT DO NOTHING",
                database)
        })

    /// - Parameters:
    ///   - columns: the table's others.
    ///   - conflict: what is done where the row with the new spelling is there already.
    private static func inASCII(
        _ table: String, _ kinds: [String], with columns: String, _ conflict: String, _ database: Database
    ) throws {
        for kind in kinds {
            var values: [String] = []
            let all = try String.fetchCursor(
                database, sql: "SELECT DISTINCT value FROM \(table) WHERE kind = ?", arguments: [kind])
            while let value = try all.next() { if !value.utf8.allSatisfy({ $0 < 0x80 }) { values.append(value) } }
            for value in values {
                let start = value.lastIndex(of: "@").map { value.index(after: $0) } ?? value.startIndex
                let spelled = String(value[..<start]) + DomainName.ascii(String(value[start...]))
                guard spelled != value else { continue }
                try database.execute(
                    sql: """
                        INSERT INTO \(table) (kind, value, \(columns))
                            SELECT kind, ?, \(columns) FROM \(table) WHERE kind = ? AND value = ?
                            \(conflict)
                        """, arguments: [spelled, kind, value])
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE kind = ? AND value = ?", arguments: [kind, value])
            }
        }
    }
}

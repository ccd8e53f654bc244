internal import GRDB
import Values

extension Migration {
    /// One form for all spellings of a domain, so that a suppression of `bücher.example` holds for `xn--bcher-kva.example`, too.
    /// And indexes of the runs without the changes by hand, which belong to their leads.
    static let domainNames = Migration(
        number: 13, name: "domain-names",
        up: """
            CREATE INDEX activities_of_runs ON pipeline_activities (id) WHERE parent_id IS NULL AND lead_id IS NULL;
            DROP INDEX activities_runs_by_status;
            CREATE INDEX activities_runs_by_status ON pipeline_activities (activity_status, id)
                WHERE parent_id IS NULL AND lead_id IS NULL;
            """,
        down: """
            DROP INDEX activities_of_runs;
            DROP INDEX activities_runs_by_status;
            CREATE INDEX activities_runs_by_status ON pipeline_activities (activity_status, id) WHERE parent_id IS NULL;
            """,
        afterUp: { database in
            for table in DomainTable.all { try table.respell(database) }
        },
        beforeDown: { database in
            // An earlier program looks for names as they are written, so both spellings are there for it.
            for table in DomainTable.all { try table.addWritten(database) }
        })
}

/// A table with a column `value` that has a domain at its end.
private struct DomainTable {
    let name: String
    let kinds: [String]
    /// Its other columns.
    let columns: String
    /// What is done where a row with the new spelling is there already.
    let conflict: String

    static let all = [
        // Where a lead has both spellings, it has the key now if it has one of them now.
        DomainTable(
            name: "lead_keys", kinds: ["mailbox", "role"], columns: "lead_id, is_former",
            conflict: """
                ON CONFLICT (kind, value, lead_id) DO UPDATE SET
                    is_former = CASE WHEN excluded.is_former = 0 THEN 0 ELSE lead_keys.is_former END
                """),
        DomainTable(name: "shared_keys", kinds: ["mailbox"], columns: "since", conflict: "ON CONFLICT DO NOTHING"),
        DomainTable(
            name: "suppressions", kinds: ["address", "domain"], columns: "written, author, at, reason",
            conflict: "ON CONFLICT DO NOTHING"),
    ]

    func respell(_ database: Database) throws {
        try each(database, spelled: DomainName.ascii) { kind, value in
            try database.execute(
                sql: "DELETE FROM \(name) WHERE kind = ? AND value = ?", arguments: [kind, value])
        }
    }

    func addWritten(_ database: Database) throws {
        try each(database, spelled: DomainName.unicode) { _, _ in }
    }

    /// Adds the other spelling of each value that has one.
    private func each(
        _ database: Database, spelled: (String) -> String, _ done: (_ kind: String, _ value: String) throws -> Void
    ) throws {
        for kind in kinds {
            var values: [(String, String)] = []
            let all = try String.fetchCursor(
                database, sql: "SELECT DISTINCT value FROM \(name) WHERE kind = ?", arguments: [kind])
            while let value = try all.next() {
                let start = value.lastIndex(of: "@").map { value.index(after: $0) } ?? value.startIndex
                let other = String(value[..<start]) + spelled(String(value[start...]))
                if other != value { values.append((value, other)) }
            }
            for (value, other) in values {
                try database.execute(
                    sql: """
                        INSERT INTO \(name) (kind, value, \(columns))
                            SELECT kind, ?, \(columns) FROM \(name) WHERE kind = ? AND value = ?
                            \(conflict)
                        """, arguments: [other, kind, value])
                try done(kind, value)
            }
        }
    }
}

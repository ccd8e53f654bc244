import Glibc
import Leads
import TestSupport
import Testing

@testable import Storage

/// Databases as each schema's program left them: with a dry run that waits, open conflicts, refusals, a search that is half
/// taken, and runs under way.
struct FixtureTests {
    let folder = TemporaryFolder()

    private func database(_ version: Int) throws -> String {
        mkdir(folder.data.path, 0o700)
        let path = folder.data.database
        try SQLiteShell.read("\(Program.root)/Tests/Fixtures/databases/schema-\(version).sql", into: path)
        return path
    }

    @Test(arguments: 1...11) func `a database of each schema opens and keeps everything`(version: Int) throws {
        let path = try database(version)
        let store = try Store(path: path)
        #expect(try store.migrations.current() == version)
        _ = try store.migrations.up {}
        #expect(try store.migrations.current() == Migration.latest)
        #expect(try store.integrityProblems().isEmpty)
        try store.close()
        #expect(try SQLiteShell.run(path, "PRAGMA foreign_key_check") == "")
        var text = ""
        let tables = try SQLiteShell.run(
            path,
            """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'leads_fts%'
                AND name NOT LIKE 'leads_trigram%' AND name NOT LIKE 'sqlite%' ORDER BY name
            """)
        for table in tables.split(separator: "\n") {
            // Columns in the order of their names: a table that was built anew is the same table.
            let columns = try SQLiteShell.run(
                path, "SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info('\(table)') ORDER BY name)")
            let rows = try SQLiteShell.run(
                path, "SELECT \(columns.replacing("trigger,", with: "\"trigger\",")) FROM \(table)"
            )
            .split(separator: "\n", omittingEmptySubsequences: false).sorted()
            guard table == "leads" else {
                var hash: UInt64 = 0xCBF2_9CE4_8422_2325
                for row in rows { for byte in row.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 } }
                text += "\(table): \(rows.count - 1) lines, \(String(hash, radix: 16))\n"
                continue
            }
            text += "leads (\(columns.filter { $0 != "\n" })):\n\(rows.joined(separator: "\n"))\n"
        }
        Golden.check("schema-\(version).txt", text)
    }

    @Test func `what is open in a database is read as what it is`() throws {
        let store = try Store(path: try database(9))
        _ = try store.migrations.up {}
        let open = try store.runs.open()
        #expect(open.active.count == 3 && open.states.contains { $0.job == "rare" && $0.pause != nil })
        let dryRun = try #require(open.active.first { $0.jobName == "messages" })
        #expect(dryRun.inputData == #"{"dry_run":true,"leads":[1,2],"limit":3}"#)
        let counts = try store.sync.counts()
        #expect(counts.conflicts == 1 && counts.refused == 5 && counts.duplicates == 1)
        #expect(try store.sync.conflicts(isOpen: true, limit: 5).first?.column == "title")
        let query = #"site:linkedin.com/in "Head of Operations" "Toronto""#
        let search = try #require(try store.searches.pages("serpapi", query: query).first)
        #expect(search.taken == 8 && search.resultCount == 10 && search.hasMore)
        #expect(try store.leads.find(4)?.deletedAt != nil && store.leads.find(9)?.status == .unsubscribed)
        #expect(try store.messages.beginModelCall("other", lead: 3, at: moment("2026-03-03 00:00:00")))
        #expect(try store.leads.search("king", limit: 5).map(\.id) == [6])
    }

    @Test(arguments: [
        ("UPDATE airtable_links SET state = 'somewhere' WHERE lead_id = 6", "column state"),
        ("UPDATE leads SET updated_at = 'yesterday' WHERE id = 6", "column updated_at of row 6"),
    ])
    func `what cannot be read is an error that names it, never a default`(change: String, named: String) throws {
        let path = try database(9)
        try SQLiteShell.run(path, change)
        let store = try Store(path: path)
        _ = try store.migrations.up {}
        do {
            _ = try store.sync.states(of: [6])
            Issue.record("it was read")
        } catch { #expect(error.kind == .unreadable && error.description.hasPrefix(named), "\(error)") }
    }
}

import GRDB
import Leads
import TestSupport
import Testing
import Values

@testable import Storage

/// What is asked all the time is found by an index: the very statements that the queries prepare are explained.
struct PlanTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let index: String
        let ask: @Sendable (Store) throws -> Void

        init(_ name: String, by index: String, _ ask: @escaping @Sendable (Store) throws -> Void) {
            (self.name, self.index, self.ask) = (name, index, ask)
        }

        var testDescription: String { name }
    }

    private static let now = moment("2026-01-01 00:00:00")

    private static let cases = [
        Case("runs", by: "activities_of_runs") { _ = try $0.runs.list(RunQueries.Filter()) },
        Case("runs of a job", by: "activities_runs_by_job") { store in
            var filter = RunQueries.Filter()
            filter.job = "a"
            _ = try store.runs.list(filter)
        },
        Case("open runs", by: "activities_active") { _ = try $0.runs.open() },
        Case("steps of a run", by: "activities_steps") { _ = try $0.runs.steps(of: 1, limit: 10) },
        Case("the next attempt at a slot", by: "activities_slot") { store in
            var run = NewRun(job: "a", type: "t", status: .pending, trigger: .retry, attempt: 2)
            run.scheduledFor = now
            _ = try store.runs.commit([.open(run)], version: "")
        },
        Case("what happened to a lead", by: "activities_by_lead") { _ = try $0.leads.history(of: 1, limit: 10) },
        Case("leads by their keys", by: "PRIMARY KEY (kind=? AND value=?)") {
            _ = try $0.leads.candidates(LeadKey.Kind.allCases.map { LeadKey($0, "a|b|c") })
            _ = try $0.leads.find(named: "a@b.example")
        },
        Case("what a lead is made of", by: "lead_records_by_lead") {
            _ = try $0.leads.fold(of: 1)
            _ = try $0.leads.decisions(about: 1)
        },
        Case("whose a record is that was taken in before", by: "lead_records_by_hash") {
            _ = try $0.leads.holder(
                of: CleanLead(
                    fields: LeadFields(), source: "", author: .migration, scrapedAt: nil, record: [:], notes: []))
        },
        Case("companies by domain", by: "sqlite_autoindex_companies_1") {
            _ = try $0.companies.find("a.example")
            _ = try $0.companies.version(of: "a.example")
            _ = try $0.companies.people(at: "a.example")
            _ = try $0.companies.knownAddresses(at: "a.example")
        },
        Case("companies by name", by: "companies_by_name") { _ = try $0.companies.sites(named: "acme") },
        Case("what searches brought", by: "search_yields_by_day") {
            _ = try $0.yields.byDay("s", since: "2026-01-01")
            _ = try $0.yields.searches("s", since: "2026-01-01")
        },
        Case("who at a mailbox opted out", by: "PRIMARY KEY (kind=? AND value=?") {
            _ = try $0.leads.optedOut(with: LeadKey(.mailbox, "a@b.example"), otherThan: 1)
        },
        Case("leads of a source", by: "leads_by_source") { _ = try $0.leads.countStored(source: "s", since: now) },
        Case("leads that are due", by: "lead_stages_waiting") {
            _ = try $0.due.leads(.enrich, at: now, limit: 10)
            _ = try $0.due.stale(at: now, limit: 10)
        },
        Case("leads for Airtable", by: "leads_pending_sync") {
            _ = try $0.sync.pending(at: now, limit: 10)
            _ = try $0.sync.lastPending()
            _ = try $0.sync.hasCreates(among: nil, at: now)
            _ = try $0.sync.unmet(limit: 10)
            _ = try $0.sync.pendingDeletes()
        },
        Case("whose a record is", by: "PRIMARY KEY") {
            _ = try $0.sync.link(of: "rec1")
            _ = try $0.sync.owner(of: "rec1")
            _ = try $0.sync.shadows(ofRecords: ["rec1"])
            try $0.sync.link("rec1", to: 1, .linked)
        },
        Case("what Airtable was told of a lead", by: "sync_status_by_lead") { _ = try $0.sync.status(of: 1) },
        Case("a lead's conflicts", by: "sync_conflicts_open") {
            try $0.sync.settle("title", of: 1, as: .local, at: now)
        },
    ]

    @Test(arguments: cases)
    private func `found by an index`(one: Case) throws {
        let folder = TemporaryFolder()
        let store = try folder.store()
        try SQLiteShell.run(
            folder.data.database,
            """
            INSERT INTO leads (id, uuid, email, created_at, updated_at) VALUES (1, 'u', 'a@b.example',
                '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')
            """)
        let log = StatementLog()
        let watched = try Store(path: store.path, log: log)
        try one.ask(watched)
        var plans = ""
        for sql in log.statements where ["SELECT", "UPDATE", "DELETE"].contains(where: { sql.hasPrefix($0) }) {
            // The engine looks at its own schema, and the scheduler at each job's state.
            if sql.contains("sqlite_") || sql == "SELECT * FROM job_state" { continue }
            let plan = try store.reading { database in
                let nothing = StatementArguments(sql.filter { $0 == "?" }.map { _ in nil as Int? })
                return try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: nothing)
                    .map { try $0.value("detail") as String }.joined(separator: "\n")
            }
            let isSorted = plan.contains("TEMP B-TREE")
            // A partial index that is read through is small, and is named.
            // What a subquery has found, and limited, is no table.
            let lines = plan.split(separator: "\n")
            let parts = Set(lines.filter { $0.hasPrefix("CO-ROUTINE ") }.map { "SCAN \($0.dropFirst(11))" })
            let isScan = lines.contains {
                $0.hasPrefix("SCAN") && !$0.contains("USING INDEX") && !parts.contains(String($0))
            }
            #expect(!isScan && !isSorted, "\(sql)\n\(plan)")
            plans += plan + "\n"
        }
        #expect(plans.contains(one.index), "\(plans)")
    }
}

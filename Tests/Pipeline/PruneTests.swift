import Leads
import Storage
import TestSupport
import Testing
import Values

@testable import Pipeline

struct PruneTests {
    private let folder = TemporaryFolder()
    private let now = moment("2026-06-01 00:00")

    /// A run that ended then, with a step of its own.
    private func run(endedAt moment: Timestamp, in store: Store) throws -> Int64 {
        var new = NewRun(job: "j", type: "enrich", status: .running, trigger: .manual)
        new.startedAt = moment
        let run = try #require(try store.runs.commit([.open(new)], version: "")[0])
        try store.runs.add([
            Step(run: run, job: "j", type: "enrich", startedAt: moment, endedAt: moment, duration: .zero)
        ])
        _ = try store.runs.commit(
            [.close(run: run, RunEnding(.success, at: moment, duration: .zero))], version: "")
        return run
    }

    private func sync(endedAt moment: Timestamp, in store: Store) throws {
        var entry = SyncQueries.Entry("pull", startedAt: moment)
        let row = try store.sync.begin(entry)
        (entry.status, entry.completedAt) = ("success", moment)
        try store.sync.end(row, entry)
    }

    private func conflict(_ column: String, isResolved: Bool, at moment: Timestamp, in store: Store) throws {
        try store.sync.add(
            .init(
                column: column, base: "a", local: "b", airtable: "c", cell: nil, resolution: isResolved ? .local : nil),
            to: 1, at: moment)
    }

    @Test func `what is old and over is removed, and nothing else`() async throws {
        let store = try folder.store()
        let lead = CleanLead(
            fields: LeadFields([.fullName: "Ada King", .company: "Engines", .email: "ada@engines.example"]),
            source: "t", author: .file(1), scrapedAt: nil, record: [:], notes: [])
        _ = try store.leads.insert(lead, uuid: "u", at: now)
        let (old, recent, ancient) = (
            now - .seconds(11 * 86_400), now - .seconds(9 * 86_400), moment("2025-01-01 00:00")
        )
        let runs = [try run(endedAt: old, in: store), try run(endedAt: old, in: store)]
        let young = try run(endedAt: recent, in: store)
        try sync(endedAt: old, in: store)
        try sync(endedAt: recent, in: store)
        try conflict("title", isResolved: true, at: old, in: store)
        try conflict("company", isResolved: true, at: recent, in: store)
        try conflict("location", isResolved: false, at: old, in: store)
        for (query, searchedAt, taken) in [("used", ancient, 2), ("half used", ancient, 1), ("used lately", old, 2)] {
            try store.searches.keep(
                StoredSearch(
                    query: query, start: 0, searchedAt: searchedAt, results: "[1,2]", resultCount: 2, taken: taken,
                    hasMore: false), service: "s")
        }
        let prune = Prune(store: store, runtime: .test(now: { [now] in now }))
        // The newest run that is old keeps its steps: an id below a later old run shows that a step is old.
        let removed = try await prune.run(keepingDays: 10)
        #expect(removed == Prune.Removed(steps: 1, searches: 1, syncs: 2))
        #expect(try store.runs.steps(of: runs[0], limit: 10).isEmpty)
        #expect(try store.runs.steps(of: young, limit: 10).count == 1)
        #expect(try store.runs.list(.init()).count == 3)
        #expect(try store.sync.log(limit: 10).map(\.completedAt) == [recent])
        #expect(try store.sync.conflicts(isOpen: false, limit: 10).map(\.column) == ["location", "company"])
        #expect(try store.searches.pages("s", query: "used").isEmpty)
        #expect(try store.searches.pages("s", query: "half used").count == 1)
        #expect(try store.searches.pages("s", query: "used lately").count == 1)
        #expect(try await prune.run(keepingDays: 10) == Prune.Removed(steps: 0, searches: 0, syncs: 0))
    }
}

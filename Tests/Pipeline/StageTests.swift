import AppConfiguration
import Cleaning
import Enrichment
@testable import LeadSources
import Leads
import Logging
@testable import Pipeline
import Storage
import Synchronization
import TestSupport
import Testing
import Transport
import Values

/// Stages over a real database, with services that answer as a test wants.
struct StageTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock("2026-03-02 12:00:00")

    private func context(
        ids: [Int64]? = nil, limit: Int? = nil, isDryRun: Bool = false
    ) -> StageContext {
        StageContext(run: 1, job: "j", ids: ids, limit: limit, isDryRun: isDryRun, logger: .silent)
    }

    private func settings(_ values: [String: String] = [:]) -> Settings {
        Settings(files: [], environment: values, diagnostics: Diagnostics())
    }

    private func intake(_ store: Store) -> Intake {
        Intake(store: store, cleaner: Cleaner(), runtime: clock.runtime)
    }

    // Scrape

    private static func results(_ people: [String], next: Bool = false) -> [UInt8] {
        let items = people.map { name in
            let slug = name.lowercased().replacing(" ", with: "-")
            return #"{"title":"\#(name) - Founder - Engines","link":"https://www.linkedin.com/in/\#(slug)"}"#
        }
        let paging = next ? #","serpapi_pagination":{"next":"x"}"# : ""
        return RawServer.answer(200, [], #"{"organic_results":[\#(items.joined(separator: ","))]\#(paging)}"#)
    }

    private func scrape(
        _ store: Store, _ server: RawServer?, maxLeads: Int? = nil, titles: [String] = ["Founder"]
    ) -> ScrapeStage {
        let serpAPI = SerpAPISettings(
            settings(["FOURRUNR_SERPAPI_BASE_URL": "http://127.0.0.1:\(server?.port ?? 1)"]))
        let secrets = server == nil ? [:] : [SerpAPISettings.keyName: Secret("0123456789")]
        return ScrapeStage(
            intake: intake(store), store: store,
            client: serpAPI.client(TestClient.make(sleep: { _ in }), secrets: secrets), advice: "set it",
            profile: SearchProfile(titles: titles), settings: ScrapeSettings(settings()), maxLeads: maxLeads,
            runtime: clock.runtime, startOfDay: { $0 - .seconds(43_200) })
    }

    @Test func `results left over from a paid search are used the next day, and not paid for again`()
        async throws
    {
        let server = RawServer { _, _ in Self.results(["Ada King", "Bob Stone", "Chen Li"]) }
        let store = try folder.store()
        let first = try await scrape(store, server, maxLeads: 2).run(context())
        #expect(first.counts["new"] == 2 && first.counts["searches"] == 1)
        // The day's number is reached: the job's, not the settings'.
        let again = try await scrape(store, server, maxLeads: 2).run(context())
        #expect(again.notes == ["the day's 2 leads are there already"])
        clock.pass(.seconds(86_400))
        let next = try await scrape(store, server, maxLeads: 1).run(context())
        #expect(next.counts["new"] == 1 && next.counts["searches"] == nil)
        #expect(server.requests.count { $0.contains("/search.json") } == 1)
        // What the search brought is kept with its strategy, whenever it was used.
        let yields = try store.yields.all("serpapi", since: "2026-01-01")
        #expect(
            yields.map(\.strategy) == ["Founder"] && yields[0].searches == 1 && yields[0].newLeads == 3
                && yields[0].people == 3)
    }

    private actor Made {
        private(set) var count = 0
        func add() { count += 1 }
    }

    @Test func `a search is counted before it is made, and given back only if it cost nothing`() async throws {
        let store = try folder.store()
        let budget = SearchBudget(store: store, perDay: 3, perMonth: 0)
        let now = clock.now
        // Six at once: three are made.
        let made = Made()
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    do {
                        _ = try await budget.spend(on: "s", at: now) {
                            await made.add()
                            return SearchPage(results: [], hasMore: false)
                        }
                        return false
                    } catch { return (error as? SearchProblem)?.kind == .quota }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(await made.count == 3 && refused == 3)
        let next = SearchBudget(store: store, perDay: 10, perMonth: 0)
        for (problem, left) in [
            (SearchProblem(.rate, "busy"), 7), (SearchProblem(.unavailable, "503"), 7),
            (SearchProblem(.malformed, "odd"), 6), (SearchProblem(.unavailable, "lost", costsNothing: false), 5),
        ] {
            await #expect(throws: problem) { try await next.spend(on: "s", at: now) { throw problem } }
            #expect(try await next.left(at: now)?.count == left, "\(problem)")
        }
    }

    @Test func `a dry run of the scrape asks nobody and writes nothing down`() async throws {
        let server = RawServer { _, _ in Self.results(["Ada King"]) }
        let store = try folder.store()
        let report = try await scrape(store, server).run(context(isDryRun: true))
        #expect(
            report.isDryRun == true
                && report.notes.contains { $0.hasPrefix("expects 3.0 new leads a search, from result 0 on: ") })
        #expect(report.notes.first == "about 2 paid searches for 5 new leads", "\(report.notes)")
        #expect(server.requests.isEmpty)
        #expect(try store.leads.page(after: 0, limit: 10, withRemoved: true).isEmpty)
    }

    @Test func `without a key or a profile the scrape is not configured, and says what to set`() async throws {
        let store = try folder.store()
        await #expect(throws: StageProblem.unconfigured("no key for SerpAPI (serpapi_api_key): set it")) {
            try await scrape(store, nil).run(context())
        }
        let server = RawServer { _, _ in Self.results([]) }
        await #expect(throws: StageProblem.self) { try await scrape(store, server, titles: []).run(context()) }
    }

    @Test func `a key that is refused cannot be mended by trying again`() async throws {
        let server = RawServer { _, _ in RawServer.answer(401, [], #"{"error":"Invalid API key"}"#) }
        let store = try folder.store()
        do {
            _ = try await scrape(store, server).run(context())
            Issue.record("it was taken")
        } catch StageProblem.failed(_, let canRetry, let report) {
            #expect(!canRetry && report.stage == "scrape")
        }
    }

    // Enrich

    private struct NoFinder: WebsiteFinder {
        func websites(of company: String) async throws -> [WebAddress] { [] }
    }

    private func enrich(_ store: Store, hosts: [String: String] = [:], attempts: String = "2") -> EnrichStage {
        let settings = EnrichmentSettings(settings(["FOURRUNR_ENRICHMENT_ATTEMPTS": attempts]))
        let (client, runtime) = (TestClient.make(hosts: hosts, sleep: { _ in }), clock.runtime)
        return EnrichStage(
            store: store, settings: settings, backoff: .seconds(300), runtime: runtime,
            enricher: {
                Enricher(
                    client: client, finder: NoFinder(), memory: StoredCompanies(store: store, runtime: runtime),
                    settings: settings, profileSources: [], runtime: runtime)
            })
    }

    private func add(_ store: Store, website: String = "https://engines.example") throws {
        _ = try intake(store).take([
            LeadDraft(
                fields: LeadFields(
                    [
                        .fullName: "Ada King", .company: "Engines", .email: "ada@engines.example", .website: website,
                    ]), source: "test", author: .file(1))
        ])
    }

    @Test func `what a home page tells fills gaps, overwrites nothing, and makes the lead due for a message`()
        async throws
    {
        let server = RawServer { _, _ in
            RawServer.answer(
                200, ["Content-Type: text/html"],
                "<title>Engines</title><p>We build engines for ships and mills. Call <a href=\"tel:+14165550134\">us</a></p>"
            )
        }
        let store = try folder.store()
        try add(store)
        let host = ["engines.example": "127.0.0.1:\(server.port)"]
        let report = try await enrich(store, hosts: host).run(context())
        #expect(report.counts["enriched"] == 1, "\(report)")
        let lead = try #require(try store.leads.find(1))
        #expect(lead.status == .enriched && lead.fields[.email] == "ada@engines.example" && lead.isSyncPending)
        #expect(try store.due.count(.writeMessage, at: clock.now) == 1)
        #expect(try store.due.count(.enrich, at: clock.now) == 0)
    }

    @Test func `an address that was only formed gives way to one that is written, and is no colleague's proof`()
        async throws
    {
        let server = RawServer { request, _ in
            RawServer.answer(
                request.hasPrefix("GET /robots") ? 404 : 200, ["Content-Type: text/html"],
                "<title>Engines</title><p>We build engines for ships and mills.</p><p>Ada King, aking@engines.example</p>"
            )
        }
        let store = try folder.store()
        _ = try intake(store).take([
            LeadDraft(
                fields: LeadFields([
                    .fullName: "Ada King", .company: "Engines", .website: "https://engines.example",
                ]), source: "test", author: .file(1))
        ])
        let guess = LeadValue(
            .email, "ada.king@engines.example", method: "guess", confidence: LeadReading.sure, author: .stage("enrich"),
            at: clock.now, evidence: nil)
        _ = try store.leads.say([guess], of: try #require(try store.leads.find(1)), because: .stage, at: clock.now)
        #expect(try store.leads.find(1)?.fields[.email] == "ada.king@engines.example")
        let company = try store.companies.save(
            Company(domain: "engines.example", site: "https://engines.example/"), at: clock.now)
        try store.companies.link(1, to: company)
        #expect(try store.companies.knownAddresses(at: "engines.example").isEmpty)
        clock.pass(.seconds(60))
        let host = ["engines.example": "127.0.0.1:\(server.port)"]
        _ = try await enrich(store, hosts: host).run(context())
        #expect(try store.leads.find(1)?.fields[.email] == "aking@engines.example")
        #expect(try store.companies.knownAddresses(at: "engines.example").count == 1)
    }

    @Test func `a site that does not answer is tried again later, and not for ever`() async throws {
        let store = try folder.store()
        try add(store)
        let host = ["engines.example": "127.0.0.1:1"]
        let first = try await enrich(store, hosts: host).run(context())
        #expect(first.counts["put_off"] == 1)
        // It waits: half of the back-off at least, as chance has it.
        #expect(try store.due.count(.enrich, at: clock.now + .seconds(149)) == 0)
        #expect(try await enrich(store, hosts: host).run(context()).counts.isEmpty)
        clock.pass(.seconds(600))
        let last = try await enrich(store, hosts: host).run(context())
        #expect(last.counts["enriched"] == 1, "what is known is what there is")
        #expect(try store.leads.find(1)?.status == .enriched)
    }

    @Test func `a lead that a person names is enriched although it is not due, and a dry run changes nothing`()
        async throws
    {
        let store = try folder.store()
        try add(store)
        let host = ["engines.example": "127.0.0.1:1"]
        let dry = try await enrich(store, hosts: host).run(context(isDryRun: true))
        #expect(dry.counts["would_enrich"] == 1 && dry.notes.count == 1)
        #expect(try store.leads.find(1)?.status == .cleaned)
        try store.due.finish(.enrich, lead: 1)
        #expect(try await enrich(store, hosts: host).run(context()).counts.isEmpty)
        #expect(try await enrich(store, hosts: host).run(context(ids: [1, 1, 99])).counts == ["put_off": 1])
    }

    // The pipeline

    /// Notes what it was told, and ends as a test says.
    private final class FakeStage: Stage {
        let name: String
        private let outcome: @Sendable () throws -> Void
        private let seen = Mutex<[StageContext]>([])

        init(_ name: String, _ outcome: @escaping @Sendable () throws -> Void = {}) {
            self.name = name
            self.outcome = outcome
        }

        var contexts: [StageContext] { seen.withLock { $0 } }

        func run(_ context: StageContext) async throws -> StageReport {
            seen.withLock { $0.append(context) }
            try outcome()
            var report = StageReport(name, isDryRun: context.isDryRun)
            report.count("done", 2)
            return report
        }
    }

    private func pipeline(_ store: Store, _ stages: [any Stage]) throws -> LeadPipeline {
        var run = NewRun(job: "pipeline", type: "pipeline", status: .running, trigger: .manual)
        run.startedAt = clock.now
        _ = try store.runs.commit([.open(run)], version: "")
        return LeadPipeline(stages, store: store, lock: KeyedLock(), runtime: clock.runtime)
    }

    @Test func `a stage that fails or has nothing to work with does not stop the next ones, and each has its row`()
        async throws
    {
        let store = try folder.store()
        let stages = [
            FakeStage("find") { throw StageProblem.unconfigured("no key") },
            FakeStage("fill") {
                throw StageProblem.failed("broken", canRetry: false, report: StageReport("fill", isDryRun: false))
            }, FakeStage("send"),
        ]
        let results = try await pipeline(store, stages).runAll(context(limit: 5))
        #expect(results.map(\.status) == [.skipped, .failed, .success])
        #expect(results.map(\.error) == ["no key", "broken", nil] && !results[1].canRetry)
        #expect(results[2].summary == "done 2")
        #expect(try store.runs.steps(of: 1, limit: 10).map(\.type) == ["find", "fill", "send"])
        // The limit is for new leads.
        #expect(stages.map { $0.contexts.first?.limit } == [5, nil, nil])
    }

    @Test func `leads that a person names are not searched for, and a dry run leaves no rows`() async throws {
        let store = try folder.store()
        let stages = [FakeStage("find"), FakeStage("fill")]
        let results = try await pipeline(store, stages).runAll(context(ids: [1], isDryRun: true))
        #expect(results.map(\.stage) == ["fill"] && stages[0].contexts.isEmpty)
        #expect(try store.runs.steps(of: 1, limit: 10).isEmpty)
    }

    @Test func `an error of the database ends the whole run`() async throws {
        let store = try folder.store()
        let last = FakeStage("last")
        let stages = [FakeStage("first") { throw StorageError(.full, "x", "full") }, last]
        await #expect(throws: StorageError.self) { try await pipeline(store, stages).runAll(context()) }
        #expect(last.contexts.isEmpty)
    }

    // Sync

    @Test func `a sync that cannot begin says what to set`() async throws {
        let stage = SyncStage(sync: nil, options: SyncOptions(), advice: "no token")
        await #expect(throws: StageProblem.unconfigured("no token")) { try await stage.run(context()) }
    }
}

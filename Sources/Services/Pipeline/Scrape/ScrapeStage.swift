import Leads
public import LeadSources
public import Storage
public import Values

/// Finds people by web search and passes them to the Intake, until the day's number of leads is reached.
///
/// Results that were paid for are kept. Those that one day does not need are used first on the next.
public struct ScrapeStage: Stage {
    private let intake: Intake
    private let store: Store
    private let client: SerpAPIClient?
    /// What to do about a missing key.
    private let advice: String
    private let profile: SearchProfile
    private let settings: ScrapeSettings
    /// The number of new leads per day.
    private let maxLeads: Int
    private let runtime: Runtime
    /// The beginning of a moment's day, in the schedule's time zone.
    private let startOfDay: @Sendable (Timestamp) -> Timestamp

    /// - Parameter maxLeads: overrides the settings; nil to use them.
    public init(
        intake: Intake, store: Store, client: SerpAPIClient?, advice: String, profile: SearchProfile,
        settings: ScrapeSettings, maxLeads: Int?, runtime: Runtime,
        startOfDay: @escaping @Sendable (Timestamp) -> Timestamp
    ) {
        self.intake = intake
        self.store = store
        self.client = client
        self.advice = advice
        self.profile = profile
        self.settings = settings
        self.maxLeads = maxLeads ?? settings.maxLeads
        self.runtime = runtime
        self.startOfDay = startOfDay
    }

    public static let name = "scrape"
    public var name: String { Self.name }

    public func run(_ context: StageContext) async throws -> StageReport {
        var report = StageReport(name, isDryRun: context.isDryRun)
        guard context.ids == nil else {
            throw StageProblem.failed(
                "it finds new leads, and those that are named exist already; see enrich", canRetry: false,
                report: StageReport(name, isDryRun: context.isDryRun))
        }
        guard let client else {
            throw StageProblem.unconfigured("no key for SerpAPI (\(SerpAPISettings.keyName)): \(advice)")
        }
        let queries = profile.queries
        guard !queries.isEmpty else {
            throw StageProblem.unconfigured("who is wanted is not set: profile.titles, profile.industries, …")
        }
        let since = startOfDay(runtime.now)
        let stored = try await store.read { try $0.leads.countStored(source: SerpAPIClient.service, since: since) }
        // A person who gives a number wants that many now.
        var budget = context.limit ?? max(0, maxLeads - stored)
        if context.isDryRun {
            report.count("budget", budget)
            for query in queries.prefix(settings.maxSearches) where budget > 0 {
                let next = try await next(of: query)
                switch next {
                case .kept(let search):
                    report.note("\(search.resultCount - search.taken) results at hand: \(query)")
                case .search(let start): report.note("search from \(start): \(query)")
                case .exhausted: report.note("read to the end: \(query)")
                }
            }
            return report
        }
        guard budget > 0 else {
            report.note("the day's \(maxLeads) leads are there already")
            return report
        }
        do {
            try await search(queries, with: client, &budget, &report, context)
        } catch let problem as SearchProblem {
            throw StageProblem.failed(problem.description, canRetry: problem.canRetry, report: report)
        }
        return report
    }

    private func search(
        _ queries: [String], with client: SerpAPIClient, _ budget: inout Int, _ report: inout StageReport,
        _ context: StageContext
    ) async throws {
        let wanted = budget
        var searches = 0
        var isProgressing = true
        // The first page of each query comes before the second page of any.
        while budget > 0, isProgressing {
            isProgressing = false
            for query in queries where budget > 0 {
                try Task.checkCancellation()
                var next = try await next(of: query)
                if case .search(let start) = next {
                    guard searches < settings.maxSearches else { continue }
                    searches += 1
                    context.progress("searching: \(query)", Double(wanted - budget) / Double(max(1, wanted)))
                    next = .kept(try await fetch(query, start, client))
                    report.count("searches")
                }
                guard case .kept(let page) = next else { continue }
                isProgressing = true
                try await take(page, &budget, &report, context)
            }
        }
        if budget > 0 {
            report.note(
                searches >= settings.maxSearches
                    ? "\(searches) searches did not bring all that were wanted (scraping.max_searches)"
                    : "all searches of the profile are read to the end; more titles, industries or places bring more")
        }
    }

    private enum Next {
        case kept(StoredSearch)
        case search(start: Int)
        case exhausted
    }

    private func next(of query: String) async throws -> Next {
        let (now, settings) = (runtime.now, settings)
        return try await store.read { transaction in
            let pages = try transaction.searches.pages(SerpAPIClient.service, query: query)
            if let page = pages.first(where: { $0.taken < $0.resultCount }) { return .kept(page) }
            guard let last = pages.last else { return .search(start: 0) }
            if last.hasMore, pages.count < settings.maxPages { return .search(start: last.start + 10) }
            guard let first = pages.first, first.searchedAt + settings.repeatAfter < now else { return .exhausted }
            return .search(start: 0)
        }
    }

    private func fetch(_ query: String, _ start: Int, _ client: SerpAPIClient) async throws -> StoredSearch {
        let page = try await client.search(query, start: start)
        let kept = StoredSearch(
            query: query, start: start, searchedAt: runtime.now,
            results: StableJSON.text(of: page.results) ?? "[]",
            resultCount: page.results.count, hasMore: page.hasMore)
        try await store.write { transaction in
            // A first page starts the query again: its stored pages are out of date.
            if start == 0 { try transaction.searches.forget(SerpAPIClient.service, query: query) }
            try transaction.searches.keep(kept, service: SerpAPIClient.service)
        }
        return kept
    }

    private func take(
        _ page: StoredSearch, _ budget: inout Int, _ report: inout StageReport, _ context: StageContext
    ) async throws {
        guard let results = StableJSON.decode([SearchResult].self, page.results) else {
            throw StageProblem.failed(
                "the kept answer to the search \(page.query) (from \(page.start) on) cannot be read; it was paid for, so it is left as it is. To search anew, remove its row from the table searches",
                canRetry: false, report: report)
        }
        var taken = page.taken
        for result in results.dropFirst(page.taken) where budget > 0 {
            taken += 1
            let done = taken
            guard var draft = result.draft() else {
                report.count("no person")
                try await store.write { try $0.searches.take(done, of: page, service: SerpAPIClient.service) }
                continue
            }
            draft.scrapedAt = page.searchedAt
            let lead = draft
            let (store, intake, runtime) = (store, intake, runtime)
            let outcome = try await Blocking.run {
                let timer = StepTimer(runtime)
                let outcome = try intake.take([lead]) { draft, result in IntakeStep.make(draft, result, timer, context)
                }
                // Done after the lead is stored: a crash in between takes the same person in again, which changes
                // nothing.
                try store.searches.take(done, of: page, service: SerpAPIClient.service)
                return outcome[0].result
            }
            report.count(IntakeStep.word(outcome))
            if case .inserted = outcome { budget -= 1 }
        }
        if results.count < page.resultCount {
            try await store.write { try $0.searches.take(page.resultCount, of: page, service: SerpAPIClient.service) }
        }
    }
}

public import LeadSources
import Leads
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
        let strategies = profile.strategies
        guard !strategies.isEmpty else {
            throw StageProblem.unconfigured("who is wanted is not set: profile.titles, profile.industries, …")
        }
        let since = startOfDay(runtime.now)
        let stored = try await store.read { try $0.leads.countStored(source: SerpAPIClient.service, since: since) }
        // A person who gives a number wants that many now.
        var budget = context.limit ?? max(0, maxLeads - stored)
        guard budget > 0 else {
            report.note("the day's \(maxLeads) leads are there already")
            return report
        }
        if context.isDryRun { return try await plan(strategies, budget, report) }
        do {
            try await search(strategies, with: client, &budget, &report, context)
        } catch let problem as SearchProblem {
            throw StageProblem.failed(problem.description, canRetry: problem.canRetry, report: report)
        }
        return report
    }

    /// What a run would search for: the strategies by what they are expected to bring.
    private func plan(_ strategies: [SearchStrategy], _ budget: Int, _ report: StageReport) async throws -> StageReport
    {
        var report = report
        report.count("budget", budget)
        let rotation = StrategyRotation(strategies, yields: try await yields())
        let (allowed, limit) = try await allowance()
        var (searches, leads) = (0, 0.0)
        var lines: [String] = []
        // The pages that may be searched for, each with the leads that it is expected to bring.
        var open: [Double] = []
        for strategy in strategies.sorted(by: { rotation.expected($0) > rotation.expected($1) }) {
            let expected = rotation.expected(strategy)
            switch try await next(of: strategy.query) {
            case .kept(let search):
                let left = search.resultCount - search.taken
                leads += expected * Double(left) / 10
                lines.append("\(left) results at hand: \(strategy.query)")
            case .search(let start):
                open += Array(repeating: expected, count: max(1, settings.maxPages - start / 10))
                let words = (expected * 10).rounded() / 10
                lines.append("expects \(words) new leads a search, from result \(start) on: \(strategy.query)")
            case .exhausted: lines.append("read to the end: \(strategy.query)")
            }
        }
        for expected in open where leads < Double(budget) && searches < allowed {
            (searches, leads) = (searches + 1, leads + expected)
        }
        report.note("about \(searches) paid searches for \(min(budget, Int(leads.rounded()))) new leads")
        report.note("at most \(allowed) paid searches (\(limit))")
        for line in lines { report.note(line) }
        return report
    }

    private var searchBudget: SearchBudget {
        SearchBudget(store: store, perDay: settings.searchesPerDay, perMonth: settings.searchesPerMonth)
    }

    /// How many searches a run may pay for, and which setting limits them.
    private func allowance() async throws -> (count: Int, limit: String) {
        if let left = try await searchBudget.left(at: runtime.now), left.count < settings.maxSearches {
            return (left.count, left.setting)
        }
        return (settings.maxSearches, "scraping.max_searches")
    }

    /// What each strategy has brought in the last three months, old days weighing less.
    private func yields() async throws -> [String: StrategyYield] {
        let now = runtime.now
        let days = try await store.read {
            try $0.yields.byDay(SerpAPIClient.service, since: (now - .seconds(90 * 86_400)).day)
        }
        var yields: [String: (yield: StrategyYield, last: String)] = [:]
        for day in days {
            var known = yields[day.strategy]?.yield ?? StrategyYield()
            known.add(searches: day.searches, newLeads: day.newLeads)
            yields[day.strategy] = (known, day.day)
        }
        return yields.mapValues { known, last in
            let begun = Timestamp(parsing: "\(last) 00:00:00")
            return known.aged(days: begun.map { Int(now.since($0) / .seconds(86_400)) } ?? 90)
        }
    }

    private func search(
        _ strategies: [SearchStrategy], with client: SerpAPIClient, _ budget: inout Int, _ report: inout StageReport,
        _ context: StageContext
    ) async throws {
        let wanted = budget
        // What was paid for comes first.
        for strategy in strategies where budget > 0 {
            while budget > 0, case .kept(let page) = try await next(of: strategy.query) {
                try Task.checkCancellation()
                try await take(page, of: strategy, &budget, &report, context)
            }
        }
        guard budget > 0 else { return }
        var (allowed, limit) = try await allowance()
        if allowed > 0, let credits = try await client.searchesLeft() {
            if credits == 0 { throw SearchProblem(.quota, "SerpAPI: the account has no searches left") }
            if credits < allowed { (allowed, limit) = (credits, "the account's searches") }
        }
        var known = try await yields()
        var open = strategies
        var searches = 0
        while budget > 0, searches < allowed {
            try Task.checkCancellation()
            let rotation = StrategyRotation(strategies, yields: known)
            guard let index = rotation.next(among: open, random: runtime.random) else { break }
            let strategy = open[index]
            guard case .search(let start) = try await next(of: strategy.query) else {
                open.remove(at: index)
                continue
            }
            searches += 1
            context.progress("searching: \(strategy.query)", Double(wanted - budget) / Double(max(1, wanted)))
            let page = try await fetch(strategy, start, client)
            report.count("searches")
            let before = budget
            try await take(page, of: strategy, &budget, &report, context)
            known[strategy.name, default: StrategyYield()].add(searches: 1, newLeads: before - budget)
        }
        if budget > 0 {
            report.note(
                searches >= allowed
                    ? "\(searches) searches did not bring all that were wanted (\(limit))"
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

    private func fetch(_ strategy: SearchStrategy, _ start: Int, _ client: SerpAPIClient) async throws -> StoredSearch {
        let query = strategy.query
        let page = try await searchBudget.spend(on: strategy.name, at: runtime.now) {
            try await client.search(query, start: start)
        }
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
        _ page: StoredSearch, of strategy: SearchStrategy, _ budget: inout Int, _ report: inout StageReport,
        _ context: StageContext
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
                var isNew = false
                if case .inserted = outcome[0].result { isNew = true }
                let found = isNew ? 1 : 0
                let day = runtime.now.day
                try store.transaction { transaction in
                    try transaction.searches.take(done, of: page, service: SerpAPIClient.service)
                    try transaction.yields.add(
                        SerpAPIClient.service, strategy: strategy.name, day: day, people: 1, newLeads: found)
                }
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

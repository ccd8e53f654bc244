public import Enrichment
public import LeadSources
public import Storage
public import Values

/// Finds companies' websites by web search. Each company is searched for once; the result is remembered, even an empty
/// one.
public struct WebsiteSearchFinder: WebsiteFinder {
    private let store: Store
    private let client: SerpAPIClient
    private let runtime: Runtime
    private let budget: SearchBudget

    public init(store: Store, client: SerpAPIClient, budget: SearchBudget, runtime: Runtime) {
        self.budget = budget
        self.store = store
        self.client = client
        self.runtime = runtime
    }

    /// For the budget of paid searches.
    private static let strategy = "company site"

    /// A site that was not found may exist half a year later.
    private static let memory = Duration.seconds(180 * 86_400)

    public func websites(of company: String) async throws -> [WebAddress] {
        // Different spellings of a company share one search.
        guard let name = CompanyName(parsing: company) else { return [] }
        let key = "site of \(name.matchKey)"
        let oldest = runtime.now - WebsiteSearchFinder.memory
        let known = try await store.read {
            try $0.searches.pages(SerpAPIClient.service, query: key).first { $0.searchedAt > oldest }
        }
        // Stored results that cannot be read are searched for again.
        if let known, let results = StableJSON.decode([SearchResult].self, known.results) {
            return WebsiteSearch.candidates(results, for: name.description)
        }
        let page = try await budget.spend(on: Self.strategy, at: runtime.now) {
            try await client.search(WebsiteSearch.query(for: name.description), start: 0)
        }
        let kept = StoredSearch(
            query: key, start: 0, searchedAt: runtime.now, results: StableJSON.text(of: page.results) ?? "[]",
            resultCount: page.results.count, taken: page.results.count, hasMore: false)
        try await store.write { try $0.searches.keep(kept, service: SerpAPIClient.service) }
        return WebsiteSearch.candidates(page.results, for: name.description)
    }
}

import LeadSources
public import Storage
import Values

/// How many paid searches a day and a month may still make, whatever they are for.
public struct SearchBudget: Sendable {
    private let store: Store
    private let perDay: Int
    private let perMonth: Int

    /// - Parameters:
    ///   - perDay: 0 for no limit.
    ///   - perMonth: 0 for no limit.
    public init(store: Store, perDay: Int, perMonth: Int) {
        self.store = store
        self.perDay = perDay
        self.perMonth = perMonth
    }

    /// The number of searches that are left, and which setting limits them; nil if nothing does.
    func left(at now: Timestamp) async throws -> (count: Int, setting: String)? {
        let (perDay, perMonth) = (perDay, perMonth)
        return try await store.read { try Self.left(perDay, perMonth, at: now, $0) }
    }

    private static func left(
        _ perDay: Int, _ perMonth: Int, at now: Timestamp, _ transaction: Transaction
    ) throws -> (count: Int, setting: String)? {
        var tightest: (count: Int, setting: String)?
        for (limit, since, setting) in [
            (perDay, now.day, "scraping.searches_per_day"),
            (perMonth, "\(now.day.prefix(7))-01", "scraping.searches_per_month"),
        ] where limit > 0 {
            let left = max(0, limit - (try transaction.yields.searches(SerpAPIClient.service, since: since)))
            if left < tightest?.count ?? .max { tightest = (left, setting) }
        }
        return tightest
    }

    /// Makes a search if one is left. It is counted before it is made, so that neither others at the same time nor a crash
    /// spend more than is left, and given back if it certainly cost nothing.
    func spend(on strategy: String, at now: Timestamp, _ search: () async throws -> SearchPage) async throws
        -> SearchPage
    {
        let (perDay, perMonth, day) = (perDay, perMonth, now.day)
        try await store.write { transaction in
            if let left = try Self.left(perDay, perMonth, at: now, transaction), left.count == 0 {
                throw SearchProblem(.quota, "no paid search is left (\(left.setting))")
            }
            try transaction.yields.add(SerpAPIClient.service, strategy: strategy, day: day, searches: 1)
        }
        do { return try await search() } catch {
            if let problem = error as? SearchProblem, problem.costsNothing {
                try await store.write {
                    try $0.yields.add(SerpAPIClient.service, strategy: strategy, day: day, searches: -1)
                }
            }
            throw error
        }
    }
}

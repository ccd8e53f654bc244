import LeadSources
public import Storage
import Values

/// How many paid searches a day and a month may still make, whatever they are for.
public struct SearchBudget: Sendable {
    private let store: Store
    private let perDay: Int
    private let perMonth: Int

    /// - Parameters: 0 for no limit.
    public init(store: Store, perDay: Int, perMonth: Int) {
        self.store = store
        self.perDay = perDay
        self.perMonth = perMonth
    }

    /// The number of searches that are left, and which setting limits them; nil if nothing does.
    func left(at now: Timestamp) async throws -> (count: Int, setting: String)? {
        var tightest: (count: Int, setting: String)?
        for (limit, since, setting) in [
            (perDay, Self.day(now), "scraping.searches_per_day"),
            (perMonth, "\(Self.day(now).prefix(7))-01", "scraping.searches_per_month"),
        ] where limit > 0 {
            let made = try await store.read { try $0.yields.searches(SerpAPIClient.service, since: since) }
            let left = max(0, limit - made)
            if left < tightest?.count ?? .max { tightest = (left, setting) }
        }
        return tightest
    }

    /// The day of a moment in UTC: `YYYY-MM-DD`.
    static func day(_ moment: Timestamp) -> String { String(moment.description.prefix(10)) }
}

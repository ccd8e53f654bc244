public import AppConfiguration
import Values

/// How much is searched for.
public struct ScrapeSettings: Sendable, Equatable {
    /// New leads a day, counted over all runs of it.
    public let maxLeads: Int
    /// Paid searches a run.
    public let maxSearches: Int
    /// Pages of ten that are read of each query.
    public let maxPages: Int
    /// A query whose pages were all read is begun anew after this.
    public let repeatAfter: Duration

    public init(_ settings: Settings) {
        maxLeads = settings.int("scraping.max_leads", in: 0...100_000, default: 5)
        maxSearches = settings.int("scraping.max_searches", in: 1...1_000, default: 10)
        maxPages = settings.int("scraping.max_pages", in: 1...10, default: 3)
        repeatAfter = settings.duration(
            "scraping.repeat_after", in: Duration.seconds(3_600)...Duration.seconds(3_650 * 86_400),
            default: .seconds(14 * 86_400))
    }
}

public import AppConfiguration
import Values

/// How much to search.
public struct ScrapeSettings: StageSettings, Equatable {
    /// The maximum number of new leads per day, counted over all of the day's runs.
    public let maxLeads: Int
    /// The maximum number of paid searches per run.
    public let maxSearches: Int
    /// How many pages of ten results are read per query.
    public let maxPages: Int
    /// The maximum number of paid searches per day and per month of UTC, also those for companies' sites; 0 for no limit.
    public let searchesPerDay: Int
    public let searchesPerMonth: Int
    /// How long after all of its pages were read a query starts again.
    public let repeatAfter: Duration

    public init(_ settings: Settings) {
        maxLeads = settings.int("scraping.max_leads", in: 0...100_000, default: 5)
        maxSearches = settings.int("scraping.max_searches", in: 1...1_000, default: 10)
        searchesPerDay = settings.int("scraping.searches_per_day", in: 0...1_000_000, default: 0)
        searchesPerMonth = settings.int("scraping.searches_per_month", in: 0...10_000_000, default: 0)
        maxPages = settings.int("scraping.max_pages", in: 1...10, default: 3)
        repeatAfter = settings.duration(
            "scraping.repeat_after", in: Duration.seconds(3_600)...Duration.seconds(3_650 * 86_400),
            default: .seconds(14 * 86_400))
    }
}

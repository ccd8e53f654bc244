public import AppConfiguration
import Values

/// How missing values are looked up.
public struct EnrichmentSettings: Sendable, Equatable {
    /// Whether to search for a company's site when the lead does not name it. This costs a paid search per company.
    public let findsWebsites: Bool
    /// The country of telephone numbers that are written without one.
    public let country: String
    /// How often a lead is tried whose site cannot be reached.
    public let attempts: Int
    /// Enrichment older than this is done again.
    public let refreshAfter: Duration
    /// A company's pages are read again only after this.
    public let pagesLast: Duration
    public let timeout: Duration
    /// The names of the steps, in the order in which they are tried.
    public let order: [String]
    /// Which addresses that nobody has confirmed may become a lead's: none, those by the company's pattern, or also guesses.
    public let candidates: Candidates
    public let manners: SiteManners

    /// Which unconfirmed addresses are allowed.
    public enum Candidates: String, Sendable, CaseIterable {
        case none, pattern, guess
    }

    public init(_ settings: Settings) {
        findsWebsites = settings.bool("enrichment.find_website", default: true)
        country = settings.string("cleaning.country", default: "US")
        if !country.isEmpty, PhoneNumber.callingCodes[country.uppercased()] == nil {
            settings.error(
                "cleaning.country", "national telephone numbers of \"\(country.shortened(to: 40))\" are not known",
                hint:
                    "a code of two letters: \(PhoneNumber.callingCodes.keys.sorted().joined(separator: ", ")); or empty, and only numbers with + are taken"
            )
        }
        attempts = settings.int("enrichment.attempts", in: 1...20, default: 4)
        refreshAfter = settings.duration(
            "enrichment.refresh_after", in: Duration.seconds(3_600)...Duration.seconds(3_650 * 86_400),
            default: .seconds(90 * 86_400))
        pagesLast = settings.duration(
            "enrichment.pages_last", in: Duration.seconds(60)...Duration.seconds(3_650 * 86_400),
            default: .seconds(30 * 86_400))
        timeout = settings.duration(
            "enrichment.timeout", in: .seconds(1)...Duration.seconds(300), default: .seconds(20))
        let named = settings.strings("enrichment.order")
        order = named.isEmpty ? EnrichmentSteps.names : named
        for name in named where !EnrichmentSteps.names.contains(name) {
            settings.error(
                "enrichment.order", "\"\(name.shortened(to: 40))\" is not a step",
                hint: "the steps are \(EnrichmentSteps.names.joined(separator: ", "))")
        }
        let text = settings.string("enrichment.unconfirmed_addresses", default: Candidates.none.rawValue)
        candidates = Candidates(rawValue: text) ?? .none
        if Candidates(rawValue: text) == nil {
            settings.error(
                "enrichment.unconfirmed_addresses", "\"\(text.shortened(to: 40))\" is not one of its values",
                hint: Candidates.allCases.map(\.rawValue).joined(separator: ", "))
        }
        manners = SiteManners(settings)
    }
}

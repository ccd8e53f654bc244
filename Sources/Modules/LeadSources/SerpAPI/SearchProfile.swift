public import AppConfiguration
import Values

/// A way to search for people: one query, and the kind of query that it is. What each brings is kept, and steers which is
/// used next.
public struct SearchStrategy: Sendable, Equatable, Hashable {
    /// What is combined.
    public enum Kind: String, Sendable, CaseIterable {
        case titleIndustryPlace = "title, industry, place"
        case titleCompany = "title, company"
        case titlePlace = "title, place"
        case keywordPlace = "keyword, place"
    }

    public let kind: Kind
    /// What is looked for, in words: `Head of Operations, logistics, Toronto`.
    public let name: String
    /// The query for Google.
    public let query: String
}

/// The kind of people to find, and the searches that find them.
public struct SearchProfile: Sendable, Equatable {
    /// Each with its synonyms.
    public let titles: [[String]]
    public let industries: [String]
    public let locations: [String]
    public let companies: [String]
    public let keywords: [String]
    /// Sizes of companies, as people write them: `startup`, `51-200 employees`.
    public let sizes: [String]
    /// Words that no result may have.
    public let excluded: [String]

    /// - Parameter titles: each may have synonyms, separated by bars: `Head of Operations | COO`.
    public init(
        titles: [String] = [], industries: [String] = [], locations: [String] = [], companies: [String] = [],
        keywords: [String] = [], sizes: [String] = [], excluded: [String] = []
    ) {
        self.titles = titles.map { title in
            title.split(separator: "|").map { String($0).tidied() }.filter { !$0.isEmpty }
        }.filter { !$0.isEmpty }
        self.industries = industries
        self.locations = locations
        self.companies = companies
        self.keywords = keywords
        self.sizes = sizes
        self.excluded = excluded
    }

    public init(_ settings: Settings) {
        self.init(
            titles: settings.strings("profile.titles"), industries: settings.strings("profile.industries"),
            locations: settings.strings("profile.locations"), companies: settings.strings("profile.companies"),
            keywords: settings.strings("profile.keywords"), sizes: settings.strings("profile.sizes"),
            excluded: settings.strings("profile.exclude"))
    }

    /// The strategies, narrowest first, without repeats. Each finds other people of the same kind.
    public var strategies: [SearchStrategy] {
        var strategies: [SearchStrategy] = []
        func add(_ kind: SearchStrategy.Kind, _ parts: [[String]]) {
            let parts = parts.filter { !$0.isEmpty && $0 != [""] }
            guard !parts.isEmpty else { return }
            let words = parts.map { synonyms in
                let quoted = synonyms.map { "\"\($0.filter { $0 != "\"" })\"" }
                return quoted.count == 1 ? quoted[0] : "(\(quoted.joined(separator: " OR ")))"
            }
            let without = excluded.map { " -\"\($0.filter { $0 != "\"" })\"" }.joined()
            let query = "site:linkedin.com/in \(words.joined(separator: " "))\(without)"
            guard !strategies.contains(where: { $0.query == query }) else { return }
            strategies.append(
                SearchStrategy(kind: kind, name: parts.compactMap(\.first).joined(separator: ", "), query: query))
        }
        let places = locations.isEmpty ? [""] : locations
        let roles = titles.isEmpty ? [[""]] : titles
        let grades = sizes.isEmpty ? [""] : sizes
        for industry in industries {
            for size in grades {
                for place in places {
                    for role in roles { add(.titleIndustryPlace, [role, [industry], [size], [place]]) }
                }
            }
        }
        for company in companies { for role in roles { add(.titleCompany, [role, [company]]) } }
        if !titles.isEmpty { for place in places { for role in titles { add(.titlePlace, [role, [place]]) } } }
        for keyword in keywords { for place in places { add(.keywordPlace, [[keyword], [place]]) } }
        return strategies
    }
}

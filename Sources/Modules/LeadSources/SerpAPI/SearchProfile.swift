public import AppConfiguration

/// The kind of people to find, and the searches that find them.
public struct SearchProfile: Sendable, Equatable {
    public let titles: [String]
    public let industries: [String]
    public let locations: [String]
    public let companies: [String]
    public let keywords: [String]

    public init(
        titles: [String] = [], industries: [String] = [], locations: [String] = [], companies: [String] = [],
        keywords: [String] = []
    ) {
        self.titles = titles
        self.industries = industries
        self.locations = locations
        self.companies = companies
        self.keywords = keywords
    }

    public init(_ settings: Settings) {
        self.init(
            titles: settings.strings("profile.titles"), industries: settings.strings("profile.industries"),
            locations: settings.strings("profile.locations"), companies: settings.strings("profile.companies"),
            keywords: settings.strings("profile.keywords"))
    }

    /// Google queries for LinkedIn profiles, narrowest first, without repeats. Each strategy finds other people of the
    /// same kind: title in a place, title in an industry, title at a company, keywords.
    public var queries: [String] {
        var queries: [String] = []
        func add(_ parts: [String]) {
            let words = parts.filter { !$0.isEmpty }.map { "\"\($0.filter { $0 != "\"" })\"" }
            guard !words.isEmpty else { return }
            let query = "site:linkedin.com/in \(words.joined(separator: " "))"
            if !queries.contains(query) { queries.append(query) }
        }
        let places = locations.isEmpty ? [""] : locations
        let roles = titles.isEmpty ? [""] : titles
        for industry in industries {
            for place in places { for role in roles { add([role, industry, place]) } }
        }
        for company in companies { for role in roles { add([role, company]) } }
        if !titles.isEmpty { for place in places { for role in titles { add([role, place]) } } }
        for keyword in keywords { for place in places { add([keyword, place]) } }
        return queries
    }
}

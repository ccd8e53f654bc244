public import Values

/// Finds a company's own site among the results of a search for its name.
public enum WebsiteSearch {
    /// The query to search for.
    public static func query(for company: String) -> String { "\"\(company.filter { $0 != "\"" })\" official website" }

    /// The site, and how certain it is: its host or its title contains the company's name. Returns nil if none does.
    public static func pick(_ results: [SearchResult], for company: String) -> (site: WebAddress, confidence: Double)? {
        let words = (CompanyName(parsing: company)?.matchKey ?? "").split(separator: " ").map(String.init)
        guard !words.isEmpty else { return nil }
        let joined = words.joined()
        for result in results {
            guard let address = WebAddress(parsing: result.link), !isDirectory(address.site) else { continue }
            let host = address.site.split(separator: ".").dropLast().joined().filter { $0.isLetter || $0.isNumber }
            let title = result.title.folded
            let inHost = host == joined || host.contains(joined) || (joined.contains(host) && host.count >= 5)
            let inTitle = words.allSatisfy { title.contains($0) } && host.contains(words[0])
            guard inHost || inTitle, let home = WebAddress(parsing: address.homePage) else { continue }
            return (home, host == joined ? 0.9 : inHost ? 0.75 : 0.6)
        }
        return nil
    }

    private static func isDirectory(_ site: String) -> Bool {
        directories.contains { site == $0 || site.hasSuffix(".\($0)") }
    }

    /// Sites that write about companies.
    private static let directories = [
        "linkedin.com", "facebook.com", "instagram.com", "x.com", "twitter.com", "youtube.com", "wikipedia.org",
        "crunchbase.com", "bloomberg.com", "glassdoor.com", "indeed.com", "yelp.com", "zoominfo.com", "dnb.com",
        "google.com", "apple.com", "amazon.com", "pitchbook.com", "rocketreach.co", "apollo.io", "yellowpages.ca",
        "yellowpages.com", "bbb.org", "opencorporates.com", "github.com", "medium.com", "reddit.com",
    ]
}

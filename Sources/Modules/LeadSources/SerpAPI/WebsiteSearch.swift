public import Values

/// Finds what may be a company's own site among the results of a search for its name.
public enum WebsiteSearch {
    /// The query to search for.
    public static func query(for company: String) -> String { "\"\(company.filter { $0 != "\"" })\" official website" }

    /// The sites among the results that may be the company's, the likeliest first: its name is the host's, or it stands in
    /// the host or the title. Whether one is, only its own pages tell.
    public static func candidates(_ results: [SearchResult], for company: String) -> [WebAddress] {
        let words = (CompanyName(parsing: company)?.matchKey ?? "").split(separator: " ").map(String.init)
        guard let first = words.first else { return [] }
        let joined = words.joined()
        var found: [(site: WebAddress, points: Int)] = []
        for (rank, result) in results.prefix(10).enumerated() {
            guard let address = WebAddress(parsing: result.link), !SharedHosts.isOne(address.host),
                let home = WebAddress(parsing: address.homePage), !found.contains(where: { $0.site.site == home.site })
            else { continue }
            let label = String(DomainName.registrable(of: address.host).prefix { $0 != "." }).filter {
                $0.isLetter || $0.isNumber
            }
            let host = address.site.split(separator: ".").dropLast().joined().filter { $0.isLetter || $0.isNumber }
            let text = " \(result.title.folded) \(result.snippet?.folded ?? "") "
            var points = 0
            if host == joined || label == joined { points += 6 } else if host.contains(joined) { points += 4 }
            if joined.contains(label), label.count >= 5 { points += 3 }
            if host.contains(first), first.count >= 4 { points += 1 }
            if text.contains(" \(words.joined(separator: " ")) ") {
                points += 2
            } else if words.allSatisfy({ text.contains(" \($0)") }) {
                points += 1
            }
            // A page deep within a site is about something.
            if address.path.split(separator: "/").count <= 1 { points += 1 }
            if rank == 0 { points += 1 }
            guard points >= 3 else { continue }
            found.append((home, points))
        }
        return found.enumerated().sorted { ($0.element.points, -$0.offset) > ($1.element.points, -$1.offset) }.map(
            \.element.site)
    }
}

/// A person's profile on LinkedIn, identified by its slug.
public struct LinkedInProfile: Hashable, Sendable, CustomStringConvertible {
    /// In lower case, percent-decoded.
    public let slug: String
    /// Whether the address is the profile itself, if need be in a language: `/in/jane-doe/de`. Below it stand what the
    /// person did, and what is shown over it: `/in/jane-doe/recent-activity/all/`.
    public let isPage: Bool

    /// The canonical address.
    public var description: String { "https://www.linkedin.com/in/\(slug)" }

    /// Parses the many forms of the address: hosts for countries and phones, `/in/`, `/pub/`, `/comm/in/`,
    /// `/mwlite/in/`, followed by query, fragment or language. Returns nil for companies, posts, jobs, lists of people,
    /// and other sites.
    public init?(parsing text: String) {
        guard let address = WebAddress(parsing: text),
            address.host == "linkedin.com" || address.host.hasSuffix(".linkedin.com")
        else { return nil }
        var parts = address.path.prefix { $0 != "?" }.split(separator: "/").map { String($0) }
        if let first = parts.first, first == "comm" || first == "mwlite" || first == "m" { parts.removeFirst() }
        guard parts.count >= 2, parts[0] == "in" || parts[0] == "pub", parts[1] != "dir" else { return nil }
        var slug = parts[1].percentDecoded
        // The old form contains the number that distinguishes namesakes in three parts, in reverse order.
        if parts[0] == "pub", parts.count >= 5 { slug += "-" + parts[2...4].reversed().joined() }
        slug = slug.tidied(limit: 120).lowercased()
        guard slug.count >= 2, !Self.placeholders.contains(slug),
            !slug.contains(where: { $0 == " " || $0 == "/" || $0 == "@" })
        else { return nil }
        self.slug = slug
        let rest = parts.dropFirst(2)
        isPage =
            parts[0] == "pub"
            || rest.allSatisfy { part in
                rest.count == 1
                    && (part.count == 2 || part.count == 5 && part.contains(where: { "-_".contains($0) }))
            }
    }

    /// What stands in the address where nobody's slug was filled in. `me` is whoever looks.
    private static let placeholders: Set<String> = [
        "me", "na", "n-a", "none", "null", "nil", "undefined", "unknown", "profile", "yourprofile", "your-profile",
        "username",
        "yourname", "your-name", "example", "test", "xxx", "xx", "linkedin", "unavailable", "not-available", "private",
    ]
}

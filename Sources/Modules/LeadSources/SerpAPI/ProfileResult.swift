public import Leads
import Values

extension SearchResult {
    /// The person whose LinkedIn profile this is. Returns nil for lists of people, companies, posts, jobs, and other
    /// sites.
    ///
    /// A title has the form `First Last - Title - Company | LinkedIn`. The dashes vary, and the end may be missing or
    /// cut off with dots. The snippet may contain what the title lacks: `City, Region, Country · Title · Company ·
    /// School`.
    public func draft() -> LeadDraft? {
        guard let profile = LinkedInProfile(parsing: link) else { return nil }
        var parts = ProfileText.parts(of: title)
        guard let name = parts.first, PersonName(parsing: name) != nil, !name.contains(where: \.isNumber) else {
            return nil
        }
        parts.removeFirst()
        let wasCut = parts.last.map(ProfileText.isCut) ?? false
        var role: String?
        var company: String?
        let hints = ProfileText.hints(in: snippet ?? "")
        switch parts.count {
        case 0: break
        case 1:
            // One more part: a role or a company. The word ` at ` tells them apart, and so does the snippet.
            if let split = ProfileText.splitAt(parts[0]) {
                (role, company) = split
            } else if hints.contains(where: { $0.folded == parts[0].folded }),
                let other = hints.last(where: { hint in
                    hint.folded != parts[0].folded && !ProfileText.isPlace(hint)
                })
            {
                let isRole = ProfileText.looksLikeRole(parts[0])
                role = isRole ? parts[0] : other
                company = isRole ? other : parts[0]
            } else if ProfileText.looksLikeRole(parts[0]) {
                role = parts[0]
            } else {
                company = parts[0]
            }
        default:
            if let split = ProfileText.splitAt(parts[0]) {
                (role, company) = split
            } else {
                role = parts[0]
                company = parts[1]
            }
        }
        if wasCut, let text = company.map(ProfileText.uncut) {
            // The snippet often contains in full what is cut off in the title.
            company = hints.first { $0.folded.hasPrefix(text.folded) && !text.folded.isEmpty }
        }
        var fields = LeadFields()
        fields[.fullName] = name
        fields[.title] = role.map(ProfileText.uncut)
        fields[.company] = company
        fields[.location] = hints.first.flatMap { ProfileText.isPlace($0) ? $0 : nil }
        fields[.linkedInURL] = profile.description
        var record = ["title": title, "link": link]
        record["snippet"] = snippet
        return LeadDraft(
            fields: fields, source: SerpAPIClient.service, author: .stage("scrape"), record: record)
    }
}

/// Parses the texts that Google shows for a LinkedIn profile.
enum ProfileText {
    /// The parts of the title, without LinkedIn's name.
    static func parts(of title: String) -> [String] {
        var text = title.tidied(limit: 300)
        for dash in [" – ", " — ", " | ", " · "] { text = text.replacing(dash, with: " - ") }
        return text.split(separator: " - ").map { String($0).tidied() }
            .filter { !$0.isEmpty && $0.lowercased() != "linkedin" && !$0.lowercased().hasPrefix("linkedin ") }
    }

    static func isCut(_ text: String) -> Bool { text.hasSuffix("...") || text.hasSuffix("…") }

    static func uncut(_ text: String) -> String {
        var text = text
        while let last = text.last, last == "." || last == "…" || last == " " { text.removeLast() }
        return text
    }

    static func splitAt(_ text: String) -> (String, String)? {
        for mark in [" at ", " @ ", " chez ", " bei "] {
            guard let range = text.firstRange(of: mark) else { continue }
            let (role, company) = (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
            if !role.isEmpty, !company.isEmpty { return (role, company) }
        }
        return nil
    }

    /// The items that the snippet lists between dots.
    static func hints(in snippet: String) -> [String] {
        let parts = snippet.tidied(limit: 400).split(separator: " · ").map { String($0).tidied() }
        return parts.count >= 2 ? parts.filter { !$0.isEmpty && $0.count <= 80 } : []
    }

    static func isPlace(_ text: String) -> Bool {
        text.split(separator: ",").count >= 2 && !text.contains(where: \.isNumber)
    }

    static func looksLikeRole(_ text: String) -> Bool {
        let words = text.folded.split(separator: " ").map(String.init)
        return words.contains { roles.contains($0) }
    }

    private static let roles: Set<String> = [
        "founder", "cofounder", "co", "ceo", "cto", "cfo", "coo", "cmo", "cio", "chief", "president", "vp", "vice",
        "head", "director", "manager", "lead", "leader", "engineer", "developer", "designer", "consultant", "analyst",
        "specialist", "coordinator", "officer", "partner", "owner", "principal", "associate", "executive", "assistant",
        "administrator", "advisor", "architect", "marketing", "sales", "operations", "recruiter", "buyer", "planner",
        "supervisor", "accountant", "controller", "attorney", "lawyer", "teacher", "nurse", "physician",
    ]
}

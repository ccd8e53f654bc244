/// A company's name, and a key that its different spellings share.
public struct CompanyName: Hashable, Sendable, CustomStringConvertible {
    /// The name as people write it.
    public let description: String

    /// Returns nil if nothing is left that could be a name.
    public init?(parsing text: String) {
        var name = text.tidied(limit: 200)
        while let last = name.last, ",;|·-–—".contains(last) || last == " " { name.removeLast() }
        while let first = name.first, ",;|·-–—".contains(first) || first == " " { name.removeFirst() }
        guard name.contains(where: { $0.isLetter || $0.isNumber }),
            !CompanyName.placeholders.contains(name.lowercased())
        else { return nil }
        description = name
    }

    /// A key that all spellings of a name share: without case, diacritics, punctuation, legal form and `the`, and with
    /// common words spelled in one way. Never empty.
    public var matchKey: String {
        let isJoined = description.utf8.contains { $0 == 0x26 || $0 == 0x2B }
        let spelled = isJoined ? description.replacing("&", with: " and ").replacing("+", with: " and ") : description
        let folded = spelled.folded
        var words = folded.split(separator: " ").map(String.init)
        for (long, short) in CompanyName.phrases {
            if let start = words.firstRange(of: long) { words.replaceSubrange(start, with: [short]) }
        }
        words = words.map { CompanyName.abbreviations[$0] ?? $0 }
        if words.count > 1, words.first == "the" { words.removeFirst() }
        while words.count > 1, let last = words.last, CompanyName.legalForms.contains(last) || last == "and" {
            words.removeLast()
        }
        return words.isEmpty ? description.lowercased() : words.joined(separator: " ")
    }

    /// Whether folded words end in a legal form: `acme gmbh`, `acme sp z oo`.
    public static func hasLegalForm(_ folded: String) -> Bool {
        guard let last = folded.split(separator: " ").dropFirst().last.map(String.init) else { return false }
        return statedForms.contains(last) || folded.contains("gmbh") || folded.contains(" co kg")
            || folded.contains("sp z o")
            || [" z oo", " a s", " s a", " e v"].contains { folded.hasSuffix($0) }
    }

    private static let placeholders: Set<String> = [
        "n/a", "na", "none", "null", "nil", "-", "unknown", "self-employed", "self employed", "freelance", "linkedin",
    ]

    private static let phrases: [([String], String)] = [
        (["united", "states", "of", "america"], "us"), (["united", "states"], "us"), (["u", "s"], "us"),
        (["united", "kingdom"], "uk"), (["l", "l", "c"], "llc"), (["g", "m", "b", "h"], "gmbh"),
        (["s", "a", "r", "l"], "sarl"), (["s", "p", "a"], "spa"), (["s", "a"], "sa"),
    ]

    private static let abbreviations: [String: String] = [
        "intl": "international", "int": "international", "natl": "national", "bros": "brothers", "mfg": "manufacturing",
        "mgmt": "management", "svcs": "services", "svc": "services", "service": "services", "tech": "technology",
        "technologies": "technology", "assoc": "associates", "assn": "association", "dept": "department",
        "univ": "university", "govt": "government", "labs": "lab", "laboratories": "lab", "laboratory": "lab",
        "solution": "solutions", "system": "systems", "corporation": "corp", "incorporated": "inc",
        "company": "co", "limited": "ltd",
    ]

    private static let legalForms: Set<String> = [
        "inc", "llc", "ltd", "corp", "co", "plc", "llp", "lp", "pllc", "pc", "gmbh", "ag", "kg", "mbh", "ug", "sa",
        "sas", "sarl", "spa", "srl", "bv", "nv", "ab", "as", "asa", "oy", "oyj", "aps", "pty", "pte", "sl", "kk", "kft",
        "holding", "holdings", "group",
    ]

    /// Forms that show a company's name. Those of `matchKey` are fewer, because keys are stored.
    private static let statedForms = legalForms.subtracting(["holding", "holdings", "group", "lp", "pc"]).union([
        "mbb", "partg", "partgmbb", "limited", "corporation", "kgaa", "ohg", "gbr", "ev", "se", "sasu", "eurl", "srls",
        "snc", "vof", "slu", "sau", "lda", "ltda", "eireli", "sro", "doo", "zoo", "sca", "cv", "eg", "hb",
    ])
}

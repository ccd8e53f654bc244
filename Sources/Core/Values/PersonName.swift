/// A person's name, split into its parts.
public struct PersonName: Hashable, Sendable, CustomStringConvertible {
    /// The given name, with initials as written.
    public let given: String
    /// Everything between given name and surname.
    public let middle: String
    /// The surname with its particles: `van der Berg`.
    public let family: String
    /// `Jr.`, `III`; nil if there is none. Degrees and honours are dropped.
    public let suffix: String?
    /// Names in quotation marks or brackets: `Charles "Chuck"`.
    public let nicknames: [String]

    /// Given name, middle, surname, suffix.
    public var description: String {
        let name = [given, middle, family].filter { !$0.isEmpty }.joined(separator: " ")
        return suffix.map { "\(name) \($0)" } ?? name
    }

    /// Parses `First Last` or `Last, First`, with surrounding titles, degrees, nicknames and decoration. Returns nil if
    /// no word with a letter is left.
    public init?(parsing text: String) {
        var (plain, nicknames) = PersonName.withoutNicknames(NameTail.withoutRemarks(text.tidied(limit: 200)))
        if !plain.unicodeScalars.allSatisfy(PersonName.isPartOfName) {
            plain = String(plain.unicodeScalars.map { PersonName.isPartOfName($0) ? Character($0) : " " })
        }
        plain = plain.tidied(limit: 120)
        let parts = plain.split(separator: ",").map { $0.split(separator: " ").map(String.init) }.filter { !$0.isEmpty }
        guard var words = parts.first else { return nil }
        let isOneCase = PersonName.hasOneCase(parts.flatMap(\.self))
        var suffix: String?
        var tail = parts.dropFirst().map { $0 }
        // After a comma comes a suffix, a degree or a place, or else the given name.
        var familyKnown = 0
        if let next = tail.first, NameTail.isGivenName(next, behind: words, isOneCase: isOneCase) {
            familyKnown = words.count
            words = next + words
            tail.removeFirst()
        }
        for word in tail.joined() where PersonName.isSuffix(word) {
            suffix = suffix ?? PersonName.spelled(suffix: word)
        }
        while words.count > 1, let first = words.first {
            let isTitle =
                PersonName.titles.contains(first.folded)
                && (words.count > 2 || PersonName.sureTitles.contains(first.folded))
            // `PhD John Smith`
            let isDegree =
                words.count > 2 && first.count > 1 && NameTail.isCredential(first, behind: 2, isOneCase: isOneCase)
                && !GivenNames.isKnown(first)
            guard isTitle || isDegree else { break }
            words.removeFirst()
        }
        while words.count > 1, let last = words.last {
            if words.count > 2 || !PersonName.isRoman(last), PersonName.isSuffix(last) {
                suffix = suffix ?? PersonName.spelled(suffix: last)
            } else if !NameTail.isCredential(last, behind: words.count - 1, isOneCase: isOneCase) {
                break
            }
            words.removeLast()
            familyKnown = max(0, familyKnown - 1)
        }
        guard words.contains(where: { $0.contains(where: \.isLetter) }),
            !PersonName.placeholders.contains(words.joined(separator: " ").folded)
        else { return nil }
        if PersonName.hasOneCase(words) { words = words.map(PersonName.capitalised) }
        var familyStart = familyKnown > 0 ? max(1, words.count - familyKnown) : words.count - 1
        while familyStart > 1, PersonName.particles.contains(words[familyStart - 1].lowercased()) { familyStart -= 1 }
        if words.count == 1 {
            given = words[0]
            middle = ""
            family = ""
        } else {
            given = words[0]
            middle = words[1..<max(1, familyStart)].joined(separator: " ")
            family = words[max(1, familyStart)...].joined(separator: " ")
        }
        self.suffix = suffix
        nicknames = nicknames.filter { !$0.isEmpty }
        self.nicknames = nicknames
    }

    /// Creates a name whose parts are known.
    public init?(first: String, last: String) {
        self.init(
            parsing: last.isEmpty
                ? first : "\(last.utf8.contains(0x2C) ? last.replacing(",", with: " ") : last), \(first)")
    }

    /// The surname as a key: its last word, without a suffix, folded; empty if there is no surname.
    public var familyKey: String { family.folded.split(separator: " ").last.map(String.init) ?? "" }

    /// The names that the person uses, folded: given name, middle names and nicknames.
    var calledBy: (given: String, others: [String]) {
        (
            given.folded.replacing(" ", with: ""),
            (middle.split(separator: " ").map(String.init) + nicknames).map { $0.folded.replacing(" ", with: "") }
        )
    }

    /// Whether the name was written all in capitals, or without any.
    private static func hasOneCase(_ words: [String]) -> Bool {
        let hasLower = words.contains { $0.utf8.contains { (0x61...0x7A).contains($0) } }
        let hasUpper = words.contains { $0.utf8.contains { (0x41...0x5A).contains($0) } }
        if hasLower, hasUpper { return false }
        let letters = words.joined().filter(\.isLetter)
        if letters.allSatisfy({ !$0.isUppercase }) { return true }
        return letters.count > 3 && letters.allSatisfy { $0.isUppercase || !$0.isCased }
    }

    private static func withoutNicknames(_ text: String) -> (String, [String]) {
        let pairs: [Character: Character] = [
            "(": ")", "[": "]", "\"": "\"", "“": "”", "„": "“", "«": "»", "‘": "’", "{": "}",
        ]
        var plain = ""
        var nicknames: [String] = []
        guard text.unicodeScalars.contains(where: { $0.value > 0x7F || "([{\"".unicodeScalars.contains($0) }) else {
            return (text, [])
        }
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if let end = pairs[character], let close = rest.firstIndex(of: end) {
                let inside = String(rest[..<close]).tidied(limit: 40)
                // Pronouns and remarks are not names.
                if !inside.contains("/"), inside.split(separator: " ").count <= 2, inside.contains(where: \.isLetter),
                    inside.allSatisfy({ $0.isLetter || " '’.-".contains($0) })
                {
                    nicknames.append(inside)
                }
                rest = rest[rest.index(after: close)...]
                plain.append(" ")
            } else {
                plain.append(character)
            }
        }
        return (plain, nicknames)
    }

    private static func isPartOfName(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 { return scalar.properties.isAlphabetic || " ,.'-`".unicodeScalars.contains(scalar) }
        if scalar.properties.isAlphabetic || scalar == "’" || scalar == "‐" || scalar == "·" { return true }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark: return scalar.value < 0xFE00 || scalar.value > 0xFE0F
        default: return scalar.value == 0x200C || scalar.value == 0x200D
        }
    }

    static func isSuffix(_ word: String) -> Bool {
        ["jr", "sr", "ii", "iii", "iv"].contains(word.folded)
    }

    private static func isRoman(_ word: String) -> Bool { word.allSatisfy { "IVX".contains($0) } }

    private static func spelled(suffix: String) -> String {
        switch suffix.folded {
        case "jr": "Jr."
        case "sr": "Sr."
        case let other: other.uppercased()
        }
    }

    private static func capitalised(_ word: String) -> String {
        if particles.contains(word.lowercased()) { return word.lowercased() }
        var result = ""
        var startsWord = true
        for character in word.lowercased() {
            result += startsWord ? character.uppercased() : String(character)
            startsWord = "-'’".contains(character)
        }
        if result.hasPrefix("Mc"), result.count > 3 {
            return "Mc" + result.dropFirst(2).prefix(1).uppercased() + result.dropFirst(3)
        }
        return result
    }

    /// Titles that are no given name, even if a single word follows.
    private static let sureTitles: Set<String> = [
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "herr", "frau", "monsieur", "madame", "mme",
    ]

    /// Texts that stand in a name column but are not names.
    private static let placeholders: Set<String> = [
        "na", "n a", "unknown", "null", "none", "nil", "undefined", "no name", "noname", "not available", "anonymous",
        "info",
        "sales", "sales team", "admin", "contact", "customer", "first last", "first name last name", "test test",
    ]

    static let titles: Set<String> = [
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "reverend",
        "fr", "father", "hon", "honorable", "rep", "sen", "senator", "gov", "capt", "captain", "col", "gen", "lt",
        "maj", "sgt", "herr", "frau", "monsieur", "madame", "mme", "ing", "dipl", "mag", "rabbi", "judge", "dipl ing",
        "dr ing", "dipling", "dring", "prof dr", "profdr", "dott", "dottssa", "med", "hc",
        "h c", "univ", "habil", "dr med", "drmed", "rer nat",
    ]

    /// Whether a word stands between given name and surname and belongs to the latter: `van`, `de la`.
    public static func isParticle(_ word: String) -> Bool { particles.contains(word.lowercased()) }

    static let particles: Set<String> = [
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "ter", "ten",
        "bin", "ibn", "al", "el", "st", "st.", "zu", "af", "av", "y",
    ]
}

import Values

/// The people whom a page names, and where.
struct PagePeople {
    struct Mention: Equatable {
        let name: PersonName
        /// The name without titles and marks, as a key.
        let key: String
        let line: Int
        /// Whether more than its place in the page shows that it is a name.
        let isSure: Bool
        /// Whether it names who answers for a company before the law, not whom to call.
        let isLegal: Bool
    }

    private(set) var mentions: [Mention] = []
    /// Each of them once, with the words of the name.
    private(set) var people: [(key: String, name: PersonName, words: Set<String>)] = []
    /// Pairs of capitalised words that are not known to be names.
    private(set) var doubles: [(name: PersonName, line: Int)] = []
    let document: PageDocument
    let lines: [PageLine]

    init(_ document: PageDocument, _ lines: [PageLine], wanted: [String]) {
        self.document = document
        self.lines = lines
        let known = wanted.compactMap { PersonName(parsing: $0) }.map { name in
            (name: name, key: Self.key(name), spellings: Self.spellings(name).map { " \($0) " })
        }.filter { !$0.key.isEmpty }
        for (number, line) in lines.enumerated() where line.text.count < 1_500 {
            var names = Self.names(in: line.text)
            for name in Self.addressed(in: line.text) where !names.contains(where: { Self.key($0) == Self.key(name) }) {
                names.append(name)
            }
            let folded = " " + line.text.folded + " "
            for (name, key, spellings) in known
            where spellings.contains(where: folded.contains) && !names.contains(where: { Self.key($0) == key }) {
                names.append(name)
            }
            if doubles.count < 200 { doubles += Self.pairs(in: line.text, besides: names).map { ($0, number) } }
            // A name in brackets behind another is the same in other letters.
            if names.count > 1 {
                names.removeAll { name in line.text.contains("(\(name.given)") || line.text.contains("（\(name.given)") }
            }
            let isLegal = Self.isLegal(line.text)
            let loose = names.isEmpty ? Self.loose(in: line.text) : []
            for (name, isSure) in names.map({ ($0, true) }) + loose.map({ ($0, false) }) where mentions.count < 500 {
                mentions.append(
                    Mention(
                        name: name, key: Self.key(name), line: number, isSure: isSure, isLegal: isLegal))
            }
        }
        var seen: Set<String> = []
        for mention in mentions where seen.insert(mention.key).inserted {
            people.append((mention.key, mention.name, Set(mention.key.words)))
        }
    }

    static func key(_ name: PersonName) -> String { "\(name.given) \(name.family)".folded }

    /// How a name may be written in a line, folded. One without a surname is only looked for as it is.
    private static func spellings(_ name: PersonName) -> [String] {
        let (given, family) = (name.given.folded, name.family.folded)
        return [name.description.folded] + (family.isEmpty ? [given] : ["\(given) \(family)", "\(family) \(given)"])
    }

    private static func isLegal(_ text: String) -> Bool {
        let lower = text.lowercased()
        return legal.contains { lower.contains($0) }
    }

    private static let legal = [
        "geschäftsführer:", "geschäftsführerin:", "geschäftsführung:", "vertreten durch", "vertretungsberechtigt",
        "inhaber:", "inhaberin:", "verantwortlich", "directeur de la publication", "directrice de la publication",
        "responsable de la publication", "gérant :", "gérante :", "gérant:", "legale rappresentante",
        "amministratore unico", "administrador único", "titular:", "represented by", "company secretary", "directors:",
        "bestuurder:", "prezes zarządu:", "vorstand:", "aufsichtsrat", "delegado de protección",
        "datenschutzbeauftragte", "data protection officer", "président :",
    ]

    /// Names of two to four capitalised words, of which the first is a known given name.
    static func names(in text: String) -> [PersonName] {
        var names: [PersonName] = []
        var run: [String] = []
        func flush() {
            defer { run = [] }
            var words = run[...]
            while words.count >= 2 {
                if GivenNames.isKnown(words[words.startIndex]), words[words.startIndex].count > 1 {
                    let taken = Array(words.prefix(4))
                    for length in stride(from: min(4, taken.count), through: 2, by: -1) {
                        let candidate = taken.prefix(length)
                        guard candidate.last.map({ !Self.stops.contains($0.folded) }) == true,
                            let name = PersonName(parsing: candidate.joined(separator: " ")), !name.family.isEmpty
                        else { continue }
                        if length > 2, GivenNames.isKnown(taken[length - 1]), length == 4 { continue }
                        names.append(name)
                        words = words.dropFirst(length)
                        break
                    }
                    guard words.count == run.count else { break }
                    words = words.dropFirst()
                } else {
                    words = words.dropFirst()
                }
            }
        }
        for word in text.split(whereSeparator: { " \u{A0}".contains($0) }) {
            let plain = String(word).trimmedPunctuation
            let isName =
                plain.first?.isUppercase == true && plain.allSatisfy { $0.isLetter || "-'’.".contains($0) }
                && plain.count <= 25 && !stops.contains(plain.folded)
            let isParticle = !run.isEmpty && PersonName.isParticle(plain)
            if isName || isParticle { run.append(plain) } else { flush() }
            if let last = word.last, ",;:!?()|–—/".contains(last) || last == "." && plain.count > 3 { flush() }
        }
        flush()
        return names
    }

    private static func pairs(in text: String, besides names: [PersonName]) -> [PersonName] {
        guard text.count <= 400 else { return [] }
        var pairs: [PersonName] = []
        let words = text.split(separator: " ").map(String.init)
        for index in words.indices.dropLast()
        where words[index].last.map({ $0.isLetter }) == true && isNameWord(words[index]) {
            let next = words[index + 1].trimmedPunctuation
            guard isNameWord(next), let name = PersonName(parsing: "\(words[index]) \(next)"), !name.family.isEmpty,
                !names.contains(where: { $0.description.contains(words[index]) && $0.description.contains(next) })
            else { continue }
            pairs.append(name)
        }
        return pairs
    }

    /// Names behind a form of address.
    private static func addressed(in text: String) -> [PersonName] {
        var names: [PersonName] = []
        let words = text.split(separator: " ").map(String.init)
        for (index, word) in words.enumerated()
        where (isFormOfAddress(word) || word == "M.") && index + 2 < words.count {
            let pair = [words[index + 1].trimmedPunctuation, words[index + 2].trimmedPunctuation]
            if pair.allSatisfy({ isNameWord($0) }), let name = PersonName(parsing: pair.joined(separator: " ")),
                !name.family.isEmpty
            {
                names.append(name)
            }
        }
        return names
    }

    /// Names that nothing but their place shows: `Lupita Cavazos, ventas`, and in tables `Fichtner, Angelika`.
    private static func loose(in text: String) -> [PersonName] {
        var names: [PersonName] = []
        let pieces = text.split(separator: ",").map { String($0).tidied() }
        if pieces.count == 2, text.count <= 40, GivenNames.isKnown(pieces[1]), isNameWord(pieces[0]),
            let name = PersonName(parsing: "\(pieces[1]) \(pieces[0])")
        {
            return [name]
        }
        let head = String(text.prefix { !",;:(–—|/".contains($0) }).tidied()
        let parts = head.split(separator: " ").map(String.init)
        if head.count <= 45, text.count <= 90, (2...4).contains(parts.count),
            parts.allSatisfy({ isNameWord($0) || PersonName.isParticle($0) || $0.count <= 2 && $0.hasSuffix(".") }),
            let name = PersonName(parsing: head), !name.family.isEmpty, isNameWord(parts[0])
        {
            names.append(name)
        }
        return names
    }

    private static func isNameWord(_ word: String) -> Bool {
        word.count >= 2 && word.first?.isUppercase == true && word.dropFirst().contains(where: \.isLowercase)
            && word.allSatisfy { $0.isLetter || "-'’.".contains($0) } && !stops.contains(word.folded)
    }

    static func isFormOfAddress(_ word: String) -> Bool {
        formsOfAddress.contains(word.lowercased().replacing(".", with: "").trimmedPunctuation)
    }

    /// Without full stops. *M.* for Monsieur is not among them, because a single letter may be anything.
    private static let formsOfAddress: Set<String> = [
        "dr", "prof", "herr", "herrn", "frau", "mr", "mrs", "ms", "miss", "mme", "mlle", "sig", "sigra", "signora",
        "signor", "dott", "dottssa", "avv", "ing", "sr", "sra", "señor", "señora", "dhr", "mevr", "mw", "pan", "pani",
        "fru", "dra",
    ]

    private static let stops: Set<String> = [
        "the", "our", "street", "road", "avenue", "lane", "inc", "ltd", "llc", "llp", "gmbh", "ag", "director",
        "manager", "sales", "team", "office", "contact", "email", "phone", "tel", "fax", "group", "company", "partner",
        "partners", "head", "founder", "ceo", "cto", "cfo", "owner", "strasse", "str", "platz", "university", "college",
        "hospital", "hotel", "house", "park", "court", "building", "associates", "solutions", "services", "director",
        "engineering", "marketing", "reception", "support", "monday", "friday", "january", "may", "june", "april",
        "august", "mobile", "mobil", "natel", "erster", "zweiter", "burgermeister", "geschaftsfuhrer",
        "geschaftsfuhrung", "leiter", "leitung", "inhaber", "verkauf", "service", "telefon", "zentrale", "kontakt",
        "impressum", "offnungszeiten", "unternehmen", "presidente", "gerente", "responsable", "ventas", "ufficio",
        "chi", "siamo", "about", "us", "meet", "customer", "business", "general", "managing", "export", "import",
        "quality", "human", "resources", "account", "finance", "press", "media", "new", "privacy", "policy", "cookie",
        "terms", "read", "more", "learn", "opening", "hours", "bds", "mrics", "phd", "mba", "md",
    ]
}

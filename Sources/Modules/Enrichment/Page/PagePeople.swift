import Values

/// The people whom a page names, and where. What stands nearest to an address decides whose it is.
struct PagePeople {
    struct Mention: Equatable {
        let name: PersonName
        /// The name without titles and marks, as a key.
        let key: String
        let line: Int
        /// The text nodes of its line.
        let nodes: ClosedRange<Int>
        /// Whether more than its place in the page shows that it is a name.
        let isSure: Bool
        /// Whether it names who answers for a company before the law, not whom to call.
        let isLegal: Bool
    }

    private(set) var mentions: [Mention] = []
    /// Pairs of capitalised words that are no names for all that is known.
    private var doubles: [(name: PersonName, line: Int)] = []
    private let lines: [PageLine]

    init(_ document: PageDocument, _ lines: [PageLine], wanted: [String]) {
        self.lines = lines
        let known = wanted.compactMap { PersonName(parsing: $0) }
        for (number, line) in lines.enumerated() where line.text.count < 1_500 {
            var names = Self.names(in: line.text)
            for name in Self.addressed(in: line.text) where !names.contains(where: { Self.key($0) == Self.key(name) }) {
                names.append(name)
            }
            let folded = " " + line.text.folded + " "
            for name in known {
                let key = Self.key(name)
                guard !key.isEmpty, !names.contains(where: { Self.key($0) == key }) else { continue }
                let (given, family) = (name.given.folded, name.family.folded)
                if folded.contains(" \(name.description.folded) ")
                    || !family.isEmpty && folded.contains(" \(given) \(family) ")
                    || !family.isEmpty && folded.contains(" \(family) \(given) ")
                    || family.isEmpty && folded.contains(" \(given) ")
                {
                    names.append(name)
                }
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
                        name: name, key: Self.key(name), line: number, nodes: line.nodes, isSure: isSure,
                        isLegal: isLegal))
            }
        }
    }

    private static func key(_ name: PersonName) -> String { "\(name.given) \(name.family)".folded }

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
        where addresses.contains(word.trimmedPunctuation) && index + 2 < words.count {
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

    private static let addresses: Set<String> = [
        "Mr", "Mrs", "Ms", "Miss", "Dr", "Herr", "Frau", "Herrn", "M", "Mme", "Sr", "Sra", "Sig", "Sig.ra", "Dott",
        "Dott.ssa", "Pan", "Pani", "Dhr", "Mevr", "Fru", "Dra",
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

    // MARK: Owners

    /// The person whose mailbox an address is, by its name and by what stands nearest; nil for a role's, and where two
    /// people fit.
    func owner(of address: EmailAddress, at nodes: [Int], _ document: PageDocument) -> String? {
        var fits: [(key: String, name: PersonName, isFull: Bool)] = []
        // Names that are not known to be one count where they make it doubtful whose an address is.
        var doubtful: Set<String> = []
        for (name, line) in doubles where MailboxOwner.likeness(name, of: address) == .part {
            if nodes.contains(where: { self.line(of: $0) == line }) { doubtful.insert(Self.key(name)) }
            let key = Self.key(name)
            if !fits.contains(where: { $0.key == key }) { fits.append((key, name, false)) }
        }
        for mention in mentions where !fits.contains(where: { $0.key == mention.key }) {
            let likeness = MailboxOwner.likeness(mention.name, of: address)
            if likeness != .none { fits.append((mention.key, mention.name, likeness == .full)) }
        }
        // `Bell Michelle` is no other person than `Michelle Bell`.
        let known = mentions.map { Set($0.key.words) }
        fits.removeAll { fit in
            !mentions.contains { $0.key == fit.key } && known.contains { $0.isSuperset(of: fit.key.words) }
        }
        let full = fits.filter(\.isFull)
        if full.count == 1, let only = full.first { return only.name.description }
        guard full.isEmpty, !address.isRole, fits.contains(where: { fit in mentions.contains { $0.key == fit.key } })
        else { return nil }
        // A family's name that is the company's as well: the mailbox is everybody's.
        let local = address.local.folded.replacing(" ", with: "")
        let own = address.domain.split(separator: ".").map(String.init).joined().folded
        if local.count >= 4, own.contains(local),
            fits.contains(where: { $0.name.family.folded.replacing(" ", with: "") == local })
        {
            return fits.count == 1 && nodes.contains { isCard(of: fits[0].key, at: $0, document) }
                ? fits[0].name.description : nil
        }
        if fits.count == 1, let only = fits.first {
            // A colleague who is not named here may share an initial; so the name has to stand beside the address.
            return nodes.contains { isBeside(only.key, $0, document) } ? only.name.description : nil
        }
        // Beside it stands somebody else who fits.
        guard !fits.contains(where: { doubtful.contains($0.key) }) else { return nil }
        let keys = Set(fits.map(\.key))
        // In a sentence of its own, an address that fits two people is for everybody: `For questions, write to jsmith@…`
        guard nodes.allSatisfy({ isAlone(address, $0) || isNamed(in: $0, keys) }) else { return nil }
        let owners = Set(nodes.compactMap { nearest(to: $0, of: keys, document) })
        guard owners.count == 1, let key = owners.first else { return nil }
        return fits.first { $0.key == key }?.name.description
    }

    private func line(of node: Int) -> Int? {
        lines.index(of: node, through: node + 1)
    }

    private func isNamed(in node: Int, _ keys: Set<String>) -> Bool {
        guard let number = line(of: node) else { return false }
        return mentions.contains { $0.line == number && keys.contains($0.key) }
    }

    /// Whether an address stands in a line of its own, but for a label.
    private func isAlone(_ address: EmailAddress, _ node: Int) -> Bool {
        guard let number = line(of: node) else { return true }
        return lines[number].text.count <= max(40, address.description.count + 12) && !lines[number].text.contains("?")
            && lines[number].text.split(separator: " ").count <= 4
    }

    /// Whether a name stands in a node's own line, or is the only one in the smallest part of the page around it that has one.
    private func isBeside(_ key: String, _ node: Int, _ document: PageDocument) -> Bool {
        if let number = lines.index(of: node, through: node + 1),
            mentions.contains(where: { $0.line == number && $0.key == key })
        {
            return true
        }
        var place = document.nodes[node].parent
        var steps = 0
        while place >= 0, steps < 12 {
            steps += 1
            let end = document.nodes[place].end
            let inside = mentions.filter { $0.nodes.lowerBound >= place && $0.nodes.lowerBound < end }
            let keys = Set(inside.map(\.key))
            if keys == [key] {
                return lines.reduce(0) {
                    $0 + ($1.nodes.lowerBound >= place && $1.nodes.lowerBound < end ? $1.text.count : 0)
                } <= 700
            }
            if keys.count > 1 { return keys.contains(key) && preceding(node, inside) == key }
            place = document.nodes[place].parent
        }
        return false
    }

    /// Whether a node stands in a small part of the page that begins with a name.
    private func isCard(of key: String, at node: Int, _ document: PageDocument) -> Bool {
        guard
            let number = lines.index(of: node, through: .max)
        else { return false }
        if mentions.contains(where: { $0.line == number && $0.key == key && lines[number].text.folded.hasPrefix(key) })
        {
            return true
        }
        return card(of: number, isPersonal: false, document)?.key == key
    }

    /// Of several people, the one whose name alone stands in the smallest part of the page around a node.
    private func nearest(to node: Int, of keys: Set<String>, _ document: PageDocument) -> String? {
        var place = document.nodes[node].parent
        var steps = 0
        while place >= 0, steps < 12 {
            steps += 1
            let inside = mentions.filter {
                keys.contains($0.key) && $0.nodes.lowerBound >= place && $0.nodes.lowerBound < document.nodes[place].end
            }
            let names = Set(inside.map(\.key))
            if names.count == 1, let only = names.first { return only }
            if names.count > 1 { return preceding(node, inside) }
            place = document.nodes[place].parent
        }
        return nil
    }

    /// Of names in one part of a page, the one that stands in a line of its own right before a node's line.
    private func preceding(_ node: Int, _ inside: [Mention]) -> String? {
        guard
            let own = lines.index(of: node, through: .max)
        else { return nil }
        let before = inside.filter { $0.line < own && own - $0.line <= 4 }
        guard let last = before.map(\.line).max() else { return nil }
        // Of two names in a row, neither has what stands below for itself.
        let nearest = Set(before.filter { $0.line == last || $0.line == last - 1 }.map(\.key))
        let isOwnLine = Set(inside.filter { $0.line == own }.map(\.key)).isEmpty
        return nearest.count == 1 && isOwnLine ? nearest.first : nil
    }

    /// The person whose telephone number stands in a line: who is named right before it or in brackets behind it, or whose card
    /// it stands in. Nil for a number of an office, and where more than one person may be meant.
    ///
    /// - Parameter isPersonal: whether the number is a mobile one, or somebody's direct line.
    func owner(ofNumber written: String, inLine number: Int, isPersonal: Bool, _ document: PageDocument) -> String? {
        let line = lines[number]
        guard line.region == .main || line.region == .aside, let range = line.text.firstRange(of: written) else {
            return nil
        }
        let before = String(line.text[..<range.lowerBound])
        let after = String(line.text[range.upperBound...])
        if let open = after.firstIndex(of: "("), after.distance(from: after.startIndex, to: open) <= 1 {
            let inside = String(after[after.index(after: open)...].prefix { $0 != ")" })
            if let name = mentions.first(where: { $0.line == number && inside.folded.hasPrefix($0.key) }) {
                return name.isLegal ? nil : name.name.description
            }
        }
        // What stands since the last number or sentence belongs to this one.
        var near = Substring(before)
        if let digit = near.lastIndex(where: \.isNumber),
            near.distance(from: digit, to: near.endIndex) > 3 || near.count > 6
        {
            near = near[near.index(after: digit)...]
        }
        if let stop = near.firstRange(of: ". ", backwards: true),
            near[..<stop.lowerBound].split(separator: " ").last.map({ $0.count > 5 }) == true
        {
            near = near[stop.upperBound...]
        }
        guard !Self.isOffice(String(near)) else { return nil }
        // `Write to Jane Doe, or ring …`: that is another way to reach the company.
        let words = Set(String(near).folded.split(separator: " ").map(String.init))
        guard
            isPersonal
                || words.isDisjoint(with: [
                    "or", "oder", "ou", "o", "oppure", "of", "lub", "eller", "sonst", "otherwise",
                ])
        else { return nil }
        let folded = " " + String(near).folded + " "
        let named = Set(mentions.filter { $0.line == number && folded.contains(" \($0.key) ") }.map(\.key))
        if named.count == 1, let key = named.first,
            let mention = mentions.first(where: { $0.key == key && $0.line == number })
        {
            return mention.isLegal || !mention.isSure ? nil : mention.name.description
        }
        // `Direktdurchwahl Dr. Lindner:` names its owner by the surname alone.
        if let surname = Self.titled(String(near)) {
            let keys = Set(mentions.filter { $0.isSure && $0.key.hasSuffix(" \(surname)") }.map(\.key))
            guard keys.count == 1, let mention = mentions.first(where: { $0.key == keys.first && $0.isSure }) else {
                return nil
            }
            return mention.isLegal ? nil : mention.name.description
        }
        guard named.isEmpty, line.text.count <= 60, mentions.allSatisfy({ $0.line != number || !$0.isSure }),
            !line.text.lowercased().contains("fax")
        else { return nil }
        return card(of: number, isPersonal: isPersonal, document)?.name.description
    }

    /// The surname behind a form of address: `Frau Dr. Ott` gives `ott`.
    private static func titled(_ text: String) -> String? {
        let words = text.split(whereSeparator: { " :,;()".contains($0) }).map(String.init)
        guard
            let index = words.lastIndex(where: {
                formsOfAddress.contains($0.lowercased().replacing(".", with: ""))
            }), index + 1 < words.count, words[index + 1].first?.isUppercase == true
        else { return nil }
        return words[index + 1].folded
    }

    private static let formsOfAddress: Set<String> = [
        "dr", "prof", "herr", "herrn", "frau", "mr", "mrs", "ms", "miss", "mme", "mlle", "sig", "sigra", "signora",
        "signor", "dott", "dottssa", "avv", "ing", "sr", "sra", "señor", "señora", "dhr", "mevr", "mw", "pan", "pani",
        "dra", "me",
    ]

    /// The person whose card a line stands in: a small part of the page that begins with one name, or lines right below a name.
    private func card(of number: Int, isPersonal: Bool, _ document: PageDocument) -> Mention? {
        guard let found = nearestCard(of: number, isPersonal: isPersonal, document) else { return nil }
        // Names beside each other in a table's row: what stands in the rows below belongs to a column.
        if let row = row(of: found.line, document), row != self.row(of: number, document) {
            let end = document.nodes[row].end
            let keys = mentions.filter { $0.nodes.lowerBound >= row && $0.nodes.lowerBound < end && $0.isSure }.map(
                \.key)
            if Set(keys).count > 1 { return nil }
        }
        return found
    }

    /// The table's row that a line stands in.
    private func row(of number: Int, _ document: PageDocument) -> Int? {
        var place = lines[number].block
        for _ in 0..<12 where place >= 0 {
            if document.nodes[place].name == "tr" { return place }
            place = document.nodes[place].parent
        }
        return nil
    }

    private func nearestCard(of number: Int, isPersonal: Bool, _ document: PageDocument) -> Mention? {
        var place = lines[number].block
        var steps = 0
        while place >= 0, steps < 12, !["body", "html", "main"].contains(document.nodes[place].name) {
            steps += 1
            let end = document.nodes[place].end
            let inside = lines.indices.filter {
                lines[$0].nodes.lowerBound >= place && lines[$0].nodes.lowerBound < end
            }
            let named = mentions.filter { inside.contains($0.line) && $0.isSure }
            let keys = Set(named.map(\.key))
            if keys.count > 1 { break }
            if keys.count == 1, let mention = named.first, let first = inside.first {
                let size = inside.reduce(0) { $0 + lines[$1].text.count }
                if document.nodes[place].name == "tr", size <= 250 { return mention.isLegal ? nil : mention }
                let isHead = mention.line - first <= 1 && isNameLine(mention)
                guard mention.line < number, isHead, size <= 350, !mention.isLegal else { return nil }
                // Another heading in between begins something else.
                let between = (mention.line + 1)..<max(mention.line + 1, number)
                let isParted = between.contains {
                    Self.isOffice(lines[$0].text)
                        || ["dt", "th", "h2", "h3", "h4", "h5"].contains(document.nodes[lines[$0].block].name)
                }
                return isParted ? nil : mention
            }
            place = document.nodes[place].parent
        }
        guard isPersonal else { return nil }
        for back in 1...4 where number >= back {
            let line = number - back
            let named = mentions.filter { $0.line == line && $0.isSure }
            if let mention = named.first {
                return Set(named.map(\.key)).count == 1 && isNameLine(mention) && !mention.isLegal ? mention : nil
            }
            if lines[line].text.count > 90 || Self.isOffice(lines[line].text) { return nil }
        }
        return nil
    }

    /// Whether a line begins with the name, and says little more: `Jane Doe, Sales`.
    private func isNameLine(_ mention: Mention) -> Bool {
        let text = lines[mention.line].text
        guard text.count <= 100 else { return false }
        let tail =
            text.split(separator: ":").map { String($0).folded }.first { $0.contains(mention.key) } ?? text.folded
        guard let range = tail.firstRange(of: mention.key) else {
            return text.folded.contains(mention.name.family.folded)
        }
        return tail.distance(from: tail.startIndex, to: range.lowerBound) <= 12
    }

    private static func isOffice(_ text: String) -> Bool {
        let folded = " " + text.folded + " "
        return offices.contains { folded.contains(" \($0)") }
    }

    private static let offices = [
        "reception", "office ", "buro ", "zentrale", "empfang", "centralino", "switchboard", "main ", "hotline",
        "info ", "allgemein", "general ", "bestell", "order", "share call", "sharecall", "yard", "workshop", "caveau",
        "standard ", "accueil", "recepcion", "ufficio", "segreteria", "sekretariat", "secretar", "werkstatt", "filiale",
        "laden", "winkel", "kantoor", "biuro", "kontor", "oficina", "tienda", "clinica", "praxis", "shop", "showroom",
        "branch", "freephone", "toll free", "helpline", "notdienst", "emergency", "urgence", "customer service",
        "kundenservice", "front desk", "telefonzentrale", "receptie", "receptionen", "vaxel", "bureau", "call us",
        "bel ons", "ring oss", "rufen sie uns",
    ]
}

extension Substring {
    /// The last range of a text.
    fileprivate func firstRange(of text: String, backwards: Bool) -> Range<Index>? {
        var found: Range<Index>?
        var start = startIndex
        while let range = self[start...].firstRange(of: text) {
            found = range
            start = range.upperBound
        }
        return found
    }
}

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
        /// Whether it names who answers for a company before the law, not whom to call.
        let isLegal: Bool
    }

    private(set) var mentions: [Mention] = []
    private let lines: [PageLine]

    init(_ document: PageDocument, _ lines: [PageLine], wanted: [String]) {
        self.lines = lines
        let known = wanted.compactMap { PersonName(parsing: $0) }
        for (number, line) in lines.enumerated() where line.text.count < 1_500 {
            var names = Self.names(in: line.text)
            let folded = " " + line.text.folded + " "
            for name in known {
                let key = Self.key(name)
                guard !key.isEmpty, !names.contains(where: { Self.key($0) == key }) else { continue }
                let (given, family) = (name.given.folded, name.family.folded)
                if folded.contains(" \(name.description.folded) ") || !family.isEmpty && folded.contains(" \(given) \(family) ") || !family.isEmpty && folded.contains(" \(family) \(given) ") || family.isEmpty && folded.contains(" \(given) ") {
                    names.append(name)
                }
            }
            let isLegal = Self.isLegal(line.text)
            for name in names where mentions.count < 500 {
                mentions.append(Mention(name: name, key: Self.key(name), line: number, nodes: line.nodes, isLegal: isLegal))
            }
        }
    }

    private static func key(_ name: PersonName) -> String { "\(name.given) \(name.family)".folded }

    private static func isLegal(_ text: String) -> Bool {
        let lower = text.lowercased()
        return legal.contains { lower.contains($0) }
    }

    private static let legal = [
        "geschäftsführer:", "geschäftsführerin:", "geschäftsführung:", "vertreten durch", "vertretungsberechtigt", "inhaber:", "inhaberin:", "verantwortlich", "directeur de la publication", "directrice de la publication", "responsable de la publication", "gérant :", "gérante :", "gérant:", "legale rappresentante", "amministratore unico", "administrador único", "titular:", "represented by", "company secretary", "directors:", "bestuurder:", "prezes zarządu:", "vorstand:", "aufsichtsrat", "delegado de protección", "datenschutzbeauftragte", "data protection officer", "président :",
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
                        guard candidate.last.map({ !Self.stops.contains($0.folded) }) == true, let name = PersonName(parsing: candidate.joined(separator: " ")), !name.family.isEmpty else { continue }
                        if length > 2, GivenNames.isKnown(taken[length - 1]), length == 4 { continue }
                        names.append(name)
                        words = words.dropFirst(length)
                        break
                    }
                    if words.count == run.count { words = words.dropFirst() } else { break }
                } else {
                    words = words.dropFirst()
                }
            }
        }
        for word in text.split(whereSeparator: { " \u{A0}".contains($0) }) {
            let plain = String(word).trimmedPunctuation
            let isName = plain.first?.isUppercase == true && plain.allSatisfy { $0.isLetter || "-'’.".contains($0) } && plain.count <= 25 && !stops.contains(plain.folded)
            let isParticle = !run.isEmpty && PersonName.isParticle(plain)
            if isName || isParticle { run.append(plain) } else { flush() }
            if let last = word.last, ",;:!?()|–—/".contains(last) || last == "." && plain.count > 3 { flush() }
        }
        flush()
        return names
    }

    private static let stops: Set<String> = [
        "the", "our", "street", "road", "avenue", "lane", "inc", "ltd", "llc", "llp", "gmbh", "ag", "director", "manager", "sales", "team", "office", "contact", "email", "phone", "tel", "fax", "group", "company", "partner", "partners", "head", "founder", "ceo", "cto", "cfo", "owner", "strasse", "str", "platz", "university", "college", "hospital", "hotel", "house", "park", "court", "building", "associates", "solutions", "services", "director", "engineering", "marketing", "reception", "support", "monday", "friday", "january", "may", "june", "april", "august", "mobile", "mobil", "bds", "mrics", "phd", "mba", "md",
    ]

    // MARK: Owners

    /// The person whose mailbox an address is, by its name and by what stands nearest; nil for a role's, and where two
    /// people fit.
    func owner(of address: EmailAddress, at nodes: [Int], _ document: PageDocument) -> String? {
        var fits: [(key: String, name: PersonName, isFull: Bool)] = []
        for mention in mentions where !fits.contains(where: { $0.key == mention.key }) {
            let likeness = MailboxOwner.likeness(mention.name, of: address)
            if likeness != .none { fits.append((mention.key, mention.name, likeness == .full)) }
        }
        let full = fits.filter(\.isFull)
        if full.count == 1, let only = full.first { return only.name.description }
        guard full.isEmpty, !address.isRole, !fits.isEmpty else { return nil }
        if fits.count == 1, let only = fits.first { return only.name.description }
        let keys = Set(fits.map(\.key))
        let owners = Set(nodes.compactMap { nearest(to: $0, of: keys, document) })
        guard owners.count == 1, let key = owners.first else { return nil }
        return fits.first { $0.key == key }?.name.description
    }

    /// Of several people, the one whose name alone stands in the smallest part of the page around a node.
    private func nearest(to node: Int, of keys: Set<String>, _ document: PageDocument) -> String? {
        var place = document.nodes[node].parent
        while place >= 0 {
            let inside = mentions.filter { keys.contains($0.key) && $0.nodes.lowerBound >= place && $0.nodes.lowerBound < document.nodes[place].end }
            let names = Set(inside.map(\.key))
            if names.count == 1, let only = names.first { return only }
            if names.count > 1 { return preceding(node, inside) }
            place = document.nodes[place].parent
        }
        return nil
    }

    /// Of names in one part of a page, the one that stands in a line of its own right before a node's line.
    private func preceding(_ node: Int, _ inside: [Mention]) -> String? {
        guard let own = lines.firstIndex(where: { $0.nodes.lowerBound <= node && node <= $0.nodes.upperBound || $0.nodes.lowerBound > node }) else { return nil }
        let before = inside.filter { $0.line < own && own - $0.line <= 4 }
        guard let last = before.map(\.line).max() else { return nil }
        let nearest = Set(before.filter { $0.line == last }.map(\.key))
        let isOwnLine = Set(inside.filter { $0.line == own }.map(\.key)).isEmpty
        return nearest.count == 1 && isOwnLine ? nearest.first : nil
    }

    /// The person whose telephone number stands at one of these nodes: the only one named in a small part of the page around
    /// it, before it.
    func owner(ofNumberAt nodes: [Int], _ document: PageDocument) -> String? {
        var owners: Set<String> = []
        var names: [String: PersonName] = [:]
        for node in nodes {
            guard let mention = card(of: node, document) else { return nil }
            owners.insert(mention.key)
            names[mention.key] = mention.name
        }
        guard owners.count == 1, let key = owners.first else { return nil }
        return names[key]?.description
    }

    private func card(of node: Int, _ document: PageDocument) -> Mention? {
        guard let own = lines.firstIndex(where: { $0.nodes.lowerBound <= node && node <= $0.nodes.upperBound || $0.nodes.lowerBound > node }), lines[own].region == .main else { return nil }
        var place = document.nodes[node].parent
        while place >= 0, !["body", "html", "main"].contains(document.nodes[place].name) {
            let node = document.nodes[place]
            let inside = mentions.filter { $0.nodes.lowerBound >= place && $0.nodes.lowerBound < node.end }
            let keys = Set(inside.map(\.key))
            let size = lines.reduce(0) { $0 + ($1.nodes.lowerBound >= place && $1.nodes.lowerBound < node.end ? $1.text.count : 0) }
            if size > 600, keys.count != 1 { break }
            if keys.count == 1, let mention = inside.first {
                return mention.line <= own && !mention.isLegal && size <= 600 ? mention : nil
            }
            if keys.count > 1 {
                // Cards that are only lines in a row: the name right before the number.
                let before = inside.filter { $0.line <= own && own - $0.line <= 3 }
                guard let last = before.map(\.line).max() else { return nil }
                let nearest = before.filter { $0.line == last }
                return Set(nearest.map(\.key)).count == 1 && nearest.first?.isLegal == false ? nearest.first : nil
            }
            place = node.parent
        }
        return nil
    }
}

/// Tells from a mailbox's name whether it may be a person's.
enum MailboxOwner {
    enum Likeness {
        case none
        /// A part of the name, or initials, which a colleague may share.
        case part
        /// Both names.
        case full
    }

    static func likeness(_ name: PersonName, of email: EmailAddress) -> Likeness {
        let given = name.given.folded.replacing(" ", with: "")
        let family = name.family.folded.replacing(" ", with: "")
        guard let g = given.first, let f = family.first, family.count >= 2 else { return .none }
        let text = email.local.lowercased().prefix { $0 != "+" }
        let parts = text.split(whereSeparator: { ".-_".contains($0) }).map { String($0).folded.filter { $0.isLetter } }.filter { !$0.isEmpty }
        let local = parts.joined()
        // In mail addresses, German umlauts are written with an e.
        let givens = forms(given, name.given), families = forms(family, name.family)
        for given in givens {
            for family in families where given.count >= 2 {
                if local == given + family || local == family + given { return .full }
            }
            let middle = name.middle.folded.filter { $0.isLetter }
            if !middle.isEmpty, given.count >= 2 {
                for family in families {
                    if local == given + middle + family || local == "\(given)\(middle.prefix(1))\(family)" { return .full }
                }
            }
        }
        for family in families {
            if local == "\(g)\(family)" || local == "\(family)\(g)" || local == family { return .part }
        }
        for given in givens where given.count >= 2 {
            if local == given || local == "\(given)\(f)" || local == "\(f)\(given)" { return .part }
        }
        for nickname in name.nicknames.map({ $0.folded.replacing(" ", with: "") }) where nickname.count >= 2 {
            if local == nickname { return .part }
            if families.contains(where: { local == nickname + $0 }) { return .full }
        }
        return parts.count <= 2 && local == "\(g)\(f)" ? .part : .none
    }

    private static func forms(_ folded: String, _ written: String) -> [String] {
        let lower = written.lowercased()
        guard lower.contains(where: { "äöüåøæßñ".contains($0) }) else { return [folded] }
        let spelled = lower.replacing("ä", with: "ae").replacing("ö", with: "oe").replacing("ü", with: "ue").replacing("å", with: "aa").replacing("ø", with: "oe").folded.replacing(" ", with: "")
        return spelled == folded ? [folded] : [folded, spelled]
    }
}

import Values

/// Whose an address or a number is: what stands nearest to it decides.
extension PagePeople {
    /// How far around a node somebody's name is looked for, in elements that stand in each other.
    private static let reach = 12

    /// The person whose mailbox an address is, by its name and by what stands nearest; nil for a role's, and where two
    /// people fit.
    func owner(of address: EmailAddress, at nodes: [Int]) -> String? {
        var fits: [(key: String, name: PersonName, isFull: Bool)] = []
        // Names that are not known to be one count where they make it doubtful whose an address is.
        var doubtful: Set<String> = []
        for (name, line) in doubles where MailboxOwner.likeness(name, of: address) == .part {
            if nodes.contains(where: { self.line(of: $0) == line }) { doubtful.insert(Self.key(name)) }
            let key = Self.key(name)
            if !fits.contains(where: { $0.key == key }) { fits.append((key, name, false)) }
        }
        for (key, name, _) in people where !fits.contains(where: { $0.key == key }) {
            let likeness = MailboxOwner.likeness(name, of: address)
            if likeness != .none { fits.append((key, name, likeness == .full)) }
        }
        // `Bell Michelle` is no other person than `Michelle Bell`.
        fits.removeAll { fit in !isNamed(fit.key) && people.contains { $0.words.isSuperset(of: fit.key.words) } }
        let full = fits.filter(\.isFull)
        if full.count == 1, let only = full.first { return only.name.description }
        guard full.isEmpty, !address.isRole, fits.contains(where: { isNamed($0.key) })
        else { return nil }
        // A family's name that is the company's as well: the mailbox is everybody's.
        let local = address.local.folded.replacing(" ", with: "")
        let own = address.domain.split(separator: ".").map(String.init).joined().folded
        if local.count >= 4, own.contains(local),
            fits.contains(where: { $0.name.family.folded.replacing(" ", with: "") == local })
        {
            return fits.count == 1 && nodes.contains { isCard(of: fits[0].key, at: $0) }
                ? fits[0].name.description : nil
        }
        if fits.count == 1, let only = fits.first {
            // A colleague who is not named here may share an initial; so the name has to stand beside the address.
            return nodes.contains { isBeside(only.key, $0) } ? only.name.description : nil
        }
        // Beside it stands somebody else who fits.
        guard !fits.contains(where: { doubtful.contains($0.key) }) else { return nil }
        let keys = Set(fits.map(\.key))
        // In a sentence of its own, an address that fits two people is for everybody: `For questions, write to jsmith@…`
        guard nodes.allSatisfy({ isAlone(address, $0) || isNamed(in: $0, keys) }) else { return nil }
        let owners = Set(nodes.compactMap { nearest(to: $0, of: keys) })
        guard owners.count == 1, let key = owners.first else { return nil }
        return fits.first { $0.key == key }?.name.description
    }

    private func isNamed(_ key: String) -> Bool { people.contains { $0.key == key } }

    private func line(of node: Int) -> Int? { lines.index(of: node, through: node + 1) }

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

    /// The smallest part of the page around a node in which enough of some people is named; nil if no part within reach does.
    ///
    /// - Parameters:
    ///   - keys: those people; nil for all.
    ///   - isEnough: told whom a part names.
    private func part(
        around node: Int, naming keys: Set<String>? = nil, where isEnough: (Set<String>) -> Bool
    ) -> (lines: Range<Int>, mentions: [Mention], keys: Set<String>)? {
        for place in document.path(from: node).dropFirst().prefix(Self.reach) {
            let range = lines.range(inside: document.range(of: place))
            let inside = mentions.filter { range.contains($0.line) && keys?.contains($0.key) ?? true }
            let named = Set(inside.map(\.key))
            if isEnough(named) { return (range, inside, named) }
        }
        return nil
    }

    /// Whether a name stands in a node's own line, or is the only one in the smallest part of the page around it that has one.
    private func isBeside(_ key: String, _ node: Int) -> Bool {
        if isNamed(in: node, [key]) { return true }
        guard let part = part(around: node, where: { $0 == [key] || $0.count > 1 }) else { return false }
        if part.keys == [key] { return lines[part.lines].reduce(0) { $0 + $1.text.count } <= 700 }
        return part.keys.contains(key) && preceding(node, part.mentions) == key
    }

    /// Of several people, the one whose name alone stands in the smallest part of the page around a node.
    private func nearest(to node: Int, of keys: Set<String>) -> String? {
        guard let part = part(around: node, naming: keys, where: { !$0.isEmpty }) else { return nil }
        return part.keys.count == 1 ? part.keys.first : preceding(node, part.mentions)
    }

    /// Whether a node stands in a small part of the page that begins with a name.
    private func isCard(of key: String, at node: Int) -> Bool {
        guard let number = lines.index(of: node, through: .max) else { return false }
        if mentions.contains(where: { $0.line == number && $0.key == key && lines[number].text.folded.hasPrefix(key) })
        {
            return true
        }
        return card(of: number, isPersonal: false)?.key == key
    }

    /// Of names in one part of a page, the one that stands in a line of its own right before a node's line.
    private func preceding(_ node: Int, _ inside: [Mention]) -> String? {
        guard let own = lines.index(of: node, through: .max) else { return nil }
        let before = inside.filter { $0.line < own && own - $0.line <= 4 }
        guard let last = before.map(\.line).max() else { return nil }
        // Of two names in a row, neither has what stands below for itself.
        let nearest = Set(before.filter { $0.line == last || $0.line == last - 1 }.map(\.key))
        let isOwnLine = !inside.contains { $0.line == own }
        return nearest.count == 1 && isOwnLine ? nearest.first : nil
    }

    // MARK: Telephone numbers

    /// The person whose telephone number stands in a line: who is named right before it or in brackets behind it, or whose card
    /// it stands in. Nil for a number of an office, and where more than one person may be meant.
    ///
    /// - Parameter isPersonal: whether the number is a mobile one, or somebody's direct line.
    func owner(ofNumber written: String, inLine number: Int, isPersonal: Bool) -> String? {
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
        if let stop = near.lastRange(of: ". "),
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
        return card(of: number, isPersonal: isPersonal)?.name.description
    }

    /// The surname behind a form of address: `Frau Dr. Ott` gives `ott`.
    private static func titled(_ text: String) -> String? {
        let words = text.split(whereSeparator: { " :,;()".contains($0) }).map(String.init)
        guard let index = words.lastIndex(where: isFormOfAddress), index + 1 < words.count,
            words[index + 1].first?.isUppercase == true
        else { return nil }
        return words[index + 1].folded
    }

    /// The person whose card a line stands in: a small part of the page that begins with one name, or lines right below a name.
    private func card(of number: Int, isPersonal: Bool) -> Mention? {
        guard let found = nearestCard(of: number, isPersonal: isPersonal) else { return nil }
        // Names beside each other in a table's row: what stands in the rows below belongs to a column.
        if let row = row(of: found.line), row != self.row(of: number) {
            let range = lines.range(inside: document.range(of: row))
            if Set(mentions.filter { range.contains($0.line) && $0.isSure }.map(\.key)).count > 1 { return nil }
        }
        return found
    }

    /// The table's row that a line stands in.
    private func row(of number: Int) -> Int? {
        document.path(from: lines[number].block).prefix(Self.reach).first { document.nodes[$0].name == "tr" }
    }

    private func nearestCard(of number: Int, isPersonal: Bool) -> Mention? {
        for place in document.path(from: lines[number].block).prefix(Self.reach) {
            let name = document.nodes[place].name
            guard !["body", "html", "main"].contains(name) else { break }
            let range = lines.range(inside: document.range(of: place))
            let named = mentions.filter { range.contains($0.line) && $0.isSure }
            let keys = Set(named.map(\.key))
            if keys.count > 1 { break }
            guard keys.count == 1, let mention = named.first else { continue }
            let size = lines[range].reduce(0) { $0 + $1.text.count }
            if name == "tr", size <= 250 { return mention.isLegal ? nil : mention }
            let isHead = mention.line - range.lowerBound <= 1 && isNameLine(mention)
            guard mention.line < number, isHead, size <= 350, !mention.isLegal else { return nil }
            // Another heading in between begins something else.
            let isParted = lines[(mention.line + 1)..<max(mention.line + 1, number)].contains {
                Self.isOffice($0.text) || ["dt", "th", "h2", "h3", "h4", "h5"].contains(document.nodes[$0.block].name)
            }
            return isParted ? nil : mention
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
    fileprivate func lastRange(of text: String) -> Range<Index>? {
        var found: Range<Index>?
        var start = startIndex
        while let range = self[start...].firstRange(of: text) {
            found = range
            start = range.upperBound
        }
        return found
    }
}

import Values

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
        let isCyrillic = given.first.map { cyrillic[$0] != nil } ?? false
        guard let g = isCyrillic ? forms(given, given).first?.first : given.first,
            let f = isCyrillic ? forms(family, family).first?.first : family.first, family.count >= 2
        else { return .none }
        var text = String(email.local.lowercased().prefix { $0 != "+" })
        for title in ["dr.", "dr-", "prof.", "mr.", "ms.", "ing."]
        where text.hasPrefix(title) && text.count > title.count + 2 { text = String(text.dropFirst(title.count)) }
        let parts = text.split(whereSeparator: { ".-_".contains($0) }).map { String($0).folded.filter { $0.isLetter } }
            .filter { !$0.isEmpty }
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
                    if local == given + middle + family || local == "\(given)\(middle.prefix(1))\(family)" {
                        return .full
                    }
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
        let initials = (given + " " + name.middle.folded + " " + name.family.folded).split(separator: " ").compactMap(
            \.first
        ).map(String.init).joined()
        return parts.count <= 3 && (local == "\(g)\(f)" || initials.count >= 3 && local == initials) ? .part : .none
    }

    /// Cyrillic letters as mail addresses spell them.
    private static let cyrillic: [Character: String] = [
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya", "і": "i", "ї": "yi", "є": "ye",
    ]

    private static func forms(_ folded: String, _ written: String) -> [String] {
        let lower = written.lowercased()
        if lower.contains(where: { cyrillic[$0] != nil }) {
            return [lower.map { cyrillic[$0] ?? ($0.isLetter ? String($0) : "") }.joined()]
        }
        // Either half of a double name.
        let halves = written.split(whereSeparator: { "- ".contains($0) }).map { String($0).folded }.filter {
            $0.count >= 4
        }
        let all = [folded] + (halves.count > 1 ? halves : [])
        guard lower.contains(where: { "äöüåøæßñ".contains($0) }) else { return all }
        let spelled = lower.umlautsSpelledOut.replacing("å", with: "aa").replacing("ø", with: "oe").folded.replacing(
            " ", with: "")
        return spelled == folded ? all : all + [spelled]
    }
}

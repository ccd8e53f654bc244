import Values

/// The title of a search result, split where its writer or the search engine has put a dash, a bar or a dot.
struct ProfileTitle {
    struct Part: Equatable {
        var text: String
        /// Whether the search engine cut the text off here.
        var isCut: Bool
        /// What separates it from the part before it.
        var separator = Separator.none
    }

    enum Separator: Equatable {
        case none, dash, bar, dot
    }

    /// The parts in order, without the network's name.
    let parts: [Part]

    init(_ title: String) {
        let text = title.tidied(limit: 300)
        var pieces = [""]
        var separators = [Separator.none]
        var characters = Array(text)
        characters.append(" ")
        var index = 0
        while index < characters.count {
            let character = characters[index]
            let before = index > 0 ? characters[index - 1] : " "
            let after = index + 1 < characters.count ? characters[index + 1] : " "
            let isSpaced = before == " " || after == " "
            let separator: Separator
            switch character {
            case "|", "｜", "¦", "∣": separator = .bar
            case "•", "‣", "∙", "●", "⋅", "▪", "►": separator = .dot
            case "—", "―": separator = .dash
            // In `2015–2021` an en dash is part of the text, and a dot is in `Col·lectiu`.
            case "–": separator = isSpaced || !(before.isNumber || after.isNumber) ? .dash : .none
            case "·": separator = isSpaced ? .dot : .none
            case "-", "‐", "‑", "−", "~":
                separator = before == " " && after == " " || ProfileTitle.isLoose(before, after) ? .dash : .none
            // `We're hiring! Engineering Manager`
            case "!", "?": separator = after == " " && index + 2 < characters.count ? .dot : .none
            default: separator = character.unicodeScalars.contains { $0.properties.isEmojiPresentation } ? .dot : .none
            }
            if separator == .none {
                pieces[pieces.count - 1].append(character)
            } else {
                pieces.append("")
                separators.append(separator)
            }
            index += 1
        }
        parts = zip(pieces, separators).compactMap { piece, separator in
            var part = Part(text: piece.tidied(), isCut: false, separator: separator)
            for dots in ["...", "…", ".."] where part.text.hasSuffix(dots) {
                part.text = String(part.text.dropLast(dots.count)).tidied()
                part.isCut = true
                break
            }
            part.text = ProfileTitle.trimmed(part.text)
            guard !part.text.isEmpty, !ProfileTitle.isNetwork(part.text) else { return nil }
            return part
        }
    }

    /// `Jane Doe- CEO`: a dash with a space on one side only.
    private static func isLoose(_ before: Character, _ after: Character) -> Bool {
        (before == " ") != (after == " ") && (before.isLetter || after.isLetter || before == "." || before == ")")
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while let last = text.last, " ,;:-–—|·/".contains(last) { text.removeLast() }
        while let first = text.first, " ,;:-–—|·/".contains(first) { text.removeFirst() }
        return String(text)
    }

    /// `LinkedIn`, `LinkedIn Deutschland`, `on LinkedIn`, and what is left of them where the title is cut.
    private static func isNetwork(_ text: String) -> Bool {
        let folded = text.folded
        return folded == "linkedin" || folded.hasPrefix("linkedin ") && folded.split(separator: " ").count <= 3
            || folded == "linkedi" || folded == "linked" || folded == "profil linkedin"
            || folded == "perfil de linkedin"
            || folded == "profile linkedin"
    }
}

/// `Head of Sales at Acme`, in the languages of the profiles.
enum Employment {
    /// The role and the company that a word such as `at` joins; nil if no such word does.
    static func split(_ text: String) -> (role: String, company: String)? {
        for mark in marks {
            var start = text.startIndex
            while let range = text[start...].firstRange(of: mark.text) {
                start = range.upperBound
                let role = String(text[..<range.lowerBound]).tidied()
                let company = String(text[range.upperBound...]).tidied()
                guard !role.isEmpty, let first = company.first, isNamed(company) else { continue }
                // `en`, `na` and `w` are common words. They join where a role stands before and a name after.
                if mark.isWeak {
                    guard RoleWords.has(role), first.isUppercase || first.isNumber, !PlaceWords.isPlace(company),
                        Phrase.kind(of: company) != .slogan, !isField(company)
                    else { continue }
                } else if mark.needsName {
                    guard first.isUppercase || first.isNumber || RoleWords.has(role) else { continue }
                }
                return (role, company)
            }
        }
        return school(text)
    }

    /// Whether what stands behind the joining word is written like a name, which `Teacher at heart`, `Consultant chez vous`
    /// and `Director at Large` are not.
    private static func isNamed(_ text: String) -> Bool {
        var words = text.split(separator: " ").map(String.init)
        while words.count > 1, let first = words.first, articles.contains(first.lowercased()) { words.removeFirst() }
        guard let first = words.first.map({ String($0.drop { !$0.isLetter && !$0.isNumber }.prefix { $0 != "," }) })
        else { return false }
        if first.lowercased() == "large", words.count == 1 || words[0].hasSuffix(",") { return false }
        if ["foro", "bar", "ordine", "barreau", "albo"].contains(first.lowercased()) { return false }
        // `eBay`, `n8n` and `booking.com` are names as well.
        return first.contains { !$0.isLetter || !$0.isLowercase }
    }

    private static let articles: Set<String> = [
        "the", "a", "an", "der", "die", "das", "dem", "den", "le", "la", "les", "l'", "el", "los", "las", "il", "lo",
        "gli", "i", "de", "het", "o", "os", "as",
    ]

    /// `Student an der TU Wien`, `Profesora de la Universidad de Chile`.
    private static func school(_ text: String) -> (role: String, company: String)? {
        for mark in schoolMarks {
            var start = text.startIndex
            while let range = text[start...].firstRange(of: mark) {
                start = range.upperBound
                let role = String(text[..<range.lowerBound]).tidied()
                let name = String(text[range.upperBound...]).tidied()
                let head = name.folded.split(separator: " ").prefix(2).joined(separator: " ")
                if RoleWords.has(role), Phrase.isSchool(head) { return (role, name) }
            }
        }
        return nil
    }

    private static let schoolMarks = [
        " an der ", " am ", " an ", " à l'", " à l’", " à la ", " à ", " de la ", " de l'", " de l’", " da ", " do ",
        " dell'", " dell’", " all'", " all’", " della ", " alla ", " del ", " aan de ", " aan het ", " aan ", " vid ",
        " na ", " at the ", " of the ", " ved ", " på ", ", ",
    ]

    private static func isField(_ text: String) -> Bool {
        let folded = text.folded
        return Phrase.kind(of: text) == .slogan || folded.hasPrefix("recursos") || folded.hasPrefix("ressources")
            || folded.hasPrefix("charge")
    }

    private struct Mark {
        let text: String
        var needsName = false
        var isWeak = false
    }

    private static let marks: [Mark] = [
        Mark(text: " @ "), Mark(text: " @", needsName: true), Mark(text: " at "), Mark(text: " At "),
        Mark(text: " AT ", needsName: true), Mark(text: " bei der "), Mark(text: " bei "), Mark(text: " beim "),
        Mark(text: " Bei "), Mark(text: " chez "), Mark(text: " Chez "), Mark(text: " presso "), Mark(text: " hos "),
        Mark(text: " w/ "), Mark(text: " bij "), Mark(text: " en ", isWeak: true), Mark(text: " em ", isWeak: true),
        Mark(text: " na ", isWeak: true), Mark(text: " no ", isWeak: true), Mark(text: " w ", isWeak: true),
        Mark(text: " we ", isWeak: true), Mark(text: " på ", isWeak: true), Mark(text: " ved ", isWeak: true),
    ]
}

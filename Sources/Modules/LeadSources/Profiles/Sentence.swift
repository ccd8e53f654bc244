import Values

/// What people write about themselves in sentences: where they work and live.
enum Sentence {
    /// Words by which somebody speaks about themselves, folded.
    static let firstPerson: Set<String> = [
        "i", "my", "me", "im", "ich", "mein", "meine", "mich", "mir", "je", "jai", "jhabite", "mon", "ma", "mes", "moi",
        "yo",
        "mi",
        "mis", "soy", "trabajo", "vivo", "eu", "meu", "minha", "sou", "io", "mio", "mia", "sono", "lavoro", "ik",
        "mijn",
        "ben", "jag", "min", "mitt", "jestem", "moj", "moja", "mieszkam", "pracuje", "jeg",
    ]

    /// Words that say that something is over.
    static let past: Set<String> = [
        "previously", "formerly", "until", "used to", "was", "former", "before", "spent", "past", "ex", "fruher",
        "zuvor",
        "bis", "war", "ehemals", "vorher", "auparavant", "avant", "etais", "jetais", "jusquen", "jusqua", "jusquau",
        "anteriormente", "antes", "trabaje",
        "fui",
        "hasta", "era", "trabalhei", "ate", "prima", "ero", "fino", "voorheen", "vroeger", "was", "tot", "tidigare",
        "var",
        "wczesniej", "bylem", "bylam", "ancien", "ancienne", "anciennement", "started", "left",
    ]

    /// `I am the Director of Data at Orbis Grain, based in Chicago.`
    static func employment(_ sentence: String) -> (role: String, company: String)? {
        var text = sentence
        while let last = text.last, ".!?".contains(last) { text.removeLast() }
        // The role begins behind the verb, or with the sentence.
        var start = text.startIndex
        for verb in verbs {
            guard let range = text.firstRange(of: verb), range.upperBound > start else { continue }
            start = range.upperBound
            break
        }
        var rest = String(text[start...]).tidied()
        for article in [
            "the ", "a ", "an ", "als ", "als ", "der ", "die ", "le ", "la ", "el ", "il ", "de ", "o ", "en ",
        ]
        where rest.lowercased().hasPrefix(article) { rest = String(rest.dropFirst(article.count)) }
        guard let split = Employment.split(rest), RoleWords.begins(split.role) || RoleWords.has(split.role),
            split.role.split(separator: " ").count <= 8, !split.role.contains("."),
            !split.role.contains(",") || RoleWords.begins(split.role)
        else { return nil }
        let company = name(split.company)
        guard !company.isEmpty, Phrase.couldBeCompany(company) else { return nil }
        return (split.role, company)
    }

    /// The place that follows a company's name: `at Protea Mutual in Stellenbosch, where …`.
    static func place(behind company: String, in sentence: String) -> String? {
        guard let range = sentence.firstRange(of: company) else { return nil }
        let tail = String(sentence[range.upperBound...])
        for mark in [" in ", " à ", " en ", " a ", " em ", " i ", " w "] where tail.hasPrefix(mark) {
            let place = name(String(tail.dropFirst(mark.count)))
            if !place.isEmpty, place.split(separator: " ").count <= 3,
                Phrase.kind(of: place) == .place || Phrase.kind(of: place) == .unknown
            {
                return place
            }
        }
        return nil
    }

    private static let verbs = [
        " am ", "I'm ", "I’m ", " is ", " work as ", " works as ", " working as ", " bin ", " arbeite als ", " ist ",
        " suis ",
        " travaille comme ", " est ", "Soy ", " soy ", "Trabajo como ", " es ", "Sou ", " sou ", "Trabalho como ",
        "Sono ",
        " sono ", "Lavoro come ", " ben ", " werk als ", " är ", " arbetar som ", "Jestem ", " jestem ",
        "Pracuję jako ", " als ",
    ]

    /// Where somebody lives or is based.
    static func home(_ sentence: String) -> String? {
        for mark in homes {
            guard let range = sentence.firstRange(of: mark) else { continue }
            let before =
                range.lowerBound == sentence.startIndex ? " " : sentence[sentence.index(before: range.lowerBound)]
            guard before == " " || before == "," || mark.hasPrefix(" ") else { continue }
            var place = name(String(sentence[range.upperBound...]))
            // `Denver, Colorado with two dogs`
            let tail = String(sentence[range.upperBound...]).dropFirst(place.count)
            if tail.hasPrefix(", ") {
                let region = name(String(tail.dropFirst(2)))
                if !region.isEmpty, PlaceWords.isKnown(region.folded) { place += ", \(region)" }
            }
            let folded = place.folded
            if PlaceWords.isKnown(folded) || PlaceWords.isPlace(place) || place.split(separator: " ").count <= 2,
                !place.isEmpty,
                !CompanyName.hasLegalForm(folded), !Phrase.hasCompanyWord(folded), !RoleWords.has(place)
            {
                return place
            }
        }
        return nil
    }

    private static let homes = [
        "based in ", "Based in ", "living in ", "lives in ", "Lives in ", "I live in ", "located in ", "based out of ",
        "Basé à ", "basé à ", "Basée à ", "basée à ", "j'habite à ", "J'habite à ", "Installé à ", "Installée à ",
        "Vivo en ",
        "vivo en ", "Radicado en ", "radicada en ", "radicado en ", "con base en ", "Vivo a ", "vivo a ", "Vivo em ",
        "vivo em ",
        "baseado em ", "baseada em ", "Moro em ", "moro em ", "Wohne in ", "wohne in ", "Wohnhaft in ", "wohnhaft in ",
        "lebe in ", "Lebe in ", "zu Hause in ", "Woon in ", "woon in ", "woonachtig in ", "Gevestigd in ", "Bor i ",
        "bor i ",
        "Ricevo a ", "ricevo a ", "baserad i ", "Baserad i ", "Mieszkam w ", "mieszkam w ", "con sede a ", "Basata a ",
        "basata a ", "Basato a ", "basato a ",
    ]

    /// The name that a text begins with: capitalised words, and short ones between them.
    static func name(_ text: String) -> String {
        var taken: [Substring] = []
        var kept = 0
        for word in text.split(separator: " ") {
            guard let first = word.first else { break }
            let plain = word.filter { !".,;:!?)".contains($0) }
            if first.isUppercase || first.isNumber
                || taken.isEmpty && !word.contains(where: { "(".contains($0) }) && first.isLetter && first.isUppercase
            {
                taken.append(word)
                kept = taken.count
            } else if !taken.isEmpty, joints.contains(plain.lowercased()), plain == word {
                taken.append(word)
            } else {
                break
            }
            if let last = word.last,
                ",;:!?".contains(last) || last == "." && word.count > 3 && !word.dropLast().contains(".")
            {
                break
            }
        }
        var name = taken.prefix(kept).joined(separator: " ")
        while let last = name.last, ",;:!?.".contains(last) { name.removeLast() }
        return name
    }

    private static let joints: Set<String> = [
        "&", "and", "und", "et", "y", "e", "en", "och", "i", "of", "de", "der", "des", "du", "la", "le", "di", "della",
        "do",
        "da", "van", "von", "for", "für", "del", "dos", "das", "+",
    ]
}

import Values

extension ProfileReading {
    mutating func add(
        role part: ProfileTitle.Part, points: Int, _ place: String, _ cue: String, employer: String? = nil
    ) {
        let text = Self.plainRole(part.text)
        note(place, part.text, .role, cue)
        if ["between roles", "between jobs", "between positions", "career break"].contains(where: {
            part.text.folded.contains($0)
        }) {
            isBetweenJobs = true
        }
        guard !text.isEmpty, text.count <= 150 else { return }
        roles.append(
            Candidate(
                text: text, points: points, place: place, cue: cue, isCut: part.isCut, employer: employer.map(Self.key))
        )
    }

    mutating func add(role: String, points: Int, _ place: String, _ cue: String, employer: String? = nil) {
        add(role: ProfileTitle.Part(text: role, isCut: false), points: points, place, cue, employer: employer)
    }

    mutating func add(
        company part: ProfileTitle.Part, points: Int, _ place: String, _ cue: String, role: String? = nil
    ) {
        var text = Self.withoutRemarks(Phrase.withoutFormer(part.text))
        while let last = text.last, " ,;.–-|·".contains(last), !text.lowercased().hasSuffix("inc."), last != "." {
            text.removeLast()
        }
        let folded = text.folded
        if Self.isNobody(text) || Phrase.kind(of: text) == .remark {
            isSelfEmployed = isSelfEmployed || Self.isNobody(text)
            note(place, text, .remark, cue)
            return
        }
        if Phrase.kind(of: text) == .place, !CompanyName.hasLegalForm(folded), cue != "label", cue != "list" {
            note(place, text, .place, cue)
            return
        }
        if let role, Self.isOver(role) {
            exclude(text)
            note(place, text, .former, cue)
            return
        }
        if Phrase.isSchool(folded), let role, Self.isLearner(role) {
            excluded.insert(Self.key(text))
            note(place, text, .school, cue)
            return
        }
        note(place, text, .company, cue)
        guard !text.isEmpty, text.count <= 100, CompanyName(parsing: text) != nil else { return }
        companies.append(Candidate(text: text, points: points, place: place, cue: cue, isCut: part.isCut))
    }

    mutating func add(company: String, points: Int, _ place: String, _ cue: String) {
        add(company: ProfileTitle.Part(text: company, isCut: false), points: points, place, cue)
    }

    mutating func add(place: String, points: Int, _ where: String, _ cue: String) {
        note(`where`, place, .place, cue)
        guard !place.isEmpty, place.count <= 100, !Self.isNoPlace(place) else { return }
        places.append(Candidate(text: place, points: points, place: `where`, cue: cue))
    }

    static func isNoPlace(_ text: String) -> Bool {
        let folded = text.folded
        return folded.contains(" connections") || Phrase.kind(of: text) == .remark || folded == "remote"
    }

    mutating func exclude(_ text: String) {
        formerTexts.append(text.folded)
        formerRoles += 1
        let name = Employment.split(text)?.company ?? text
        for piece in name.split(whereSeparator: { ",/&+()|".contains($0) }) {
            let words = String(piece).folded.split(separator: " ").filter { !Self.overWords.contains(String($0)) }
            if !words.isEmpty { excluded.insert(words.joined(separator: " ")) }
        }
    }

    static let overWords: Set<String> = [
        "ex", "former", "formerly", "previously", "prev", "ehemals", "ehem", "fruher", "ancien", "ancienne", "antes",
        "anteriormente", "voorheen", "tidigare", "alumni", "at", "bei", "chez", "in", "wczesniej",
    ]

    /// What stands where a company's name would for those who work for nobody else.
    static let nobody: Set<String> = [
        "self employed", "selfemployed", "freelance", "freelancer", "freelancing", "selbststandig", "selbstandig",
        "freiberuflich", "freiberufler", "freiberuflerin", "independant", "independante", "a mon compte", "autonomo",
        "autonoma", "por cuenta propia", "trabajador autonomo", "profissional autonomo", "conta propria",
        "libero professionista",
        "libera professionista", "lavoratore autonomo", "partita iva", "in proprio", "zelfstandig", "zelfstandige",
        "zzp",
        "zzper", "egenforetagare", "egen", "samozatrudniony", "samozatrudnienie", "wlasna dzialalnosc", "retired",
        "im ruhestand", "retraite", "unemployed", "none", "n a", "confidential", "stealth", "stealth startup",
        "stealth mode", "various", "private", "home", "linkedin member", "own business", "independent", "entrepreneur",
    ]

    /// `Self-employed`, `Zelfstandig (zzp)`, `Selbstständig / Freelance`.
    static func isNobody(_ text: String) -> Bool {
        if nobody.contains(text.folded) { return true }
        let parts = text.split(whereSeparator: { "(),/|;&".contains($0) }).map { String($0).folded }.filter {
            !$0.isEmpty
        }
        return parts.count > 1 && parts.allSatisfy { nobody.contains($0) }
    }

    static func isOver(_ role: String) -> Bool {
        let folded = role.folded
        return [
            "retired", "retiree", "pensionist", "pensionat", "former", "ex ", "pensionier", "rentner", "ruhestand",
            "retraite", "jubilad",
            "aposentad", "pensionat", "gepensioneerd", "pensioner", "emeryt", "emerit", "alumn",
        ]
        .contains { folded.hasPrefix($0) || folded.contains(" \($0)") }
    }

    /// Whether a role is what somebody else attests, whose name may follow: `Certified Partner - Microsoft`.
    static func isCertificate(_ role: String) -> Bool {
        let folded = role.folded
        return [
            "certified", "certifi", "zertifizier", "accredited", "akkreditier", "licensed", "authorised", "authorized",
        ]
        .contains { folded.hasPrefix($0) || folded.contains(" \($0)") }
    }

    /// Whether a word is formed as those for people at work are: `Enóloga`, `Planner`, `Mécanicienne`.
    static func isFormedLikeRole(_ word: String) -> Bool {
        let folded = word.folded
        return [
            "er", "or", "ist", "ista", "eur", "euse", "rice", "ora", "logo", "loga", "logue", "nte", "ant", "ent",
            "erin",
            "orin", "istin", "ien", "ienne", "ero", "era", "iere", "ico", "ica", "tor", "torka", "nik", "mann", "frau",
            "man", "woman", "leiter", "kraft", "iker", "ologe", "ologin", "ato", "ata", "ektor", "grafo", "grafa",
            "graf",
            "graphe", "ur", "are", "ka", "ik", "eer",
        ].contains { folded.hasSuffix($0) }
    }

    static func isLearner(_ role: String) -> Bool {
        let folded = role.folded
        return [
            "student", "studier", "etudiant", "estudiante", "estudante", "studentess", "candidate", "alumn", "graduate",
            "doctorand", "doktorand", "doctorant", "bachelor", "masters ", "mba", "phd", "undergraduate", "absolvent",
            "alternant", "stagiaire en", "studying", "pupil", "scholar",
        ]
        .contains { folded.hasPrefix($0) || folded.contains(" \($0)") }
    }

    /// Whether the role is the head's of something.
    static func isHead(_ role: String) -> Bool {
        let words = Set(role.folded.split(separator: " ").map(String.init))
        return !words.isDisjoint(with: [
            "founder", "cofounder", "ceo", "owner", "proprietor", "grunder", "grunderin", "mitgrunder", "mitgrunderin",
            "inhaber", "inhaberin",
            "geschaftsfuhrer", "geschaftsfuhrerin", "fondateur", "fondatrice", "cofondateur", "cofondatrice", "gerant",
            "gerante", "fundador",
            "fundadora", "cofundador", "cofundadora", "fondatore", "fondatrice", "titolare", "oprichter", "eigenaar",
            "zaakvoerder", "grundare", "wlasciciel",
            "wlascicielka", "zalozyciel", "prezes", "president",
        ]) && words.count <= 4
    }

    static func isTeacher(_ role: String) -> Bool {
        let folded = role.folded
        return [
            "profess", "lectur", "teacher", "dean", "dekan", "docent", "dozent", "lehrer", "enseignant",
            "maitre de conf", "docente", "rektor", "rector",
            "headteacher", "headmaster", "principal", "schulleit", "insegnante", "maestra", "maestro", "leraar",
            "lerares", "hoogleraar", "larare", "lektor",
            "nauczyciel", "wykladow", "ogretmen", "profesor", "dirigente scolastico", "proviseur", "instruct",
        ]
        .contains { folded.hasPrefix($0) || folded.contains(" \($0)") }
    }

    /// What holds now, behind what is over: `…, jetzt Berater`.
    static func now(_ text: String) -> String? {
        let lower = text.lowercased()
        for mark in [
            ", jetzt ", ", heute ", ", now ", ", currently ", ", aujourd'hui ", ", désormais ", ", ahora ", ", hoy ",
            ", ora ", ", oggi ", ", nu ", ", agora ", ", obecnie ", "; jetzt ", "; now ", " - now ",
        ] {
            guard let range = lower.firstRange(of: mark), lower.count == text.count else { continue }
            return String(text.dropFirst(lower.distance(from: lower.startIndex, to: range.upperBound))).tidied()
                .nonEmpty
        }
        return nil
    }

    static func key(_ text: String) -> String { CompanyName(parsing: text)?.matchKey ?? text.folded }

    /// A role without what is said around it.
    static func plainRole(_ text: String) -> String {
        var text = Phrase.withoutFormer(text)
        text = String(text.unicodeScalars.filter { !$0.properties.isEmojiPresentation && $0.value != 0xFE0F })
        return Self.withoutRemarks(text).tidied()
    }

    /// The text without what is said beside it in brackets, or behind its last comma: `(we are hiring!)`, `, open to work`.
    static func withoutRemarks(_ text: String) -> String {
        var text = text
        while let open = text.firstIndex(where: { "([{".contains($0) }),
            let close = text[open...].firstIndex(where: { ")]}".contains($0) })
        {
            let inside = String(text[text.index(after: open)..<close])
            let kind = Phrase.kind(of: inside)
            guard inside.contains("!") || [.remark, .slogan, .former].contains(kind) || inside.hasPrefix("YC ") else {
                break
            }
            text.removeSubrange(open...close)
            text = text.tidied()
        }
        if let comma = text.lastIndex(of: ",") {
            let tail = String(text[text.index(after: comma)...]).tidied()
            if Phrase.kind(of: tail) == .remark || Phrase.kind(of: tail) == .former { text = String(text[..<comma]) }
        }
        return text
    }

    /// `A & Board member at B` is A.
    static func firstEmployer(_ text: String) -> (text: String, isWhole: Bool) {
        for mark in [
            " & ", " and ", " und ", " et ", " y ", " e ", " en ", " och ", " i ", " / ", ", ", "; ", " + ", " | ",
            ". ",
        ] {
            var start = text.startIndex
            while let range = text[start...].firstRange(of: mark) {
                start = range.upperBound
                let tail = String(text[range.upperBound...])
                if RoleWords.begins(tail) || Employment.split(tail) != nil
                    || Phrase.kind(of: tail) == .role && !CompanyName.hasLegalForm(tail.folded)
                    || mark == ". " && RoleWords.has(tail)
                    || [", ", "; "].contains(mark) && [.place, .slogan, .former].contains(Phrase.kind(of: tail))
                {
                    return (String(text[..<range.lowerBound]).tidied(), false)
                }
            }
        }
        return (text, true)
    }

    /// `Head of Sales, Acme`: a role, and a name behind a comma.
    static func commaEmployer(_ text: String) -> (role: String, company: String)? {
        guard let comma = text.lastIndex(of: ",") else { return nil }
        let head = String(text[..<comma]).tidied()
        let tail = String(text[text.index(after: comma)...]).tidied()
        guard RoleWords.has(head), Phrase.couldBeCompany(tail), !RoleWords.has(tail),
            tail.first.map({ $0.isUppercase || $0.isNumber }) == true
        else {
            // `Head of Sales, Acme, Inc.`
            guard CompanyName.hasLegalForm("x \(tail.folded)"), let before = head.lastIndex(of: ",") else { return nil }
            let role = String(head[..<before]).tidied()
            guard RoleWords.has(role) else { return nil }
            return (role, String(text[text.index(after: before)...]).tidied())
        }
        return (head, tail)
    }

    static func firstSentence(_ text: String) -> String {
        guard let range = text.firstRange(of: ". "), text.distance(from: text.startIndex, to: range.lowerBound) > 3
        else { return text }
        let head = String(text[..<range.lowerBound])
        // `St. Gallen`, `Acme Inc. Berlin`
        let last = head.folded.split(separator: " ").last.map(String.init) ?? ""
        return last.count <= 3 ? text : head
    }
}

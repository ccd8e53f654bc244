import Values

extension ProfileReading {
    /// Titles of pages that are about a person but are not the person's.
    static func isOtherPage(_ title: String) -> Bool {
        let folded = title.folded
        if otherPages.contains(where: { folded.contains($0) }) { return true }
        return Self.activities.contains { folded.hasPrefix($0) } || otherStarts.contains { folded.hasPrefix($0) }
    }

    static let otherPages = [
        "s post ", " on linkedin ", " auf linkedin ", " posted on", " sur linkedin ", " en linkedin ", " no linkedin ",
        "beitrag von ", "post de ", "publication de ", "publicacion de ", "publicacao de ", "post di ", "post van ",
        "inlagg fran ", "wpis ", " profiles linkedin", " profiles", "profile von personen", " jobs in ",
        " stellenangebote", "s activity", " activity on", "mitarbeiter innen", "employees linkedin",
    ]
    static let activities = [
        "activiteit van", "aktivitat von", "aktivitaten von", "activite de", "actividad de", "atividade de",
        "attivita di",
        "aktivitet", "aktywnosc", "activity of", "all activity",
    ]
    static let otherStarts = [
        "sign up", "sign in", "log in", "login", "join linkedin", "join now", "linkedin login", "anmelden", "einloggen",
        "registrieren", "mitglied werden", "sinscrire", "inscription", "iniciar sesion", "registrate", "accedi",
        "iscriviti", "aanmelden", "inloggen", "logga in", "zaloguj", "cadastre", "entrar", "top 10", "best ",
        "page not",
        "profile not found", "security verification", "unternehmen", "people named", "personen namens",
    ]

    static func name(_ part: ProfileTitle.Part, _ slug: String) -> String? {
        let text = part.text
        guard !part.isCut || text.split(separator: " ").count >= 2 else { return nil }
        guard !text.contains(where: \.isNumber), text.count <= 80, let name = PersonName(parsing: text) else {
            return nil
        }
        let plain = text.split(whereSeparator: { "(,[\"“".contains($0) }).first.map { String($0).tidied() } ?? text
        guard (1...6).contains(plain.split(separator: " ").count) else { return nil }
        let folded = plain.folded
        guard !CompanyName.hasLegalForm(folded), !PlaceWords.isKnown(folded), !folded.hasPrefix("the ") else {
            return nil
        }
        let isOfSlug = isLike(name, slug)
        let words = folded.split(separator: " ").map(String.init)
        if nonNames.contains(where: words.contains) { return nil }
        // `Bright Consulting Group`, `Sales Manager`: a page with the form of a person's. But a surname may be a trade or a
        // company's word: Baker, Bank, Society. The first word is then a given name.
        let isSurname = isOfSlug && words.count <= 3 && words.first.map { GivenNames.isKnown($0) } == true
        if Phrase.hasCompanyWord(folded), !isSurname { return nil }
        if RoleWords.has(plain), !isSurname, !isOfSlug || RoleWords.begins(plain) { return nil }
        if name.family.isEmpty {
            // Chinese, Japanese and Korean names have no space.
            let isEastern =
                name.given.unicodeScalars.allSatisfy { $0.value >= 0x3040 && $0.value <= 0xD7AF }
                && (2...6).contains(name.given.count)
            return isEastern || isOfSlug && folded.utf8.count >= 3 ? text : nil
        }
        return text
    }

    static let nonNames = [
        "jobs", "careers", "karriere", "profiles", "hiring", "team", "community", "members", "mitglieder", "official",
        "linkedin", "newsletter", "podcast",
    ]

    /// Whether the address of the profile has a part of the name in it, or says nothing.
    static func isLike(_ name: PersonName, _ slug: String) -> Bool {
        let slug = slug.percentDecoded.folded.replacing(" ", with: "")
        let words = name.description.folded.split(separator: " ").filter { $0.count >= 2 }
        return words.contains { slug.contains($0) } || !slug.contains(where: \.isLetter)
    }
}

import Leads
import Values

/// A piece of a search result, and what it is taken for.
public struct ProfileSpan: Sendable, Equatable, Codable {
    /// Where it stands: `title`, `snippet`, or `extension`.
    public let place: String
    public let text: String
    public let kind: PhraseKind
    /// What makes it that: `label Experience`, `joined by at`, `behind a role`, `words`.
    public let cue: String
}

/// Reads who a search result is about. A field is filled where something states it (a label, a list whose order is known,
/// a word such as *at*) or where two cues agree. All else stays empty, and the spans are kept.
struct ProfileReading {
    private(set) var name: String?
    private(set) var title: Claim?
    private(set) var company: Claim?
    private(set) var location: Claim?
    private(set) var spans: [ProfileSpan] = []

    /// A value, how certain it is, and the words that show it.
    struct Claim: Equatable {
        let value: String
        /// From 0 to 1.
        let confidence: Double
        let evidence: String
    }

    /// Something that may fill a field. Two points are enough to fill it: a statement has two, a cue has one.
    private struct Candidate {
        var text: String
        var points: Int
        var place: String
        var cue: String
        var isCut = false
        /// The company that a role was joined to.
        var employer: String?
    }

    private var roles: [Candidate] = []
    private var companies: [Candidate] = []
    private var places: [Candidate] = []
    /// Employers of the past and schools, which are nobody's company now.
    private var excluded: Set<String> = []
    private var formerTexts: [String] = []
    private var formerRoles = 0
    private var isBetweenJobs = false
    private var isSelfEmployed = false
    /// The first part behind the name, if its words do not tell what it is.
    private var headline: ProfileTitle.Part?

    init(_ result: SearchResult, slug: String) {
        var parts = ProfileTitle(result.title).parts
        guard !parts.isEmpty, !Self.isOtherPage(result.title) else { return }
        var first = parts.removeFirst()
        // `Jane Doe, Head of Sales at Acme | LinkedIn`
        if let comma = first.text.firstIndex(of: ",") {
            let tail = String(first.text[first.text.index(after: comma)...]).tidied()
            if RoleWords.has(tail), tail.split(separator: " ").count > 1 || RoleWords.begins(tail) {
                parts.insert(.init(text: tail, isCut: first.isCut, separator: .dash), at: 0)
                first = .init(text: String(first.text[..<comma]).tidied(), isCut: false)
            }
        }
        guard let name = Self.name(first, slug) else { return }
        self.name = name
        let snippet = ProfileSnippet(result.snippet ?? "")
        // A business with a person's profile.
        if snippet.labelled.contains(where: { $0.label == .experience && $0.text.folded == name.folded }) {
            self.name = nil
            return
        }
        note("title", name, .name, "first part")
        readExtensions(result.extensions)
        readTitle(parts)
        readSnippet(snippet)
        readProse(snippet.prose)
        confirm(by: snippet)
        decide()
    }

    private mutating func note(_ place: String, _ text: String, _ kind: PhraseKind, _ cue: String) {
        let span = ProfileSpan(place: place, text: text.shortened(to: 200), kind: kind, cue: cue)
        if spans.count < 30, !spans.contains(span) { spans.append(span) }
    }
}

// MARK: The name

extension ProfileReading {
    /// Titles of pages that are about a person but are not the person's.
    private static func isOtherPage(_ title: String) -> Bool {
        let folded = title.folded
        if otherPages.contains(where: { folded.contains($0) }) { return true }
        return Self.activities.contains { folded.hasPrefix($0) } || otherStarts.contains { folded.hasPrefix($0) }
    }

    private static let otherPages = [
        " s post", " on linkedin ", " auf linkedin ", " posted on", " sur linkedin ", " en linkedin ", " no linkedin ",
        "beitrag von ", "post de ", "publication de ", "publicacion de ", "publicacao de ", "post di ", "post van ",
        "inlagg fran ", "wpis ", " profiles linkedin", " profiles", "profile von personen", " jobs in ",
        " stellenangebote", " s activity", " activity on", "mitarbeiter innen", "employees linkedin",
    ]
    private static let activities = [
        "activiteit van", "aktivitat von", "aktivitaten von", "activite de", "actividad de", "atividade de", "attivita di",
        "aktivitet", "aktywnosc", "activity of", "all activity",
    ]
    private static let otherStarts = [
        "sign up", "sign in", "log in", "login", "join linkedin", "join now", "linkedin login", "anmelden", "einloggen",
        "registrieren", "mitglied werden", "s inscrire", "inscription", "iniciar sesion", "registrate", "accedi",
        "iscriviti", "aanmelden", "inloggen", "logga in", "zaloguj", "cadastre", "entrar", "top 10", "best ", "page not",
        "profile not found", "security verification", "unternehmen", "people named", "personen namens",
    ]

    private static func name(_ part: ProfileTitle.Part, _ slug: String) -> String? {
        let text = part.text
        guard !part.isCut || text.split(separator: " ").count >= 2 else { return nil }
        guard !text.contains(where: \.isNumber), text.count <= 80, let name = PersonName(parsing: text) else { return nil }
        let plain = text.split(whereSeparator: { "(,[\"“".contains($0) }).first.map { String($0).tidied() } ?? text
        guard (1...6).contains(plain.split(separator: " ").count) else { return nil }
        let folded = plain.folded
        guard !Phrase.hasLegalForm(folded), !PlaceWords.isKnown(folded), !folded.hasPrefix("the ") else { return nil }
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
            let isEastern = name.given.unicodeScalars.allSatisfy { $0.value >= 0x3040 && $0.value <= 0xD7AF } && (2...6).contains(name.given.count)
            return isEastern || isOfSlug && folded.utf8.count >= 3 ? text : nil
        }
        return text
    }

    private static let nonNames = [
        "jobs", "careers", "karriere", "profiles", "hiring", "team", "community", "members", "mitglieder", "official",
        "linkedin", "newsletter", "podcast",
    ]

    /// Whether the address of the profile has a part of the name in it, or says nothing.
    private static func isLike(_ name: PersonName, _ slug: String) -> Bool {
        let slug = slug.percentDecoded.folded.replacing(" ", with: "")
        let words = name.description.folded.split(separator: " ").filter { $0.count >= 2 }
        return words.contains { slug.contains($0) } || !slug.contains(where: \.isLetter)
    }
}

// MARK: What the result says

extension ProfileReading {
    /// What the search engine lists under a result: place, role and company, in that order when all are there.
    private mutating func readExtensions(_ extensions: [String]) {
        var items: [String] = []
        for item in extensions.flatMap({ $0.split(separator: "·").map { String($0).tidied() } }) where !item.isEmpty {
            let kind = Phrase.kind(of: item)
            if kind == .remark { note("extension", item, .remark, "words") } else { items.append(item) }
        }
        let kinds = items.map { Phrase.kind(of: $0) }
        var companyIndex: Int?
        for (index, item) in items.enumerated() {
            if index == 0, kinds[0] == .place || items.count == 3 && item.contains(",") && kinds[0] != .role {
                add(place: item, points: 2, "extension", "list")
            } else if kinds[index] == .place, places.isEmpty, items.count < 3 {
                add(place: item, points: 2, "extension", "list")
            } else if let split = Employment.split(item), kinds[index] != .former {
                add(role: split.role, points: 2, "extension", "joined by at")
                add(company: split.company, points: 2, "extension", "joined by at")
            } else if items.count == 3, index == 2, kinds[1] == .role, kinds[index] != .place {
                companyIndex = index
            } else if kinds[index] == .role || items.count == 3 && index == 1 {
                add(role: item, points: 2, "extension", "list")
            } else if index == items.count - 1, index > 0 {
                companyIndex = index
            } else {
                add(company: item, points: 1, "extension", "words")
            }
        }
        if let companyIndex { add(company: items[companyIndex], points: 2, "extension", "list") }
    }

    private mutating func readTitle(_ parts: [ProfileTitle.Part]) {
        // Dashes or, where there are none, bars part name, headline and company; what else there is parts the headline.
        let main: ProfileTitle.Separator =
            parts.contains { $0.separator == .dash } ? .dash : parts.contains { $0.separator == .bar } ? .bar : .dot
        var groups: [[ProfileTitle.Part]] = []
        for part in parts {
            if part.separator == main || groups.isEmpty { groups.append([]) }
            groups[groups.count - 1].append(part)
        }
        groups = groups.map { $0.filter { part in
            let isRemark = Phrase.kind(of: part.text) == .remark
            if isRemark { note("title", part.text, .remark, "words") }
            return !isRemark
        } }.filter { !$0.isEmpty }
        var roleGroup: Int?
        for (index, group) in groups.enumerated() {
            for (place, part) in group.enumerated() {
                let isPosition = place == 0 && (index > 0 || main != .dash || group.count == 1)
                if readTitle(part, isPosition: isPosition, behind: roleGroup, of: groups.count, at: index) {
                    roleGroup = roleGroup ?? index
                }
            }
        }
        // `Name - Company - Role`
        if groups.count == 2, groups[0].count == 1, roleGroup == 1, companies.allSatisfy({ $0.place != "title" || $0.points < 2 }) {
            add(company: groups[0][0], points: 1, "title", "before a role")
        }
    }

    /// Returns whether the part names a role.
    private mutating func readTitle(
        _ part: ProfileTitle.Part, isPosition: Bool, behind role: Int?, of count: Int, at index: Int
    ) -> Bool {
        var part = part
        let whole = part.text
        if !Phrase.endsInThePast(part.text) { part.text = Phrase.withoutFormer(part.text) }
        if part.text != whole {
            exclude(String(whole.dropFirst(part.text.count)))
            part.isCut = false
        }
        var kind = Phrase.kind(of: part.text)
        if kind == .former {
            exclude(part.text)
            note("title", part.text, .former, "words")
            // `Ehem. Vorstand, jetzt Berater`
            guard let now = Self.now(part.text) else { return false }
            part.text = now
            kind = Phrase.kind(of: now)
        }
        if Self.isNobody(part.text), count > 1 {
            isSelfEmployed = true
            note("title", part.text, .remark, "words")
            return false
        }
        // `Cobalt & Finch: Managing Partner`
        if let colon = part.text.firstRange(of: ": ") {
            let (left, right) = (String(part.text[..<colon.lowerBound]), String(part.text[colon.upperBound...]))
            if RoleWords.begins(right), !RoleWords.has(left), Phrase.couldBeCompany(left) {
                add(role: right, points: 2, "title", "behind a colon")
                add(company: left, points: 1, "title", "before a colon")
                return true
            }
        }
        if let split = Employment.split(part.text), !(Self.isLearner(split.role) && !Phrase.isSchool(split.company.folded.split(separator: " ").prefix(2).joined(separator: " "))) {
            let (roleText, company) = (split.role, Self.firstEmployer(split.company))
            if kind != .slogan || RoleWords.has(roleText) {
                add(role: roleText, points: 2, "title", "joined by at", employer: company.text)
                var joined = part
                joined.text = company.text
                joined.isCut = part.isCut && company.isWhole
                add(company: joined, points: 2, "title", "joined by at", role: roleText)
                return true
            }
        }
        switch kind {
        case .role:
            // A name may be of role words: `Managing Partner - Partner Ventures`.
            if let role, role < index, isPosition, part.text.split(separator: " ").count <= 3, !part.isCut, Phrase.isTitleCased(part.text) {
                add(company: part, points: Phrase.hasCompanyWord(part.text.folded) ? 2 : 1, "title", "behind a role")
                if Phrase.hasCompanyWord(part.text.folded) { return false }
            }
            // `VP, Sales` is one role; `Head of Sales, Acme` is a role and perhaps a company.
            if !part.isCut, let (roleText, company) = Self.commaEmployer(part.text) {
                var own = part
                own.text = company
                // A founder is one of something.
                let isCompany = Phrase.hasLegalForm(company.folded) || Self.isHead(roleText)
                add(company: own, points: isCompany ? 2 : 1, "title", "behind a comma", role: roleText)
                if isCompany {
                    add(role: roleText, points: 2, "title", "words", employer: company)
                    return true
                }
            }
            add(role: part, points: role == nil ? 2 : 1, "title", "words")
            return true
        case .place:
            let isLast = index == count - 1 && count >= 3
            add(place: part.text, points: part.text.contains(",") || isLast ? 2 : 1, "title", "words")
            return false
        case .slogan where Phrase.isTitleCased(part.text) && role != nil && isPosition && part.text.split(separator: " ").count <= 5:
            // `Helping Hands Home Care`: a slogan would hardly be written so.
            add(company: part, points: part.text.split(separator: " ").count >= 3 ? 2 : 1, "title", "behind a role")
            return false
        case .slogan, .remark, .former:
            note("title", part.text, kind, "words")
            return false
        case .school:
            // A school employs those who teach there.
            if let role, role < index {
                let teaches = roles.last.map { Self.isTeacher($0.text) } ?? false
                add(company: part, points: teaches ? 2 : 1, "title", "behind a role", role: roles.last?.text)
            }
            note("title", part.text, .school, "words")
            return false
        case .company, .unknown, .name:
            if headline == nil, isPosition { headline = part }
            guard Phrase.couldBeCompany(part.text) else { return false }
            var points = 1
            if isPosition, let role, role < index { points = 2 }
            if let known = roles.last, Self.isOver(known.text) || Self.isNobody(known.text) { points = 1 }
            if Phrase.hasLegalForm(part.text.folded) { points = 2 }
            add(company: part, points: points, "title", points == 2 ? "behind a role" : "words")
            return false
        }
    }

    private mutating func readSnippet(_ snippet: ProfileSnippet) {
        for (label, text, isCut) in snippet.labelled {
            let part = ProfileTitle.Part(text: text, isCut: isCut)
            switch label {
            case .location:
                add(place: Self.firstSentence(text), points: isCut ? 0 : 2, "snippet", "label")
            case .education:
                note("snippet", text, .school, "label")
                excluded.insert(Self.key(text))
            case .role: add(role: part, points: 2, "snippet", "label")
            case .experience: readExperience(part)
            }
        }
        var segments = snippet.segments
        if let first = segments.first, Phrase.kind(of: first.text) == .place, !first.isCut {
            // A list that begins with a place has the network's order: place, role, company.
            let isList = segments.dropFirst().contains { Phrase.kind(of: $0.text) == .role }
            add(place: first.text, points: PlaceWords.isPlainlyPlace(first.text) || isList ? 2 : 1, "snippet", "list")
            segments.removeFirst()
            readList(segments, isBehindPlace: true)
        } else {
            readList(segments, isBehindPlace: false)
        }
    }

    private mutating func readExperience(_ part: ProfileTitle.Part) {
        var part = part
        part.text = Self.firstSentence(part.text)
        guard Phrase.kind(of: part.text) != .former else {
            exclude(part.text)
            note("snippet", part.text, .former, "label")
            return
        }
        part.text = Phrase.withoutFormer(part.text)
        if let split = Employment.split(part.text) {
            add(role: split.role, points: 2, "snippet", "label")
            part.text = split.company
            add(company: part, points: 2, "snippet", "label", role: split.role)
        } else if let (role, company) = Self.commaEmployer(part.text), !Phrase.hasLegalForm(part.text.folded) || Phrase.hasLegalForm(company.folded) {
            add(role: role, points: 2, "snippet", "label")
            part.text = company
            add(company: part, points: 2, "snippet", "label", role: role)
        } else if Phrase.kind(of: part.text) == .role, RoleWords.begins(part.text) || part.text.split(separator: " ").count <= 2 {
            add(role: part, points: 1, "snippet", "label")
            add(company: part, points: 1, "snippet", "label")
        } else {
            add(company: part, points: 2, "snippet", "label")
        }
    }

    /// What stands between dots: role, company, school.
    private mutating func readList(_ segments: [ProfileTitle.Part], isBehindPlace: Bool) {
        // The network's own order: place, role, company, school.
        if isBehindPlace, segments.count >= 2, !segments[0].isCut, !segments[1].isCut {
            let (first, second) = (segments[0].text, segments[1].text)
            let (one, other) = (Phrase.kind(of: first), Phrase.kind(of: second))
            let isPair = [.role, .unknown].contains(one) && Employment.split(first) == nil && !Phrase.hasLegalForm(first.folded)
            if one == .role, other == .role, !Phrase.hasLegalForm(first.folded) {
                // Which of two is the company, only the title can tell.
                add(role: segments[0], points: 1, "snippet", "list")
                add(company: segments[1], points: 1, "snippet", "list")
                return
            }
            let isEmployer = [.company, .unknown].contains(other) || other == .role && one != .role || other == .slogan && Phrase.isTitleCased(second)
            let isStudy = segments.count == 2 && other == .school
            if isPair, isEmployer, !isStudy, !Self.isLearner(first), Phrase.couldBeCompany(second) || other != .unknown {
                add(role: segments[0], points: 2, "snippet", "list")
                add(company: segments[1], points: 2, "snippet", "list", role: first)
                readList(Array(segments.dropFirst(2)), isBehindPlace: false)
                return
            }
        }
        var hasRole = false
        for (index, segment) in segments.enumerated() {
            var segment = segment
            segment.text = Phrase.withoutFormer(segment.text)
            let kind = Phrase.kind(of: segment.text)
            if kind == .former {
                exclude(segment.text)
                note("snippet", segment.text, .former, "words")
                continue
            }
            if let split = Employment.split(segment.text), kind != .slogan {
                add(role: split.role, points: 2, "snippet", "joined by at")
                segment.text = Self.firstEmployer(split.company).text
                add(company: segment, points: 2, "snippet", "joined by at", role: split.role)
                hasRole = true
                continue
            }
            switch kind {
            case .role:
                add(role: segment, points: isBehindPlace && index == 0 ? 2 : 1, "snippet", "words")
                hasRole = true
            case .place: add(place: segment.text, points: segment.text.contains(",") && !segment.isCut ? 2 : 1, "snippet", "list")
            case .school:
                note("snippet", segment.text, .school, "words")
                if index == 0 || !hasRole { excluded.insert(Self.key(segment.text)) } else {
                    add(company: segment, points: 1, "snippet", "list")
                }
            case .slogan, .remark, .former: note("snippet", segment.text, kind, "words")
            case .company, .unknown, .name:
                guard Phrase.couldBeCompany(segment.text) else { continue }
                // Without a place before it, a text of the title's is its headline once more, and no second cue.
                if !isBehindPlace, !hasRole, headline.map({ $0.text.folded == segment.text.folded }) == true { continue }
                add(company: segment, points: isBehindPlace && hasRole && index == 1 ? 2 : 1, "snippet", "list")
            }
        }
    }

    /// A sentence that names a candidate is another cue for it, and a value that stands in full somewhere completes one that
    /// is cut.
    private mutating func confirm(by snippet: ProfileSnippet) {
        let prose = " " + snippet.prose.joined(separator: " ").folded + " "
        for index in companies.indices where companies[index].points == 1 && companies[index].text.count > 2 {
            let folded = companies[index].text.folded
            guard !folded.isEmpty, prose.contains(" \(folded) ") else { continue }
            companies[index].points += 1
            companies[index].cue += ", named in a sentence"
        }
    }

    /// Sentences by the person, or by name about the person.
    private mutating func readProse(_ prose: [String]) {
        guard let person = name.flatMap({ PersonName(parsing: $0) }) else { return }
        let names = [person.given, person.family].map(\.folded).filter { $0.count > 1 }
        let all = " " + prose.joined(separator: " ").folded + " "
        let isOwn = Sentence.firstPerson.contains { all.contains(" \($0) ") }
        let isNamed = names.contains { all.contains(" \($0) ") }
        for sentence in prose.flatMap(ProfileSnippet.sentences) {
            let folded = " " + sentence.folded + " "
            guard !Sentence.past.contains(where: { folded.contains(" \($0) ") }), !folded.contains(" jusqu") else { continue }
            // A sentence that begins with a role is a headline: `Acheteuse senior chez Pôle Emballage.`
            let isHeadline = RoleWords.begins(sentence)
            guard isOwn || isNamed || isHeadline else { continue }
            if let (role, company) = Sentence.employment(sentence) {
                add(role: role, points: isHeadline ? 1 : 2, "snippet", "sentence")
                add(company: company, points: isHeadline ? 1 : 2, "snippet", "sentence")
                if !isHeadline, let place = Sentence.place(behind: company, in: sentence) { add(place: place, points: 2, "snippet", "sentence") }
            }
        }
        for sentence in prose.flatMap(ProfileSnippet.sentences) {
            let plain = sentence.trimmingSuffix(".")
            guard let place = Sentence.home(sentence) else {
                let isOfPerson = isOwn || isNamed || roles.contains { RoleWords.begins($0.text) && prose.first?.folded.hasPrefix($0.text.folded) == true }
                if isOfPerson, PlaceWords.isPlainlyPlace(plain) { add(place: plain, points: 2, "snippet", "sentence") }
                continue
            }
            let isHeadline = roles.contains { RoleWords.begins($0.text) }
            guard isOwn || isNamed || isHeadline else { continue }
            add(place: place, points: 2, "snippet", "sentence")
        }
    }
}

// MARK: Candidates

extension ProfileReading {
    private mutating func add(
        role part: ProfileTitle.Part, points: Int, _ place: String, _ cue: String, employer: String? = nil
    ) {
        let text = Self.plainRole(part.text)
        note(place, part.text, .role, cue)
        if ["between roles", "between jobs", "between positions", "career break"].contains(where: { part.text.folded.contains($0) }) {
            isBetweenJobs = true
        }
        guard !text.isEmpty, text.count <= 150 else { return }
        roles.append(
            Candidate(text: text, points: points, place: place, cue: cue, isCut: part.isCut, employer: employer.map(Self.key)))
    }

    private mutating func add(role: String, points: Int, _ place: String, _ cue: String, employer: String? = nil) {
        add(role: ProfileTitle.Part(text: role, isCut: false), points: points, place, cue, employer: employer)
    }

    private mutating func add(
        company part: ProfileTitle.Part, points: Int, _ place: String, _ cue: String, role: String? = nil
    ) {
        var text = Self.withoutRemarks(Phrase.withoutFormer(part.text))
        while let last = text.last, " ,;.–-|·".contains(last), !text.lowercased().hasSuffix("inc.") , last != "." {
            text.removeLast()
        }
        let folded = text.folded
        if Self.isNobody(text) || Phrase.kind(of: text) == .remark {
            isSelfEmployed = isSelfEmployed || Self.isNobody(text)
            note(place, text, .remark, cue)
            return
        }
        if Phrase.kind(of: text) == .place, !Phrase.hasLegalForm(folded), cue != "label", cue != "list" {
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

    private mutating func add(company: String, points: Int, _ place: String, _ cue: String) {
        add(company: ProfileTitle.Part(text: company, isCut: false), points: points, place, cue)
    }

    private mutating func add(place: String, points: Int, _ where: String, _ cue: String) {
        note(`where`, place, .place, cue)
        guard !place.isEmpty, place.count <= 100, !Self.isNoPlace(place) else { return }
        places.append(Candidate(text: place, points: points, place: `where`, cue: cue))
    }

    private static func isNoPlace(_ text: String) -> Bool {
        let folded = text.folded
        return folded.contains(" connections") || Phrase.kind(of: text) == .remark || folded == "remote"
    }

    private mutating func exclude(_ text: String) {
        formerTexts.append(text.folded)
        formerRoles += 1
        let name = Employment.split(text)?.company ?? text
        for piece in name.split(whereSeparator: { ",/&+()|".contains($0) }) {
            let words = String(piece).folded.split(separator: " ").filter { !Self.overWords.contains(String($0)) }
            if !words.isEmpty { excluded.insert(words.joined(separator: " ")) }
        }
    }

    private static let overWords: Set<String> = [
        "ex", "former", "formerly", "previously", "prev", "ehemals", "ehem", "fruher", "ancien", "ancienne", "antes",
        "anteriormente", "voorheen", "tidigare", "alumni", "at", "bei", "chez", "in", "wczesniej",
    ]

    /// What stands where a company's name would for those who work for nobody else.
    private static let nobody: Set<String> = [
        "self employed", "selfemployed", "freelance", "freelancer", "freelancing", "selbststandig", "selbstandig",
        "freiberuflich", "freiberufler", "freiberuflerin", "independant", "independante", "a mon compte", "autonomo",
        "autonoma", "por cuenta propia", "trabajador autonomo", "profissional autonomo", "conta propria", "libero professionista",
        "libera professionista", "lavoratore autonomo", "partita iva", "in proprio", "zelfstandig", "zelfstandige", "zzp",
        "zzper", "egenforetagare", "egen", "samozatrudniony", "samozatrudnienie", "wlasna dzialalnosc", "retired",
        "im ruhestand", "retraite", "unemployed", "none", "n a", "confidential", "stealth", "stealth startup",
        "stealth mode", "various", "private", "home", "linkedin member", "own business", "independent", "entrepreneur",
    ]

    /// `Self-employed`, `Zelfstandig (zzp)`, `Selbstständig / Freelance`.
    static func isNobody(_ text: String) -> Bool {
        if nobody.contains(text.folded) { return true }
        let parts = text.split(whereSeparator: { "(),/|;&".contains($0) }).map { String($0).folded }.filter { !$0.isEmpty }
        return parts.count > 1 && parts.allSatisfy { nobody.contains($0) }
    }

    private static func isOver(_ role: String) -> Bool {
        let folded = role.folded
        return ["retired", "retiree", "pensionist", "pensionat", "former", "ex ", "pensionier", "rentner", "ruhestand", "retraite", "jubilad",
            "aposentad", "pensionat", "gepensioneerd", "pensioner", "emeryt", "emerit", "alumn"]
            .contains { folded.hasPrefix($0) || folded.contains(" \($0)") }
    }

    private static func isLearner(_ role: String) -> Bool {
        let folded = role.folded
        return ["student", "studier", "etudiant", "estudiante", "estudante", "studentess", "candidate", "alumn", "graduate",
            "doctorand", "doktorand", "doctorant", "bachelor", "master s", "mba", "phd", "undergraduate", "absolvent",
            "alternant", "stagiaire en", "studying", "pupil", "scholar"]
            .contains { folded.hasPrefix($0) || folded.contains(" \($0)") }
    }

    /// Whether the role is the head's of something.
    private static func isHead(_ role: String) -> Bool {
        let words = Set(role.folded.split(separator: " ").map(String.init))
        return !words.isDisjoint(with: [
            "founder", "cofounder", "ceo", "owner", "proprietor", "grunder", "grunderin", "mitgrunder", "mitgrunderin", "inhaber", "inhaberin",
            "geschaftsfuhrer", "geschaftsfuhrerin", "fondateur", "fondatrice", "cofondateur", "cofondatrice", "gerant", "gerante", "fundador",
            "fundadora", "cofundador", "cofundadora", "fondatore", "fondatrice", "titolare", "oprichter", "eigenaar", "zaakvoerder", "grundare", "wlasciciel",
            "wlascicielka", "zalozyciel", "prezes", "president",
        ]) && words.count <= 4
    }

    private static func isTeacher(_ role: String) -> Bool {
        let folded = role.folded
        return ["profess", "lectur", "teacher", "dean", "dekan", "docent", "dozent", "lehrer", "enseignant", "maitre de conf", "docente", "rektor", "rector",
            "headteacher", "headmaster", "principal", "schulleit", "insegnante", "maestra", "maestro", "leraar", "lerares", "hoogleraar", "larare", "lektor",
            "nauczyciel", "wykladow", "ogretmen", "profesor", "dirigente scolastico", "proviseur", "instruct"]
            .contains { folded.hasPrefix($0) || folded.contains(" \($0)") }
    }

    /// What holds now, behind what is over: `…, jetzt Berater`.
    private static func now(_ text: String) -> String? {
        let lower = text.lowercased()
        for mark in [", jetzt ", ", heute ", ", now ", ", currently ", ", aujourd'hui ", ", désormais ", ", ahora ", ", hoy ", ", ora ", ", oggi ", ", nu ", ", agora ", ", obecnie ", "; jetzt ", "; now ", " - now "] {
            guard let range = lower.firstRange(of: mark), lower.count == text.count else { continue }
            return String(text.dropFirst(lower.distance(from: lower.startIndex, to: range.upperBound))).tidied().nonEmpty
        }
        return nil
    }

    private static func key(_ text: String) -> String { CompanyName(parsing: text)?.matchKey ?? text.folded }

    /// A role without what is said around it.
    private static func plainRole(_ text: String) -> String {
        var text = Phrase.withoutFormer(text)
        text = String(text.unicodeScalars.filter { !$0.properties.isEmojiPresentation && $0.value != 0xFE0F })
        return Self.withoutRemarks(text).tidied()
    }

    /// The text without what is said beside it in brackets, or behind its last comma: `(we are hiring!)`, `, open to work`.
    private static func withoutRemarks(_ text: String) -> String {
        var text = text
        while let open = text.firstIndex(where: { "([{".contains($0) }),
            let close = text[open...].firstIndex(where: { ")]}".contains($0) })
        {
            let inside = String(text[text.index(after: open)..<close])
            let kind = Phrase.kind(of: inside)
            guard inside.contains("!") || [.remark, .slogan, .former].contains(kind) || inside.hasPrefix("YC ") else { break }
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
    private static func firstEmployer(_ text: String) -> (text: String, isWhole: Bool) {
        for mark in [" & ", " and ", " und ", " et ", " y ", " e ", " en ", " och ", " i ", " / ", ", ", "; ", " + ", " | ", ". "] {
            var start = text.startIndex
            while let range = text[start...].firstRange(of: mark) {
                start = range.upperBound
                let tail = String(text[range.upperBound...])
                if RoleWords.begins(tail) || Employment.split(tail) != nil || Phrase.kind(of: tail) == .role && !Phrase.hasLegalForm(tail.folded)
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
    private static func commaEmployer(_ text: String) -> (role: String, company: String)? {
        guard let comma = text.lastIndex(of: ",") else { return nil }
        let head = String(text[..<comma]).tidied()
        let tail = String(text[text.index(after: comma)...]).tidied()
        guard RoleWords.has(head), Phrase.couldBeCompany(tail), !RoleWords.has(tail),
            tail.first.map({ $0.isUppercase || $0.isNumber }) == true
        else {
            // `Head of Sales, Acme, Inc.`
            guard Phrase.hasLegalForm("x \(tail.folded)"), let before = head.lastIndex(of: ",") else { return nil }
            let role = String(head[..<before]).tidied()
            guard RoleWords.has(role) else { return nil }
            return (role, String(text[text.index(after: before)...]).tidied())
        }
        return (head, tail)
    }

    private static func firstSentence(_ text: String) -> String {
        guard let range = text.firstRange(of: ". "), text.distance(from: text.startIndex, to: range.lowerBound) > 3
        else { return text }
        let head = String(text[..<range.lowerBound])
        // `St. Gallen`, `Acme Inc. Berlin`
        let last = head.folded.split(separator: " ").last.map(String.init) ?? ""
        return last.count <= 3 ? text : head
    }

    // MARK: Decisions

    private mutating func decide() {
        resolveHeadline()
        // Whoever has stopped working, or names nothing but what is over, has no employer now.
        // But a label that names somebody else is about now.
        let isStated = companies.contains { $0.cue == "label" && !isExcluded($0.text) && !isRelated($0.text) }
        let isOver = roles.contains { Self.isOver($0.text) } || formerRoles > 0 && roles.isEmpty && !isStated || isBetweenJobs
        let learns = roles.first.map { Self.isLearner($0.text) } ?? false
        if !isOver {
            company = Self.best(
                companies.filter { !isExcluded($0.text) && !(learns && Phrase.isSchool($0.text.folded)) }, key: Self.key)
        }
        let works = company.map { Self.key($0.value) }
        var candidates = roles
        // `Accountmanager bij De Ondernemer`: the company's name may be a role's.
        if candidates.contains(where: { Self.key($0.text) != works }) { candidates.removeAll { Self.key($0.text) == works } }
        if candidates.contains(where: { !Self.isNobody($0.text) }) { candidates.removeAll { Self.isNobody($0.text) } }
        // Of several roles, the one that the company is joined to.
        for index in candidates.indices where candidates[index].employer != nil && candidates[index].employer == works {
            candidates[index].points += 1
        }
        if let company {
            for index in candidates.indices where candidates[index].text.hasSuffix(", \(company.value)") {
                candidates[index].text = String(candidates[index].text.dropLast(company.value.count + 2))
            }
        }
        title = Self.best(candidates, key: { $0.folded })
        location = Self.best(places, key: { $0.folded })
    }

    /// A headline whose words are not known is a role if something else states the company, and a company otherwise only if
    /// something agrees.
    private mutating func resolveHeadline() {
        let stated = companies.filter { $0.points >= 2 && !isExcluded($0.text) && $0.cue != "behind a role" }
        let stater = stated.filter { $0.place != "title" || $0.cue == "joined by at" }
        guard let headline, stater.first != nil || isSelfEmployed else { return }
        let key = Self.key(headline.text)
        if stater.contains(where: { Self.key($0.text) == key || headline.isCut && Self.key($0.text).hasPrefix(key) }) { return }
        // `Enóloga na Quinta do Vale`: the company stands behind a joining word.
        for company in stater {
            guard let range = headline.text.firstRange(of: " \(company.text)") else { continue }
            var role = String(headline.text[..<range.lowerBound]).split(separator: " ")
            while role.count > 1, let last = role.last, last.count <= 4, last.first?.isLowercase == true || "@-–,".contains(last) { role.removeLast() }
            if !role.isEmpty { add(role: role.joined(separator: " "), points: 2, "title", "before a company", employer: company.text) }
            companies.removeAll { Self.key($0.text) == key }
            return
        }
        guard headline.text.split(separator: " ").count <= 6, !Phrase.hasLegalForm(headline.text.folded), !Phrase.hasCompanyWord(headline.text.folded) else { return }
        companies.removeAll { Self.key($0.text) == key }
        add(role: headline, points: 2, "title", "beside a company")
    }

    /// Whether a company shares a word with what is over.
    private func isRelated(_ company: String) -> Bool {
        let words = company.folded.words.filter { $0.count >= 4 }
        return formerTexts.contains { text in words.contains { text.words.contains($0) } }
    }

    private func isExcluded(_ text: String) -> Bool {
        let folded = text.folded
        if excluded.contains(Self.key(text)) || excluded.contains(folded) { return true }
        return formerTexts.contains { " \($0) ".contains(" \(folded) ") }
    }

    /// The value that has most points, of equals the one that stands at the better place. Fewer than two points are not
    /// enough.
    private static func best(_ candidates: [Candidate], key: (String) -> String) -> Claim? {
        var groups: [(key: String, points: Int, text: String, order: Int, places: Set<String>, cues: [String], isCut: Bool)] = []
        for candidate in candidates {
            let own = key(candidate.text)
            guard !own.isEmpty else { continue }
            let order = ["extension": 0, "title": 1, "snippet": 2][candidate.place] ?? 3
            let cue = "\(candidate.place) “\(candidate.text)” (\(candidate.cue))"
            let same = groups.firstIndex { group in
                group.key == own || candidate.isCut && group.key.hasPrefix(own) || group.isCut && own.hasPrefix(group.key)
            }
            guard let same else {
                groups.append((own, candidate.points, candidate.text, order, [candidate.place], [cue], candidate.isCut))
                continue
            }
            // What is said twice in one place is one cue.
            groups[same].points =
                groups[same].places.contains(candidate.place)
                ? max(groups[same].points, candidate.points) : groups[same].points + candidate.points
            groups[same].places.insert(candidate.place)
            groups[same].cues.append(cue)
            if groups[same].isCut, !candidate.isCut {
                (groups[same].key, groups[same].text, groups[same].isCut) = (own, candidate.text, false)
            }
            groups[same].order = min(groups[same].order, order)
        }
        let enough = groups.filter { $0.points >= 2 && !$0.isCut }
        guard let best = enough.max(by: { ($0.points, -$0.order) < ($1.points, -$1.order) }) else { return nil }
        return Claim(
            value: best.text, confidence: min(0.85, 0.6 + 0.05 * Double(best.points - 1)),
            evidence: best.cues.prefix(4).joined(separator: "; "))
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}

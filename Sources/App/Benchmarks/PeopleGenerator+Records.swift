/// Records of the invented people: the plain record, its variations, and what is shared by mistake.
extension PeopleGenerator {
    /// A record in the making.
    struct Draft {
        let person: Int
        var given: String, middle = "", surname: String, prefix = "", suffix: String, credentials = ""
        var lastFirst = false, letterCase = 0, married = false
        var title: String, company: String, email: String, website: String, city: String
        var number: Phone?, notation = 0, slug: String, profile = 0, countryHost: String
        /// A profile URL that is not the person's: an exporter's or a placeholder.
        var foreignProfile: String?
        /// The personal mailbox behind the address (or empty), and the phone if it is not the switchboard.
        var mailbox: String, direct: Phone?

        var fullName: String {
            func text(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: " ") }
            let name =
                lastFirst
                ? surname + ", " + text([prefix, given, middle, suffix])
                : text([prefix, given, middle, surname, suffix])
            return [name, name.uppercased(), name.lowercased()][letterCase] + credentials
        }

        var phone: String {
            guard let number else { return "" }
            let (country, trunk, area, digits) = (number.country, number.trunk, number.area, number.subscriber)
            let middle = digits.index(digits.startIndex, offsetBy: digits.count / 2)
            let halves = (digits[..<middle], digits[middle...])
            switch notation {
            case 1: return "+" + country + area + digits
            case 2: return "00\(country) \(area) \(digits)"
            case 3: return "\(trunk)\(area)/\(digits)"
            case 4: return "(\(trunk)\(area)) \(halves.0)-\(halves.1)"
            case 5: return trunk.isEmpty ? "+\(country).\(area).\(digits)" : "+\(country) (0)\(area) \(digits)"
            case 6: return "+\(country)-\(area)-\(halves.0)-\(halves.1)"
            case 7: return "\(trunk)\(area) \(halves.0) \(halves.1)"
            default: return "+\(country) \(area) \(digits)"
            }
        }

        var linkedIn: String {
            if let foreignProfile { return foreignProfile }
            if slug.isEmpty { return "" }
            switch profile {
            case 1: return "https://\(countryHost).linkedin.com/in/\(slug)"
            case 2: return "https://www.linkedin.com/in/\(slug)/"
            case 3: return "https://www.linkedin.com/in/\(slug)?originalSubdomain=\(countryHost)"
            case 4: return "http://linkedin.com/in/\(slug)/?utm_source=share&utm_medium=member_desktop"
            case 5: return "linkedin.com/in/\(slug)"
            default: return "https://www.linkedin.com/in/\(slug)"
            }
        }

        var columns: [(name: String, value: String)] {
            zip(PeopleGenerator.columnNames, [fullName, title, company, email, phone, linkedIn, website, city])
                .map { (name: $0, value: $1) }
        }
    }

    /// What can be different in a further record of a person.
    enum Kind: String {
        case shortForm = "nickname or short form", initial = "initial instead of the given name"
        case typoGiven = "typo in the given name", typoSurname = "typo in the surname"
        case diacritics = "diacritics removed or spelled out", lastFirst = "last name first"
        case letterCase = "capitals or small letters only", academic = "academic title", credentials = "credentials"
        case middle = "middle initial", married = "married name", second = "second given name with hyphen"
        case company = "company spelled otherwise", noEmail = "e-mail missing", emailCase = "e-mail in other case"
        case plusTag = "e-mail with plus tag", phone = "phone in another notation"
        case profile = "LinkedIn URL in another form"
        case jobChange = "job change", role = "role mailbox", freeMail = "free-mail address", missing = "fields missing"
    }

    /// Kinds with their weight and what they touch; a record never gets two that touch the same.
    static let kinds: [(kind: Kind, weight: Int, touches: Int)] = [
        (.jobChange, 9, 0), (.missing, 7, 1), (.shortForm, 11, 2), (.initial, 6, 2), (.typoGiven, 4, 2),
        (.second, 2, 2), (.diacritics, 12, 2), (.typoSurname, 5, 3),
        (.married, 3, 3), (.lastFirst, 7, 4), (.letterCase, 7, 5),
        (.academic, 5, 6), (.credentials, 4, 6), (.middle, 5, 7), (.company, 11, 8), (.noEmail, 7, 9),
        (.emailCase, 4, 9), (.plusTag, 2, 9), (.role, 3, 9), (.freeMail, 4, 9), (.phone, 10, 10), (.profile, 8, 11),
    ]
    private static let totalWeight = kinds.reduce(0) { $0 + $1.weight }

    /// A record of a person as it stands, with the gaps any file has.
    mutating func draft(of index: Int) -> Draft {
        let person = persons[index], job = person.home, company = companies[job.company]
        var draft = Draft(
            person: index, given: person.name.given, surname: person.name.surname, suffix: person.name.suffix,
            title: chance(0.1) ? "" : person.title, company: chance(0.03) ? "" : company.name,
            email: chance(0.1) ? "" : job.email,
            website: chance(0.35) ? "" : (chance(0.5) ? "https://www." : "") + company.domain,
            city: chance(0.2) ? "" : company.city, number: chance(0.12) ? nil : job.number,
            slug: chance(0.1) ? "" : person.slug, countryHost: Self.cultures[company.culture].code,
            mailbox: "", direct: nil)
        if draft.email.isEmpty, draft.number == nil || !job.isDirect, draft.slug.isEmpty { draft.email = job.email }
        if !draft.email.isEmpty, job.isPersonal { draft.mailbox = job.email }
        if draft.number != nil, job.isDirect { draft.direct = job.number }
        return draft
    }

    /// A further record of a person: one or two things differ.
    mutating func variedDraft(of index: Int) -> Draft {
        var draft = draft(of: index)
        var touched: Set<Int> = [], company = persons[index].home.company
        let wanted = chance(0.35) ? 2 : 1
        for _ in 0..<200 where touched.count < wanted {
            var ticket = below(Self.totalWeight), position = 0
            while ticket >= Self.kinds[position].weight { ticket -= Self.kinds[position].weight; position += 1 }
            let (kind, _, touches) = Self.kinds[position]
            if touched.contains(touches) || touches < 2 && !touched.isEmpty { continue }
            let before = draft.columns.map(\.value)
            let applies =
                touches < 8 && touches > 1
                ? varyName(kind, &draft, index)
                : varyContact(kind, &draft, index, &company)
            guard applies, before != draft.columns.map(\.value) else { continue }
            touched.insert(touches)
            count("variation: " + kind.rawValue)
        }
        return draft
    }

    private mutating func varyName(_ kind: Kind, _ draft: inout Draft, _ index: Int) -> Bool {
        let name = persons[index].name
        switch kind {
        case .shortForm:
            guard let forms = Self.shortForms[name.given] else { return false }
            draft.given = chance(0.08) ? "\(name.given) \"\(pick(forms))\"" : pick(forms)
        case .initial:
            draft.given = name.given.prefix(1) + (chance(0.8) ? "." : "")
        case .typoGiven: draft.given = typo(in: draft.given)
        case .typoSurname: draft.surname = typo(in: draft.surname)
        case .second:
            guard !name.given.contains(where: { $0 == "-" || $0 == " " }) else { return false }
            let culture = Self.cultures[name.culture], drawn = pick(name.female ? culture.female : culture.male)
            let second = persons[index].second ?? drawn
            guard second != name.given, !second.contains("-") else { return false }
            persons[index].second = second
            draft.given += "-" + second
        case .diacritics:
            let spelled = chance(0.5)
            draft.given = Self.fold(draft.given, spelled: spelled)
            draft.surname = Self.fold(draft.surname, spelled: spelled)
        case .married:
            let culture = Self.cultures[chance(0.8) ? name.culture : below(Self.cultures.count)]
            let drawn = gendered(skewed(culture.surnames), name.female)
            guard name.female || chance(0.15), !draft.mailbox.isEmpty || !draft.slug.isEmpty else { return false }
            let married = persons[index].married ?? (chance(0.25) ? name.surname + "-" + drawn : drawn)
            persons[index].married = married
            (draft.surname, draft.married) = (married, married != name.surname)
        case .lastFirst: draft.lastFirst = true
        case .letterCase: draft.letterCase = 1 + below(2)
        case .academic: draft.prefix = pick(["Dr.", "Dr.", "Dr", "Prof.", "Prof. Dr.", "Dipl.-Ing.", "Ing."])
        case .credentials: draft.credentials = pick([", PhD", " MBA", ", MBA", ", CPA", ", PMP", " PhD", ", MSc"])
        default: draft.middle = draft.given.hasSuffix("\"") ? "" : persons[index].middle
        }
        return true
    }

    private mutating func varyContact(_ kind: Kind, _ draft: inout Draft, _ index: Int, _ at: inout Int) -> Bool {
        let company = companies[at], culture = Self.cultures[company.culture]
        switch kind {
        case .jobChange:
            let other = below(companies.count), known = persons[index].later
            guard !draft.slug.isEmpty, known != nil || other != at else { return false }
            let job = known ?? job(of: persons[index].name, at: other)
            persons[index].later = job
            at = job.company
            (draft.company, draft.email, draft.number) = (companies[at].name, job.email, job.number)
            (draft.mailbox, draft.direct) = (job.isPersonal ? job.email : "", job.isDirect ? job.number : nil)
            if !draft.website.isEmpty { draft.website = "https://www." + companies[at].domain }
            (draft.city, draft.title) = (companies[at].city, pick(Self.titles))
        case .missing:
            for column in [below(5), below(5), below(5)] {
                switch column {
                case 0: draft.title = ""
                case 1: if !draft.email.isEmpty { draft.company = "" }
                case 2: if !draft.email.isEmpty { (draft.number, draft.direct) = (nil, nil) }
                case 3: if !draft.email.isEmpty { draft.slug = "" }
                default: (draft.website, draft.city) = ("", "")
                }
            }
        case .company:
            let words = company.core.split(separator: " ").map(String.init)
            let forms = [
                company.core, company.core + " " + company.legal, company.core + ", " + company.legal,
                company.core + " " + company.legal.filter { $0 != "." }, company.core.uppercased(),
                words.map { Self.abbreviations[$0] ?? $0 }.joined(separator: " "), words[0],
                words.map { $0 == "&" ? "and" : $0 }.joined(separator: " "),
                words.count > 2 ? String(words.compactMap(\.first)) : company.core,
            ]
            .filter { $0 != draft.company }
            if draft.company.isEmpty { return false }
            draft.company = pick(forms)
        case .noEmail:
            if draft.email.isEmpty || draft.slug.isEmpty && draft.direct == nil && chance(0.8) { return false }
            (draft.email, draft.mailbox) = ("", "")
        case .emailCase:
            let capitals = draft.email.split(separator: ".", omittingEmptySubsequences: false)
                .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: ".")
            if draft.email.isEmpty { return false }
            draft.email = chance(0.5) ? draft.email.uppercased() : capitals
        case .plusTag:
            let parts = draft.email.split(separator: "@")
            guard parts.count == 2, !draft.mailbox.isEmpty else { return false }
            draft.email = "\(parts[0])+\(pick(["news", "crm", "events", "webinar", "fair2024"]))@\(parts[1])"
        case .role:
            if draft.email == company.role { return false }
            (draft.email, draft.mailbox) = (company.role, "")
        case .freeMail:
            let address = persons[index].freeMail ?? freeMail(for: persons[index].name)
            persons[index].freeMail = address
            (draft.email, draft.mailbox) = (address, address)
        case .phone:
            if draft.number == nil { return false }
            draft.notation = 1 + below(7)
        default:
            if draft.slug.isEmpty { return false }
            (draft.profile, draft.countryHost) = (1 + below(5), culture.code)
        }
        return true
    }

    /// The word with two letters swapped, one dropped, doubled, or replaced by its neighbour on the keyboard.
    private mutating func typo(in word: String) -> String {
        var letters = Array(word)
        guard letters.count > 3 else { return word }
        let place = chance(0.08) ? 0 : 1 + below(letters.count - 2)
        guard letters[place].isLetter, letters[place + 1].isLetter else { return word }
        switch below(4) {
        case 0 where letters[place].isLowercase: letters.swapAt(place, place + 1)
        case 1: letters.remove(at: place)
        case 2: letters.insert(letters[place], at: place)
        default:
            for row in Self.keyboard {
                guard let column = row.firstIndex(of: letters[place]) else { continue }
                letters[place] = row[column == row.count - 1 || column > 0 && chance(0.5) ? column - 1 : column + 1]
                break
            }
        }
        return String(letters)
    }

    /// Puts an exporter's own profile into a run of records in every 400, and placeholders into some others.
    mutating func addForeignProfiles(to drafts: inout [Draft]) {
        let site = "https://www.linkedin.com"
        let placeholders = [site + "/in/", site + "/in/me", site + "/feed/", site, site + "/in/unknown", "n/a"]
        for index in drafts.indices where chance(0.012) {
            (drafts[index].foreignProfile, drafts[index].slug) = (pick(placeholders), "")
            count("trap: placeholder profile (records)")
        }
        for window in 0..<drafts.count / 400 {
            let someone = persons[below(persons.count)].slug
            let culture = below(Self.cultures.count), names = Self.cultures[culture]
            let stranger = letters(pick(names.female), culture) + "-" + letters(pick(names.surnames), culture)
            let slug = someone.isEmpty || chance(0.5) ? stranger + "-" + hex(8) : someone
            let start = window * 400 + below(340), length = 5 + below(56)
            for index in start..<start + length where persons[drafts[index].person].slug != slug {
                (drafts[index].foreignProfile, drafts[index].slug) = ("https://www.linkedin.com/in/" + slug, "")
                count("trap: exporter's own profile (records)")
            }
            count("trap: exporter's own profile (runs)")
        }
    }
}

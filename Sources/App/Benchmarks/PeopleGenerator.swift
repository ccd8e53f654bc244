/// One record of a person as a file has it.
struct GeneratedRecord {
    /// The truth: equal for all records of one person, different for different persons.
    let person: Int
    /// Full Name, Job Title, Company, Email, Phone, LinkedIn, Website, City; empty where the record lacks the value.
    let columns: [(name: String, value: String)]
}

/// Invents people with a known truth to measure how well duplicates are recognised. Equal seeds give equal records.
struct PeopleGenerator {
    static let description = """
        People of 13 cultures at invented companies under .example. About 40 % of them have 2 to 4 records; each further
        record differs by one or two of: \(kinds.map(\.kind.rawValue).joined(separator: ", ")).
        Different people made to look alike: namesakes elsewhere and (rarely) in one company; relatives with one surname
        and initial, or father and son (Jr.), some with one family mailbox or one phone; one surname held by many in a
        company (over a hundred in the largest, from 2,000 people on); numbered mailboxes (jdoe@, jdoe2@); shared
        switchboards and role mailboxes; an exporter's own profile in a run of 5 to 60 records in every 400; placeholder
        profiles. Outside family mailboxes no personal mailbox belongs to two people.
        """
    static let columnNames = ["Full Name", "Job Title", "Company", "Email", "Phone", "LinkedIn", "Website", "City"]
    /// How often each kind of variation ("variation: …"), trap ("trap: …") and outcome ("total: …") came up last time.
    private(set) var counts: [String: Int] = [:]
    var state: UInt64
    var companies: [Company] = []
    var persons: [Person] = []
    private var names: Set<String> = []
    private var words: Set<String> = []
    private var mailboxes: Set<String> = []
    private var numbers: Set<Phone> = []
    private var slugs: Set<String> = []

    init(seed: UInt64) { state = seed }

    /// Invents `people` persons, numbered from 0, and returns all their records shuffled.
    mutating func records(people: Int) -> [GeneratedRecord] {
        (counts, companies, persons, names, words) = ([:], [], [], [], [])
        (mailboxes, numbers, slugs) = ([], [], [])
        while persons.count < people {
            let first = companies.isEmpty
            let company = addCompany(size: companySize(first: first, people: people), first: first)
            fill(company, seats: min(companies[company].size, people - persons.count), first: first)
        }
        var drafts: [Draft] = []
        for index in persons.indices {
            drafts.append(draft(of: index))
            guard chance(0.4) else { continue }
            for _ in 0..<pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3]) { drafts.append(variedDraft(of: index)) }
        }
        for last in drafts.indices.dropFirst().reversed() { drafts.swapAt(last, below(last + 1)) }
        addForeignProfiles(to: &drafts)
        tally(drafts)
        return drafts.map { GeneratedRecord(person: $0.person, columns: $0.columns) }
    }

    /// The records as CSV (RFC 4180) with a header and a last column "truth" holding the number of the person.
    static func csv(_ records: [GeneratedRecord]) -> String {
        func line(_ values: [String]) -> String {
            values.map { value in
                let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
                guard value.unicodeScalars.contains(where: special.contains) else { return value }
                return "\"" + value.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
            }.joined(separator: ",") + "\r\n"
        }
        return line(columnNames + ["truth"])
            + records.map { line($0.columns.map(\.value) + [String($0.person)]) }.joined()
    }
}

// MARK: - Companies and people
extension PeopleGenerator {
    struct Phone: Hashable { let country: String, trunk: String, area: String, subscriber: String }
    struct Company {
        let core: String, legal: String, showsLegal: Bool, domain: String, culture: Int, size: Int, pattern: Int
        let city: String, block: String, role: String, switchboard: Phone
        var name: String { showsLegal ? core + " " + legal : core }
    }
    /// Where somebody works and how to reach them there; `isPersonal` and `isDirect` are false for shared ones.
    struct Job { let company: Int; var email: String, isPersonal: Bool, number: Phone?, isDirect: Bool }
    struct Name { let culture: Int, female: Bool, given: String, surname: String, suffix: String }
    struct Person {
        let name: Name, title: String, middle: String, slug: String
        var home: Job, later: Job? = nil, freeMail: String? = nil, second: String? = nil, married: String? = nil
    }

    private mutating func companySize(first: Bool, people: Int) -> Int {
        if first { return max(1, min(900, people / 6)) }
        let roll = unit()
        if roll < 0.015 { return max(1, min(150 + below(400), people / 8)) }
        return roll < 0.3 ? 1 + below(3) : 3 + Int(50 * unit() * unit())
    }

    private mutating func addCompany(size: Int, first: Bool) -> Int {
        let origin = first ? Self.cultures.count - 2 : chance(0.35) ? below(2) : below(Self.cultures.count)
        let culture = Self.cultures[origin], city = pick(culture.cities)
        var word = pick(Self.heads) + pick(Self.tails)
        while !words.insert(word).inserted { word += pick(Self.tails) }
        let partner = chance(0.2) ? pick(Self.heads) + pick(Self.tails) : ""
        let core = word + (partner.isEmpty ? " " : " & \(partner) ") + pick(Self.trades)
        let domain = word.lowercased() + (partner.isEmpty ? "" : "-" + partner.lowercased()) + ".example"
        let blockLength = culture.digits - city.area.count - 4
        var block = "", number: Phone
        repeat {
            let ending = block.isEmpty ? "0000" : digits(4)
            block = String(2 + below(7)) + digits(blockLength - 1)
            number = Phone(country: culture.country, trunk: culture.trunk, area: city.area, subscriber: block + ending)
        } while !numbers.insert(number).inserted
        companies.append(
            Company(
                core: core, legal: pick(culture.legal), showsLegal: chance(0.6), domain: domain, culture: origin,
                size: size, pattern: first ? 0 : pick(size < 15 ? [0, 1, 2, 3, 4, 5] : [0, 0, 1, 3]), city: city.name,
                block: block, role: pick(["info", "sales", "office", "contact"]) + "@" + domain, switchboard: number))
        return companies.count - 1
    }

    /// Hires for a company: mostly people with names of their own, now and then the traps.
    private mutating func fill(_ company: Int, seats: Int, first: Bool) {
        let origin = companies[company].culture, start = persons.count
        let shared = first ? Self.cultures[origin].surnames[0] : skewed(Self.cultures[origin].surnames)
        let run = first ? min(130, seats / 3) : seats > 5 && chance(0.06) ? 3 + below(seats / 4) : 0
        if run > 0 { count("trap: surname held by many in one company (people)", run) }
        while persons.count < start + seats {
            let seat = persons.count - start, roll = unit()
            if seat < run {
                add(drawName(origin, surname: shared), at: company)
            } else if roll < 0.014, seat > 0 || start > 0 {
                let other = roll < 0.0015 && seat > 0 ? start + below(seat) : below(persons.count)
                let same = persons[other].home.company == company, name = persons[other].name
                add(
                    Name(
                        culture: name.culture, female: name.female, given: name.given, surname: name.surname,
                        suffix: ""), at: company)
                for namesake in [other, persons.count - 1] where same && !persons[namesake].home.isPersonal {
                    persons[namesake].home.email = mailbox(of: name, at: companies[company])
                    persons[namesake].home.isPersonal = true
                }
                count(same ? "trap: namesake in the same company" : "trap: namesake at another company")
            } else if roll < 0.027, seats - seat > 1 {
                addRelatives(at: company)
            } else {
                add(drawName(origin, surname: nil), at: company)
            }
        }
    }

    /// Adds two people of one family: Martin and Martina, Thomas and Tobias, or father and son.
    private mutating func addRelatives(at company: Int) {
        let origin = companies[company].culture, culture = Self.cultures[origin], surname = skewed(culture.surnames)
        let roll = unit(), pair = pick(culture.relatives).split(separator: "/").map(String.init)
        var given = (pair[0], pair[1]), secondIsFemale = true
        if roll < 0.5 {
            given.0 = pick(culture.male)
            let others = culture.male.filter { $0 != given.0 && $0.first == given.0.first }
            (given.1, secondIsFemale) = (roll < 0.15 || others.isEmpty ? given.0 : pick(others), false)
        }
        let junior = given.0 == given.1
        count(junior ? "trap: father and son (pairs)" : "trap: relatives with one initial (pairs)")
        let index = persons.count
        add(Name(culture: origin, female: false, given: given.0, surname: surname, suffix: ""), at: company)
        add(
            Name(
                culture: origin, female: secondIsFemale, given: given.1, surname: gendered(surname, secondIsFemale),
                suffix: junior ? "Jr." : ""), at: company)
        let known = [key(persons[index].name), key(persons[index + 1].name)]
        for name in Set(known) where !names.insert(name).inserted { count("trap: namesake by chance") }
        let sharing = unit()
        if sharing < 0.35 {
            let domain = chance(0.5) ? companies[company].domain : pick(culture.mail), plain = letters(surname, origin)
            let mailbox = unused(origin == 0 ? "the.\(plain)s" : pick(["familie.", "fam.", "family."]) + plain, domain)
            for relative in index...index + 1 {
                (persons[relative].home.email, persons[relative].home.isPersonal) = (mailbox, true)
            }
            count("trap: family mailbox shared by two")
        }
        if sharing > 0.2, sharing < 0.6, let number = persons[index].home.number,
            persons[index].home.isDirect
        {
            (persons[index + 1].home.number, persons[index + 1].home.isDirect) = (number, true)
            count("trap: phone shared by two relatives")
        }
    }

    private mutating func add(_ name: Name, at company: Int) {
        var slug = letters(name.given, name.culture) + "-" + letters(name.surname, name.culture)
        if chance(0.8) { slug += "-" + hex(8) }
        while !slugs.insert(slug).inserted { slug += "-" + hex(6) }
        let home = job(of: name, at: company)
        persons.append(
            Person(
                name: name, title: pick(Self.titles), middle: pick(Self.initials) + ".",
                slug: chance(0.7) ? slug : "", home: home))
    }

    mutating func job(of name: Name, at index: Int) -> Job {
        let company = companies[index], culture = Self.cultures[company.culture]
        let roll = unit(), line = unit()
        var job = Job(company: index, email: company.role, isPersonal: roll > 0.025, number: nil, isDirect: true)
        if job.isPersonal { job.email = roll < 0.06 ? freeMail(for: name) : mailbox(of: name, at: company) }
        if !job.isPersonal || line < 0.15 {
            (job.number, job.isDirect) = (company.switchboard, false)
        } else if line < 0.8 {
            let area = line < 0.35 ? culture.mobile : company.switchboard.area
            let start = line < 0.35 ? "" : company.block, length = culture.digits - area.count - start.count
            var number: Phone
            repeat {
                number = Phone(
                    country: culture.country, trunk: culture.trunk, area: area,
                    subscriber: start + String(1 + below(9)) + digits(length - 1))
            } while !numbers.insert(number).inserted
            job.number = number
        }
        return job
    }

    /// A name nobody has yet, if twelve attempts find one; some people come from another culture than their company.
    private mutating func drawName(_ home: Int, surname: String?) -> Name {
        var attempt = 0
        while true {
            attempt += 1
            let origin = surname == nil && chance(0.12) ? below(Self.cultures.count) : home
            let culture = Self.cultures[origin], female = chance(0.45), anyOrigin = below(Self.cultures.count)
            let drawn = attempt < 6 ? skewed(culture.surnames) : pick(Self.cultures[anyOrigin].surnames)
            let name = Name(
                culture: origin, female: female, given: pick(female ? culture.female : culture.male),
                surname: gendered(surname ?? drawn, female), suffix: "")
            if names.insert(key(name)).inserted { return name }
            if attempt == 12 { count("trap: namesake by chance"); return name }
        }
    }

    private mutating func mailbox(of name: Name, at company: Company) -> String {
        let given = letters(name.given, name.culture), surname = letters(name.surname, name.culture)
        let locals = [
            "\(given).\(surname)", "\(given.prefix(1))\(surname)", given, "\(given.prefix(1)).\(surname)",
            surname, "\(surname).\(given)",
        ]
        return unused(locals[company.pattern], company.domain)
    }

    mutating func freeMail(for name: Name) -> String {
        let given = letters(name.given, name.culture), surname = letters(name.surname, name.culture)
        let local = given + pick([".", "", "_"]) + surname + (chance(0.6) ? String(10 + below(90)) : "")
        return unused(local, pick(Self.cultures[name.culture].mail))
    }

    /// The mailbox, numbered if somebody has it already; dots do not tell mailboxes apart.
    private mutating func unused(_ local: String, _ domain: String) -> String {
        var number = 1, result = local
        while !mailboxes.insert(result.filter { $0 != "." } + "@" + domain).inserted {
            number += 1
            result = local + (local.last?.isNumber == true ? "x" : "") + String(number)
        }
        if number > 1 { count("trap: numbered mailbox (jdoe@, jdoe2@)") }
        return result + "@" + domain
    }

    func gendered(_ surname: String, _ female: Bool) -> String {
        female && (surname.hasSuffix("ski") || surname.hasSuffix("cki")) ? surname.dropLast() + "a" : surname
    }
    private func key(_ name: Name) -> String { Self.fold(name.given + " " + name.surname).lowercased() }
    func letters(_ text: String, _ culture: Int) -> String {
        Self.fold(text, spelled: ["de", "se"].contains(Self.cultures[culture].code)).lowercased().filter(\.isLetter)
    }
}

// MARK: - Chance and counts
extension PeopleGenerator {
    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
    mutating func chance(_ share: Double) -> Bool { unit() < share }
    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
    /// Like `pick`, but the first elements are the common ones.
    mutating func skewed(_ list: [String]) -> String {
        let share = unit()
        return list[Int(Double(list.count) * share * share)]
    }
    mutating func digits(_ length: Int) -> String { (0..<length).map { _ in String(below(10)) }.joined() }
    mutating func hex(_ length: Int) -> String { (0..<length).map { _ in String(below(16), radix: 16) }.joined() }
    mutating func count(_ what: String, _ amount: Int = 1) { counts[what, default: 0] += amount }

    /// Counts what came out: how many persons contradict themselves, and how many records nothing ties to the rest.
    private mutating func tally(_ drafts: [Draft]) {
        (counts["total: persons"], counts["total: companies"]) = (persons.count, companies.count)
        counts["total: records"] = drafts.count
        for home in persons.map(\.home) {
            if !home.isPersonal { count("trap: person with the company's role mailbox only") }
            if home.number == companies[home.company].switchboard {
                count("trap: person with the switchboard number only")
            }
        }
        for records in Dictionary(grouping: drafts, by: \.person).values where records.count > 1 {
            count("total: persons with several records")
            let mailboxes = Set(records.map(\.mailbox)).subtracting([""]).count
            let contradicts = mailboxes > 1 || Set(records.map(\.married)).count > 1
            if contradicts { count("total: persons with two mailboxes or surnames") }
            let exported = records.filter { $0.foreignProfile?.contains("/in/") == true }.count
            if exported > 0, records.contains(where: { !$0.slug.isEmpty }) {
                count("total: persons with their own and a foreign or placeholder profile")
            }
            for (index, record) in records.enumerated() {
                let others = records.enumerated().filter { $0.offset != index }.map(\.element)
                let tied = others.contains { other in
                    !record.mailbox.isEmpty && record.mailbox == other.mailbox
                        || !record.slug.isEmpty && record.slug == other.slug
                        || record.direct != nil && record.direct == other.direct
                }
                if !tied { count("total: records tied to the person by name and company or shared contacts only") }
            }
        }
    }
}

public import Values

/// Something that a page says, with the words that say it.
public struct CompanyFact: Sendable, Equatable, Codable {
    public let value: String
    /// The sentence or the part of the page that shows it.
    public let evidence: String
    /// From 0 to 1.
    public let confidence: Double
    /// The address of the page; nil before it is stored.
    public var page: String?

    public init(_ value: String, evidence: String, confidence: Double, page: String? = nil) {
        self.value = value
        self.evidence = evidence
        self.confidence = confidence
        self.page = page
    }
}

/// What a company's pages say about it. What is not certain is left out.
public struct CompanyFacts: Sendable, Equatable, Codable {
    public var name: CompanyFact?
    /// Other spellings of the name.
    public var otherNames: [String] = []
    /// A sentence that says what the company does.
    public var description: CompanyFact?
    /// The number of employees, as a band of LinkedIn's: `11-50`.
    public var size: CompanyFact?
    public var industry: CompanyFact?
    public var services: [String] = []
    /// Whom the company works for.
    public var serves: CompanyFact?
    /// What is new, the newest first.
    public var news: [CompanyFact] = []
    /// The addresses of its own profiles in social networks.
    public var social: [String] = []
    /// Street, postal code and city.
    public var address: CompanyFact?
    /// The language of the text, as a code of two letters.
    public var language: String?

    public init() {}

    /// Takes over what another page says and this one does not, or says with less confidence.
    ///
    /// - Parameter page: the address of that page.
    public mutating func add(_ other: CompanyFacts, of page: String) {
        func better(_ mine: CompanyFact?, _ theirs: CompanyFact?) -> CompanyFact? {
            guard var theirs else { return mine }
            theirs.page = theirs.page ?? page
            guard let mine else { return theirs }
            return theirs.confidence > mine.confidence ? theirs : mine
        }
        let known = name
        name = better(name, other.name)
        for text in [known?.value, other.name?.value].compactMap(\.self) + other.otherNames
        where text != name?.value && !otherNames.contains(text) && otherNames.count < 10 { otherNames.append(text) }
        description = better(description, other.description)
        size = better(size, other.size)
        industry = better(industry, other.industry)
        serves = better(serves, other.serves)
        address = better(address, other.address)
        for service in other.services where !services.contains(service) && services.count < 20 {
            services.append(service)
        }
        for link in other.social where !social.contains(link) && social.count < 15 { social.append(link) }
        for item in other.news where !news.contains(where: { $0.value == item.value }) && news.count < 5 {
            news.append(
                CompanyFact(item.value, evidence: item.evidence, confidence: item.confidence, page: item.page ?? page))
        }
        language = language ?? other.language
    }
}

/// A mail address on a company's pages.
public struct CompanyMailbox: Sendable, Equatable, Codable {
    public let address: String
    /// The person whose it is; nil for the company's, and where it cannot be decided.
    public let owner: String?
    public let evidence: String
    public let page: String

    public init(address: String, owner: String?, evidence: String, page: String) {
        self.address = address
        self.owner = owner
        self.evidence = evidence
        self.page = page
    }
}

/// A telephone number on a company's pages.
public struct CompanyPhone: Sendable, Equatable, Codable {
    public let number: String
    /// `office`, `mobile`, `fax` or `toll-free`.
    public let kind: String
    /// The person whose it is; nil for the company's, and where it cannot be decided.
    public let owner: String?
    public let evidence: String
    public let page: String

    public init(number: String, kind: String, owner: String?, evidence: String, page: String) {
        self.number = number
        self.kind = kind
        self.owner = owner
        self.evidence = evidence
        self.page = page
    }
}

/// A page of a company's site, as it was when it was read.
public struct CompanyPage: Sendable, Equatable, Codable {
    public let url: String
    /// `page`, or what stood in its place: `parked`, `challenge`, …
    public let kind: String
    /// Of the answer's header, for conditional requests.
    public let etag: String?
    public let lastModified: String?
    public let readAt: Timestamp
    public let facts: CompanyFacts
    public let mailboxes: [CompanyMailbox]
    public let phones: [CompanyPhone]
    /// The beginning of the main text.
    public let text: String

    public init(
        url: String, kind: String, etag: String?, lastModified: String?, readAt: Timestamp, facts: CompanyFacts,
        mailboxes: [CompanyMailbox], phones: [CompanyPhone], text: String
    ) {
        self.url = url
        self.kind = kind
        self.etag = etag
        self.lastModified = lastModified
        self.readAt = readAt
        self.facts = facts
        self.mailboxes = mailboxes
        self.phones = phones
        self.text = text
    }
}

/// A company: a row of `companies`, shared by its leads.
public struct Company: Sendable, Equatable, Codable {
    /// The registrable domain of its site: `acme.example`.
    public let domain: String
    /// The address of the home page, as it answered.
    public var site: String
    /// What its pages say together.
    public private(set) var facts = CompanyFacts()
    public private(set) var mailboxes: [CompanyMailbox] = []
    public private(set) var phones: [CompanyPhone] = []
    /// In the order in which they were read, the home page first.
    public private(set) var pages: [CompanyPage] = []
    /// When its pages were last read; nil if none could be.
    public var readAt: Timestamp?
    /// How the company forms its people's addresses, as far as it was learnt.
    public var pattern: AddressPattern.Learnt?
    /// Mailboxes that two pages give to two people.
    private var contested: Set<String> = []

    public init(domain: String, site: String) {
        self.domain = domain
        self.site = site
    }

    /// Adds a page that was read. What does not come from a page (kind other than `page`) says nothing.
    public mutating func add(_ page: CompanyPage) {
        pages.append(page)
        guard page.kind == "page" else { return }
        facts.add(page.facts, of: page.url)
        for mailbox in page.mailboxes {
            guard let known = mailboxes.firstIndex(where: { $0.address == mailbox.address }) else {
                mailboxes.append(mailbox)
                continue
            }
            // Two pages that name different people say that nobody knows, and a third does not decide it.
            guard let owner = mailbox.owner, mailboxes[known].owner != owner, !contested.contains(mailbox.address)
            else { continue }
            let isNew = mailboxes[known].owner == nil
            if !isNew { contested.insert(mailbox.address) }
            mailboxes[known] = CompanyMailbox(
                address: mailbox.address, owner: isNew ? owner : nil, evidence: mailbox.evidence, page: mailbox.page)
        }
        for phone in page.phones {
            guard let known = phones.firstIndex(where: { $0.number == phone.number }) else {
                phones.append(phone)
                continue
            }
            // What one page gives to a person and another to somebody else, or to the company, is the company's.
            guard phones[known].owner != phone.owner else { continue }
            let first = phones[known]
            phones[known] = CompanyPhone(
                number: first.number, kind: first.kind, owner: nil, evidence: first.evidence, page: first.page)
        }
    }

    /// The company's own number: an office's, else a toll-free one.
    public var phone: CompanyPhone? {
        phones.first { $0.owner == nil && $0.kind == "office" }
            ?? phones.first { $0.owner == nil && $0.kind == "toll-free" }
    }
}

/// How a company forms its people's addresses.
public enum AddressPattern: String, Sendable, Codable, CaseIterable {
    case givenFamily = "given.family"
    case initialFamily = "gfamily"
    case initialDotFamily = "g.family"
    case givenInitial = "givenf"
    case given
    case family
    case familyGiven = "family.given"
    case familyInitial = "familyg"
    case givenFamilyJoined = "givenfamily"
    case givenUnderscoreFamily = "given_family"
    case givenHyphenFamily = "given-family"

    /// A pattern, and how many addresses have it.
    public struct Learnt: Sendable, Equatable, Codable {
        public let pattern: AddressPattern
        public let count: Int

        public init(pattern: AddressPattern, count: Int) {
            self.pattern = pattern
            self.count = count
        }
    }

    /// The local part that a person would have; nil for a name that lacks a part.
    public func local(for name: PersonName) -> String? {
        let given = Self.plain(name.given), family = Self.plain(name.family)
        guard let g = given.first, let f = family.first, given.count >= 2, family.count >= 2 else { return nil }
        switch self {
        case .givenFamily: return "\(given).\(family)"
        case .initialFamily: return "\(g)\(family)"
        case .initialDotFamily: return "\(g).\(family)"
        case .givenInitial: return "\(given)\(f)"
        case .given: return given
        case .family: return family
        case .familyGiven: return "\(family).\(given)"
        case .familyInitial: return "\(family)\(g)"
        case .givenFamilyJoined: return "\(given)\(family)"
        case .givenUnderscoreFamily: return "\(given)_\(family)"
        case .givenHyphenFamily: return "\(given)-\(family)"
        }
    }

    /// German umlauts are two letters in addresses.
    private static func plain(_ name: String) -> String {
        name.lowercased().umlautsSpelledOut.folded.replacing(" ", with: "")
    }

    /// The most frequent pattern of the known addresses. Returns nil if no address follows a pattern, or if two patterns are
    /// equally frequent.
    ///
    /// - Parameter known: addresses that are certain, and whose they are.
    public static func learnt(from known: [(name: PersonName, address: EmailAddress)]) -> Learnt? {
        var counts: [AddressPattern: Set<String>] = [:]
        for (name, address) in known where !address.isRole {
            let local = address.local.lowercased()
            for pattern in allCases where pattern.local(for: name) == local {
                counts[pattern, default: []].insert(local)
            }
        }
        let sorted = counts.map { ($0.key, $0.value.count) }.sorted { ($0.1, $1.0.rawValue) > ($1.1, $0.0.rawValue) }
        guard let best = sorted.first, sorted.count < 2 || sorted[1].1 < best.1 else { return nil }
        return Learnt(pattern: best.0, count: best.1)
    }
}

/// A company as lists show it.
public struct CompanyEntry: Sendable, Equatable, Codable, Identifiable {
    public let id: Int64
    /// The registrable domain of its site: `acme.example`.
    public let domain: String
    /// The address of the home page.
    public let site: String
    public let name: String?
    public let phone: String?
    public let address: String?
    public let industry: String?
    /// As a band of LinkedIn's: `11-50`.
    public let companySize: String?
    public let description: String?
    /// How the company forms its people's addresses, as far as it was learnt.
    public let emailPattern: String?
    /// What its pages say, with the words that say it; nil in a list.
    public let facts: JSONValue?
    /// When its pages were last read; nil if none could be.
    public let readAt: Timestamp?
    public let updatedAt: Timestamp

    public init(
        id: Int64, domain: String, site: String, name: String?, phone: String?, address: String?, industry: String?,
        companySize: String?, description: String?, emailPattern: String?, facts: JSONValue?, readAt: Timestamp?,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.domain = domain
        self.site = site
        self.name = name
        self.phone = phone
        self.address = address
        self.industry = industry
        self.companySize = companySize
        self.description = description
        self.emailPattern = emailPattern
        self.facts = facts
        self.readAt = readAt
        self.updatedAt = updatedAt
    }
}

public import Leads
public import Values

/// A step of enrichment: one way to find what a lead lacks. The steps are tried in order, until nothing that is wanted is
/// missing any more.
protocol EnrichmentStep: Sendable {
    /// As settings name it.
    static var name: String { get }

    /// Looks for what is missing. Throws a `SiteProblem`, or a `CancellationError`.
    static func run(_ work: inout EnrichmentWork) async throws
}

/// The kinds of steps.
enum EnrichmentSteps {
    static let kinds: [any EnrichmentStep.Type] = [KnownCompany.self, CompanySite.self, CompanyPattern.self]
    static let names = kinds.map { $0.name }
}

/// What is remembered of companies, so that a page is read once for all of their leads. Implemented over a store.
public protocol CompanyMemory: Sendable {
    /// Nil if none of the company's pages was ever asked for.
    func company(at domain: String) async throws -> Company?
    /// Stores a company and says that the lead is of it.
    func keep(_ company: Company, for lead: Int64) async throws
    /// The names of the people of the company that are leads.
    func people(at domain: String) async throws -> [String]
    /// Their names with their addresses, as far as those are certain.
    func knownAddresses(at domain: String) async throws -> [(name: String, address: String)]
    /// Sites of companies whose own pages have the name, by its key.
    func sites(named key: String) async throws -> [String]
    /// Stores how the company forms its addresses.
    func keep(_ pattern: AddressPattern.Learnt, of domain: String) async throws
}

/// Finds candidates for the website of a company that a lead does not name. Searches cost money, so the implementation has
/// to remember its results.
public protocol WebsiteFinder: Sendable {
    /// The addresses of home pages, the likeliest first. Throws when a later attempt may find one.
    func websites(of company: String) async throws -> [WebAddress]
}

/// Whether mail to a domain can be delivered at all.
public protocol MailDomains: Sendable {
    /// Whether the domain has a mail exchanger (MX) that is not null (RFC 7505); nil if it cannot be told now.
    func takesMail(_ domain: String) async -> Bool?
}

/// What the steps work on.
struct EnrichmentWork {
    let lead: Lead
    let settings: EnrichmentSettings
    let reader: SiteReader
    let memory: any CompanyMemory
    let finder: (any WebsiteFinder)?
    let mail: (any MailDomains)?
    /// Whether pages are read again even if they were read lately.
    let isForced: Bool
    let runtime: Runtime
    let searchLock: KeyedLock

    var enrichment = Enrichment()
    /// The company, once it is known.
    var company: Company?
    /// What was done, a clause each.
    private(set) var trace: [String] = []

    mutating func say(_ text: String) { if trace.count < 60 { trace.append(text) } }

    /// The value of a field: the lead's own, or what was found.
    func value(_ field: LeadField) -> String? { lead.fields[field] ?? enrichment.findings[field]?.value }

    /// Whether all that is wanted is there.
    var isComplete: Bool { LeadField.wanted.allSatisfy { value($0) != nil } && enrichment.companyDescription != nil }

    /// The site that the lead names, or that its mailbox has.
    var ownSite: (site: WebAddress, source: String, confidence: Double)? {
        if let known = lead.fields[.website].flatMap({ WebAddress(parsing: $0) }) { return (known, "lead", 1) }
        if let email = lead.fields[.email].flatMap({ EmailAddress(parsing: $0) }), !email.isFreeMail,
            let site = WebAddress(parsing: email.domain)
        {
            return (site, "email domain", 0.85)
        }
        return nil
    }

    /// Notes a value, unless a better one is there.
    mutating func find(_ field: LeadField, _ value: String, source: String, confidence: Double, evidence: String?) {
        if let known = enrichment.findings[field], known.confidence >= confidence { return }
        enrichment.findings[field] = .init(value, source: source, confidence: confidence, evidence: evidence)
    }

    /// Takes what a company's pages say about the lead and its company.
    mutating func take(_ company: Company) {
        self.company = company
        let facts = company.facts
        enrichment.companyDescription = facts.description?.value
        enrichment.websiteContent = company.pages.first { $0.kind == "page" }?.text.nonEmpty
        enrichment.services = facts.services.joined(separator: ", ").shortened(to: 500).nonEmpty
        if lead.fields[.website] == nil, let site = WebAddress(parsing: company.site) {
            find(
                .website, site.homePage, source: "its own page", confidence: 0.9,
                evidence: facts.name.map { "\($0.page ?? company.site) names \($0.value)" })
        }
        if lead.fields[.company] == nil, let name = facts.name {
            find(
                .company, name.value, source: "home page", confidence: min(0.8, name.confidence),
                evidence: evidence(name))
        }
        if let size = facts.size {
            find(.companySize, size.value, source: "its pages", confidence: size.confidence, evidence: evidence(size))
        }
        if let industry = facts.industry {
            find(
                .industry, industry.value, source: "its pages", confidence: industry.confidence,
                evidence: evidence(industry))
            enrichment.businessFocus = industry.value
        }
        takeContacts(company)
        takeTraits(facts)
    }

    private func evidence(_ fact: CompanyFact) -> String {
        [fact.page, fact.evidence].compactMap(\.self).joined(separator: ": ")
    }

    private mutating func takeContacts(_ company: Company) {
        guard let name = lead.fields[.fullName].flatMap({ PersonName(parsing: $0) }) else { return }
        func isLead(_ owner: String?) -> Bool {
            guard let owner = owner.flatMap({ PersonName(parsing: $0) }) else { return false }
            return !name.contradicts(owner) && !owner.familyKey.isEmpty && owner.familyKey == name.familyKey
        }
        for mailbox in company.mailboxes {
            guard let address = EmailAddress(parsing: mailbox.address) else { continue }
            let isOwn =
                isLead(mailbox.owner)
                || mailbox.owner == nil && !address.isRole && MailboxOwner.likeness(name, of: address) == .full
            if isOwn {
                let evidence = "\(mailbox.page): \(mailbox.evidence)"
                find(.email, mailbox.address, source: "its own page", confidence: 0.9, evidence: evidence)
                if (lead.fields[.email] ?? mailbox.address) == mailbox.address {
                    enrichment.emailConfidence = "real"
                    enrichment.emailSource = "scraped"
                    enrichment.verifiedBy = "the address is on \(company.domain)"
                }
            } else if mailbox.owner == nil, enrichment.companyContacts.count < 10 {
                enrichment.companyContacts.append(mailbox.address)
            }
        }
        for phone in company.phones {
            if isLead(phone.owner) {
                find(
                    .phone, phone.number, source: "its own page", confidence: 0.8,
                    evidence: "\(phone.page): \(phone.evidence)")
            } else if phone.owner == nil, enrichment.companyContacts.count < 15 {
                enrichment.companyContacts.append("\(phone.number) (\(phone.kind))")
            }
        }
    }

    private mutating func takeTraits(_ facts: CompanyFacts) {
        var traits: [Enrichment.Trait] = []
        if let does = facts.description { traits.append(.init(kind: "does", fact: does)) }
        if let serves = facts.serves { traits.append(.init(kind: "serves", fact: serves)) }
        for item in facts.news.prefix(3) { traits.append(.init(kind: "news", fact: item)) }
        enrichment.traits = traits
    }
}

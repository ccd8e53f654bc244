public import AppConfiguration
public import Leads
import Synchronization
public import Transport
public import Values

/// How missing values are looked up.
public struct EnrichmentSettings: Sendable, Equatable {
    /// Whether to search for a company's site when the lead does not name it. This costs a paid search per company.
    public let findsWebsites: Bool
    /// The country of telephone numbers that are written without one.
    public let country: String
    /// How often a lead is tried whose site cannot be reached.
    public let attempts: Int
    /// Enrichment older than this is done again.
    public let refreshAfter: Duration
    public let timeout: Duration

    public init(_ settings: Settings) {
        findsWebsites = settings.bool("enrichment.find_website", default: true)
        country = settings.string("cleaning.country", default: "US")
        if !country.isEmpty, PhoneNumber.callingCodes[country.uppercased()] == nil {
            settings.error(
                "cleaning.country", "national telephone numbers of \"\(country.shortened(to: 40))\" are not known",
                hint:
                    "a code of two letters: \(PhoneNumber.callingCodes.keys.sorted().joined(separator: ", ")); or empty, and only numbers with + are taken"
            )
        }
        attempts = settings.int("enrichment.attempts", in: 1...20, default: 4)
        refreshAfter = settings.duration(
            "enrichment.refresh_after", in: Duration.seconds(3_600)...Duration.seconds(3_650 * 86_400),
            default: .seconds(90 * 86_400))
        timeout = settings.duration(
            "enrichment.timeout", in: .seconds(1)...Duration.seconds(300), default: .seconds(20))
    }
}

/// Finds the website of a company that a lead does not name. Searches cost money, so the implementation has to remember
/// its results.
public protocol WebsiteFinder: Sendable {
    /// Returns nil when no site can be found. Throws when a later attempt may find one.
    func website(of company: String) async throws -> (site: WebAddress, confidence: Double)?
}

/// Fills a lead's empty fields from its company's home page, and records the source of each value.
public final class Enricher: Sendable {
    private let client: HTTPClient
    private let runtime: Runtime
    private let finder: (any WebsiteFinder)?
    private let settings: EnrichmentSettings
    private let profileSources: Set<String>
    /// Pages by site. Colleagues share a page, so each page is read only once per run.
    private let pages = Mutex<[String: HomePage]>([:])
    /// Failures by site, so that a site that does not respond is not waited for again for each colleague.
    private let problems = Mutex<[String: Problem]>([:])
    private let lock = KeyedLock()
    /// The time spent on sites that did not respond.
    private let lost = Mutex(Duration.zero)

    /// - Parameter profileSources: the sources whose leads have a profile that was listed by a web search.
    public init(
        client: HTTPClient, finder: (any WebsiteFinder)?, settings: EnrichmentSettings, profileSources: Set<String>,
        runtime: Runtime
    ) {
        self.client = client
        self.runtime = runtime
        self.finder = finder
        self.settings = settings
        self.profileSources = profileSources
    }

    /// The result of enriching a lead.
    public struct Outcome: Sendable {
        public let enrichment: Enrichment
        /// Why the result is incomplete, if another attempt can help; nil otherwise.
        public let trouble: String?
    }

    /// Throws only a `CancellationError`. Other failures are reported in the outcome, together with what was found.
    public func enrich(_ lead: Lead) async throws -> Outcome {
        var enrichment = Enrichment()
        if lead.source.map(profileSources.contains) == true, lead.fields[.linkedInURL] != nil {
            enrichment.verifiedBy = "the profile was listed by a web search"
        }
        var trouble: String?
        do {
            if let (site, source, confidence) = try await site(of: lead) {
                if lead.fields[.website] == nil {
                    enrichment.findings[.website] = .init(site.homePage, source: source, confidence: confidence)
                }
                enrichment.method = "home page of \(site.site)"
                let page = try await page(of: site)
                take(page, of: site, for: lead, into: &enrichment)
            } else {
                enrichment.notes.append("no web site is known")
                enrichment.method = "rule"
            }
        } catch let problem as Problem {
            enrichment.notes.append(problem.message)
            if problem.isTransient { trouble = problem.message }
        }
        guess(for: lead, into: &enrichment)
        return Outcome(enrichment: enrichment, trouble: trouble)
    }

    private struct Problem: Error {
        let message: String
        let isTransient: Bool
        var isSlow = false
    }

    private func site(of lead: Lead) async throws -> (site: WebAddress, source: String, confidence: Double)? {
        if let known = lead.fields[.website].flatMap({ WebAddress(parsing: $0) }) { return (known, "lead", 1) }
        if let email = lead.fields[.email].flatMap({ EmailAddress(parsing: $0) }), !email.isFreeMail,
            let site = WebAddress(parsing: email.domain)
        {
            return (site, "email domain", 0.85)
        }
        guard settings.findsWebsites, let finder, let company = lead.fields[.company] else { return nil }
        do {
            // Otherwise, colleagues enriched at the same time would each pay for the same search.
            let found = try await lock.withLock(CompanyName(parsing: company)?.matchKey ?? company) {
                try await finder.website(of: company)
            }
            return found.map { ($0.site, "web search", $0.confidence) }
        } catch let error as CancellationError { throw error } catch {
            throw Problem(message: "\(error)", isTransient: true)
        }
    }

    private func page(of site: WebAddress) async throws -> HomePage {
        let key = site.homePage
        return try await lock.withLock(key) { try await read(site, as: key) }
    }

    private func read(_ site: WebAddress, as key: String) async throws -> HomePage {
        if let page = pages.withLock({ $0[key] }) { return page }
        if let known = problems.withLock({ $0[key] }) { throw known }
        var problem: Problem?
        let begun = runtime.uptime
        let budget = budget
        // Old sites have no TLS, and some respond only without www.
        for scheme in site.scheme == "https" ? ["https", "http"] : ["http", "https"] {
            let rest = budget - (runtime.uptime - begun)
            guard problem == nil || rest >= .seconds(1) else { break }
            do {
                let page = try await fetch("\(scheme)://\(site.authority)/", within: rest)
                pages.withLock {
                    if $0.count >= 100 { $0.removeAll() }
                    $0[key] = page
                }
                return page
            } catch let found as Problem {
                problem = problem ?? found
                if !found.isTransient || found.isSlow { break }
            }
        }
        lost.withLock { $0 += runtime.uptime - begun }
        let found = problem ?? Problem(message: "\(site.site): not read", isTransient: true)
        problems.withLock { $0[key] = found }
        throw found
    }

    /// The time limit for one site, over all its schemes and repeats. Once unresponsive sites have taken three times
    /// the timeout in total, each further site gets only a fraction of it.
    var budget: Duration {
        let isSpent = lost.withLock { $0 >= settings.timeout * 3 }
        return isSpent ? min(settings.timeout, max(.seconds(2), settings.timeout / 5)) : settings.timeout
    }

    private func fetch(_ url: String, within budget: Duration) async throws -> HomePage {
        var request = HTTPRequest(.get, url, service: "web")
        request.destination = .publicOnly
        request.redirects = 5
        request.timeout = max(.seconds(1), budget)
        request.budget = request.timeout
        request.connectTimeout = min(request.connectTimeout, request.timeout)
        request.stallTimeout = min(request.timeout, .seconds(8))
        request.stallSpeed = 200
        request.sizeLimit = 2 << 20
        request.retry.attempts = 2
        request.retry.longestWait = min(.seconds(5), budget / 4)
        request.retry.repeatsTimeouts = false
        request.rate = RateLimit(key: URLReference.host(of: url) ?? url, perSecond: 1, burst: 2)
        request.headers = ["Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"]
        let response: HTTPResponse
        do { response = try await client.send(request) } catch let error as TransportError {
            let isLasting = [.forbidden, .invalidURL, .tooManyRedirects, .tooLarge].contains(error.kind)
            throw Problem(message: "\(error)", isTransient: !isLasting, isSlow: error.kind == .timeout)
        }
        let host = URLReference.host(of: response.url) ?? ""
        guard response.isSuccess else {
            let isTransient = response.status == 429 || response.status >= 500
            throw Problem(message: "\(host): answered with status \(response.status)", isTransient: isTransient)
        }
        let type = response.headers["content-type"]?.lowercased() ?? "text/html"
        guard type.contains("html") || type.contains("text/plain") else {
            throw Problem(message: "\(host): is \(type.prefix(60)), not a page", isTransient: false)
        }
        guard let page = await HTMLPage.read(response.text) else {
            throw Problem(message: "\(host): its page is too large or too complex to read", isTransient: false)
        }
        return HomePage(page, country: settings.country)
    }

    private func take(_ page: HomePage, of site: WebAddress, for lead: Lead, into enrichment: inout Enrichment) {
        enrichment.websiteContent = page.text.prefix(4_000).description.nonEmpty
        enrichment.companyDescription = (page.description ?? page.title)?.tidied(limit: 500).nonEmpty
        let source = "home page"
        if lead.fields[.company] == nil, let name = page.name.flatMap({ CompanyName(parsing: $0) }) {
            enrichment.findings[.company] = .init(name.description, source: source, confidence: 0.7)
        }
        let name = lead.fields[.fullName].flatMap { PersonName(parsing: $0) }
        for email in page.emails {
            let isOfSite = email.domain == site.site || email.domain.hasSuffix(".\(site.site)")
            let likeness = isOfSite ? name.map { EmailOwner.likeness($0, of: email) } ?? 0 : 0
            if likeness > 0, !email.isRole {
                let confidence = lead.fields[.email] == nil ? enrichment.findings[.email]?.confidence ?? 0 : 1
                if likeness > confidence {
                    enrichment.findings[.email] = .init(
                        email.description.lowercased(), source: source, confidence: likeness)
                    enrichment.emailSource = "scraped"
                    enrichment.emailConfidence = "guess"
                }
                guard likeness > 0.5 else { continue }
                let known = lead.fields[.email] ?? email.description.lowercased()
                if known == email.description.lowercased() {
                    enrichment.emailConfidence = "real"
                    enrichment.emailSource = "scraped"
                    enrichment.verifiedBy = "the address is on \(site.site)"
                }
            } else if enrichment.companyContacts.count < 10 {
                enrichment.companyContacts.append(email.description)
            }
        }
        for phone in page.phones.prefix(5) { enrichment.companyContacts.append(phone.description) }
        if lead.fields[.phone] == nil, let phone = page.phones.first {
            enrichment.findings[.phone] = .init(phone.description, source: "home page, the company's", confidence: 0.5)
        }
        if let employees = page.employees, lead.fields[.companySize] == nil {
            enrichment.findings[.companySize] = .init(
                HomePage.band(employees.count), source: source, confidence: employees.confidence)
        }
    }

    private func guess(for lead: Lead, into enrichment: inout Enrichment) {
        guard lead.fields[.industry] == nil else { return }
        let texts = [enrichment.companyDescription, lead.fields[.company], enrichment.findings[.company]?.value]
        let found =
            IndustryRule.guess(texts.compactMap(\.self))
            ?? IndustryRule.guess([enrichment.websiteContent, lead.fields[.title]].compactMap(\.self))
        if let found {
            enrichment.findings[.industry] = .init(found.industry, source: "rule", confidence: found.confidence)
            enrichment.businessFocus = found.industry
        }
    }
}

/// Guesses from a mailbox's name whether it belongs to a person.
enum EmailOwner {
    /// How likely a mailbox is the person's: 0.9 if its local part contains both names, 0.4 if it is only the given
    /// name, which a colleague may share; 0 otherwise.
    static func likeness(_ name: PersonName, of email: EmailAddress) -> Double {
        let given = name.given.folded.filter { $0 != " " }
        let family = name.family.folded.filter { $0 != " " }
        guard given.count >= 2, family.count >= 2, let g = given.first, let f = family.first else { return 0 }
        let local = email.local.lowercased().filter { $0.isLetter }
        let forms = ["\(given)\(family)", "\(g)\(family)", "\(family)\(given)", "\(given)\(f)", "\(family)\(g)"]
        return forms.contains(local) ? 0.9 : local == given ? 0.4 : 0
    }
}

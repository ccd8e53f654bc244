import Leads
import Synchronization
public import Transport
public import Values

/// Reads the pages of a company's site: the home page, and those that tell about the company and how to reach it. It
/// remembers within a run which sites failed.
public final class SiteReader: Sendable {
    private let client: SiteClient
    private let runtime: Runtime
    private let settings: EnrichmentSettings
    private let lock = KeyedLock()
    private let failures = Mutex<[String: SiteProblem]>([:])
    /// The time spent on sites that did not respond.
    private let lost = Mutex(Duration.zero)

    public init(client: HTTPClient, settings: EnrichmentSettings, runtime: Runtime) {
        self.client = SiteClient(client: client, manners: settings.manners, runtime: runtime)
        self.settings = settings
        self.runtime = runtime
    }

    /// Reads a company's pages. Those that are known are asked for again only if they have changed.
    ///
    /// - Parameters:
    ///   - site: where its home page is.
    ///   - known: what was read before; nil for a company that is new.
    ///   - people: names to look for on the pages.
    ///   - companies: names that the company is known by.
    ///   - trace: told what was done, a clause each.
    /// - Throws: a `SiteProblem`, or a `CancellationError`.
    func read(
        _ site: WebAddress, domain: String, known: Company?, people: [String], companies: [String],
        trace: (String) -> Void
    ) async throws -> Company {
        try await lock.withLock(domain) {
            if let failure = failures.withLock({ $0[domain] }) { throw failure }
            let begun = runtime.uptime
            do {
                return try await readPages(
                    site, domain: domain, known: known, people: people, companies: companies, trace: trace)
            } catch let problem as SiteProblem {
                lost.withLock { $0 += runtime.uptime - begun }
                failures.withLock { $0[domain] = problem }
                throw problem
            }
        }
    }

    private func readPages(
        _ site: WebAddress, domain: String, known: Company?, people: [String], companies: [String],
        trace: (String) -> Void
    ) async throws -> Company {
        let (begun, budget) = (runtime.uptime, budget)
        let home = try await readHome(
            site, known: known?.pages.first, until: begun + budget, people: people, companies: companies, trace: trace)
        var company = Company(domain: domain, site: home.page.url)
        company.add(home.page)
        let names = companies + [company.facts.name?.value].compactMap(\.self)
        let others = known?.pages.dropFirst().map(\.url) ?? []
        let chosen = home.links.map {
            SiteLinks.choose($0, of: home.page.url, limit: settings.manners.pagesPerSite - 1)
        }
        for url in chosen ?? others {
            let before = known?.pages.first { $0.url == url }
            do {
                let rest = begun + budget * 2 - runtime.uptime
                guard rest >= .seconds(1) else {
                    throw SiteProblem(message: "\(url): the time for one site is used up", isTransient: true)
                }
                company.add(
                    try await read(
                        url, known: before, within: min(rest, settings.timeout), people: people, companies: names,
                        trace: trace
                    ).page)
            } catch let problem as SiteProblem {
                // The home page is there; what one of the others lacks is no reason to begin again.
                trace(problem.message)
                if problem.isTransient, let before { company.add(before) }
            }
        }
        company.readAt = runtime.now
        return company
    }

    /// A page, and the links on it; nil for a page that is as it was.
    private typealias Reading = (page: CompanyPage, links: [(target: String, words: String)]?)

    private func readHome(
        _ site: WebAddress, known: CompanyPage?, until end: Duration, people: [String], companies: [String],
        trace: (String) -> Void
    ) async throws -> Reading {
        var problem: SiteProblem?
        // Old sites have no TLS, and some respond only without www.
        for scheme in site.scheme == "https" ? ["https", "http"] : ["http", "https"] {
            let rest = end - runtime.uptime
            guard problem == nil || rest >= .seconds(1) else { break }
            do {
                return try await read(
                    "\(scheme)://\(site.authority)/", known: known, within: rest, people: people,
                    companies: companies, trace: trace)
            } catch let found as SiteProblem {
                problem = problem ?? found
                if !found.isTransient || found.isSlow { break }
            }
        }
        throw problem ?? SiteProblem(message: "\(site.site): not read", isTransient: true)
    }

    /// Reads a page, unless it is as it was. What stands in the place of a page is a problem that may pass.
    private func read(
        _ url: String, known: CompanyPage?, within budget: Duration, people: [String], companies: [String],
        trace: (String) -> Void
    ) async throws -> Reading {
        let (response, host) = try await client.page(
            url, within: budget, etag: known?.etag, lastModified: known?.lastModified, trace: trace)
        if response.status == 304, let known {
            trace("\(response.url): has not changed since \(known.readAt)")
            return (known, nil)
        }
        let type = response.headers["content-type"]?.lowercased() ?? "text/html"
        guard type.contains("html") || type.contains("text/plain") else {
            throw SiteProblem(message: "\(host): is \(type.prefix(60)), not a page", isTransient: false)
        }
        guard
            let page = await WebPage.read(
                response.body, contentType: response.headers["content-type"], host: host, people: people,
                companies: companies, country: settings.country, isFirstPart: response.isFirstPart)
        else { throw SiteProblem(message: "\(host): its page is too complex to read", isTransient: false) }
        guard page.kind == .page else {
            throw SiteProblem(message: "\(host): is \(page.kind.words), so nothing was read", isTransient: true)
        }
        trace("\(response.url): read\(page.isFirstPart ? ", its first part" : "")")
        return (kept(page, response), page.links)
    }

    private func kept(_ page: WebPage, _ response: HTTPResponse) -> CompanyPage {
        let url = response.url
        return CompanyPage(
            url: url, kind: page.kind.rawValue, etag: response.headers["etag"],
            lastModified: response.headers["last-modified"], readAt: runtime.now, facts: page.facts,
            mailboxes: page.emails.map {
                CompanyMailbox(
                    address: $0.address.description.lowercased(), owner: $0.owner, evidence: $0.evidence, page: url)
            },
            phones: page.phones.map {
                CompanyPhone(
                    number: $0.number.description, kind: $0.kind.rawValue, owner: $0.owner, evidence: $0.evidence,
                    page: url)
            },
            text: String(page.text.prefix(4_000)))
    }

    /// The time limit for one site. Once unresponsive sites have taken three times the timeout in total, each further site
    /// gets only a fraction of it.
    var budget: Duration {
        let isSpent = lost.withLock { $0 >= settings.timeout * 3 }
        return isSpent ? min(settings.timeout, max(.seconds(2), settings.timeout / 5)) : settings.timeout
    }
}

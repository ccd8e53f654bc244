import Leads
import Synchronization
public import Transport
public import Values

/// Reads the pages of a company's site: the home page, and those that tell about the company and how to reach it. It keeps
/// to robots.txt, asks one page at a time of a host, and remembers within a run what it has read and what failed.
public final class SiteReader: Sendable {
    private let client: HTTPClient
    private let runtime: Runtime
    private let settings: EnrichmentSettings
    private let lock = KeyedLock()
    private let hosts = KeyedLock()
    private let robots = Mutex<[String: RobotsFile]>([:])
    private let failures = Mutex<[String: Problem]>([:])
    private let requests = Mutex(0)
    /// The time spent on sites that did not respond.
    private let lost = Mutex(Duration.zero)

    public init(client: HTTPClient, settings: EnrichmentSettings, runtime: Runtime) {
        self.client = client
        self.settings = settings
        self.runtime = runtime
    }

    /// Why a site's pages were not read.
    struct Problem: Error, Equatable {
        let message: String
        /// Whether a later attempt may succeed.
        let isTransient: Bool
        var isSlow = false
        /// Whether it is a limit of the user's own, so that the attempt does not count.
        var isLimit = false
    }

    /// The longest pause between two requests to a host that a run can bear, whatever its robots.txt wishes.
    private static let longestPause = Duration.seconds(30)

    /// A page as it was answered.
    private struct Answer {
        let response: HTTPResponse
        let host: String
    }

    /// Reads a company's pages. What is known of them is asked for again only if it has changed.
    ///
    /// - Parameters:
    ///   - site: where its home page is.
    ///   - known: what was read before; nil for a company that is new.
    ///   - people: names to look for on the pages.
    ///   - companies: names that the company is known by.
    ///   - trace: told what was done, a clause each.
    func read(
        _ site: WebAddress, domain: String, known: Company?, people: [String], companies: [String],
        trace: (String) -> Void
    ) async throws -> Company {
        try await lock.withLock(domain) {
            if let failure = failures.withLock({ $0[domain] }) { throw failure }
            let begun = runtime.uptime
            do {
                return try await readPages(
                    site, domain: domain, known: known, people: people, companies: companies, begun: begun, trace: trace
                )
            } catch let problem as Problem {
                lost.withLock { $0 += runtime.uptime - begun }
                failures.withLock { $0[domain] = problem }
                throw problem
            }
        }
    }

    private func readPages(
        _ site: WebAddress, domain: String, known: Company?, people: [String], companies: [String], begun: Duration,
        trace: (String) -> Void
    ) async throws -> Company {
        let budget = budget
        var company: Company?
        var problem: Problem?
        var home: (page: WebPage, url: String, host: String)?
        // Old sites have no TLS, and some respond only without www.
        for scheme in site.scheme == "https" ? ["https", "http"] : ["http", "https"] {
            let rest = budget - (runtime.uptime - begun)
            guard problem == nil || rest >= .seconds(1) else { break }
            do {
                let url = "\(scheme)://\(site.authority)/"
                let before = known?.pages.first
                let answer = try await fetch(
                    url, within: rest, known: before.flatMap { $0.url == url || known?.site == $0.url ? $0 : nil },
                    trace: trace)
                if answer.response.status == 304, let known, known.readAt != nil {
                    trace("\(answer.host): nothing has changed since \(known.readAt.map { "\($0)" } ?? "before")")
                    return try await refreshed(
                        known, of: site, until: begun + budget * 2, people: people, companies, trace)
                }
                let page = try await parse(answer, people: people, companies: companies)
                guard page.kind == .page else {
                    trace("\(answer.response.url): \(page.kind.words)")
                    throw Problem(
                        message: "\(answer.host): is \(page.kind.words), so nothing was read", isTransient: true)
                }
                trace("\(answer.response.url): read\(page.isFirstPart ? ", its first part" : "")")
                company = Company(domain: domain, site: answer.response.url)
                company?.add(kept(page, answer))
                home = (page, answer.response.url, answer.host)
                break
            } catch let found as Problem {
                problem = problem ?? found
                if !found.isTransient || found.isSlow { break }
            }
        }
        guard var company, let home else {
            throw problem ?? Problem(message: "\(site.site): not read", isTransient: true)
        }
        let names = companies + [company.facts.name?.value].compactMap(\.self)
        for link in SiteLinks.choose(home.page.links, of: home.url, limit: settings.manners.pagesPerSite - 1) {
            let rest = budget * 2 - (runtime.uptime - begun)
            guard rest >= .seconds(1) else {
                trace("\(home.host): the time for one site is used up")
                break
            }
            do {
                let before = known?.pages.first { $0.url == link }
                let answer = try await fetch(link, within: min(rest, settings.timeout), known: before, trace: trace)
                if answer.response.status == 304, let before {
                    company.add(before)
                    continue
                }
                let page = try await parse(answer, people: people, companies: names)
                trace("\(answer.response.url): \(page.kind == .page ? "read" : page.kind.words)")
                if page.kind == .page { company.add(kept(page, answer)) }
            } catch let problem as Problem {
                // The home page is there; what one of the others lacks is no reason to begin again.
                trace(problem.message)
                if problem.isTransient, let before = known?.pages.first(where: { $0.url == link }) {
                    company.add(before)
                }
            }
        }
        company.readAt = runtime.now
        return company
    }

    /// A company whose home page has not changed. Its other pages are asked whether they have.
    private func refreshed(
        _ known: Company, of site: WebAddress, until end: Duration, people: [String], _ companies: [String],
        _ trace: (String) -> Void
    ) async throws -> Company {
        var company = Company(domain: known.domain, site: known.site)
        for (place, before) in known.pages.enumerated() {
            var page = before
            let rest = end - runtime.uptime
            if place > 0, rest >= .seconds(1) {
                do {
                    let answer = try await fetch(
                        before.url, within: min(rest, settings.timeout), known: before, trace: trace)
                    if answer.response.status != 304 {
                        let read = try await parse(answer, people: people, companies: companies)
                        trace("\(answer.response.url): \(read.kind == .page ? "read" : read.kind.words)")
                        if read.kind == .page { page = kept(read, answer) }
                    }
                } catch let problem as Problem { trace(problem.message) }
            }
            company.add(page)
        }
        company.readAt = runtime.now
        return company
    }

    private func kept(_ page: WebPage, _ answer: Answer) -> CompanyPage {
        let url = answer.response.url
        return CompanyPage(
            url: url, kind: page.kind.rawValue, etag: answer.response.headers["etag"],
            lastModified: answer.response.headers["last-modified"], readAt: runtime.now, facts: page.facts,
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

    private func parse(_ answer: Answer, people: [String], companies: [String]) async throws -> WebPage {
        let response = answer.response
        let type = response.headers["content-type"]?.lowercased() ?? "text/html"
        guard type.contains("html") || type.contains("text/plain") else {
            throw Problem(message: "\(answer.host): is \(type.prefix(60)), not a page", isTransient: false)
        }
        guard
            let page = await WebPage.read(
                response.body, contentType: response.headers["content-type"], host: answer.host, people: people,
                companies: companies,
                country: settings.country, isFirstPart: response.isFirstPart)
        else { throw Problem(message: "\(answer.host): its page is too complex to read", isTransient: false) }
        return page
    }

    /// The time limit for one site. Once unresponsive sites have taken three times the timeout in total, each further site
    /// gets only a fraction of it.
    var budget: Duration {
        let isSpent = lost.withLock { $0 >= settings.timeout * 3 }
        return isSpent ? min(settings.timeout, max(.seconds(2), settings.timeout / 5)) : settings.timeout
    }

    // MARK: Requests

    private func request(_ url: String, within budget: Duration) -> HTTPRequest {
        var request = HTTPRequest(.get, url, service: "web")
        request.destination = .publicOnly
        request.timeout = max(.seconds(1), budget)
        request.budget = request.timeout
        request.connectTimeout = min(request.connectTimeout, request.timeout)
        request.stallTimeout = min(request.timeout, .seconds(8))
        request.stallSpeed = 200
        request.takesFirstPart = true
        request.keepsEncoding = true
        request.retry.attempts = 2
        request.retry.longestWait = min(.seconds(5), budget / 4)
        request.retry.repeatsTimeouts = false
        return request
    }

    /// Asks for a page, and follows up to five redirects. Each hop is asked of its own robots.txt.
    private func fetch(_ url: String, within budget: Duration, known: CompanyPage?, trace: (String) -> Void)
        async throws -> Answer
    {
        var url = url
        let end = runtime.uptime + budget
        for _ in 0...5 {
            guard let address = WebAddress(parsing: url) else {
                throw Problem(message: "\(url.shortened(to: 80)): is not the address of a page", isTransient: false)
            }
            // What is asked for is what was looked at.
            url = address.description
            let host = address.host
            try requireAllowed(host)
            let robots = try await robots(of: address, within: end - runtime.uptime)
            guard robots.allows(address.path) else {
                throw Problem(
                    message: "\(host): its robots.txt forbids \(address.path.shortened(to: 60))", isTransient: false)
            }
            var request = request(url, within: max(.seconds(1), end - runtime.uptime))
            request.sizeLimit = 2 << 20
            request.headers = ["Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"]
            if let etag = known?.etag { request.headers["If-None-Match"] = etag }
            if let moment = known?.lastModified { request.headers["If-Modified-Since"] = moment }
            // A host that wants long pauses between requests gets them, up to what a run can bear.
            let pause = min(SiteReader.longestPause, robots.crawlDelay ?? .zero)
            request.rate = RateLimit(
                key: host, perSecond: 1 / max(0.5, pause / .seconds(1)), burst: pause > .zero ? 1 : 3)
            let asked = request
            let response = try await hosts.withLock(host) { try await send(asked, host) }
            if [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["location"],
                let next = URLReference.resolve(location, against: url)
            {
                trace("\(url): leads on to \(next.shortened(to: 120))")
                url = next
                continue
            }
            if response.status == 304 { return Answer(response: response, host: host) }
            guard response.isSuccess else {
                let isTransient = response.status == 429 || response.status >= 500
                throw Problem(message: "\(host): answered with status \(response.status)", isTransient: isTransient)
            }
            return Answer(response: response, host: host)
        }
        throw Problem(
            message: "\(WebAddress(parsing: url)?.host ?? url.shortened(to: 80)): redirects more than 5 times",
            isTransient: false)
    }

    private func send(_ request: HTTPRequest, _ host: String) async throws -> HTTPResponse {
        let isWithin = requests.withLock { count in
            count += 1
            return count <= settings.manners.requestsPerRun
        }
        guard isWithin else {
            throw Problem(
                message: "\(host): the run's requests to sites are used up (enrichment.requests_per_run)",
                isTransient: true, isLimit: true)
        }
        do { return try await client.send(request) } catch let error as TransportError {
            let isLasting = [.forbidden, .invalidURL, .tooManyRedirects, .tooLarge].contains(error.kind)
            throw Problem(message: "\(error)", isTransient: !isLasting, isSlow: error.kind == .timeout)
        }
    }

    /// What a host's robots.txt says, asked for once a run. None (status 4xx) allows everything; one that the server fails to
    /// give forbids everything for now.
    private func robots(of address: WebAddress, within budget: Duration) async throws -> RobotsFile {
        guard settings.manners.keepsToRobots else { return .open }
        let key = "\(address.scheme)://\(address.authority)"
        if let known = robots.withLock({ $0[key] }) { return known }
        let response = try await robotsAnswer("\(key)/robots.txt", within: min(budget, .seconds(10)))
        let file: RobotsFile
        if response.isSuccess {
            // Whatever it calls itself: a page has no rules in it.
            file = RobotsFile(PageEncoding.utf8.decode(response.body), agent: "4runr")
        } else if response.status == 429 || response.status >= 500 {
            throw Problem(
                message:
                    "\(address.host): its robots.txt cannot be had (status \(response.status)), so nothing is asked for",
                isTransient: true)
        } else {
            file = .open
        }
        robots.withLock {
            if $0.count >= 10_000 { $0.removeAll() }
            $0[key] = file
        }
        return file
    }

    /// Follows up to five redirects, RFC 9309, 2.3.1.2. What leads to a domain that is never visited cannot be had.
    private func robotsAnswer(_ url: String, within budget: Duration) async throws -> HTTPResponse {
        var url = url
        let end = runtime.uptime + budget
        for hop in 0... {
            guard let address = WebAddress(parsing: url) else { break }
            try requireAllowed(address.host)
            var request = request(address.description, within: max(.seconds(1), end - runtime.uptime))
            request.sizeLimit = RobotsFile.sizeLimit
            let asked = request
            let response = try await hosts.withLock(address.host) { try await send(asked, address.host) }
            guard hop < 5, [301, 302, 303, 307, 308].contains(response.status),
                let location = response.headers["location"],
                let next = URLReference.resolve(location, against: address.description)
            else { return response }
            url = next
        }
        throw Problem(message: "\(url.shortened(to: 80)): is not the address of a robots.txt", isTransient: false)
    }

    private func requireAllowed(_ host: String) throws {
        guard settings.manners.allows(host) else {
            throw Problem(message: "\(host): is never visited (enrichment.never_visit)", isTransient: false)
        }
    }
}

/// Chooses which pages of a site are worth reading: how to reach the company, and who it is.
enum SiteLinks {
    static func choose(_ links: [(target: String, words: String)], of home: String, limit: Int) -> [String] {
        guard limit > 0, let own = WebAddress(parsing: home) else { return [] }
        let domain = PageContacts.registrable(own.host)
        var best: [(url: String, points: Int)] = []
        for (target, words) in links {
            guard let url = URLReference.resolve(target, against: home), let address = WebAddress(parsing: url),
                PageContacts.registrable(address.host) == domain, address.path != "/", address.path != own.path
            else { continue }
            let end = address.path.prefix { $0 != "?" }.split(separator: ".").last.map(String.init) ?? ""
            guard !["pdf", "jpg", "png", "zip", "doc", "docx", "xml", "mp4"].contains(end.lowercased()) else {
                continue
            }
            let text = " \(words.folded) \(address.path.percentDecoded.folded) "
            guard let points = kinds.first(where: { kind in kind.words.contains { text.contains(" \($0)") } })?.points
            else { continue }
            let plain = String(url.prefix { $0 != "#" })
            if !best.contains(where: { $0.url == plain }) { best.append((plain, points)) }
        }
        // One of each kind before a second of any.
        var chosen: [String] = []
        var left = best.sorted { $0.points > $1.points }
        while chosen.count < limit, !left.isEmpty {
            var seen: Set<Int> = []
            var rest: [(url: String, points: Int)] = []
            for item in left {
                if chosen.count < limit, seen.insert(item.points).inserted {
                    chosen.append(item.url)
                } else {
                    rest.append(item)
                }
            }
            if rest.count == left.count { break }
            left = rest
        }
        return chosen
    }

    private static let kinds: [(words: [String], points: Int)] = [
        (
            [
                "contact", "kontakt", "contacto", "contatti", "contato", "contactez", "nous contacter", "kontakta",
                "yhteys", "iletisim", "kapcsolat", "お問い合わせ", "контакт",
            ], 5
        ),
        (["imprint", "impressum", "mentions legales", "aviso legal", "note legali", "colofon", "legal notice"], 4),
        (
            [
                "team", "people", "our staff", "leadership", "mitarbeiter", "ansprechpartner", "equipe", "equipo",
                "ueber uns team", "medarbetare", "zespol", "medewerkers", "personen", "chi siamo", "squadra",
            ], 3
        ),
        (
            [
                "about", "uber uns", "ueber uns", "unternehmen", "a propos", "qui sommes", "quienes somos", "nosotros",
                "sobre", "over ons", "o nas", "om oss", "om os", "company", "azienda", "empresa", "会社概要", "о компании",
            ], 2
        ),
    ]
}

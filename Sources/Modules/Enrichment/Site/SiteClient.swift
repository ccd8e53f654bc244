import Synchronization
import Transport
import Values

/// Why a site's pages were not read.
struct SiteProblem: Error, Equatable {
    let message: String
    /// Whether a later attempt may succeed.
    let isTransient: Bool
    var isSlow = false
    /// Whether it is a limit from the settings, so that the attempt does not count.
    var isLimit = false
}

/// Asks other people's sites for pages. It keeps to their robots.txt and to the user's manners and limits, and asks for one
/// page at a time of a host.
final class SiteClient: Sendable {
    private let client: HTTPClient
    private let runtime: Runtime
    private let manners: SiteManners
    private let hosts = KeyedLock()
    private let robots = Mutex<[String: RobotsFile]>([:])
    private let requests = Mutex(0)

    init(client: HTTPClient, manners: SiteManners, runtime: Runtime) {
        self.client = client
        self.manners = manners
        self.runtime = runtime
    }

    /// The longest pause between two requests to a host that a run can bear, whatever its robots.txt wishes.
    private static let longestPause = Duration.seconds(30)
    private static let redirectLimit = 5

    /// Asks for a page, and returns the response with the host that gave it. Each redirect is checked like an address of its own. The status is 2xx,
    /// or 304 if the page is as it was.
    ///
    /// - Parameters:
    ///   - etag: of the page as it is known, and when it was changed last.
    ///   - trace: told where redirects lead.
    /// - Throws: a `SiteProblem`, or a `CancellationError`.
    func page(
        _ url: String, within budget: Duration, etag: String? = nil, lastModified: String? = nil,
        trace: (String) -> Void
    ) async throws -> (response: HTTPResponse, host: String) {
        let end = runtime.uptime + budget
        let (response, host) = try await follow(url, until: end, trace: trace) { address in
            let robots = try await self.robots(of: address, until: end)
            guard robots.allows(address.path) else {
                throw SiteProblem(
                    message: "\(address.host): its robots.txt forbids \(address.path.shortened(to: 60))",
                    isTransient: false)
            }
            var request = self.request(address, until: end)
            request.sizeLimit = 2 << 20
            request.headers = ["Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"]
            if let etag { request.headers["If-None-Match"] = etag }
            if let lastModified { request.headers["If-Modified-Since"] = lastModified }
            let pause = min(Self.longestPause, robots.crawlDelay ?? .zero)
            request.rate = RateLimit(
                key: address.host, perSecond: 1 / max(0.5, pause / .seconds(1)), burst: pause > .zero ? 1 : 3)
            return request
        }
        guard !Self.isRedirect(response) else {
            throw SiteProblem(
                message: "\(host): redirects more than \(Self.redirectLimit) times", isTransient: false)
        }
        guard response.isSuccess || response.status == 304 else {
            let isTransient = response.status == 429 || response.status >= 500
            throw SiteProblem(message: "\(host): answered with status \(response.status)", isTransient: isTransient)
        }
        return (response, host)
    }

    /// What a host's robots.txt says, asked for once a run. None (status 4xx, or too many redirects) allows everything; one
    /// that the server fails to give forbids everything for now.
    private func robots(of address: WebAddress, until end: Duration) async throws -> RobotsFile {
        guard manners.keepsToRobots else { return .open }
        let key = "\(address.scheme)://\(address.authority)"
        if let known = robots.withLock({ $0[key] }) { return known }
        let end = min(end, runtime.uptime + .seconds(10))
        let (response, _) = try await follow("\(key)/robots.txt", until: end, trace: { _ in }) { address in
            var request = self.request(address, until: end)
            request.sizeLimit = RobotsFile.sizeLimit
            return request
        }
        let file: RobotsFile
        if response.isSuccess {
            // Whatever it calls itself: a page has no rules in it.
            file = RobotsFile(PageEncoding.utf8.decode(response.body), agent: "4runr")
        } else if response.status == 429 || response.status >= 500 {
            throw SiteProblem(
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

    /// Sends a request, and another to where each redirect leads, up to the limit. Returns the last response.
    ///
    /// - Parameter prepare: makes the request to an address that may be visited.
    private func follow(
        _ url: String, until end: Duration, trace: (String) -> Void,
        _ prepare: (WebAddress) async throws -> HTTPRequest
    ) async throws -> (response: HTTPResponse, host: String) {
        var url = url
        var hops = 0
        while true {
            guard let address = WebAddress(parsing: url) else {
                throw SiteProblem(
                    message: "\(url.shortened(to: 80)): is not the address of a page", isTransient: false)
            }
            guard manners.allows(address.host) else {
                throw SiteProblem(
                    message: "\(address.host): is never visited (enrichment.never_visit)", isTransient: false)
            }
            let request = try await prepare(address)
            let response = try await hosts.withLock(address.host) { try await send(request, address.host) }
            guard hops < Self.redirectLimit, Self.isRedirect(response),
                let location = response.headers["location"],
                let next = URLReference.resolve(location, against: address.url)
            else { return (response, address.host) }
            trace("\(address.url): leads on to \(next.shortened(to: 120))")
            url = next
            hops += 1
        }
    }

    private static func isRedirect(_ response: HTTPResponse) -> Bool {
        [301, 302, 303, 307, 308].contains(response.status)
    }

    private func request(_ address: WebAddress, until end: Duration) -> HTTPRequest {
        let budget = max(.seconds(1), end - runtime.uptime)
        // What is asked for is what was looked at, not what was written.
        var request = HTTPRequest(.get, address.url, service: "web")
        request.destination = .publicOnly
        request.timeout = budget
        request.budget = budget
        request.connectTimeout = min(request.connectTimeout, budget)
        request.stallTimeout = min(budget, .seconds(8))
        request.stallSpeed = 200
        request.takesFirstPart = true
        request.keepsEncoding = true
        request.retry.attempts = 2
        request.retry.longestWait = min(.seconds(5), budget / 4)
        request.retry.repeatsTimeouts = false
        return request
    }

    private func send(_ request: HTTPRequest, _ host: String) async throws -> HTTPResponse {
        let isWithin = requests.withLock { count in
            count += 1
            return count <= manners.requestsPerRun
        }
        guard isWithin else {
            throw SiteProblem(
                message: "\(host): the run's requests to sites are used up (enrichment.requests_per_run)",
                isTransient: true, isLimit: true)
        }
        do { return try await client.send(request) } catch let error as TransportError {
            let isLasting = [.forbidden, .invalidURL, .tooManyRedirects, .tooLarge].contains(error.kind)
            throw SiteProblem(message: "\(error)", isTransient: !isLasting, isSlow: error.kind == .timeout)
        }
    }
}

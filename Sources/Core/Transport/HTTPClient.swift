public import Values

/// What the client is handed from outside.
public struct TransportEnvironment: Sendable {
    public var now: @Sendable () -> Timestamp
    /// Since some moment; does not jump.
    public var uptime: @Sendable () -> Duration
    public var sleep: @Sendable (Duration) async throws -> Void
    /// From 0 to 1.
    public var random: @Sendable () -> Double

    public init(
        now: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
        self.random = random
    }
}

/// The thread that carries all exchanges, and the pace of each service: one for a process, whatever its settings become.
public final class HTTPConnections: Sendable {
    let thread = CurlThread()
    let limiter = RateLimiter()

    public init() {}
}

/// Calls servers over HTTP: in time, at their pace, again where that is safe, and counted.
public final class HTTPClient: Sendable {
    private let thread: CurlThread
    private let limiter: RateLimiter
    private let environment: TransportEnvironment
    private let counter: any CallCounter
    private let userAgent: String
    private let proxy: String
    private let caFile: String?
    private let hostMap: [String: String]

    /// - Parameters:
    ///   - proxy: its address; empty for none. Not used for servers that a stranger named.
    ///   - caFile: certificates in PEM that are trusted as well as the system's.
    ///   - hostMap: by host name, `address:port` that stands in for it, over plain HTTP; the one exception to the rule
    ///     against private addresses, for the Sandbox.
    public init(
        connections: HTTPConnections, environment: TransportEnvironment, counter: any CallCounter, userAgent: String,
        proxy: String = "", caFile: String? = nil, hostMap: [String: String] = [:]
    ) {
        thread = connections.thread
        limiter = connections.limiter
        self.environment = environment
        self.counter = counter
        self.userAgent = userAgent
        self.proxy = proxy
        self.caFile = caFile
        self.hostMap = hostMap
    }

    /// The server's answer, whatever its status. Throws a `TransportError`, or a `CancellationError` when the task is
    /// cancelled.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var failures = 0
        while true {
            let outcome = await Result { try await follow(request) }
            var wait: Duration
            switch outcome {
            case .success(let response):
                guard HTTPClient.isWorthRepeating(response, request) else { return response }
                failures += 1
                wait = request.retry.delay(after: failures, random: environment.random())
                let asked = RetryAfter.parse(response.headers, now: environment.now())
                if let asked { wait = max(wait, asked) }
                if response.status == 429 { wait = max(wait, request.retry.pauseAfterRateLimit) }
                if let key = request.rate?.key, response.status == 429 || asked != nil {
                    limiter.pause(key, until: environment.uptime() + min(wait, request.retry.longestWait))
                }
                guard failures < request.retry.attempts, wait <= request.retry.longestWait else { return response }
            case .failure(let error):
                guard let error = error as? TransportError, error.isTransient,
                    request.isRepeatable || !error.mayHaveBeenDone
                else { throw error }
                failures += 1
                guard failures < request.retry.attempts else { throw error }
                wait = request.retry.delay(after: failures, random: environment.random())
            }
            try await environment.sleep(wait)
        }
    }

    private static func isWorthRepeating(_ response: HTTPResponse, _ request: HTTPRequest) -> Bool {
        let certain = [429, 503, 529]
        let possible = [408, 500, 502, 504]
        guard certain.contains(response.status) || (request.isRepeatable && possible.contains(response.status)) else {
            return false
        }
        return !request.isFinal(response)
    }

    /// One attempt, with its redirects.
    private func follow(_ request: HTTPRequest) async throws -> HTTPResponse {
        var request = request
        var hops = 0
        while true {
            let response = try await exchange(request)
            guard [301, 302, 303, 307, 308].contains(response.status), request.method == .get, request.redirects > 0,
                let location = response.headers["location"]
            else { return response }
            hops += 1
            guard let target = URLReference.resolve(location, against: response.url) else { return response }
            guard hops <= request.redirects else {
                throw TransportError(
                    .tooManyRedirects, host: URLReference.host(of: request.url) ?? "",
                    "it redirects more than \(request.redirects) times")
            }
            // What was meant for one server is not for the next.
            if URLReference.host(of: target) != URLReference.host(of: request.url) {
                request.headers = request.headers.filter { $0.key.lowercased().hasPrefix("accept") }
            }
            request.url = target
        }
    }

    private func exchange(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let host = URLReference.host(of: request.url) else {
            throw TransportError(.invalidURL, host: "", "an address without a host")
        }
        var options = TransferOptions(url: request.url, userAgent: userAgent, proxy: proxy, caFile: caFile)
        if let target = hostMap[host] {
            options.connectTo = target
            if request.url.hasPrefix("https://") { options.url = "http://" + request.url.dropFirst(8) }
        }
        if let rate = request.rate {
            let wait = limiter.reserve(rate, at: environment.uptime())
            if wait > .zero { try await environment.sleep(wait) }
        }
        try Task.checkCancellation()
        await counter.count(request.service)
        let cancelled = CancelBox()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let transfer = Transfer(request, host: host, options: options, continuation: continuation)
                thread.start(transfer)
                if cancelled.set(transfer) { thread.cancel(transfer) }
            }
        } onCancel: {
            if let transfer = cancelled.cancel() { thread.cancel(transfer) }
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

public import Values

/// The thread that runs all exchanges, and the rate limits of all services. There is one per process, also when the
/// settings change.
public final class HTTPConnections: Sendable {
    let thread = CurlThread()
    let limiter = RateLimiter()

    public init() {}
}

/// Sends HTTP requests. It applies time and rate limits, repeats requests where that is safe, and counts the calls.
public final class HTTPClient: Sendable {
    private let thread: CurlThread
    private let limiter: RateLimiter
    private let runtime: Runtime
    private let counter: any CallCounter
    private let userAgent: String
    private let proxy: String
    private let caFile: String?
    private let hostMap: [String: String]

    /// - Parameters:
    ///   - proxy: the proxy's address; empty for none. It is not used for servers that an outsider named.
    ///   - caFile: a PEM file of certificates that are trusted in addition to the system's.
    ///   - hostMap: for a host name, the `address:port` to connect to instead, over plain HTTP. For the Sandbox; this
    ///     is the only exception to the rule against private addresses.
    public init(
        connections: HTTPConnections, runtime: Runtime, counter: any CallCounter, userAgent: String,
        proxy: String = "", caFile: String? = nil, hostMap: [String: String] = [:]
    ) {
        thread = connections.thread
        limiter = connections.limiter
        self.runtime = runtime
        self.counter = counter
        self.userAgent = userAgent
        self.proxy = proxy
        self.caFile = caFile
        self.hostMap = hostMap
    }

    /// Returns the server's response, whatever its status. Throws a `TransportError`, or a `CancellationError` when the
    /// task is cancelled.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var failures = 0
        let end = request.budget.map { runtime.uptime + $0 }
        while true {
            let outcome = await Result { try await follow(request, until: end) }
            var wait: Duration
            switch outcome {
            case .success(let response):
                guard HTTPClient.isWorthRepeating(response, request) else { return response }
                failures += 1
                wait = request.retry.delay(after: failures, random: runtime.random())
                let asked = RetryAfter.parse(response.headers, now: runtime.now)
                if let asked { wait = max(wait, asked) }
                if response.status == 429 { wait = max(wait, request.retry.pauseAfterRateLimit) }
                if let key = request.rate?.key, response.status == 429 || asked != nil {
                    limiter.pause(key, until: runtime.uptime + min(wait, request.retry.longestWait))
                }
                guard failures < request.retry.attempts, wait <= request.retry.longestWait,
                    hasTime(for: wait, until: end)
                else { return response }
            case .failure(let error):
                guard let error = error as? TransportError, error.isTransient,
                    request.isRepeatable || !error.mayHaveBeenDone,
                    error.kind != .timeout || request.retry.repeatsTimeouts
                else { throw error }
                failures += 1
                guard failures < request.retry.attempts else { throw error }
                wait = request.retry.delay(after: failures, random: runtime.random())
                guard hasTime(for: wait, until: end) else { throw error }
            }
            try await runtime.sleep(for: wait)
            try await request.recheck?()
        }
    }

    private func hasTime(for wait: Duration, until end: Duration?) -> Bool {
        end.map { runtime.uptime + wait < $0 } ?? true
    }

    private static func isWorthRepeating(_ response: HTTPResponse, _ request: HTTPRequest) -> Bool {
        let certain = [429, 503, 529]
        let possible = [408, 500, 502, 504]
        guard certain.contains(response.status) || (request.isRepeatable && possible.contains(response.status)) else {
            return false
        }
        return !request.isFinal(response)
    }

    /// Makes one attempt, following redirects.
    ///
    /// - Parameter end: when the request's budget is used up, by `uptime`.
    private func follow(_ request: HTTPRequest, until end: Duration?) async throws -> HTTPResponse {
        var request = request
        var hops = 0
        while true {
            if let end {
                let rest = end - runtime.uptime
                guard rest > .zero else {
                    throw TransportError(
                        .timeout, host: URLReference.host(of: request.url) ?? "", "no answer in time")
                }
                request.timeout = min(request.timeout, rest)
            }
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
            // Headers meant for one server are not sent to another.
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
            let wait = limiter.reserve(rate, at: runtime.uptime)
            if wait > .zero { try await runtime.sleep(for: wait) }
            if wait > .seconds(3) { try await request.recheck?() }
        }
        try Task.checkCancellation()
        await counter.count(request.service)
        do {
            let response = try await transfer(request, host, options)
            // Some servers repeat the key that they were sent. Nothing after this point may see it.
            return HTTPResponse(
                status: response.status, headers: response.headers,
                body: KnownSecrets.removed(
                    from: request.keepsEncoding ? response.body : HTTPClient.utf8(response.body)),
                // Of a host that is mapped, too, the address that was asked for.
                url: request.url, isFirstPart: response.isFirstPart)
        } catch let error as TransportError where error.neverLeft {
            await counter.takeBack(request.service)
            throw error
        }
    }

    /// Converts text in UTF-16 or UTF-32 to UTF-8, which all callers expect. JSON may use any of them (RFC 4627,
    /// section 3). Other bytes are returned unchanged.
    static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 4,
            bytes[..<4].contains(0) || bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        else { return bytes }
        let head = bytes[..<4].map { $0 == 0 }
        let isBig = head[0] || bytes.starts(with: [0xFE, 0xFF])
        let width = head == [true, true, true, false] || head == [false, true, true, true] ? 4 : 2
        let units = stride(from: 0, to: bytes.count - width + 1, by: width).map { start in
            let unit = isBig ? Array(bytes[start..<start + width]) : bytes[start..<start + width].reversed()
            return unit.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        let text =
            width == 4
            ? String(decoding: units, as: UTF32.self) : String(decoding: units.map { UInt16($0) }, as: UTF16.self)
        return Array((text.first == "\u{FEFF}" ? text.dropFirst() : text[...]).utf8)
    }

    private func transfer(_ request: HTTPRequest, _ host: String, _ options: TransferOptions) async throws
        -> HTTPResponse
    {
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

public import Values

/// An HTTP request, with limits on time, size and repeats.
public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// Which servers a request may reach.
    public enum Destination: Sendable {
        /// A server that the owner configured. It may be in a private network.
        case named
        /// A server that someone else named. Only public addresses are allowed, also for redirects and for whatever a
        /// name resolves to.
        case publicOnly
    }

    public var method: Method
    public var url: String
    public var headers: [String: String] = [:]
    public var body: [UInt8]?
    /// The name under which the call is counted.
    public var service: String
    public var destination = Destination.named
    public var connectTimeout: Duration = .seconds(10)
    /// The limit for one exchange, from connecting to the end of the response.
    public var timeout: Duration = .seconds(60)
    /// The limit for all attempts and redirects together, with the waits between them; nil for no limit.
    public var budget: Duration?
    /// The transfer is given up when it stays below `stallSpeed` for this long, from the start on; nil to use
    /// `timeout`.
    public var stallTimeout: Duration?
    /// In bytes per second. A slower transfer counts as stalled.
    public var stallSpeed = 1
    /// The largest response in bytes, after decompression.
    public var sizeLimit = 8 << 20
    /// Whether the first part of a larger response is enough: the transfer ends at `sizeLimit`, and the response says so.
    public var takesFirstPart = false
    /// Whether the body is returned in the encoding that it came in. Otherwise UTF-16 and UTF-32 become UTF-8.
    public var keepsEncoding = false
    /// How many redirects are followed, for GET only.
    public var redirects = 0
    /// Whether sending the request twice does no harm; true for GET by default, false for all other methods.
    ///
    /// If true, the request is also repeated when the server may already have carried it out: after a timeout, a broken
    /// connection, or status 408, 500, 502 or 504. If false, it is repeated only when the server has certainly not
    /// carried it out: nothing reached the server, or it responded with 429, 503 or 529. It must be false for a call
    /// that would be paid for twice.
    public var isRepeatable: Bool
    public var retry = RequestRetry()
    /// The rate limit of the service; nil for no limit.
    public var rate: RateLimit?
    /// Called before the request is sent if it had to wait for its turn for more than three seconds, and before each
    /// repeat. If it throws, the request is not sent, and the error is passed on.
    public var recheck: (@Sendable () async throws -> Void)?
    /// Whether a repeat cannot help, although the status suggests it, such as when a monthly quota is used up.
    public var isFinal: @Sendable (HTTPResponse) -> Bool = { _ in false }

    public init(_ method: Method, _ url: String, service: String) {
        self.method = method
        self.url = url
        self.service = service
        isRepeatable = method == .get
    }
}

/// An HTTP response.
public struct HTTPResponse: Sendable {
    public let status: Int
    /// Header names are in lower case.
    public let headers: [String: String]
    public let body: [UInt8]
    /// The address that the response came from, after redirects.
    public let url: String
    /// Whether the body is only the first part, because the whole is larger than the limit.
    public let isFirstPart: Bool

    public init(status: Int, headers: [String: String], body: [UInt8], url: String, isFirstPart: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
        self.isFirstPart = isFirstPart
    }

    /// The time in the server's `Date` header; nil if there is none.
    public var date: Timestamp? { headers["date"].flatMap { Timestamp(httpDate: $0) } }
    public var isSuccess: Bool { (200..<300).contains(status) }
    /// The body as UTF-8, with invalid bytes replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// How often a failed request is repeated, and after what waits.
public struct RequestRetry: Sendable, Equatable {
    /// The number of attempts, including the first.
    public var attempts = 4
    /// The longest first wait. It doubles each time, and the actual wait is a random share of it (full jitter).
    public var base: Duration = .milliseconds(500)
    public var cap: Duration = .seconds(30)
    /// The shortest wait after a 429, whatever the server asks for.
    public var pauseAfterRateLimit: Duration = .zero
    /// Whether a request that timed out is repeated. That may take just as long again.
    public var repeatsTimeouts = true
    /// If the server asks for a longer wait than this, the request is not repeated.
    public var longestWait: Duration = .seconds(120)

    public init() {}

    /// - Parameters:
    ///   - failures: the number of failures so far, from 1.
    ///   - random: from 0 to 1.
    func delay(after failures: Int, random: Double) -> Duration {
        Backoff(base: base, limit: cap).delay(after: failures, least: 0, random: random)
    }
}

/// How many calls per second are allowed, and how many at once after a pause. All requests with the same key share the
/// limit.
public struct RateLimit: Sendable, Equatable {
    public let key: String
    public let perSecond: Double
    public let burst: Int

    public init(key: String, perSecond: Double, burst: Int = 1) {
        self.key = key
        self.perSecond = max(0.001, perSecond)
        self.burst = max(1, burst)
    }
}

/// Why there is no response.
public struct TransportError: PresentableError, Equatable {
    public enum Kind: String, Sendable, Codable {
        /// The name does not resolve, or no server could be reached. Nothing was sent.
        case unreachable
        /// The certificate is not trusted, or TLS failed.
        case tls
        case timeout
        /// The connection broke.
        case broken
        case tooLarge
        /// The address is not public, and someone else named the server.
        case forbidden
        case tooManyRedirects
        case invalidURL
        case unavailable
    }

    public let kind: Kind
    /// The host, but not the whole address, which may contain a key.
    public let host: String
    public let message: String

    public init(_ kind: Kind, host: String, _ message: String) {
        self.kind = kind
        self.host = host
        self.message = message
    }

    /// True if the server may have carried out the request although no usable response came back: the request timed
    /// out, the connection broke, or the response was too large. False if nothing of the request was sent, or if the
    /// server redirected too often.
    public var mayHaveBeenDone: Bool { kind == .timeout || kind == .broken || kind == .tooLarge }
    /// True if nothing of the request was sent, so that it does not count as a call. False if at least a part of it may
    /// have been sent.
    public var neverLeft: Bool { [.unreachable, .tls, .forbidden, .invalidURL, .unavailable].contains(kind) }
    var isTransient: Bool { [.unreachable, .timeout, .broken].contains(kind) }
    public var errorKind: ErrorKind { isTransient ? .temporary : .unavailable }

    public var description: String { "\(host): \(message)" }
}

/// Counts the calls that are made. The counts survive restarts.
public protocol CallCounter: Sendable {
    /// Counts a call that is about to be made.
    func count(_ service: String) async
    /// Takes back the last count, because nothing was sent.
    func takeBack(_ service: String) async
}

public import Values

/// A request over HTTP, with what may be spent on it.
public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// Where a request may go.
    public enum Destination: Sendable {
        /// A server that the owner named: also one in the own network.
        case named
        /// A server that somebody else named: public addresses only, at every redirect and whatever a name resolves to.
        case publicOnly
    }

    public var method: Method
    public var url: String
    public var headers: [String: String] = [:]
    public var body: [UInt8]?
    /// Under what name the call is counted.
    public var service: String
    public var destination = Destination.named
    public var connectTimeout: Duration = .seconds(10)
    /// For the whole exchange.
    public var timeout: Duration = .seconds(60)
    /// For all attempts and redirects together, with the waits between them; nil for no limit.
    public var budget: Duration?
    /// Without a byte for this long it is given up, from the first moment on; nil for as long as the whole may take.
    public var stallTimeout: Duration?
    /// Bytes a second below which nothing counts as coming.
    public var stallSpeed = 1
    /// Bytes of the answer, after decompression.
    public var sizeLimit = 8 << 20
    /// How many redirects are followed, of GET only.
    public var redirects = 0
    /// Whether doing it twice does no harm. When it does, it is repeated only where the server has certainly not done it:
    /// it was not reached, or answered 429, 503 or 529.
    public var isRepeatable: Bool
    public var retry = RequestRetry()
    /// How fast this service may be called; nil for no limit.
    public var rate: RateLimit?
    /// Answers that a repeat cannot change although their status says otherwise, such as a spent month.
    public var isFinal: @Sendable (HTTPResponse) -> Bool = { _ in false }

    public init(_ method: Method, _ url: String, service: String) {
        self.method = method
        self.url = url
        self.service = service
        isRepeatable = method == .get
    }
}

/// An answer over HTTP.
public struct HTTPResponse: Sendable {
    public let status: Int
    /// Names in lower case.
    public let headers: [String: String]
    public let body: [UInt8]
    /// Where it came from, after redirects.
    public let url: String

    public init(status: Int, headers: [String: String], body: [UInt8], url: String) {
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url
    }

    /// When the server says that it answered; nil when it does not.
    public var date: Timestamp? { headers["date"].flatMap(HTTPDate.parse) }
    public var isSuccess: Bool { (200..<300).contains(status) }
    /// The body as UTF-8, what is none replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// Which repeats a request is worth.
public struct RequestRetry: Sendable, Equatable {
    /// In all.
    public var attempts = 4
    /// The longest first wait; it doubles each time, and what is waited is a random share of it (full jitter).
    public var base: Duration = .milliseconds(500)
    public var cap: Duration = .seconds(30)
    /// The least that is waited after a 429, whatever the server says.
    public var pauseAfterRateLimit: Duration = .zero
    /// Whether a request that took too long is made again; it may take as long once more.
    public var repeatsTimeouts = true
    /// A server that asks for a longer wait than this is left alone.
    public var longestWait: Duration = .seconds(120)

    public init() {}

    /// - Parameters:
    ///   - failures: how many there were, from 1.
    ///   - random: from 0 to 1.
    func delay(after failures: Int, random: Double) -> Duration {
        Backoff(base: base, limit: cap).delay(after: failures, least: 0, random: random)
    }
}

/// So many calls a second, and so many at once after a rest. All requests with the same key share it.
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

/// Why there is no answer.
public struct TransportError: PresentableError, Equatable {
    public enum Kind: String, Sendable, Codable {
        /// The name does not resolve, or nobody listens: nothing was sent.
        case unreachable
        /// The certificate is not trusted, or TLS failed.
        case tls
        case timeout
        /// The connection broke.
        case broken
        case tooLarge
        /// The address is not public, and was named by somebody else.
        case forbidden
        case tooManyRedirects
        case invalidURL
        case unavailable
    }

    public let kind: Kind
    /// The host, never the whole address: it may hold a key.
    public let host: String
    public let message: String

    public init(_ kind: Kind, host: String, _ message: String) {
        self.kind = kind
        self.host = host
        self.message = message
    }

    /// Whether the server may have done what it was asked to.
    public var mayHaveBeenDone: Bool { kind == .timeout || kind == .broken || kind == .tooLarge }
    /// Whether nothing of the request was sent, so that nobody counts it.
    public var neverLeft: Bool { [.unreachable, .tls, .forbidden, .invalidURL, .unavailable].contains(kind) }
    var isTransient: Bool { [.unreachable, .timeout, .broken].contains(kind) }
    public var errorKind: ErrorKind { isTransient ? .temporary : .unavailable }

    public var description: String { "\(host): \(message)" }
}

/// Counts the calls that are made, across restarts.
public protocol CallCounter: Sendable {
    /// A call of the service is about to be made.
    func count(_ service: String) async
    /// The last one was not: nothing of it was sent.
    func takeBack(_ service: String) async
}

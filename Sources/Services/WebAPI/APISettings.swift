public import AppConfiguration
import Values

/// The settings of the interface, `api:`.
public struct APISettings: Sendable, Equatable {
    /// Where it listens.
    public enum Address: Sendable, Equatable, CustomStringConvertible {
        case port(host: String, Int)
        /// A Unix socket's path.
        case socket(String)

        /// Reads `127.0.0.1:8000`, `[::1]:8000`, `0.0.0.0:8000`, `localhost:8000` or the path of a socket. Returns nil for
        /// anything else.
        public init?(parsing text: String) {
            if text.hasPrefix("/") {
                // The kernel's limit, unix(7).
                guard text.utf8.count < 108, !text.hasSuffix("/") else { return nil }
                self = .socket(text)
                return
            }
            guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
                (0...65_535).contains(port)
            else { return nil }
            var host = String(text[..<colon])
            if host.hasPrefix("["), host.hasSuffix("]") {
                host = String(host.dropFirst().dropLast())
            } else if host.contains(":") {
                return nil
            }
            guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }) else { return nil }
            self = .port(host: host, port)
        }

        public var description: String {
            switch self {
            case .port(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            case .socket(let path): path
            }
        }

        /// Whether only this machine can reach it.
        public var isLocal: Bool {
            switch self {
            case .port(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.")
            case .socket: true
            }
        }
    }

    public let isEnabled: Bool
    public let address: Address
    /// Where the address is set.
    public let position: Position
    /// Names that it is reached by, beside those of this machine itself.
    public let hosts: [String]
    /// Web pages of these origins may use it, `https://crm.example`.
    public let origins: [String]
    /// Addresses of proxies that say who asks.
    public let proxies: [String]
    /// The most bytes of a request's body. Imports have their own.
    public let bodyLimit: Int
    /// The most bytes of an imported file.
    public let importLimit: Int
    /// The most connections at a time.
    public let connections: Int
    /// The most requests of a token in a minute.
    public let requestsPerMinute: Int

    static let defaultAddress = "127.0.0.1:8000"

    public init(_ settings: Settings) {
        isEnabled = settings.bool("api.enabled", default: true)
        let text = settings.string("api.listen", default: Self.defaultAddress)
        let parsed = Address(parsing: text)
        if parsed == nil {
            settings.error(
                "api.listen", "\"\(text.shortened(to: 80))\" is neither an address with a port nor a socket's path",
                hint: "write 127.0.0.1:8000, [::1]:8000 or /run/4runr/api.sock")
        }
        address = parsed ?? .port(host: "127.0.0.1", 8_000)
        position = settings.position(of: "api.listen")
        hosts = settings.strings("api.hosts").map { $0.lowercased() }
        for host in hosts where host.contains("/") || host.contains(" ") || host.isEmpty {
            settings.error(
                "api.hosts", "\"\(host.shortened(to: 80))\" is not a host's name",
                hint: "write crm.example, without https://")
        }
        origins = settings.strings("api.origins").map { $0.lowercased() }
        for origin in origins where !Self.isOrigin(origin) {
            settings.error(
                "api.origins", "\"\(origin.shortened(to: 80))\" is not an origin",
                hint: "write https://crm.example, without a path")
        }
        proxies = settings.strings("api.proxies")
        bodyLimit = settings.int("api.body_limit", in: 1_024...(64 << 20), default: 1 << 20)
        importLimit = settings.int("api.import_limit", in: 1_024...(64 << 30), default: 1 << 30)
        connections = settings.int("api.connections", in: 1...100_000, default: 256)
        requestsPerMinute = settings.int("api.requests_per_minute", in: 1...100_000_000, default: 600_000)
    }

    private static func isOrigin(_ text: String) -> Bool {
        for scheme in ["http://", "https://"] where text.hasPrefix(scheme) {
            let rest = text.dropFirst(scheme.count)
            return !rest.isEmpty && !rest.contains { "/?#* ".contains($0) }
        }
        return false
    }
}

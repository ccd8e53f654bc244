import Values

/// The parts of RFC 3986 that redirects and API addresses need.
public enum URLReference {
    /// The host of an absolute address, in lower case, without user and port; nil for anything else.
    public static func host(of url: String) -> String? {
        guard let authority = authority(of: url) else { return nil }
        var host = authority.split(separator: "@", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return nil }
            return String(host[...end]).lowercased()
        }
        if let colon = host.lastIndex(of: ":") { host = String(host[..<colon]) }
        return host.isEmpty ? nil : host.lowercased()
    }

    /// Percent-encodes everything except unreserved characters.
    public static func encode(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += "%" + (hex.count == 1 ? "0" + hex : hex)
            }
        }
        return result
    }

    /// `name=value&…`, with names and values encoded.
    public static func query(_ parameters: [(String, String)]) -> String {
        parameters.map { "\(encode($0))=\(encode($1))" }.joined(separator: "&")
    }

    /// Resolves a `Location` header. Returns nil if the result is not an HTTP address.
    public static func resolve(_ location: String, against base: String) -> String? {
        let location = location.filter { !$0.isWhitespace }
        if location.lowercased().hasPrefix("http://") || location.lowercased().hasPrefix("https://") {
            return host(of: location) == nil ? nil : location
        }
        guard !location.isEmpty, let mark = base.firstRange(of: "://"), let authority = authority(of: base) else {
            return nil
        }
        let scheme = base[..<mark.lowerBound]
        if location.hasPrefix("//") { return "\(scheme):\(location)" }
        if location.hasPrefix("/") { return "\(scheme)://\(authority)\(location)" }
        guard location.prefix(while: { $0 != "/" && $0 != "?" }).contains(":") == false else { return nil }
        let path = base[mark.upperBound...].dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" }
        if location.hasPrefix("?") { return "\(scheme)://\(authority)\(path.isEmpty ? "/" : path)\(location)" }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return "\(scheme)://\(authority)\(folder)\(location)"
    }

    private static func authority(of url: String) -> String? {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let rest = url[mark.upperBound...].prefix { !"/?#\\".contains($0) }
        return rest.isEmpty ? nil : String(rest)
    }
}

/// How long a server asks us to wait: `Retry-After` of RFC 9110, in seconds or as a date, or `retry-after-ms`.
enum RetryAfter {
    static func parse(_ headers: [String: String], now: Timestamp) -> Duration? {
        if let text = headers["retry-after-ms"], let value = Double(text), value >= 0, value < 1e9 {
            return .milliseconds(Int64(value))
        }
        guard let text = headers["retry-after"] else { return nil }
        if let value = Double(text), value >= 0, value < 1e7 { return .seconds(value) }
        return Timestamp(httpDate: text).map { max(.zero, $0.since(now)) }
    }
}

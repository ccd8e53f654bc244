/// The address of a web page: http or https, with a host name that contains a dot, and without user or password.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// In lower case.
    public let host: String
    /// Nil for the scheme's default port.
    public let port: Int?
    /// Begins with a slash. It includes the query but not the fragment.
    public let path: String

    public var description: String { "\(scheme)://\(authority)\(path == "/" ? "" : path)" }

    /// The address in full, also where the path is only a slash.
    public var url: String { "\(scheme)://\(authority)\(path)" }

    /// Host and port.
    public var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// Parses an address. Without a scheme, it is taken as https. Returns nil for anything else: other schemes, numeric
    /// addresses, names without a dot.
    public init?(parsing text: String) {
        let text = text.tidied(limit: 2_000)
        guard !text.contains(" ") else { return nil }
        var rest = Substring(text)
        var scheme = "https"
        if let mark = rest.range(of: "://") {
            scheme = rest[..<mark.lowerBound].lowercased()
            rest = rest[mark.upperBound...]
        } else if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
        }
        guard scheme == "http" || scheme == "https" else { return nil }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        var host = rest[..<end].lowercased()
        var port: Int?
        if let colon = host.lastIndex(of: ":") {
            guard let number = Int(host[host.index(after: colon)...]), (1...65_535).contains(number) else { return nil }
            port = number == (scheme == "https" ? 443 : 80) ? nil : number
            host = String(host[..<colon])
        }
        if host.hasSuffix(".") { host.removeLast() }
        guard WebAddress.isDomain(host) else { return nil }
        var path = String(rest[end...].prefix { $0 != "#" })
        if path.isEmpty || path.hasPrefix("?") { path = "/" + path }
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = WebAddress.withoutDots(path)
    }

    /// A path without `.` and `..` (also as `%2e`), as it is sent: RFC 3986, 5.2.4.
    private static func withoutDots(_ path: String) -> String {
        let plain = path.prefix { $0 != "?" }
        guard plain.contains("/.") || plain.lowercased().contains("%2e") else { return path }
        var kept: [Substring] = []
        let parts = plain.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (number, part) in parts.enumerated() {
            let isLast = number == parts.count - 1
            switch part.lowercased().replacing("%2e", with: ".") {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(part)
            }
        }
        return "/" + kept.joined(separator: "/") + path[plain.endIndex...]
    }

    /// The host without `www.`, which two spellings of one site share.
    public var site: String { host.hasPrefix("www.") ? String(host.dropFirst(4)) : host }

    /// The address of the site's home page.
    public var homePage: String { "\(scheme)://\(authority)/" }

    /// Whether a text is a host name by RFC 1123: at least two labels of letters, digits and hyphens (letters of any
    /// script, IDNA), of which the last is not a number.
    public static func isDomain(_ text: String) -> Bool {
        guard text.utf8.count <= 253, text.utf8.contains(0x2E) else { return false }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.count >= 2,
            !last.contains(where: \.isNumber)
                || last.hasPrefix("xn--")
        else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.unicodeScalars.allSatisfy {
                    $0.value < 0x80
                        ? ($0.properties.isAlphabetic || (0x30...0x39).contains($0.value) || $0 == "-" || $0 == "_")
                        : ($0.properties.isAlphabetic || $0.properties.numericType != nil
                            || $0.properties.generalCategory == .nonspacingMark
                            || $0.properties.generalCategory == .spacingMark)
                }
        }
    }
}

extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}

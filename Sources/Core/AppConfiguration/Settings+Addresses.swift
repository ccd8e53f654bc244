import Values

/// Addresses in settings. A text that cannot be an address is reported as an error at its position.
extension Settings {
    /// The base address of a service, without a trailing slash: `https://api.example.com/v1`.
    public func baseURL(_ key: String, default fallback: String) -> String {
        let text = string(key, default: fallback)
        if text.drop(while: { $0 != ":" }).dropFirst(3).prefix(while: { $0 != "/" }).contains("@") {
            _ = Secret(text)
            error(
                key, "it contains a password, and settings are not kept secret",
                hint: "keys are set by: 4runr keys set NAME")
        } else if let problem = AddressText.problem(with: text, schemes: ["http", "https"]) {
            let hint = text.contains("://") || text.isEmpty ? "for example \(fallback)" : "write https://\(text)"
            error(key, problem, hint: hint)
        } else if text.contains("?") || text.contains("#") {
            // The part after it may be a key.
            let start = text.prefix { $0 != "?" && $0 != "#" }
            error(key, "\"\(start.shortened(to: 80))…\" must not contain ? or #, because paths are appended to it")
        }
        return text.hasSuffix("/") ? String(text.reversed().drop { $0 == "/" }.reversed()) : text
    }

    /// A proxy in libcurl's form: `http://proxy.example:3128`, `socks5h://…`, or a host and a port; empty for none.
    public func proxy(_ key: String) -> String {
        let text = string(key, default: "")
        guard !text.isEmpty else { return "" }
        let schemes = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
        let full = text.contains("://") ? text : "http://\(text)"
        if let problem = AddressText.problem(with: full, schemes: schemes) {
            error(
                key, problem, hint: "for example http://proxy.example:3128; schemes: \(schemes.joined(separator: ", "))"
            )
        }
        // The proxy's password is a secret, although it is part of the settings.
        if let mark = full.firstRange(of: "://"), let at = full.lastIndex(of: "@"), mark.upperBound < at {
            _ = Secret(String(full[mark.upperBound..<at].drop { $0 != ":" }.dropFirst()))
        }
        return text
    }
}

/// The parts of RFC 3986 that distinguish an address from other text.
public enum AddressText {
    /// Why the text is not an address with one of the schemes; nil if it can be one.
    public static func problem(with text: String, schemes: [String]) -> String? {
        let shown = "\"\(text.shortened(to: 80))\""
        guard let mark = text.firstRange(of: "://") else { return "\(shown) has no scheme, such as https://" }
        guard schemes.contains(text[..<mark.lowerBound].lowercased()) else {
            return "\(shown) has a scheme that is not used here"
        }
        guard
            text.unicodeScalars.allSatisfy({
                $0.value > 0x20 && $0.value < 0x7F && !"\"<>\\^`{|}".unicodeScalars.contains($0)
            })
        else { return "\(shown) has a character in it that no address has" }
        let authority = text[mark.upperBound...].prefix { !"/?#".contains($0) }
        var host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return "\(shown) has a bracket that is not closed" }
            let address = host[..<end].dropFirst()
            guard address.contains(":"), address.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." || $0 == "%" })
            else {
                return "\(shown) has something in brackets that is not an address of IPv6"
            }
            host = host[host.index(after: end)...]
            guard host.isEmpty || isPort(host) else { return "\(shown) has a port that is not from 1 to 65535" }
            return nil
        }
        if let colon = host.lastIndex(of: ":") {
            guard isPort(host[colon...]) else { return "\(shown) has a port that is not from 1 to 65535" }
            host = host[..<colon]
        }
        let isHost =
            host.contains { $0.isLetter || $0.isNumber }
            && host.allSatisfy { $0.isLetter || $0.isNumber || ".-_".contains($0) }
        return isHost && !host.hasPrefix(".") && !host.contains("..") ? nil : "\(shown) names no host"
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.first == ":" && text.dropFirst().allSatisfy(\.isNumber)
            && Int(text.dropFirst()).map { (1...65_535).contains($0) } ?? false
    }
}

import Values

/// What a site's robots.txt allows, RFC 9309.
struct RobotsFile: Sendable, Equatable {
    private struct Rule: Equatable {
        let pattern: String
        let isAllowed: Bool
    }

    private var rules: [Rule] = []
    /// How long to wait between two requests; nil if the file does not say. Not part of the RFC, but many files have it.
    private(set) var crawlDelay: Duration?

    /// Nothing is forbidden.
    static let open = RobotsFile()
    private init() {}

    /// The first 500 KiB count, as the RFC asks of a parser at least.
    static let sizeLimit = 500 << 10

    /// Reads the rules for a robot of this name: those of all groups that name it, else of the groups for all robots.
    init(_ text: String, agent: String) {
        var own: [Rule] = []
        var general: [Rule] = []
        var (ownDelay, generalDelay): (Duration?, Duration?)
        var isNamed = false
        var agents: [String] = []
        var isInAgents = false
        for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
            let plain = line.prefix { $0 != "#" }
            guard let colon = plain.firstIndex(of: ":") else { continue }
            let key = plain[..<colon].lowercased().filter { !$0.isWhitespace }
            let value = String(plain[plain.index(after: colon)...]).tidied(limit: 2_000)
            switch key {
            case "user-agent", "useragent":
                if !isInAgents { agents = [] }
                isInAgents = true
                agents.append(Self.product(value))
            case "allow", "disallow":
                isInAgents = false
                // An empty pattern forbids nothing.
                guard !value.isEmpty else { continue }
                let rule = Rule(pattern: Self.normalised(value), isAllowed: key == "allow")
                if agents.contains(agent) { own.append(rule) }
                if agents.contains("*") { general.append(rule) }
            case "crawl-delay":
                isInAgents = false
                guard let seconds = Double(value), (0...86_400).contains(seconds) else { continue }
                if agents.contains(agent) { ownDelay = .seconds(seconds) }
                if agents.contains("*") { generalDelay = .seconds(seconds) }
            default: break
            }
            if agents.contains(agent) { isNamed = true }
        }
        rules = isNamed ? own : general
        crawlDelay = isNamed ? ownDelay : generalDelay
    }

    /// The product token: `4runr/1.0` is `4runr`.
    private static func product(_ text: String) -> String {
        text == "*" ? "*" : String(text.lowercased().prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
    }

    /// Whether a path with its query may be asked for. The longest pattern that matches decides; of equal ones, the one
    /// that allows.
    func allows(_ path: String) -> Bool {
        let path = Self.normalised(path.isEmpty ? "/" : path)
        if path == "/robots.txt" { return true }
        var best: Rule?
        for rule in rules where Self.matches(rule.pattern, path) {
            let (length, known) = (rule.pattern.utf8.count, best?.pattern.utf8.count ?? -1)
            if length > known || length == known && rule.isAllowed { best = rule }
        }
        return best?.isAllowed ?? true
    }

    /// `*` stands for anything, and `$` at the end for the end.
    private static func matches(_ pattern: String, _ path: String) -> Bool {
        var parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        let isAnchored = parts.last?.hasSuffix("$") ?? false
        if isAnchored { parts[parts.count - 1].removeLast() }
        guard let first = parts.first, path.hasPrefix(first) else { return false }
        var rest = path.dropFirst(first.count)
        for (index, part) in parts.enumerated().dropFirst() {
            if index == parts.count - 1, isAnchored { return rest.hasSuffix(part) }
            guard let range = rest.firstRange(of: part) else {
                if part.isEmpty { continue }
                return false
            }
            rest = rest[range.upperBound...]
        }
        return parts.count > 1 || !isAnchored || rest.isEmpty
    }

    /// Percent-encodes what is not ASCII, and spells what is encoded in one way.
    private static func normalised(_ text: String) -> String {
        var result = ""
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x25, index + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                let isPlain =
                    (0x30...0x39).contains(value) || (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
                    || [0x2D, 0x2E, 0x5F, 0x7E].contains(value)
                result +=
                    isPlain
                    ? String(Unicode.Scalar(value))
                    : "%" + String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self).uppercased()
                index += 3
                continue
            }
            if byte < 0x80 {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                result += "%" + (hex.count == 1 ? "0" + hex : hex)
            }
            index += 1
        }
        return result
    }
}

public import Values

/// That nobody is written to at an address or a domain.
public struct Suppression: Sendable, Equatable, Codable {
    /// The address or the domain.
    public struct Target: Sendable, Hashable, Codable, CustomStringConvertible {
        public enum Kind: String, Sendable, Codable {
            case address
            /// With all its subdomains.
            case domain
        }

        public let kind: Kind
        /// The form that all spellings of it share.
        public let value: String
        /// As it was written.
        public let written: String

        public var description: String { written }

        public init(kind: Kind, value: String, written: String) {
            self.kind = kind
            self.value = value
            self.written = written
        }

        public init(_ email: EmailAddress) {
            self.init(kind: .address, value: email.matchKey, written: email.description)
        }

        /// Parses `ada@acme.example`, `acme.example` or `@acme.example`. Returns nil for anything else.
        public init?(parsing text: String) {
            let text = text.tidied(limit: 400)
            if text.dropFirst().contains("@") {
                guard let email = EmailAddress(parsing: text) else { return nil }
                self.init(email)
            } else {
                var name = Substring(text.lowercased())
                if name.hasPrefix("@") { name = name.dropFirst() }
                if name.hasPrefix("*.") { name = name.dropFirst(2) }
                let site = WebAddress(parsing: String(name)).flatMap { $0.path == "/" ? $0.site : nil }
                guard let site else { return nil }
                self.init(kind: .domain, value: DomainName.ascii(site), written: site)
            }
        }
    }

    public let target: Target
    public let author: LeadAuthor
    public let at: Timestamp
    public let reason: String?

    public init(_ target: Target, author: LeadAuthor, at: Timestamp, reason: String?) {
        self.target = target
        self.author = author
        self.at = at
        self.reason = reason
    }
}

extension LeadFields {
    /// What has to be suppressed for nobody to be written to with these fields: the address, its domain and that of the
    /// web site, and the domains above them.
    public var suppressionTargets: [Suppression.Target] {
        var targets: [Suppression.Target] = []
        var domains: [String] = []
        if let email = self[.email].flatMap({ EmailAddress(parsing: $0) }) {
            targets.append(.init(email))
            domains.append(email.domain)
        }
        if let site = self[.website].flatMap({ WebAddress(parsing: $0) })?.site { domains.append(site) }
        for domain in domains {
            var labels = DomainName.ascii(domain).split(separator: ".")[...]
            while labels.count > 1 {
                let name = labels.joined(separator: ".")
                if !targets.contains(where: { $0.value == name }) {
                    targets.append(.init(kind: .domain, value: name, written: name))
                }
                labels = labels.dropFirst()
            }
        }
        return targets
    }
}

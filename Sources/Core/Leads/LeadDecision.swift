public import Values

/// A decision about who is who. It stays, also when it is undone.
public struct LeadDecision: Sendable, Codable, Equatable, Identifiable {
    public let id: Int64
    /// `merge`, or `apart` for two leads that are two people.
    public let kind: String
    public let lead: Int64
    public let into: Int64
    /// Why, for people.
    public let rule: String?
    public let author: LeadAuthor
    public let at: Timestamp
    public let undoneAt: Timestamp?

    public init(
        id: Int64, kind: String, lead: Int64, into: Int64, rule: String?, author: LeadAuthor, at: Timestamp,
        undoneAt: Timestamp?
    ) {
        self.id = id
        self.kind = kind
        self.lead = lead
        self.into = into
        self.rule = rule
        self.author = author
        self.at = at
        self.undoneAt = undoneAt
    }
}

/// Two leads that may be one person.
public struct DoubtfulPair: Sendable, Codable, Equatable {
    public struct Person: Sendable, Codable, Equatable {
        public let id: Int64
        public let name: String
        public let company: String?
        public let email: String?

        init(_ lead: Lead) {
            id = lead.id
            name = lead.displayName
            company = lead.fields[.company]
            email = lead.fields[.email]
        }
    }

    /// A pair's place in the list of all.
    public struct Place: Sendable, Codable, Equatable {
        /// What shows the pair.
        public let kind: LeadKey.Kind
        /// What the group of leads shares before the pair's; empty for the first group.
        public let before: String
        /// What the pair's group shares.
        public let stem: String
        public let first: Int64
        public let second: Int64

        public init(kind: LeadKey.Kind, before: String, stem: String, first: Int64, second: Int64) {
            self.kind = kind
            self.before = before
            self.stem = stem
            self.first = first
            self.second = second
        }
    }

    public let first: Person
    public let second: Person
    /// Why they may be one, for people.
    public let reason: String

    public init(_ first: Lead, _ second: Lead, reason: String) {
        self.first = Person(first)
        self.second = Person(second)
        self.reason = reason
    }
}

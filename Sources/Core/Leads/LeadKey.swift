import Values

/// A value by which records of one person are found. What it proves depends on its kind.
public struct LeadKey: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The slug of a LinkedIn profile.
        case profile
        /// A person's own mailbox.
        case mailbox
        /// A mailbox of a role, such as `info@`, which colleagues share.
        case role
        /// Surname, company and given name: `king|engines|ada`.
        case name
        /// Number, surname and given name: `+14165550134|king|ada`. Colleagues share a switchboard.
        case phone
    }

    public let kind: Kind
    public let value: String

    public init(_ kind: Kind, _ value: String) {
        self.kind = kind
        self.value = value
    }

    /// The keys of a lead's fields.
    public static func keys(of fields: LeadFields) -> [LeadKey] {
        var keys: [LeadKey] = []
        if let profile = fields[.linkedInURL].flatMap({ LinkedInProfile(parsing: $0) }) {
            keys.append(LeadKey(.profile, profile.slug))
        }
        if let email = fields[.email].flatMap({ EmailAddress(parsing: $0) }) {
            keys.append(LeadKey(email.isRole ? .role : .mailbox, email.matchKey))
        }
        let name = fields[.fullName].flatMap { PersonName(parsing: $0) }
        // A name of one word counts as a surname.
        let family = name.map { $0.familyKey.isEmpty ? $0.given.folded : $0.familyKey } ?? ""
        let given = name.map { $0.familyKey.isEmpty ? "" : $0.given.folded } ?? ""
        if !family.isEmpty, let company = fields[.company].flatMap({ CompanyName(parsing: $0) }) {
            let key = company.matchKey
            let plain = key.utf8.contains(0x7C) ? key.replacing("|", with: " ") : key
            keys.append(LeadKey(.name, "\(family)|\(plain)|\(given)"))
        }
        if let phone = fields[.phone] { keys.append(LeadKey(.phone, "\(phone)|\(family)|\(given)")) }
        return keys
    }

    /// The beginning that the keys of all people of one surname, or with one telephone number, share.
    public var stem: String {
        switch kind {
        case .name: value.lastIndex(of: "|").map { String(value[...$0]) } ?? value
        case .phone: value.firstIndex(of: "|").map { String(value[...$0]) } ?? value
        case .profile, .mailbox, .role: value
        }
    }
}

/// A lead that shares a key with a record, as far as matching needs it.
public struct MatchCandidate: Sendable, Equatable {
    public let id: Int64
    public let name: String?
    public let isDeleted: Bool
    /// Whether the person does not want to be written to.
    public let isOptedOut: Bool
    /// All keys that the lead has or had.
    public let keys: Set<LeadKey>
    /// Leads that a person said are somebody else.
    public let others: Set<Int64>
    /// What else the person was called, in records or by somebody who corrected the name since.
    public var otherNames: [String] = []

    public init(
        id: Int64, name: String?, isDeleted: Bool, isOptedOut: Bool = false, keys: Set<LeadKey>,
        others: Set<Int64> = []
    ) {
        self.isOptedOut = isOptedOut
        self.id = id
        self.name = name
        self.isDeleted = isDeleted
        self.keys = keys
        self.others = others
    }
}

/// What to do with a record after comparing it with leads that may be the same person.
public struct IntakeDecision: Sendable, Equatable {
    public enum Verdict: Sendable, Equatable {
        case insert
        /// It is the same person.
        ///
        /// - Parameters:
        ///   - rule: the key that showed it.
        ///   - joining: other leads of that person, which become one with it.
        case merge(into: Int64, rule: LeadKey, joining: [Int64])
        /// It is the same person, but someone has removed the lead.
        case removed(Int64)
    }

    public var verdict: Verdict
    /// Values that belong to people whose names contradict each other, and so to nobody.
    public var shared: [LeadKey]

    public init(_ verdict: Verdict, shared: [LeadKey] = []) {
        self.verdict = verdict
        self.shared = shared
    }
}

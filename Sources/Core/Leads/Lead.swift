public import Values

/// A person whom the team may want to write to: a row of `leads`.
public struct Lead: Sendable, Equatable, Identifiable, Codable {
    public let id: Int64
    /// Identifies the lead in other systems. It never changes.
    public let uuid: String
    public var fields: LeadFields
    public var message: String?
    public var status: LeadStatus
    public var processing: ProcessingState
    /// Whether an address or a profile was confirmed. By whom and how is in the enrichment.
    public var isVerified: Bool
    public var isEnriched: Bool
    /// Whether a wanted field is empty, or what is known is stale.
    public var needsEnrichment: Bool
    /// Whether a message was written and passed the checks.
    public var isReady: Bool
    public var source: String?
    public var scrapedAt: Timestamp?
    public var enrichedAt: Timestamp?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var airtableID: String?
    public var lastSyncedAt: Timestamp?
    public var isSyncPending: Bool
    /// Whether Airtable has the same values.
    public var isInStep = false
    public var syncError: String?
    /// The records that the lead was made from, as JSON.
    public var rawData: String?
    /// When a person removed the lead. It is kept so that it is not added again.
    public var deletedAt: Timestamp?
    /// Grows with each change that other systems have to know about.
    public var revision: Int64

    public init(
        id: Int64, uuid: String, fields: LeadFields, status: LeadStatus, processing: ProcessingState,
        createdAt: Timestamp,
        updatedAt: Timestamp, revision: Int64
    ) {
        self.id = id
        self.uuid = uuid
        self.fields = fields
        self.status = status
        self.processing = processing
        isVerified = false
        isEnriched = false
        needsEnrichment = true
        isReady = false
        isSyncPending = true
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.revision = revision
    }
}

extension Lead {
    /// A name to show for the lead in one line.
    public var displayName: String {
        fields[.fullName] ?? fields[.email] ?? fields[.linkedInURL] ?? fields[.phone] ?? "lead \(id)"
    }
}

/// The lead's place in its life cycle.
public enum LeadStatus: String, Sendable, Codable, CaseIterable {
    case new
    case scraped
    case cleaned
    case enriched
    /// A message was written and passed the checks.
    case ready
    case contacted
    case replied
    case won
    case lost
    case unsubscribed
    case bounced
}

/// How far the program has processed a lead.
public enum ProcessingState: String, Sendable, Codable, CaseIterable {
    case new
    case processing
    case completed
    case failed
}

/// A record of a person as its source provides it.
public struct LeadDraft: Sendable, Equatable {
    /// The values as they were written, without any check.
    public var fields: LeadFields
    /// The source: `serpapi`, `csv:people.csv`, `manual`.
    public var source: String
    /// When it was found; nil for a record that a person brought.
    public var scrapedAt: Timestamp?
    /// The whole record, including what has no field here.
    public var record: [String: String]

    public init(fields: LeadFields, source: String, scrapedAt: Timestamp? = nil, record: [String: String] = [:]) {
        self.fields = fields
        self.source = source
        self.scrapedAt = scrapedAt
        self.record = record
    }
}

/// Keys for finding records of the same person. A key is nil if the lead has no value to build it from.
public struct MatchKeys: Sendable, Equatable {
    public var linkedIn: String?
    public var email: String?
    /// Surname and company. People who share it may be the same person.
    public var nameCompany: String?
    /// Phone number and surname, because many people share a switchboard's number.
    public var phone: String?

    public init(linkedIn: String? = nil, email: String? = nil, nameCompany: String? = nil, phone: String? = nil) {
        self.linkedIn = linkedIn
        self.email = email
        self.nameCompany = nameCompany
        self.phone = phone
    }

    /// Builds the keys from a lead's fields.
    public init(of fields: LeadFields) {
        linkedIn = fields[.linkedInURL].flatMap { LinkedInProfile(parsing: $0) }?.slug
        // Many people share a role mailbox.
        email = fields[.email].flatMap { EmailAddress(parsing: $0) }.flatMap { $0.isRole ? nil : $0.matchKey }
        guard let family = fields[.fullName].flatMap({ PersonName(parsing: $0) })?.familyKey, !family.isEmpty else {
            return
        }
        nameCompany = fields[.company].flatMap { CompanyName(parsing: $0) }.map { "\(family)|\($0.matchKey)" }
        phone = fields[.phone].map { "\(family)|\($0)" }
    }
}

/// A record in its canonical form, ready to be matched.
public struct CleanLead: Sendable, Equatable {
    public var fields: LeadFields
    public var keys: MatchKeys
    public var source: String
    public var scrapedAt: Timestamp?
    /// The record as the source provided it, at most 16 kB.
    public var record: [String: String]
    /// What was left out of it, and why; one clause each.
    public var notes: [String]
    /// Fields whose value was not valid.
    public var dropped: Set<LeadField>

    public init(
        fields: LeadFields, keys: MatchKeys, source: String, scrapedAt: Timestamp?, record: [String: String],
        notes: [String], dropped: Set<LeadField> = []
    ) {
        self.fields = fields
        self.keys = keys
        self.source = source
        self.scrapedAt = scrapedAt
        self.record = record
        self.notes = notes
        self.dropped = dropped
    }
}

/// What to do with a record after comparing it with leads that may be the same person.
public enum IntakeDecision: Sendable, Equatable {
    case insert
    /// It is the same person. The lead gets these fields.
    case merge(into: Int64, fields: LeadFields, keys: MatchKeys)
    /// It is the same person, but someone has removed the lead.
    case removed(Int64)
}

/// What became of a record.
public enum IntakeResult: Sendable, Equatable {
    case inserted(Int64)
    case merged(Int64, changed: [LeadField])
    /// The lead already has all of it.
    case unchanged(Int64)
    /// A person has removed the lead, so it is not added again.
    case removed(Int64)
    case refused(String)
}

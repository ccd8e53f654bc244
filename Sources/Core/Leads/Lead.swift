public import Values

/// A person whom the team may want to write to: a row of `leads`.
public struct Lead: Sendable, Equatable, Identifiable, Codable {
    public let id: Int64
    /// What other systems know it by; never changes.
    public let uuid: String
    public var fields: LeadFields
    public var message: String?
    public var status: LeadStatus
    public var stage: PipelineStage
    /// An address or a profile was confirmed; by whom and how stands in the enrichment.
    public var isVerified: Bool
    public var isEnriched: Bool
    /// A wanted field is empty or what is known is stale.
    public var needsEnrichment: Bool
    /// A message was written and checked.
    public var isReady: Bool
    public var source: String?
    public var scrapedAt: Timestamp?
    public var enrichedAt: Timestamp?
    public var createdAt: Timestamp
    public var updatedAt: Timestamp
    public var airtableID: String?
    public var lastSyncedAt: Timestamp?
    public var isSyncPending: Bool
    /// Whether Airtable says the same.
    public var isInStep = false
    public var syncError: String?
    /// The records that it was made of, as JSON.
    public var rawData: String?
    /// When a person removed it; it is kept so that it does not come back.
    public var deletedAt: Timestamp?
    /// Grows with each change that others are to be told of.
    public var revision: Int64

    public init(
        id: Int64, uuid: String, fields: LeadFields, status: LeadStatus, stage: PipelineStage, createdAt: Timestamp,
        updatedAt: Timestamp, revision: Int64
    ) {
        self.id = id
        self.uuid = uuid
        self.fields = fields
        self.status = status
        self.stage = stage
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
    /// Something to call it by in a line.
    public var displayName: String {
        fields[.fullName] ?? fields[.email] ?? fields[.linkedInURL] ?? fields[.phone] ?? "lead \(id)"
    }
}

/// A lead's life.
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

/// How far the machine is with a lead.
public enum PipelineStage: String, Sendable, Codable, CaseIterable {
    case new
    case processing
    case completed
    case failed
}

/// A record of a person as its source has it.
public struct LeadDraft: Sendable, Equatable {
    /// As they were written, whatever they are worth.
    public var fields: LeadFields
    /// Where it is from: `serpapi`, `csv:people.csv`, `manual`.
    public var source: String
    /// When it was found; nil for what a person brought.
    public var scrapedAt: Timestamp?
    /// The whole record, also what has no field here.
    public var record: [String: String]

    public init(fields: LeadFields, source: String, scrapedAt: Timestamp? = nil, record: [String: String] = [:]) {
        self.fields = fields
        self.source = source
        self.scrapedAt = scrapedAt
        self.record = record
    }
}

/// What tells that two records are of one person; nil where a lead has nothing to tell it by.
public struct MatchKeys: Sendable, Equatable {
    public var linkedIn: String?
    public var email: String?
    /// Surname and company: those who share it may be one person.
    public var nameCompany: String?
    /// Number and surname: a switchboard's number is many people's.
    public var phone: String?

    public init(linkedIn: String? = nil, email: String? = nil, nameCompany: String? = nil, phone: String? = nil) {
        self.linkedIn = linkedIn
        self.email = email
        self.nameCompany = nameCompany
        self.phone = phone
    }

    /// What tells a lead of these fields apart.
    public init(of fields: LeadFields) {
        linkedIn = fields[.linkedInURL].flatMap { LinkedInProfile(parsing: $0) }?.slug
        // A mailbox of a function is many people's.
        email = fields[.email].flatMap { EmailAddress(parsing: $0) }.flatMap { $0.isRole ? nil : $0.matchKey }
        guard let family = fields[.fullName].flatMap({ PersonName(parsing: $0) })?.familyKey, !family.isEmpty else {
            return
        }
        nameCompany = fields[.company].flatMap { CompanyName(parsing: $0) }.map { "\(family)|\($0.matchKey)" }
        phone = fields[.phone].map { "\(family)|\($0)" }
    }
}

/// A record in its one canonical form, ready to be matched.
public struct CleanLead: Sendable, Equatable {
    public var fields: LeadFields
    public var keys: MatchKeys
    public var source: String
    public var scrapedAt: Timestamp?
    /// The record as the source had it, at most 16 kB of it.
    public var record: [String: String]
    /// What was left out of it and why, a clause each.
    public var notes: [String]
    /// Fields that had a value which is none.
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

/// What is done with a record when it meets those that it may be the same person as.
public enum IntakeDecision: Sendable, Equatable {
    case insert
    /// The same person: these are the lead's fields from now on.
    case merge(into: Int64, fields: LeadFields, keys: MatchKeys)
    /// The same person, whom somebody has removed.
    case removed(Int64)
}

/// What became of a record.
public enum IntakeResult: Sendable, Equatable {
    case inserted(Int64)
    case merged(Int64, changed: [LeadField])
    /// The lead has all of it already.
    case unchanged(Int64)
    /// It was removed by a person and does not come back.
    case removed(Int64)
    case refused(String)
}

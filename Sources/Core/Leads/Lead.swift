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
    /// The newest record that the lead is made of, as JSON. All of them are in `lead_records`.
    public var rawData: String?
    /// That the person does not want to be written to. Nothing but a person lifts it.
    public var optOut: OptOut?
    /// When a person last lifted an opt-out.
    public var optedInAt: Timestamp?
    /// The lead that this one became part of. It is deleted then.
    public var mergedInto: Int64?
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
    /// Where the person stands, as far as the record says so.
    public var status: LeadStatus?
    /// That the person does not want to be written to, in words; nil if the record does not say so.
    public var optOut: String?
    public var author: LeadAuthor
    /// How each value was read from the record, and what was read and is not certain enough to be one.
    public var readings: [LeadReading] = []

    public init(
        fields: LeadFields, source: String, author: LeadAuthor, scrapedAt: Timestamp? = nil,
        record: [String: String] = [:]
    ) {
        self.fields = fields
        self.source = source
        self.author = author
        self.scrapedAt = scrapedAt
        self.record = record
    }
}

/// A record in its canonical form, ready to be matched.
public struct CleanLead: Sendable, Equatable {
    public var fields: LeadFields
    /// The keys of the fields as the record has them.
    public let keys: [LeadKey]
    /// Personal mailboxes that the record names beside its own. They find a person, but they are no values of the lead.
    public var otherMailboxes: [EmailAddress] = []
    public let source: String
    public let author: LeadAuthor
    public var scrapedAt: Timestamp?
    /// The record as the source provided it, as JSON of at most 16 kB, the same for equal records.
    public let content: String
    /// Where the person stands, as far as the record says so.
    public var status: LeadStatus?
    /// That the person does not want to be written to, in words; nil if the record does not say so.
    public var optOut: String?
    /// How each value was read from the record, and what was read and is not certain enough to be one.
    public var readings: [LeadReading] = []
    /// What was left out of it, and why; one clause each.
    public var notes: [String]
    /// The run of the import that brought it, if one did.
    public var importID: Int64?
    /// Fields whose value was not valid.
    public var dropped: Set<LeadField>

    public init(
        fields: LeadFields, source: String, author: LeadAuthor, scrapedAt: Timestamp?, record: [String: String],
        notes: [String], dropped: Set<LeadField> = []
    ) {
        self.fields = fields
        keys = LeadKey.keys(of: fields)
        self.source = source
        self.author = author
        self.scrapedAt = scrapedAt
        content = StableJSON.text(ofTexts: record) ?? "{}"
        self.notes = notes
        self.dropped = dropped
    }
}

/// What became of a record.
public enum IntakeResult: Sendable, Equatable {
    case inserted(Int64)
    case merged(Int64, changed: [LeadField])
    /// The lead already has all of it.
    case unchanged(Int64)
    /// A person has removed the lead, so it is not added again.
    case removed(Int64)
    /// Its address or domain is on the list of suppressions, so it is not added.
    case suppressed(String)
    case refused(String)
}

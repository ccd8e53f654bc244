public import Values

/// A record that a lead is made of, as it came.
public struct LeadRecord: Sendable, Equatable, Codable, Identifiable {
    public let id: Int64
    /// `serpapi`, `csv:people.csv`, `manual`, `airtable`.
    public let source: String
    public let author: LeadAuthor
    /// The record as its source provides it.
    public let content: JSONValue
    /// Its fields after cleaning.
    public let fields: LeadFields
    /// The key that brought it to the lead; nil for the record that the lead began with.
    public let rule: String?
    public let firstSeen: Timestamp
    public let lastSeen: Timestamp

    public init(
        id: Int64, source: String, author: LeadAuthor, content: JSONValue, fields: LeadFields, rule: String?,
        firstSeen: Timestamp, lastSeen: Timestamp
    ) {
        self.id = id
        self.source = source
        self.author = author
        self.content = content
        self.fields = fields
        self.rule = rule
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}

/// A value of one field that something else than a record said: a page, a search, a person here or in Airtable.
public struct LeadValue: Sendable, Equatable, Codable {
    /// The number of its row; 0 before it is stored.
    public let id: Int64
    public let field: LeadField
    /// Nil when a person emptied the field.
    public let value: String?
    /// How it was found: `edit`, `home page`, `email domain`.
    public let method: String
    /// From 0 to 1.
    public let confidence: Double
    public let author: LeadAuthor
    public let at: Timestamp
    /// The words that show it, if there are any.
    public let evidence: String?

    public init(
        _ field: LeadField, _ value: String?, method: String, confidence: Double = 1, author: LeadAuthor,
        at: Timestamp, evidence: String? = nil, id: Int64 = 0
    ) {
        self.id = id
        self.field = field
        self.value = value
        self.method = method
        self.confidence = confidence
        self.author = author
        self.at = at
        self.evidence = evidence
    }
}

/// A value as it was read from a text, with the words that show it.
public struct LeadReading: Sendable, Equatable, Codable {
    public let field: LeadField
    public let value: String
    /// From 0 to 1. Below `sure`, the value is kept as evidence and fills nothing.
    public let confidence: Double
    public let evidence: String?

    public init(_ field: LeadField, _ value: String, confidence: Double, evidence: String?) {
        self.field = field
        self.value = value
        self.confidence = confidence
        self.evidence = evidence
    }

    /// The least confidence of a value that a lead is given.
    public static let sure = 0.5
    /// The confidence of what stands somewhere and is not certain.
    public static let unsure = 0.2
    /// How such a value is found, as `lead_values.method` has it.
    public static let method = "search result"
}

/// That a person does not want to be written to.
public struct OptOut: Sendable, Equatable, Codable {
    public let at: Timestamp
    public let by: LeadAuthor
    /// In words: `status unsubscribed in Airtable`, `column "Do Not Email"`.
    public let how: String

    public init(at: Timestamp, by: LeadAuthor, how: String) {
        self.at = at
        self.by = by
        self.how = how
    }
}

public import Values

/// What was found out about a lead beyond its own record: the row of `lead_enrichment`, and values for empty fields.
public struct Enrichment: Sendable, Equatable {
    /// How sure a value is to be right, and where it is from.
    public struct Finding: Sendable, Equatable, Codable {
        public let value: String
        /// `home page`, `email domain`, `web search`, `rule`.
        public let source: String
        /// 0 to 1.
        public let confidence: Double

        public init(_ value: String, source: String, confidence: Double) {
            self.value = value
            self.source = source
            self.confidence = confidence
        }
    }

    /// For fields that are empty.
    public var findings: [LeadField: Finding] = [:]
    /// What the home page says of itself, as text.
    public var websiteContent: String?
    public var companyDescription: String?
    public var businessFocus: String?
    /// Mailboxes and numbers of the company that are no person's.
    public var companyContacts: [String] = []
    /// Who confirmed an address or a profile, and how; nil when nobody did.
    public var verifiedBy: String?
    /// `real`, `pattern` or `guess`.
    public var emailConfidence: String?
    /// `scraped`, `generated` or `verified`.
    public var emailSource: String?
    /// How it was done, for people.
    public var method = ""
    /// What could not be found out and why; a clause each.
    public var notes: [String] = []

    public init() {}

    /// The mean of the findings' confidence; nil when there are none.
    public var confidence: Double? {
        findings.isEmpty ? nil : findings.values.map(\.confidence).reduce(0, +) / Double(findings.count)
    }
}

/// A stage that leads wait for.
public enum Stage: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case enrich
    case writeMessage = "write-message"
}

/// A lead that a stage is to take up, and how often it has tried.
public struct DueLead: Sendable, Equatable {
    public let lead: Lead
    /// Attempts that failed so far.
    public let attempts: Int
    /// Since when; nil for one that a person named.
    public let dueAt: Timestamp?

    public init(lead: Lead, attempts: Int, dueAt: Timestamp? = nil) {
        self.lead = lead
        self.attempts = attempts
        self.dueAt = dueAt
    }
}

/// What a stage did with one lead: a child row of its run.
public struct Step: Sendable, Equatable {
    /// The run that it is part of; nil for what a person did by hand.
    public var run: Int64?
    public var job: String
    /// `intake`, `enrich`, `write-message`, `sync`, or a stage of the pipeline.
    public var type: String
    public var status: ActivityStatus
    public var leadID: Int64?
    public var description: String?
    /// JSON.
    public var input: String?
    /// JSON.
    public var output: String?
    public var error: String?
    public var startedAt: Timestamp
    public var endedAt: Timestamp
    public var duration: Duration

    public init(
        run: Int64?, job: String, type: String, status: ActivityStatus = .success, leadID: Int64? = nil,
        startedAt: Timestamp, endedAt: Timestamp, duration: Duration
    ) {
        self.run = run
        self.job = job
        self.type = type
        self.status = status
        self.leadID = leadID
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.duration = duration
    }
}

/// A message that passed the checks and waits for a person's approval.
public struct DraftMessage: Sendable, Equatable {
    public var subject: String
    public var body: String
    /// What wrote it: a model's name, or `template`.
    public var writer: String

    public init(subject: String, body: String, writer: String) {
        self.subject = subject
        self.body = body
        self.writer = writer
    }
}

/// What is known of a lead beyond its own fields, as far as others look at it.
public struct StoredEnrichment: Sendable, Equatable, Codable {
    /// The company's words about itself.
    public let companyDescription: String?
    /// What else was found, a line each.
    public let insights: String?
    /// How it was done, for people.
    public let method: String?

    public init(companyDescription: String?, insights: String?, method: String?) {
        self.companyDescription = companyDescription
        self.insights = insights
        self.method = method
    }
}

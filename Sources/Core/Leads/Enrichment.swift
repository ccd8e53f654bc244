public import Values

/// What was found out about a lead beyond its own record: its row in `lead_enrichment`, and values for empty fields.
public struct Enrichment: Sendable, Equatable {
    /// A value, its source, and how likely it is to be right.
    public struct Finding: Sendable, Equatable, Codable {
        public let value: String
        /// `its own page`, `its pages`, `home page`, `pattern`, or `guess`.
        public let source: String
        /// From 0 to 1. Below `LeadReading.sure` it is a candidate, kept and not filled in.
        public let confidence: Double
        /// The page and the words that show it.
        public let evidence: String?

        /// The sources of addresses that nobody wrote anywhere: they were formed as a company forms its people's.
        public static let formed: Set<String> = ["pattern", "guess"]

        public init(_ value: String, source: String, confidence: Double, evidence: String? = nil) {
            self.value = value
            self.source = source
            self.confidence = confidence
            self.evidence = evidence
        }
    }

    /// Something about the company that a message can go by.
    public struct Trait: Sendable, Equatable, Codable {
        /// `does`, `serves` or `news`.
        public let kind: String
        public let value: String
        /// The sentence that says it.
        public let sentence: String
        /// The address of the page.
        public let source: String?
        public let confidence: Double

        public init(kind: String, fact: CompanyFact) {
            self.kind = kind
            value = fact.value
            sentence = fact.evidence.count > fact.value.count ? fact.evidence : fact.value
            source = fact.page
            confidence = fact.confidence
        }
    }

    /// Values for fields that are empty.
    public var findings: [LeadField: Finding] = [:]
    /// The text of the home page.
    public var websiteContent: String?
    public var companyDescription: String?
    public var businessFocus: String?
    /// What the company offers.
    public var services: String?
    public var traits: [Trait] = []
    /// The company's mailboxes and phone numbers that do not belong to a person.
    public var companyContacts: [String] = []
    /// Who confirmed an address or a profile, and how; nil if nobody did.
    public var verifiedBy: String?
    /// `real`, `pattern` or `guess`.
    public var emailConfidence: String?
    /// `scraped`, `generated` or `verified`.
    public var emailSource: String?
    /// How the enrichment was done, in words for people.
    public var method = ""
    /// What could not be found out, and why; one clause each.
    public var notes: [String] = []

    public init() {}

    /// The mean confidence of the findings; nil if there are none.
    public var confidence: Double? {
        findings.isEmpty ? nil : findings.values.map(\.confidence).reduce(0, +) / Double(findings.count)
    }
}

/// The name of a stage in `lead_stages`. Those that `LeadLifecycle` uses are defined here; another stage adds its own next
/// to its code.
public struct StageName: RawRepresentable, Sendable, Codable, Hashable, CodingKeyRepresentable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let enrich = StageName(rawValue: "enrich")
    public static let writeMessage = StageName(rawValue: "write-message")
}

/// A lead that is due for a stage, and how often the stage has failed on it.
public struct DueLead: Sendable, Equatable {
    public let lead: Lead
    /// The number of failed attempts so far.
    public let attempts: Int
    /// Since when it is due; nil for a lead that a person named.
    public let dueAt: Timestamp?

    public init(lead: Lead, attempts: Int, dueAt: Timestamp? = nil) {
        self.lead = lead
        self.attempts = attempts
        self.dueAt = dueAt
    }
}

/// What a stage did with one lead: a child row of its run.
public struct Step: Sendable, Equatable {
    /// The run that the step belongs to; nil for what a person did by hand.
    public var run: Int64?
    public var job: String
    /// `intake`, `enrich`, `write-message`, `sync`, or another stage of the pipeline.
    public var type: String
    public var status: ActivityStatus
    public var leadID: Int64?
    public var description: String?
    /// JSON.
    public var input: String?
    /// JSON.
    public var output: String?
    public var error: String?
    /// Who did it; nil for a step of a run, which has the run's.
    public var author: LeadAuthor?
    public var startedAt: Timestamp
    public var endedAt: Timestamp
    public var duration: Duration

    /// Whether it is listed among the runs, rather than in the history of a run or a lead.
    public var isListed: Bool { run == nil && leadID == nil }

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

    /// What was done by hand to a lead. It belongs to no run.
    public init(byHand type: String, job: String = "leads", of lead: Int64, by author: LeadAuthor, at moment: Timestamp)
    {
        self.init(run: nil, job: job, type: type, leadID: lead, startedAt: moment, endedAt: moment, duration: .zero)
        self.author = author
    }

    /// The name of a job that no job can have.
    public static let byHand = "by hand"

    /// What was done by hand and concerns no lead: it is listed among the runs.
    ///
    /// - Parameter asked: what was asked for.
    public init(byHand type: String, _ asked: some Encodable, by author: LeadAuthor, at moment: Timestamp) {
        self.init(run: nil, job: Self.byHand, type: type, startedAt: moment, endedAt: moment, duration: .zero)
        input = try? PrintedJSON.text(of: asked, isPretty: false)
        self.author = author
    }
}

/// A message that passed the checks and waits for a person's approval.
public struct DraftMessage: Sendable, Equatable {
    public var subject: String
    public var body: String
    /// What wrote it: the name of a model, or `template`.
    public var writer: String

    public init(subject: String, body: String, writer: String) {
        self.subject = subject
        self.body = body
        self.writer = writer
    }
}

/// A message that a person has to look at before it may go on.
public struct HeldMessage: Sendable, Equatable, Codable {
    public let subject: String
    public let body: String
    /// Why it is held back; clauses.
    public let reason: String

    /// Nil for a message that is not held back.
    public init?(_ message: Message) {
        guard let reason = message.heldReason else { return nil }
        subject = message.subject ?? ""
        body = message.body ?? ""
        self.reason = reason
    }
}

/// The part of a lead's stored enrichment that others use.
public struct StoredEnrichment: Sendable, Equatable, Codable {
    /// How the company describes itself.
    public let companyDescription: String?
    /// Other findings, one per line.
    public let insights: String?
    /// How the enrichment was done, in words for people.
    public let method: String?

    public init(companyDescription: String?, insights: String?, method: String?) {
        self.companyDescription = companyDescription
        self.insights = insights
        self.method = method
    }
}

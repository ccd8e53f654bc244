public import AirtableSync
import FoundationEssentials
import Leads
public import Logging
public import Values

/// What a stage is told about the run that it is part of.
public struct StageContext: Sendable {
    /// The row in `pipeline_activities`.
    public let run: Int64
    public let job: String
    /// Only these leads, due or not; nil for those that are due.
    public var ids: [Int64]?
    /// At most so many; nil for the stage's own limit.
    public var limit: Int?
    /// Says what would be done, and does nothing.
    public var isDryRun: Bool
    /// What else the stage was told, in words of its own.
    public var flags: [String]
    public let logger: Logger
    /// What is being done, and the share done from 0 to 1 where it is known.
    public let progress: @Sendable (String, Double?) -> Void

    public init(
        run: Int64, job: String, ids: [Int64]? = nil, limit: Int? = nil, isDryRun: Bool = false, flags: [String] = [],
        logger: Logger,
        progress: @escaping @Sendable (String, Double?) -> Void = { _, _ in }
    ) {
        self.run = run
        self.job = job
        self.ids = ids
        self.limit = limit
        self.isDryRun = isDryRun
        self.flags = flags
        self.logger = logger
        self.progress = progress
    }
}

/// What a stage did, for the row of its run and for people.
public struct StageReport: Sendable, Codable, Equatable {
    public let stage: String
    public var isDryRun: Bool?
    /// By what happened: `new`, `enriched`, `by model`, `calls`…
    public var counts: [String: Int] = [:]
    /// What is worth knowing, a clause each; also a dry run's plan.
    public var notes: [String] = []
    /// Of a dry run of the sync: what would be done.
    public var plan: [SyncPlanItem]?
    /// What Airtable's table has for the mapping.
    public var fields: [FieldFinding]?

    public init(_ stage: String, isDryRun: Bool) {
        self.stage = stage
        self.isDryRun = isDryRun ? true : nil
    }

    /// - Parameter what: in words; kept as a key without blanks.
    public mutating func count(_ what: String, _ number: Int = 1) {
        counts[StageReport.key(what), default: 0] += number
    }

    static func key(_ words: String) -> String { words.replacing(" ", with: "_") }

    /// Each thing once, and not more than people read.
    public mutating func note(_ text: String) {
        if notes.count < 50, !notes.contains(text) { notes.append(text) }
    }

    /// `new 5, merged 2`.
    public var summary: String {
        let parts = counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map {
            "\($0.key.replacing("_", with: " ")) \($0.value)"
        }
        return parts.isEmpty ? "nothing to do" : parts.joined(separator: ", ")
    }
}

/// Why a stage did not do its work.
public enum StageProblem: PresentableError, Equatable {
    /// There is nothing that it could do it with; the text says what to set.
    case unconfigured(String)
    /// - Parameter canRetry: whether the same can succeed later without anybody's help.
    case failed(String, canRetry: Bool, report: StageReport)

    public var errorKind: ErrorKind {
        switch self {
        case .unconfigured: .configuration
        case .failed(_, let canRetry, _): canRetry ? .temporary : .unavailable
        }
    }

    public var message: String {
        switch self {
        case .unconfigured(let text): text
        case .failed(let text, _, _): text
        }
    }
}

/// Measures one step of one lead, for its row.
struct StepTimer {
    private let runtime: Runtime
    private let startedAt: Timestamp
    private let begun: Duration

    init(_ runtime: Runtime) {
        self.runtime = runtime
        startedAt = runtime.now
        begun = runtime.uptime
    }

    /// Notes that the step is over.
    func finish(_ step: inout Step) {
        step.endedAt = runtime.now
        step.duration = runtime.uptime - begun
    }

    func step(_ context: StageContext, _ type: String, lead: Int64?) -> Step {
        Step(
            run: context.run, job: context.job, type: type, leadID: lead, startedAt: startedAt,
            endedAt: runtime.now,
            duration: runtime.uptime - begun)
    }
}

extension Backoff {
    /// When a lead that a stage could do nothing for is due again: within a day, of which a random half is taken off so that
    /// they do not all come at once.
    ///
    /// - Parameter base: the wait after the first failure.
    public static func ofLeads(_ base: Duration) -> Backoff { Backoff(base: base, limit: .seconds(86_400)) }

    /// - Parameter runtime: where chance is from.
    public func delay(ofLeadAfter failures: Int, _ runtime: Runtime) -> Duration {
        delay(after: failures, least: 0.5, random: runtime.random())
    }
}

/// Does something with each item, several at a time. The first error ends the rest.
func forEach<Item: Sendable>(
    _ items: [Item], atOnce: Int, _ body: @escaping @Sendable (Item) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        var rest = items[...]
        for _ in 0..<min(atOnce, items.count) {
            if let item = rest.popFirst() { group.addTask { try await body(item) } }
        }
        while try await group.next() != nil {
            if let item = rest.popFirst() { group.addTask { try await body(item) } }
        }
    }
}

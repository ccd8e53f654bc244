public import AirtableSync
public import Values

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

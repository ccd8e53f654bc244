public import AirtableSync
public import Values

/// What a stage did, for the row of its run and for people.
public struct StageReport: Sendable, Codable, Equatable {
    public let stage: String
    public var isDryRun: Bool?
    /// Counts by what happened: `new`, `enriched`, `by model`, `calls`…
    public var counts: [String: Int] = [:]
    /// Remarks, one clause each. A dry run's plan is also here.
    public var notes: [String] = []
    /// For a dry run of the sync: what would be done.
    public var plan: [SyncPlanItem]?
    /// What Airtable's table has for the field mapping.
    public var fields: [FieldFinding]?

    public init(_ stage: String, isDryRun: Bool) {
        self.stage = stage
        self.isDryRun = isDryRun ? true : nil
    }

    /// - Parameter what: what happened, in words. It is stored as a key without spaces.
    public mutating func count(_ what: String, _ number: Int = 1) {
        counts[StageReport.key(what), default: 0] += number
    }

    static func key(_ words: String) -> String { words.replacing(" ", with: "_") }

    /// Adds a remark once, up to as many as people read.
    public mutating func note(_ text: String) {
        if notes.count < 50, !notes.contains(text) { notes.append(text) }
    }

    /// For example `new 5, merged 2`.
    public var summary: String { Self.summary(of: counts) }

    public static func summary(of counts: [String: Int]) -> String {
        let parts = counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map {
            "\($0.key.replacing("_", with: " ")) \($0.value)"
        }
        return parts.isEmpty ? "nothing to do" : parts.joined(separator: ", ")
    }
}

/// Why a stage did not do its work.
public enum StageProblem: PresentableError, Equatable {
    /// A setting is missing; the text says what to set.
    case unconfigured(String)
    /// - Parameter canRetry: whether the same can succeed later without anyone's intervention.
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

public import Leads
import FoundationEssentials
import Values

/// What a run of stages said, as its row holds it.
public struct StageOutput: Sendable, Codable, Equatable {
    /// Of a run of one stage.
    public let isDryRun: Bool?
    /// By what happened: `new`, `enriched`, `calls`…
    public let counts: [String: Int]?
    /// What is worth knowing, a clause each; also a dry run's plan.
    public let notes: [String]?
    /// Of a dry run of the sync: what would be done.
    public let plan: [PlanItem]?
    /// What Airtable's table has for the mapping.
    public let fields: [Field]?
    /// Of a run of all stages: each.
    public let stages: [Stage]?

    public struct Stage: Sendable, Codable, Equatable {
        public let stage: String
        /// `success`, `skipped` or `failed`.
        public let status: ActivityStatus
        public let counts: [String: Int]
        public let notes: [String]
        public let error: String?

        public var summary: String { StageOutput.summary(counts) }
    }

    public struct Field: Sendable, Codable, Equatable {
        public let column: String
        public let name: String
        /// `ok`, `created`, `renamed`, `computed`, `lacks options`, `missing` or `wrong type`.
        public let state: String
        public let type: String?
        /// What to do.
        public let hint: String?
    }

    public struct PlanItem: Sendable, Codable, Equatable {
        /// `create`, `update`, `archive`, `delete`, the same with ` here`, or `conflict`.
        public let action: String
        public let lead: Int64?
        public let record: String?
        public let name: String
        public let changes: [Change]

        public struct Change: Sendable, Codable, Equatable {
            public let column: String
            public let from: String?
            public let to: String?
        }
    }

    /// Nil when it is another task's.
    init?(_ output: JSONValue) {
        let decoder = JSONDecoder()
        // Rows of before have the keys as the code has them.
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let text = StableJSON.text(of: output),
            let read = try? decoder.decode(StageOutput.self, from: Data(text.utf8)),
            read.stages != nil || read.counts != nil && read.notes != nil
        else { return nil }
        self = read
    }

    /// Whether anything was done.
    public var hasDone: Bool { counts?.contains { $0.value > 0 } ?? false }

    /// `new 5, merged 2`.
    public var summary: String { Self.summary(counts ?? [:]) }

    private static func summary(_ counts: [String: Int]) -> String {
        let parts = counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map {
            "\($0.key.replacing("_", with: " ")) \($0.value)"
        }
        return parts.isEmpty ? "nothing to do" : parts.joined(separator: ", ")
    }
}

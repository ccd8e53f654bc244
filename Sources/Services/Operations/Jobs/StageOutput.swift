import FoundationEssentials
public import Leads
import Pipeline
import Values

/// The output of a run of stages, as stored in its row.
public struct StageOutput: Sendable, Codable, Equatable {
    /// True for a dry run of one stage; nil otherwise.
    public let isDryRun: Bool?
    /// Counts by what happened: `new`, `enriched`, `calls`…
    public let counts: [String: Int]?
    /// Remarks, one clause each. A dry run's plan is also here.
    public let notes: [String]?
    /// For a dry run of the sync: what would be done.
    public let plan: [PlanItem]?
    /// What Airtable's table has for the field mapping.
    public let fields: [Field]?
    /// For a run of all stages: the result of each.
    public let stages: [Stage]?

    public struct Stage: Sendable, Codable, Equatable {
        public let stage: String
        /// `success`, `skipped` or `failed`.
        public let status: ActivityStatus
        public let counts: [String: Int]
        public let notes: [String]
        public let error: String?

        public var summary: String { StageReport.summary(of: counts) }
    }

    public struct Field: Sendable, Codable, Equatable {
        public let column: String
        public let name: String
        /// `ok`, `created`, `renamed`, `computed`, `lacks options`, `missing` or `wrong type`.
        public let state: String
        public let type: String?
        /// What to do about it.
        public let hint: String?
    }

    public struct PlanItem: Sendable, Codable, Equatable {
        /// `create`, `update`, `archive`, `delete`, each of these followed by ` here`, or `conflict`.
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

    /// Nil when it is the output of another task.
    init?(_ output: JSONValue) {
        let decoder = JSONDecoder()
        // Older rows have the keys in camel case.
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let text = StableJSON.text(of: output),
            let read = try? decoder.decode(StageOutput.self, from: Data(text.utf8)),
            read.stages != nil || read.counts != nil && read.notes != nil
        else { return nil }
        self = read
    }

    /// Whether anything was done.
    public var hasDone: Bool { counts?.contains { $0.value > 0 } ?? false }

    /// For example `new 5, merged 2`.
    public var summary: String { StageReport.summary(of: counts ?? [:]) }
}

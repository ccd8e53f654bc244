import AirtableSync
import Storage
public import Values

/// The state of the sync with Airtable. It is read from the database; Airtable is not called.
public enum ShowSyncStatus: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// How many of the most recent syncs to list.
        public let entries: Int

        public init(entries: Int) { self.entries = entries }
    }

    public struct Response: Sendable, Codable, Equatable {
        /// What is still to be configured; nil when nothing is missing.
        public let advice: String?
        public let standing: Standing
    }

    public struct Standing: Sendable, Codable, Equatable {
        /// The base and table that the database is in sync with; nil before the first sync.
        public let base: String?
        public let table: String?
        public let lastPull: Timestamp?
        public let lastPush: Timestamp?
        /// When all records were last read.
        public let lastFull: Timestamp?
        /// Changes up to this moment, by Airtable's clock, have been read.
        public let watermark: Timestamp?
        public let usesWebhook: Bool
        public let counts: Counts
        public let callsThisMonth: Int
        /// The limit that the settings set; 0 for none.
        public let monthlyCalls: Int
        /// Airtable reported that the month's calls are used up. It is called again at this moment.
        public let blockedUntil: Timestamp?
        /// Fields that do not match the mapping.
        public let findings: [StageOutput.Field]
        /// Newest first.
        public let log: [Entry]
    }

    /// The number of leads in each state, and of conflicts.
    public struct Counts: Sendable, Codable, Equatable {
        public let linked: Int
        public let pending: Int
        /// Refused by Airtable; will be tried again.
        public let refused: Int
        /// Refused so often that a person has to look at them.
        public let givenUp: Int
        public let conflicts: Int
        /// Further records of leads that already have one.
        public let duplicates: Int
        /// Records that are gone from Airtable, and held.
        public let missing: Int
    }

    /// A past sync.
    public struct Entry: Sendable, Codable, Equatable {
        /// `pull` or `push`.
        public let type: String
        /// `running`, `success`, `partial` (something was refused), `held` (a person has to confirm that so many
        /// deletes are intended), `failed`, `skipped` or `interrupted`.
        public let status: String
        public let processed: Int
        public let created: Int
        public let updated: Int
        public let failed: Int
        public let calls: Int
        public let startedAt: Timestamp
        public let completedAt: Timestamp?
        public let seconds: Double?
        public let error: String?
        /// Remarks, one clause each.
        public let details: [String]
    }

    /// Throws a `ConfigurationProblem` or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.entries, "limit", in: 0...1_000)
        let (loaded, data) = (try await context.configuration(), context.data)
        let standing = try await Blocking.run {
            try data.read().map { Standing(try loaded.sync(over: $0).standing(entries: request.entries)) }
        }
        return Response(
            advice: loaded.syncAdvice, standing: standing ?? .none(monthlyCalls: loaded.airtable.monthlyCalls))
    }
}

extension ShowSyncStatus.Standing {
    /// Before there is a database.
    static func none(monthlyCalls: Int) -> Self {
        .init(
            base: nil, table: nil, lastPull: nil, lastPush: nil, lastFull: nil, watermark: nil, usesWebhook: false,
            counts: .init(linked: 0, pending: 0, refused: 0, givenUp: 0, conflicts: 0, duplicates: 0, missing: 0),
            callsThisMonth: 0, monthlyCalls: monthlyCalls, blockedUntil: nil, findings: [], log: [])
    }

    init(_ standing: SyncStanding) {
        let counts = standing.counts
        self.init(
            base: standing.base, table: standing.table, lastPull: standing.lastPull, lastPush: standing.lastPush,
            lastFull: standing.lastFull, watermark: standing.watermark, usesWebhook: standing.usesWebhook,
            counts: .init(
                linked: counts.linked, pending: counts.pending, refused: counts.refused, givenUp: counts.givenUp,
                conflicts: counts.conflicts, duplicates: counts.duplicates, missing: counts.missing),
            callsThisMonth: standing.callsThisMonth, monthlyCalls: standing.monthlyCalls,
            blockedUntil: standing.blockedUntil,
            findings: standing.findings.map {
                .init(column: $0.column, name: $0.name, state: $0.state.rawValue, type: $0.type, hint: $0.hint)
            },
            log: standing.log.map {
                .init(
                    type: $0.type, status: $0.status, processed: $0.processed, created: $0.created,
                    updated: $0.updated, failed: $0.failed, calls: $0.calls, startedAt: $0.startedAt,
                    completedAt: $0.completedAt, seconds: $0.seconds, error: $0.error, details: $0.details)
            })
    }
}

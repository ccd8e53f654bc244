import Leads
public import Storage
public import Values

/// The state of the sync, from the database alone: no call is made.
public struct SyncStanding: Sendable, Codable, Equatable {
    /// The base that the database is in sync with; nil before the first sync.
    public let base: String?
    public let table: String?
    public let lastPull: Timestamp?
    public let lastPush: Timestamp?
    /// When all records were last read.
    public let lastFull: Timestamp?
    /// Changes up to this time, by Airtable's clock, have been read.
    public let watermark: Timestamp?
    public let usesWebhook: Bool
    public let counts: SyncQueries.Counts
    public let callsThisMonth: Int
    /// 0 means that we set no limit of our own.
    public let monthlyCalls: Int
    /// Airtable said that the month's calls are used up. It is asked again at this time.
    public let blockedUntil: Timestamp?
    /// Fields that are not as the mapping needs them.
    public let findings: [FieldFinding]
    /// Newest first.
    public let log: [SyncQueries.Entry]
}

extension AirtableSync {
    /// - Parameter entries: how many rows of the log to include.
    public func standing(entries: Int) throws -> SyncStanding {
        let state = SyncState(try store.sync.state())
        let day = runtime.now.day
        return SyncStanding(
            base: state.base, table: state.table, lastPull: state.pulledAt, lastPush: state.pushedAt,
            lastFull: state.fullAt, watermark: state.watermark, usesWebhook: state.webhook != nil,
            counts: try store.sync.counts(),
            callsThisMonth: try store.calls.counts(from: "\(day.prefix(8))01", through: day)[AirtableClient.service]
                ?? 0,
            monthlyCalls: settings.monthlyCalls, blockedUntil: state.blockedUntil,
            findings: (state.fields?.findings ?? []).filter { $0.state != .ok },
            log: try store.sync.log(limit: entries))
    }
}

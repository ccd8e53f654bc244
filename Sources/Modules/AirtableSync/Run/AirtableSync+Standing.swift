import Leads
public import Storage
public import Values

/// How the sync stands, from what is written down: no call is made for it.
public struct SyncStanding: Sendable, Codable, Equatable {
    /// What the database is in step with; nil before the first sync.
    public let base: String?
    public let table: String?
    public let lastPull: Timestamp?
    public let lastPush: Timestamp?
    /// When all records were last read.
    public let lastFull: Timestamp?
    /// Changes up to here, by Airtable's clock, were read.
    public let watermark: Timestamp?
    public let usesWebhook: Bool
    public let counts: SyncQueries.Counts
    public let callsThisMonth: Int
    /// 0 for no limit of our own.
    public let monthlyCalls: Int
    /// Airtable said that the month is spent; it is asked again then.
    public let blockedUntil: Timestamp?
    /// Fields that are not as the mapping wants them.
    public let findings: [FieldFinding]
    /// The newest first.
    public let log: [SyncQueries.Entry]
}

extension AirtableSync {
    /// - Parameter entries: how many rows of the log.
    public func standing(entries: Int) throws -> SyncStanding {
        let state = SyncState(try store.sync.state())
        let day = String(runtime.now.description.prefix(10))
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

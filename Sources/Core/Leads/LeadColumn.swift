public import Values

/// A column of a lead in lists and exports, named like the database column.
public struct LeadColumn: Sendable {
    /// The value of a column.
    public enum Value: Sendable, Equatable, Encodable {
        case text(String)
        case number(Int64)
        case flag(Bool)
        case time(Timestamp)
        case none

        init(_ text: String?) { self = text.map { .text($0) } ?? .none }
        init(_ moment: Timestamp?) { self = moment.map { .time($0) } ?? .none }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .flag(let value): try container.encode(value)
            case .time(let value): try container.encode(value)
            case .none: try container.encodeNil()
            }
        }
    }

    public let name: String
    /// The second argument is the subject of the lead's message; nil if it has none.
    private let read: @Sendable (Lead, String?) -> Value

    private init(_ name: String, _ read: @escaping @Sendable (Lead, String?) -> Value) {
        self.name = name
        self.read = read
    }

    /// - Parameter subject: the subject of the lead's message; nil if it has none.
    public func value(of lead: Lead, subject: String?) -> Value { read(lead, subject) }

    /// All columns, in the order in which they are shown.
    public static let all: [LeadColumn] =
        [
            LeadColumn("id") { lead, _ in .number(lead.id) },
            LeadColumn("uuid") { lead, _ in .text(lead.uuid) },
        ]
        + LeadField.allCases.map { field in LeadColumn(field.rawValue) { lead, _ in Value(lead.fields[field]) } }
        + [
            LeadColumn("status") { lead, _ in .text(lead.status.rawValue) },
            LeadColumn("pipeline_stage") { lead, _ in .text(lead.processing.rawValue) },
            LeadColumn("message_subject") { lead, subject in Value(lead.message == nil ? nil : subject) },
            LeadColumn("ai_message") { lead, _ in Value(lead.message) },
            LeadColumn("verified") { lead, _ in .flag(lead.isVerified) },
            LeadColumn("enriched") { lead, _ in .flag(lead.isEnriched) },
            LeadColumn("needs_enrichment") { lead, _ in .flag(lead.needsEnrichment) },
            LeadColumn("ready_for_outreach") { lead, _ in .flag(lead.isReady) },
            LeadColumn("source") { lead, _ in Value(lead.source) },
            LeadColumn("scraped_at") { lead, _ in Value(lead.scrapedAt) },
            LeadColumn("enriched_at") { lead, _ in Value(lead.enrichedAt) },
            LeadColumn("created_at") { lead, _ in Value(lead.createdAt) },
            LeadColumn("updated_at") { lead, _ in Value(lead.updatedAt) },
            LeadColumn("airtable_id") { lead, _ in Value(lead.airtableID) },
            LeadColumn("last_synced_at") { lead, _ in Value(lead.lastSyncedAt) },
            LeadColumn("sync_pending") { lead, _ in .flag(lead.isSyncPending) },
            LeadColumn("sync_error") { lead, _ in Value(lead.syncError) },
            LeadColumn("opted_out_at") { lead, _ in Value(lead.optOut?.at) },
            LeadColumn("opted_out_by") { lead, _ in Value(lead.optOut?.by.rawValue) },
            LeadColumn("opted_out_how") { lead, _ in Value(lead.optOut?.how) },
            LeadColumn("deleted_at") { lead, _ in Value(lead.deletedAt) },
        ]
}

import FoundationEssentials
public import Leads
public import Storage
import Values

/// Leads as other programs read them.
public struct LeadExport: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        case csv
        case json
        /// An object a line.
        case jsonl
    }

    /// The columns, in order.
    static let columns =
        ["id", "uuid"] + LeadField.allCases.map(\.rawValue) + [
            "status", "pipeline_stage", "message_subject", "ai_message", "verified", "enriched", "needs_enrichment",
            "ready_for_outreach",
            "source", "scraped_at", "enriched_at", "created_at", "updated_at", "airtable_id", "last_synced_at",
            "sync_pending", "sync_error", "deleted_at",
        ]

    private let store: Store
    private let format: Format

    public init(store: Store, format: Format) {
        self.store = store
        self.format = format
    }

    /// Hands all leads over piece by piece, in the order of their numbers; answers how many there were. Memory does not grow
    /// with them.
    ///
    /// - Parameter isWanted: which of them.
    public func write(
        withRemoved: Bool, isWanted: (Lead) -> Bool = { _ in true }, to sink: (String) throws -> Void
    ) throws -> Int {
        var count = 0
        var last: Int64 = 0
        if format == .csv { try sink(LeadExport.columns.joined(separator: ",") + "\r\n") }
        if format == .json { try sink("[") }
        while case let page = try store.leads.page(after: last, limit: 500, withRemoved: withRemoved),
            let end = page.last
        {
            last = end.id
            var text = ""
            let subjects = try store.stages.subjects(of: page.map(\.id))
            for lead in page where isWanted(lead) {
                let values = LeadExport.values(of: lead, subject: subjects[lead.id])
                switch format {
                case .csv: text += values.map { LeadExport.cell($0.1) }.joined(separator: ",") + "\r\n"
                case .json: text += (count == 0 ? "\n" : ",\n") + LeadExport.object(values)
                case .jsonl: text += LeadExport.object(values) + "\n"
                }
                count += 1
            }
            try sink(text)
        }
        if format == .json { try sink(count == 0 ? "]\n" : "\n]\n") }
        return count
    }

    /// A lead as JSON, with the names of the database's columns.
    ///
    /// - Parameter subject: of its message; nil when it has none.
    public static func json(_ lead: Lead, subject: String?) -> String { object(values(of: lead, subject: subject)) }

    static func values(of lead: Lead, subject: String?) -> [(String, Value)] {
        func time(_ moment: Timestamp?) -> Value { moment.map { .text($0.description) } ?? .none }
        func text(_ text: String?) -> Value { text.map { .text($0) } ?? .none }
        var values: [Value] = [.number(lead.id), .text(lead.uuid)]
        values += LeadField.allCases.map { text(lead.fields[$0]) }
        values += [
            .text(lead.status.rawValue), .text(lead.stage.rawValue), text(lead.message == nil ? nil : subject),
            text(lead.message), .flag(lead.isVerified),
            .flag(lead.isEnriched), .flag(lead.needsEnrichment), .flag(lead.isReady), text(lead.source),
            time(lead.scrapedAt), time(lead.enrichedAt), time(lead.createdAt), time(lead.updatedAt),
            text(lead.airtableID), time(lead.lastSyncedAt), .flag(lead.isSyncPending), text(lead.syncError),
            time(lead.deletedAt),
        ]
        return Array(zip(columns, values))
    }

    enum Value: Encodable {
        case text(String), number(Int64), flag(Bool), none

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .flag(let value): try container.encode(value)
            case .none: try container.encodeNil()
            }
        }
    }

    private static func object(_ values: [(String, Value)]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        func json(_ value: some Encodable) -> String {
            (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
        }
        return "{\(values.map { "\(json($0.0)):\(json($0.1))" }.joined(separator: ","))}"
    }

    /// Begins with a sign and is no number: a telephone number stays as it is.
    private static func isSigned(_ text: String) -> Bool {
        guard text.hasPrefix("+") || text.hasPrefix("-") else { return false }
        return !text.dropFirst().allSatisfy { $0.isNumber || " .ext".contains($0) }
    }

    /// RFC 4180. What a spreadsheet would take for a formula is marked as text: web pages can hold what runs commands there.
    private static func cell(_ value: Value) -> String {
        switch value {
        case .none: return ""
        case .number(let number): return "\(number)"
        case .flag(let flag): return flag ? "1" : "0"
        case .text(var text):
            if let first = text.first, "=@\t\r".contains(first) || isSigned(text) { text = "'" + text }
            guard text.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return text }
            return "\"\(text.replacing("\"", with: "\"\""))\""
        }
    }
}

import FoundationEssentials
public import Leads
import Values

/// A property of a lead that can be stored in an Airtable field. Its name is the one in the database and the mapping
/// file.
public struct SyncColumn: RawRepresentable, Hashable, Sendable, Codable, CodingKeyRepresentable {
    public let rawValue: String
    /// The lead's data field; nil for a column that the program maintains.
    let leadField: LeadField?

    /// Returns nil if there is no such column.
    public init?(rawValue: String) {
        guard let column = Self.byName[rawValue] else { return nil }
        self = column
    }

    private init(_ name: String, _ leadField: LeadField? = nil) {
        rawValue = name
        self.leadField = leadField
    }

    public init(_ field: LeadField) { self.init(field.rawValue, field) }

    public static let uuid = SyncColumn("uuid")
    public static let status = SyncColumn("status")
    /// The person does not want to be written to. Not mapped by default, since the status says it, too.
    public static let optedOut = SyncColumn("opted_out")
    public static let message = SyncColumn("ai_message")
    public static let verified = SyncColumn("verified")
    public static let enriched = SyncColumn("enriched")
    public static let needsEnrichment = SyncColumn("needs_enrichment")
    public static let source = SyncColumn("source")
    public static let scrapedAt = SyncColumn("scraped_at")
    public static let enrichedAt = SyncColumn("enriched_at")
    /// The lead was deleted here.
    public static let archived = SyncColumn("archived")
    // These are sent along with data. They never cause a write, and they are not compared.
    public static let lastSync = SyncColumn("last_sync")
    public static let syncStatus = SyncColumn("sync_status")
    public static let syncError = SyncColumn("sync_error")

    public static let fullName = SyncColumn(.fullName)
    public static let firstName = SyncColumn(.firstName)
    public static let lastName = SyncColumn(.lastName)

    /// In the order in which they are listed.
    public static let allCases: [SyncColumn] =
        [.uuid] + LeadField.allCases.map { SyncColumn($0) } + [
            .status, .optedOut, .message, .verified, .enriched, .needsEnrichment, .source, .scrapedAt, .enrichedAt,
            .archived,
            .lastSync, .syncStatus, .syncError,
        ]

    private static let byName = Dictionary(allCases.map { ($0.rawValue, $0) }) { first, _ in first }

    var isStamp: Bool { [.lastSync, .syncStatus, .syncError].contains(self) }

    /// The default name of the field in Airtable; nil for a column that is not mapped by default.
    var standardName: String? {
        if let leadField { return leadField.description.label }
        return switch self {
        case .status: "Status"
        case .message: "AI Message"
        case .verified: "Verified"
        case .enriched: "Enriched"
        case .needsEnrichment: "Needs Enrichment"
        case .source: "Source"
        case .scrapedAt: "Scraped At"
        case .enrichedAt: "Enriched At"
        case .archived: "Archived"
        case .lastSync: "Last Sync"
        case .syncStatus: "Sync Status"
        case .syncError: "Sync Error"
        default: nil
        }
    }

    /// Whether a value in Airtable can be taken over here.
    var canPull: Bool {
        leadField != nil || [.status, .optedOut, .message, .verified, .needsEnrichment, .archived].contains(self)
    }

    var standardDirection: FieldDirection {
        leadField != nil || [.status, .optedOut, .message, .archived].contains(self) ? .both : .push
    }

    var standardConversion: CellConversion {
        switch self {
        case .optedOut, .verified, .enriched, .needsEnrichment, .archived: .checkbox
        case .scrapedAt, .enrichedAt, .lastSync: .dateTime
        default: .text
        }
    }

    /// The lead's value as text; nil if it is empty or false. Times are in whole seconds, as in Airtable.
    func value(of lead: Lead) -> String? {
        if let leadField { return lead.fields[leadField] }
        func flag(_ value: Bool) -> String? { value ? "true" : nil }
        return switch self {
        case .uuid: lead.uuid
        case .status: lead.status.rawValue
        // Editors differ in line endings and trailing space, so both are normalised.
        case .message: lead.message?.replacing("\r\n", with: "\n").trimmedEnd.nonEmpty
        case .optedOut: flag(lead.optOut != nil)
        case .verified: flag(lead.isVerified)
        case .enriched: flag(lead.isEnriched)
        case .needsEnrichment: flag(lead.needsEnrichment)
        case .source: lead.source
        case .scrapedAt: lead.scrapedAt?.wholeSecondText
        case .enrichedAt: lead.enrichedAt?.wholeSecondText
        case .archived: flag(lead.deletedAt != nil)
        default: nil
        }
    }
}

extension Timestamp {
    /// `2026-11-21T14:00:00Z`
    var wholeSecondText: String {
        String(Timestamp(seconds: seconds).description.prefix(19)).replacing(" ", with: "T") + "Z"
    }
}

extension String {
    var trimmedEnd: String {
        var copy = self[...]
        while copy.last?.isWhitespace == true { copy.removeLast() }
        return String(copy)
    }
}

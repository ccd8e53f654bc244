import FoundationEssentials
import Leads
import Values

/// What of a lead can stand in a field of Airtable, by the names of the database and of the mapping file.
public enum SyncColumn: String, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case uuid
    case fullName = "full_name"
    case firstName = "first_name"
    case lastName = "last_name"
    case title
    case company
    case email
    case phone
    case linkedInURL = "linkedin_url"
    case website
    case location
    case industry
    case companySize = "company_size"
    case status
    case message = "ai_message"
    case verified
    case enriched
    case needsEnrichment = "needs_enrichment"
    case source
    case scrapedAt = "scraped_at"
    case enrichedAt = "enriched_at"
    /// The lead was deleted here.
    case archived
    // The following ride on writes of data, never cause one, and are not compared.
    case lastSync = "last_sync"
    case syncStatus = "sync_status"
    case syncError = "sync_error"

    /// The field of people's data that it is; nil for what the machine keeps.
    var leadField: LeadField? { LeadField(rawValue: rawValue) }

    var isStamp: Bool { [.lastSync, .syncStatus, .syncError].contains(self) }

    /// Whether what stands in Airtable can become ours.
    var canPull: Bool {
        leadField != nil || [.status, .message, .verified, .needsEnrichment, .archived].contains(self)
    }

    var standardDirection: FieldDirection {
        leadField != nil || [.status, .message, .archived].contains(self) ? .both : .push
    }

    var standardConversion: CellConversion {
        switch self {
        case .verified, .enriched, .needsEnrichment, .archived: .checkbox
        case .scrapedAt, .enrichedAt, .lastSync: .dateTime
        default: .text
        }
    }

    /// The lead's value as a text; nil for an empty one, and for false. Times are to the second, as Airtable keeps them.
    func value(of lead: Lead) -> String? {
        if let leadField { return lead.fields[leadField] }
        func flag(_ value: Bool) -> String? { value ? "true" : nil }
        return switch self {
        case .uuid: lead.uuid
        case .status: lead.status.rawValue
        // Ends of lines and of the text are nothing that two editors agree on.
        case .message: lead.message?.replacing("\r\n", with: "\n").trimmedEnd.nonEmpty
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

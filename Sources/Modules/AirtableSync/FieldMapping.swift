public import AppConfiguration
import FoundationEssentials
import Leads
import Values

/// Which column of ours is which field of Airtable's: `config/airtable-fields.yaml`.
public struct FieldMapping: Sendable, Equatable {
    /// The text field that holds our uuid, on which records are matched.
    public let key: String
    /// By column, the field's name.
    public let fields: [String: String]

    /// The columns that can be sent.
    public static let columns =
        LeadField.allCases.map(\.rawValue) + [
            "ai_message", "status", "verified", "enriched", "needs_enrichment", "source", "scraped_at", "enriched_at",
        ]

    public static let standard = FieldMapping(
        key: "4Runr ID",
        fields: [
            "full_name": "Full Name", "email": "Email", "company": "Company", "website": "Website",
            "linkedin_url": "LinkedIn URL", "phone": "Phone", "title": "Title", "location": "Location",
            "industry": "Industry", "company_size": "Company Size", "verified": "Verified", "enriched": "Enriched",
            "needs_enrichment": "Needs Enrichment", "status": "Status", "ai_message": "AI Message", "source": "Source",
            "scraped_at": "Scraped At", "enriched_at": "Enriched At",
        ])

    public init(key: String, fields: [String: String]) {
        self.key = key
        self.fields = fields
    }

    /// Reads the file; what is wrong with it goes to `diagnostics`, and the standard takes its place. No file is the
    /// standard, too.
    public static func load(_ path: String, diagnostics: Diagnostics) -> FieldMapping {
        guard FileManager.default.fileExists(atPath: path) else { return standard }
        let value: YAMLValue?
        do throws(ConfigurationProblem) { value = try YAMLValue.load(path) } catch {
            error.diagnostics.forEach(diagnostics.add)
            return standard
        }
        guard let value, let mapping = YAMLMapping(value, called: "the mapping", diagnostics: diagnostics) else {
            return standard
        }
        let key = mapping.string("key") ?? standard.key
        var fields: [String: String] = [:]
        var seen: [String: String] = [:]
        if let inner = mapping.mapping("fields") {
            for column in FieldMapping.columns where inner.has(column) {
                guard let name = inner.string(column) else { continue }
                if let other = seen[name] ?? (name == key ? "the key" : nil) {
                    diagnostics.error(
                        at: inner.position(of: column), "\"\(name)\" is the field of \(other) already",
                        hint: "each field takes one column")
                }
                seen[name] = column
                fields[column] = name
            }
            inner.reportUnknownKeys(in: "fields")
        } else {
            fields = standard.fields
        }
        mapping.reportUnknownKeys(in: "the mapping")
        return FieldMapping(key: key, fields: fields)
    }

    /// A lead's cells by field name, without the key; nil for an empty one. Airtable keeps times to the second, and no
    /// false.
    func cells(of lead: Lead) -> [String: Cell?] {
        var cells: [String: Cell?] = [:]
        for (column, name) in fields { cells.updateValue(cell(column, of: lead), forKey: name) }
        return cells
    }

    private func cell(_ column: String, of lead: Lead) -> Cell? {
        if let field = LeadField(rawValue: column) { return lead.fields[field].map { .text($0) } }
        func time(_ moment: Timestamp?) -> Cell? {
            moment.map { .text(Timestamp(seconds: $0.seconds).description.replacing(" ", with: "T") + "Z") }
        }
        return switch column {
        case "ai_message": lead.message.map { .text($0) }
        case "status": .text(lead.status.rawValue)
        case "verified": lead.isVerified ? .flag(true) : nil
        case "enriched": lead.isEnriched ? .flag(true) : nil
        case "needs_enrichment": lead.needsEnrichment ? .flag(true) : nil
        case "source": lead.source.map { .text($0) }
        case "scraped_at": time(lead.scrapedAt)
        case "enriched_at": time(lead.enrichedAt)
        default: nil
        }
    }
}

/// A cell of Airtable's as JSON has it; of kinds that are not sent only the text is kept.
public enum Cell: Sendable, Equatable, Codable {
    case text(String)
    case flag(Bool)
    case other

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Double.self) {
            self = .text("\(value)")
        } else {
            self = .other
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let value): try container.encode(value)
        case .flag(let value): try container.encode(value)
        case .other: try container.encodeNil()
        }
    }
}

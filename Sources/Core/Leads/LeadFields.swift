/// What is known of a person, by the names of the database's columns.
public enum LeadField: String, CaseIterable, Codable, Sendable, CodingKeyRepresentable {
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

    /// Fields without which a lead is not complete: `needs_enrichment` is true while one of them is empty.
    public static let wanted: [LeadField] = [.title, .company, .email, .website, .industry, .companySize]
}

/// The fields of a lead; none is an empty text.
public struct LeadFields: Sendable, Equatable {
    private var values: [LeadField: String]

    public init(_ values: [LeadField: String] = [:]) { self.values = values.filter { !$0.value.isEmpty } }

    public subscript(field: LeadField) -> String? {
        get { values[field] }
        set { values[field] = newValue?.isEmpty == true ? nil : newValue }
    }

    public var isEmpty: Bool { values.isEmpty }
    /// In the order of the columns.
    public var present: [LeadField] { LeadField.allCases.filter { values[$0] != nil } }
    public var missing: [LeadField] { LeadField.wanted.filter { values[$0] == nil } }

    /// A lead that can be reached or told apart: an email, a profile, a phone, or a name with a company.
    public var isEnough: Bool {
        self[.email] != nil || self[.linkedInURL] != nil || self[.phone] != nil
            || (self[.fullName] != nil && self[.company] != nil)
    }

    /// The fields in which `other` differs, with `other`'s values.
    public func changes(to other: LeadFields) -> [LeadField: String?] {
        var changes: [LeadField: String?] = [:]
        for field in LeadField.allCases where self[field] != other[field] {
            changes.updateValue(other[field], forKey: field)
        }
        return changes
    }
}

extension LeadFields: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try [LeadField: String](from: decoder))
    }

    public func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}

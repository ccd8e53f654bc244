import Values

/// What is known about a person, named like the database columns.
///
/// Each field is described only here. Cleaning, files, Airtable, exports and storage use these descriptions.
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

    /// What a value must be.
    public enum Kind: Sendable {
        /// A person's name, or a part of it.
        case name
        case title
        case company
        case email
        case phone
        /// The web address of a person's profile.
        case profile
        case website
        /// Any text.
        case text
    }

    /// The properties of a field.
    public struct Description: Sendable {
        /// The field's name for people, and the default name of its field in Airtable; nil for a field that is not
        /// mapped by default.
        public let label: String?
        public let kind: Kind
        /// Whether a lead is incomplete without it.
        public let isWanted: Bool
        /// Other names of file columns that hold the field, folded, most trusted first. The field's own name comes before
        /// them.
        public let headings: [String]

        init(_ label: String?, _ kind: Kind, isWanted: Bool = false, headings: [String]) {
            self.label = label
            self.kind = kind
            self.isWanted = isWanted
            self.headings = headings
        }
    }

    public var description: Description {
        switch self {
        case .fullName:
            Description(
                "Full Name", .name,
                headings: [
                    "name", "contact name", "contact", "person", "lead name", "lead", "display name", "full names",
                ])
        case .firstName:
            Description(
                nil, .name, headings: ["first", "given name", "forename", "contact first name", "vorname", "prenom"])
        case .lastName:
            Description(
                nil, .name, headings: ["last", "surname", "family name", "contact last name", "nachname", "nom"])
        case .title:
            Description(
                "Title", .title, isWanted: true,
                headings: [
                    "job title", "position", "role", "headline", "occupation", "function", "job", "titel", "poste",
                ])
        case .company:
            Description(
                "Company", .company, isWanted: true,
                headings: [
                    "company name", "organization", "organisation", "account", "account name", "employer",
                    "current company", "organization name", "firma", "entreprise", "societe",
                ])
        case .email:
            Description(
                "Email", .email, isWanted: true,
                headings: [
                    "email address", "work email", "business email", "e mail", "e mail address", "primary email",
                    "mail",
                    "contact email", "courriel", "emails",
                ])
        case .phone:
            Description(
                "Phone", .phone,
                headings: [
                    "phone number", "telephone", "mobile", "mobile phone", "work phone", "direct phone", "tel", "cell",
                    "business phone", "phone 1", "telefon",
                ])
        case .linkedInURL:
            Description(
                "LinkedIn URL", .profile,
                headings: [
                    "linkedin", "linkedin profile", "linkedin profile url", "person linkedin url", "linked in",
                    "profile url", "linkedin link",
                ])
        case .website:
            Description(
                "Website", .website, isWanted: true,
                headings: ["company website", "web site", "url", "site", "domain", "company domain", "homepage", "web"])
        case .location:
            Description(
                "Location", .text, headings: ["city", "address", "region", "country", "state", "place", "ort", "ville"])
        case .industry:
            Description(
                "Industry", .text, isWanted: true, headings: ["company industry", "sector", "branche", "secteur"])
        case .companySize:
            Description(
                "Company Size", .text, isWanted: true,
                headings: [
                    "employees", "number of employees", "headcount", "company headcount", "size", "employee count",
                ])
        }
    }

    /// Fields that a complete lead needs. `needs_enrichment` is true while one of them is empty.
    public static let wanted: [LeadField] = allCases.filter(\.description.isWanted)
}

/// The fields of a lead. Setting an empty text removes the value.
public struct LeadFields: Sendable, Equatable {
    private var values: [LeadField: String]

    public init(_ values: [LeadField: String] = [:]) { self.values = values.filter { !$0.value.isEmpty } }

    public subscript(field: LeadField) -> String? {
        get { values[field] }
        set { values[field] = newValue?.isEmpty == true ? nil : newValue }
    }

    public var isEmpty: Bool { values.isEmpty }
    /// The fields that have a value, in the order of the columns.
    public var present: [LeadField] { LeadField.allCases.filter { values[$0] != nil } }
    public var missing: [LeadField] { LeadField.wanted.filter { values[$0] == nil } }

    /// Whether the lead can be reached or identified: it has an email, a profile, a phone, or a name with a company.
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

extension LeadFields {
    /// The fields as JSON, with the names of the database's columns.
    public var json: String {
        StableJSON.text(ofTexts: Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })) ?? "{}"
    }
}

extension LeadFields: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try [LeadField: String](from: decoder))
    }

    public func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}

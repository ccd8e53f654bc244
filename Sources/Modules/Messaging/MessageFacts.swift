public import Leads
import Values

/// What a message may be made of: what is known of the person, and of who writes.
public struct MessageFacts: Sendable, Equatable {
    /// By the names that templates use, in the order in which a model is told them.
    public let values: [(name: String, value: String)]

    public static func == (left: MessageFacts, right: MessageFacts) -> Bool {
        left.values.elementsEqual(right.values) { $0 == $1 }
    }

    /// - Parameter description: the company's own words about itself.
    public init(_ lead: Lead, description: String?, settings: MessagingSettings) {
        let fields = lead.fields
        let name = fields[.fullName].flatMap { PersonName(parsing: $0) }
        let all: [(String, String?)] = [
            ("first_name", name.flatMap { $0.nicknames.first ?? $0.given.nonEmpty }), ("last_name", name?.family),
            ("full_name", fields[.fullName]), ("title", fields[.title]), ("company", fields[.company]),
            ("industry", fields[.industry]), ("company_size", fields[.companySize]), ("location", fields[.location]),
            ("company_description", description), ("sender_name", settings.senderName),
            ("sender_company", settings.senderCompany), ("offer", settings.offer),
        ]
        values = all.compactMap { name, value in value?.tidied(limit: 500).nonEmpty.map { (name, $0) } }
    }

    public subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    /// The names that there can be.
    public static let names = [
        "first_name", "last_name", "full_name", "title", "company", "industry", "company_size", "location",
        "company_description", "sender_name", "sender_company", "offer",
    ]

    /// What is missing for a message that is about the person; nil when nothing is.
    public var gap: String? {
        if self["first_name"] == nil { return "no name is known" }
        if self["company"] == nil && self["title"] == nil { return "neither company nor title is known" }
        return nil
    }
}

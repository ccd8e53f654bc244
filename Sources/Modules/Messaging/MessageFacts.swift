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
        let person = [
            name.flatMap { $0.nicknames.first ?? $0.given.nonEmpty }, name?.family, fields[.fullName], fields[.title],
            fields[.company], fields[.industry], fields[.companySize], fields[.location], description,
        ]
        self.init(zip(Self.namesOfPerson, person) + Self.sender(settings))
    }

    /// What is known before anybody is: who writes.
    init(settings: MessagingSettings) { self.init(Self.sender(settings)) }

    private init(_ all: [(String, String?)]) {
        values = all.compactMap { name, value in value?.tidied(limit: 500).nonEmpty.map { (name, $0) } }
    }

    private static func sender(_ settings: MessagingSettings) -> [(String, String?)] {
        Array(zip(namesOfSender, [settings.senderName, settings.senderCompany, settings.offer]))
    }

    public subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    private static let namesOfPerson = [
        "first_name", "last_name", "full_name", "title", "company", "industry", "company_size", "location",
        "company_description",
    ]
    static let namesOfSender = ["sender_name", "sender_company", "offer"]

    /// The names that there can be.
    public static let names = namesOfPerson + namesOfSender

    /// What is missing for a message that is about the person; nil when nothing is.
    public var gap: String? {
        if self["first_name"] == nil { return "no name is known" }
        if self["company"] == nil && self["title"] == nil { return "neither company nor title is known" }
        return nil
    }
}

public import Leads
import Values

/// The facts that a message may use: what is known about the person and about the sender.
public struct MessageFacts: Sendable, Equatable {
    /// In the order in which they are given to a model, with the names that templates use.
    public let values: [(name: String, value: String)]

    public static func == (left: MessageFacts, right: MessageFacts) -> Bool {
        left.values.elementsEqual(right.values) { $0 == $1 }
    }

    /// - Parameter description: the company's description of itself.
    public init(_ lead: Lead, description: String?, sender: Sender) {
        self.init(Self.person.map { ($0.name, $0.value(lead, description)) } + Self.facts(of: sender))
    }

    /// The facts about the sender alone, before a lead is known.
    init(sender: Sender) { self.init(Self.facts(of: sender)) }

    init(_ all: [(String, String?)]) {
        values = all.compactMap { name, value in value?.tidied(limit: 500).nonEmpty.map { (name, $0) } }
    }

    /// The facts without those that give orders to whoever reads them, such as a web page made for a model to obey, and
    /// the names of those that were left out.
    public var withoutOrders: (facts: MessageFacts, left: [String]) {
        let left = values.filter { name, value in
            !Self.namesOfSender.contains(name) && GatePhrases.givesOrders(value)
        }.map(\.name)
        guard !left.isEmpty else { return (self, []) }
        return (MessageFacts(values.filter { !left.contains($0.name) }.map { ($0.name, $0.value) }), left)
    }

    /// Names of facts whose text is from a web page, and not from the team.
    static let namesFromPages: Set<String> = ["company_description"]

    private static func facts(of sender: Sender) -> [(String, String?)] {
        senderFacts.map { ($0.name, $0.value(sender)) }
    }

    public subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    private typealias PersonFact = (name: String, value: @Sendable (Lead, String?) -> String?)

    /// The facts about the person. The second argument is the company's description.
    private static let person: [PersonFact] = {
        var facts: [PersonFact] = []
        facts.append(("first_name", { lead, _ in givenName(of: lead) }))
        facts.append(("last_name", { lead, _ in name(of: lead)?.family }))
        for field in [LeadField.fullName, .title, .company, .industry, .companySize, .location] {
            facts.append((field.rawValue, { lead, _ in lead.fields[field] }))
        }
        facts.append(("company_description", { _, description in description }))
        return facts
    }()

    private static func name(of lead: Lead) -> PersonName? {
        lead.fields[.fullName].flatMap { PersonName(parsing: $0) }
    }

    /// The name by which to address the person: a nickname if there is one, otherwise the given name.
    private static func givenName(of lead: Lead) -> String? {
        name(of: lead).flatMap { $0.nicknames.first ?? $0.given.nonEmpty }
    }

    private static let senderFacts: [(name: String, value: @Sendable (Sender) -> String?)] = [
        ("sender_name", { $0.name }), ("sender_company", { $0.company }), ("offer", { $0.offer }),
    ]

    static let namesOfSender = senderFacts.map(\.name)

    /// The names of all possible facts.
    public static let names = person.map(\.name) + namesOfSender

    /// What is missing for a message about the person; nil when nothing is.
    public var gap: String? {
        if self["first_name"] == nil { return "no name is known" }
        if self["company"] == nil && self["title"] == nil { return "neither company nor title is known" }
        return nil
    }
}

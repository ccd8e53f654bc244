import FoundationEssentials
import Leads
import Values

/// The members of a JSON object that came with a request. Each is taken once; what is left at the end is an error.
struct Members {
    private var values: [String: JSONValue]
    private var known: [String] = []
    private var problems: [APIProblem.Field] = []

    /// No request needs more, and each level costs.
    private static let depthLimit = 32

    /// Throws 400 when the bytes are not a JSON object.
    init(parsing bytes: [UInt8]) throws(APIProblem) {
        let scan = JSONScan(bytes)
        guard scan.depth <= Self.depthLimit else {
            throw APIProblem(400, "the body is nested more than \(Self.depthLimit) deep")
        }
        guard let text = String(validating: bytes, as: UTF8.self), let value = StableJSON.decode(JSONValue.self, text)
        else { throw APIProblem(400, "the body is not JSON") }
        guard case .object(let members) = value else {
            throw APIProblem(400, "the body must be a JSON object, like {\"name\": \"value\"}")
        }
        if let problem = scan.problem { throw APIProblem(400, problem) }
        values = members
    }

    init(_ values: [String: JSONValue]) { self.values = values }

    /// Takes a member. Nil if it is not there.
    mutating func take(_ name: String) -> JSONValue? {
        known.append(name)
        return values.removeValue(forKey: name)
    }

    /// The first thing that is wrong with a member is said.
    mutating func refuse(_ name: String, _ message: String) {
        guard !problems.contains(where: { $0.field == name }) else { return }
        problems.append(APIProblem.Field(field: name, message: message))
    }

    /// A text; nil if it is not there or null.
    mutating func text(_ name: String, limit: Int = 10_000) -> String? {
        switch take(name) {
        case nil, .null: return nil
        case .text(let text):
            if text.unicodeScalars.count > limit { refuse(name, "is longer than \(limit) characters") }
            if text.utf8.contains(0) { refuse(name, "contains a null character") }
            return text
        default:
            refuse(name, "must be a text")
            return nil
        }
    }

    mutating func requiredText(_ name: String, limit: Int = 10_000) -> String {
        let before = problems.count
        let text = text(name, limit: limit)
        if text == nil, problems.count == before { refuse(name, "is required") }
        return text ?? ""
    }

    mutating func flag(_ name: String) -> Bool? {
        switch take(name) {
        case nil, .null: return nil
        case .bool(let value): return value
        default:
            refuse(name, "must be true or false")
            return nil
        }
    }

    mutating func int(_ name: String, in range: ClosedRange<Int>) -> Int? {
        switch take(name) {
        case nil, .null: return nil
        case .number(let value):
            guard let number = Int(exactly: value), range.contains(number) else {
                refuse(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
                return nil
            }
            return number
        default:
            refuse(name, "must be a number")
            return nil
        }
    }

    mutating func moment(_ name: String) -> Timestamp? {
        guard let text = text(name, limit: 40) else { return nil }
        guard let moment = Timestamp(rfc3339: text) else {
            refuse(name, "must be a time in UTC, like 2026-03-08T06:00:00Z")
            return nil
        }
        return moment
    }

    /// Refuses members that are null where null says nothing.
    mutating func refuseNull(_ names: String...) {
        for name in names where values[name] == .null {
            refuse(name, "must not be null; leave it out to leave it as it is")
        }
    }

    /// A list of texts; nil if it is not there or null. Numbers are taken for texts where leads are named.
    mutating func texts(_ name: String, limit: Int = 1_000) -> [String]? {
        switch take(name) {
        case nil, .null: return nil
        case .list(let list):
            guard list.count <= limit else {
                refuse(name, "has more than \(limit) entries")
                return nil
            }
            var texts: [String] = []
            for value in list {
                switch value {
                case .text(let text) where text.unicodeScalars.count <= 1_000 && !text.utf8.contains(0):
                    texts.append(text)
                case .number(let number):
                    guard let whole = Int64(exactly: number) else {
                        refuse(name, "must be a list of texts or whole numbers")
                        return nil
                    }
                    texts.append("\(whole)")
                default:
                    refuse(name, "must be a list of texts")
                    return nil
                }
            }
            return texts
        default:
            refuse(name, "must be a list")
            return nil
        }
    }

    /// The leads that are named; empty if the member is not there or null, for all that are due. An empty list names nobody, which is
    /// never meant as everybody.
    mutating func leadNames() -> [String] {
        let names = texts("leads")
        if names?.isEmpty == true { refuse("leads", "names nobody; leave it out for all leads that are due") }
        return names ?? []
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Choice.Type = Choice.self
    ) -> Choice? where Choice.RawValue == String {
        guard let text = text(name, limit: 100) else { return nil }
        guard let value = Choice(rawValue: text) else {
            refuse(name, "must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return value
    }

    /// An object of its own; nil if it is not there or null.
    mutating func object(_ name: String) -> [String: JSONValue]? {
        switch take(name) {
        case nil, .null: return nil
        case .object(let members): return members
        default:
            refuse(name, "must be an object")
            return nil
        }
    }

    /// The fields of a lead among the members: a text, or null to empty it.
    mutating func leadFields() -> [LeadField: String] {
        var changes: [LeadField: String] = [:]
        for field in LeadField.allCases {
            let name = field.rawValue
            guard let value = take(name) else { continue }
            switch value {
            case .null: changes[field] = ""
            case .text(let text):
                if text.unicodeScalars.count > 2_000 { refuse(name, "is longer than 2000 characters") }
                if text.utf8.contains(0) { refuse(name, "contains a null character") }
                changes[field] = text
            default: refuse(name, "must be a text or null")
            }
        }
        return changes
    }

    /// Throws 400 when something is wrong, or is left over.
    mutating func end() throws(APIProblem) {
        for name in values.keys.sorted().prefix(20) {
            let hint = Suggestion.hint(for: name, among: known) ?? "known are \(known.joined(separator: ", "))"
            refuse(name.shortened(to: 60), "is not known here; \(hint)")
        }
        guard let first = problems.first else { return }
        let detail = problems.map { "\($0.field): \($0.message)" }.joined(separator: "; ")
        throw APIProblem(400, problems.count == 1 ? "\(first.field): \(first.message)" : detail, fields: problems)
    }
}

import Leads
import Values

/// What a value looks like, in the words of JSON Schema 2020-12.
struct Schema: Sendable {
    struct Member: Sendable {
        let name: String
        let schema: Schema
        var isRequired = true
    }

    indirect enum Kind: Sendable {
        case text(format: String?, values: [String]?, limit: Int?)
        case integer(ClosedRange<Int>?)
        case number
        case flag
        case list(Schema)
        case object([Member])
        /// Any names, each with such a value.
        case map(Schema)
        case any
        /// A schema with a name of its own.
        case named(String, Schema)
    }

    var kind: Kind
    var isNullable = false
    var text: String?
    /// Whether it is a list of texts that is written with commas.
    var isCommaList = false

    static let string = Schema(kind: .text(format: nil, values: nil, limit: nil))
    static let moment = Schema(kind: .text(format: "date-time", values: nil, limit: nil))
    static let integer = Schema(kind: .integer(nil))
    static let number = Schema(kind: .number)
    static let flag = Schema(kind: .flag)
    static let any = Schema(kind: .any)

    static func string(limit: Int) -> Schema { Schema(kind: .text(format: nil, values: nil, limit: limit)) }
    static func words(_ values: [String]) -> Schema { Schema(kind: .text(format: nil, values: values, limit: nil)) }
    static func integer(in range: ClosedRange<Int>) -> Schema { Schema(kind: .integer(range)) }
    static func list(_ element: Schema) -> Schema { Schema(kind: .list(element)) }
    static func object(_ members: [Member]) -> Schema { Schema(kind: .object(members)) }
    static func named(_ name: String, _ schema: Schema) -> Schema { Schema(kind: .named(name, schema)) }

    /// Texts with commas between them.
    static func commaList(_ element: Schema) -> Schema {
        var schema = Schema.string(limit: 1_000)
        schema.isCommaList = true
        if case .text(_, let values?, _) = element.kind {
            schema.text = "One or more of \(values.joined(separator: ", ")), with commas."
        }
        return schema
    }

    var nullable: Schema {
        var schema = self
        schema.isNullable = true
        return schema
    }

    func saying(_ text: String) -> Schema {
        var schema = self
        schema.text = text
        return schema
    }

    /// What is wrong with a text as such a value, in a query; nil if nothing is.
    func problem(withText text: String) -> String? {
        switch kind {
        case .integer(let range):
            let bounds = range ?? Int.min...Int.max
            guard let number = Int(text), bounds.contains(number) else {
                return range.map { "must be a whole number from \($0.lowerBound) to \($0.upperBound)" }
                    ?? "must be a whole number"
            }
            return nil
        case .flag: return text == "true" || text == "false" ? nil : "must be true or false"
        case .text(let format, let values, let limit):
            if let values, !values.contains(text) { return "must be one of \(values.joined(separator: ", "))" }
            if format == "date-time", Timestamp(rfc3339: text) == nil {
                return "must be a time in UTC, like 2026-03-08T06:00:00Z"
            }
            if text.unicodeScalars.count > limit ?? 2_000 { return "is longer than \(limit ?? 2_000) characters" }
            return nil
        case .named(_, let schema): return schema.problem(withText: text)
        default: return nil
        }
    }

    /// As JSON. Schemas with names are put among the components.
    ///
    /// - Parameter isClosed: whether objects have no other members than these. What is taken is closed; what is answered may get
    ///   further members.
    func json(_ components: inout [String: JSONValue], isClosed: Bool) -> JSONValue {
        var object: [String: JSONValue] = [:]
        func type(_ name: String) { object["type"] = isNullable ? .list([.text(name), .text("null")]) : .text(name) }
        switch kind {
        case .text(let format, let values, let limit):
            type("string")
            if let format { object["format"] = .text(format) }
            if let limit { object["maxLength"] = .number(Double(limit)) }
            if let values { object["enum"] = .list(values.map { .text($0) } + (isNullable ? [.null] : [])) }
        case .integer(let range):
            type("integer")
            if let range {
                object["minimum"] = .number(Double(range.lowerBound))
                if range.upperBound < Int.max { object["maximum"] = .number(Double(range.upperBound)) }
            }
        case .number: type("number")
        case .flag: type("boolean")
        case .list(let element):
            type("array")
            object["items"] = element.json(&components, isClosed: isClosed)
        case .object(let members):
            type("object")
            var properties: [String: JSONValue] = [:]
            for member in members { properties[member.name] = member.schema.json(&components, isClosed: isClosed) }
            object["properties"] = .object(properties)
            let required = members.filter(\.isRequired).map { JSONValue.text($0.name) }
            if !required.isEmpty { object["required"] = .list(required) }
            if isClosed { object["additionalProperties"] = .bool(false) }
        case .map(let value):
            type("object")
            object["additionalProperties"] = value.json(&components, isClosed: isClosed)
        case .any: break
        case .named(let name, let schema):
            if components[name] == nil {
                components[name] = .null
                components[name] = schema.json(&components, isClosed: isClosed)
            }
            let reference = JSONValue.object(["$ref": .text("#/components/schemas/\(name)")])
            guard isNullable else { return reference }
            object["anyOf"] = .list([reference, .object(["type": .text("null")])])
        }
        if let text { object["description"] = .text(text) }
        return .object(object)
    }
}

extension Schema {
    /// A lead, with the names of the database's columns.
    static let lead = Schema.named(
        "Lead",
        .object(
            LeadColumn.all.map { column in
                let kind = column.value(of: example, subject: "x")
                let isOptional = column.value(of: blank, subject: nil) == .none
                var schema: Schema =
                    switch kind {
                    case .number: .integer
                    case .flag: .flag
                    case .time: .moment
                    case .text, .none: .string
                    }
                if column.name == "status" { schema = .words(LeadStatus.allCases.map(\.rawValue)) }
                schema.isNullable = isOptional
                return Member(name: column.name, schema: schema)
            } + [
                Member(name: "opted_out", schema: .flag), Member(name: "merged_into", schema: .integer.nullable),
                Member(name: "revision", schema: .integer),
            ]))

    private static let blank = Lead(
        id: 1, uuid: "", fields: LeadFields(), status: .new, processing: .new, createdAt: .distantPast,
        updatedAt: .distantPast, revision: 1)

    /// A lead that has everything.
    private static let example: Lead = {
        var lead = blank
        lead.fields = LeadFields(Dictionary(uniqueKeysWithValues: LeadField.allCases.map { ($0, "x") }))
        (lead.message, lead.source, lead.airtableID, lead.syncError) = ("x", "x", "x", "x")
        (lead.scrapedAt, lead.enrichedAt, lead.lastSyncedAt, lead.deletedAt) = (
            .distantPast, .distantPast, .distantPast, .distantPast
        )
        lead.optOut = OptOut(at: .distantPast, by: .migration, how: "x")
        return lead
    }()

    static let problem = Schema.named(
        "Problem",
        .object([
            Member(name: "type", schema: .string), Member(name: "title", schema: .string),
            Member(name: "status", schema: .integer), Member(name: "detail", schema: .string),
            Member(
                name: "errors",
                schema: .list(
                    .object([Member(name: "field", schema: .string), Member(name: "message", schema: .string)]))),
        ]))
}

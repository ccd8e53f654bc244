import TestSupport

/// Compares an answer with its schema, and takes a member that the schema does not have for an error: callers have to put up with
/// new members, but the page has to name them.
struct SchemaCheck {
    private let document: ParsedJSON

    init(_ document: ParsedJSON) { self.document = document }

    /// What differs, with its place.
    func problems(_ value: ParsedJSON, _ schema: ParsedJSON, at place: String = "") -> [String] {
        if let name = schema["$ref"].text?.split(separator: "/").last.map(String.init) {
            return problems(value, document["components"]["schemas"][name], at: place)
        }
        if let first = schema["anyOf"].list.first { return value.isNull ? [] : problems(value, first, at: place) }
        let types = schema["type"].text.map { [$0] } ?? schema["type"].list.compactMap(\.text)
        if value.isNull { return types.isEmpty || types.contains("null") ? [] : ["\(place) is null"] }
        switch types.first {
        case "object":
            let (properties, rest) = (schema["properties"], schema["additionalProperties"])
            let required = schema["required"].list.compactMap(\.text)
            var found = required.filter { !value.keys.contains($0) }.map { "\(place).\($0) is missing" }
            for key in value.keys {
                let own = properties[key].isNull ? rest : properties[key]
                found +=
                    own.isNull ? ["\(place).\(key) is not described"] : problems(value[key], own, at: "\(place).\(key)")
            }
            return found
        case "array":
            return value.list.indices.flatMap { problems(value[$0], schema["items"], at: "\(place)[\($0)]") }
        case "string":
            guard let text = value.text else { return ["\(place) is no text"] }
            let words = schema["enum"].list.compactMap(\.text)
            return words.isEmpty || words.contains(text) ? [] : ["\(place) is \(text)"]
        case "integer", "number": return value.int == nil ? ["\(place) is no number"] : []
        case "boolean": return value.flag == nil ? ["\(place) is no truth value"] : []
        default: return []
        }
    }
}

import FoundationEssentials
public import Values

/// JSON in requests and responses.
public typealias JSON = JSONValue

extension JSON {
    static func parse(_ bytes: [UInt8]) -> JSON? { try? JSONDecoder().decode(JSON.self, from: Data(bytes)) }

    /// The text that is sent, with sorted keys.
    var wire: String { StableJSON.text(of: self) ?? "null" }

    subscript(name: String) -> JSON? { if case .object(let object) = self { object[name] } else { nil } }
    var text: String? { if case .text(let value) = self { value } else { nil } }
    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var list: [JSON]? { if case .list(let value) = self { value } else { nil } }
    var object: [String: JSON]? { if case .object(let value) = self { value } else { nil } }
}

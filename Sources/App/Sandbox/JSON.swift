import FoundationEssentials
public import Values

/// What goes over the wire.
public typealias JSON = JSONValue

extension JSON {
    static func parse(_ bytes: [UInt8]) -> JSON? { try? JSONDecoder().decode(JSON.self, from: Data(bytes)) }

    /// As it goes over the wire, keys in order.
    var wire: String { StableJSON.text(of: self) ?? "null" }

    subscript(name: String) -> JSON? { if case .object(let object) = self { object[name] } else { nil } }
    var text: String? { if case .text(let value) = self { value } else { nil } }
    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var list: [JSON]? { if case .list(let value) = self { value } else { nil } }
    var object: [String: JSON]? { if case .object(let value) = self { value } else { nil } }
}

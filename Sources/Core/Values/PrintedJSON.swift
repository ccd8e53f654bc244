/// JSON as people and programs read it: on standard output, and later from an API. What is stored and sent has its own.
///
/// Keys are in snake_case and in order, times in RFC 3339 (UTC, with milliseconds), and what is not known is `null`: a key
/// is always there.
public enum PrintedJSON {
    /// Throws what the value's own encoding throws.
    ///
    /// - Parameter isPretty: over several lines, for people; else in one.
    public static func text(of value: some Encodable, isPretty: Bool = true) throws -> String {
        var text = ""
        write(try tree(of: value), to: &text, indentation: isPretty ? "\n" : nil)
        return text
    }

    static func tree(of value: any Encodable) throws -> JSONValue {
        switch value {
        case let value as JSONValue: return value
        case let value as Timestamp: return .text(value.rfc3339)
        case let value as String: return .text(value)
        case let value as Bool: return .bool(value)
        case let value as Double: return .number(value)
        case let value as any BinaryInteger: return .number(Double(value))
        case let value as any StringDictionary:
            // Keys that are data stay as they are.
            return .object(try value.elements.mapValues { try tree(of: $0) })
        default:
            let node = Node()
            try value.encode(to: TreeEncoder(node: node, codingPath: []))
            return node.value
        }
    }

    // MARK: writing

    private static func write(_ value: JSONValue, to text: inout String, indentation: String?) {
        let inner = indentation.map { $0 + "  " }
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += number(value)
        case .text(let value): text += StableJSON.text(of: value) ?? "\"\""
        case .list(let values):
            guard !values.isEmpty else { return text += "[]" }
            text += "["
            for (index, value) in values.enumerated() {
                text += (index == 0 ? "" : ",") + (inner ?? "")
                write(value, to: &text, indentation: inner)
            }
            text += (indentation ?? "") + "]"
        case .object(let values):
            guard !values.isEmpty else { return text += "{}" }
            text += "{"
            for (index, key) in values.keys.sorted().enumerated() {
                text += (index == 0 ? "" : ",") + (inner ?? "") + (StableJSON.text(of: key) ?? "\"\"")
                text += inner == nil ? ":" : ": "
                write(values[key] ?? .null, to: &text, indentation: inner)
            }
            text += (indentation ?? "") + "}"
        }
    }

    /// JSON has no infinity: what is not a number is not known.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    /// `scheduledFor` is `scheduled_for`, `leadID` is `lead_id`.
    static func snakeCase(_ key: String) -> String {
        var text = ""
        var wasLower = false
        for character in key {
            if character.isUppercase, wasLower { text += "_" }
            text += character.lowercased()
            wasLower = character.isLowercase || character.isNumber
        }
        return text
    }
}

/// A dictionary whose keys are data.
private protocol StringDictionary {
    var elements: [String: any Encodable] { get }
}

extension Dictionary: StringDictionary where Key == String, Value: Encodable {
    fileprivate var elements: [String: any Encodable] { mapValues { $0 } }
}

/// A place in the tree.
private final class Node {
    var value = JSONValue.null
}

private struct TreeEncoder: Encoder {
    let node: Node
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .object = node.value {} else { node.value = .object([:]) }
        return KeyedEncodingContainer(KeyedTree(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.value = .list([])
        return ListTree(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleTree(node: node, codingPath: codingPath) }
}

private struct KeyedTree<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: Node
    let codingPath: [any CodingKey]

    private func set(_ value: JSONValue, _ key: Key) {
        guard case .object(var values) = node.value else { return }
        values[PrintedJSON.snakeCase(key.stringValue)] = value
        node.value = .object(values)
    }

    mutating func encodeNil(forKey key: Key) { set(.null, key) }
    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        set(try PrintedJSON.tree(of: value), key)
    }

    // What is nil is null; the standard leaves the key out.
    mutating func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try optional(value, key) }

    private mutating func optional(_ value: (some Encodable)?, _ key: Key) throws {
        set(try value.map { try PrintedJSON.tree(of: $0) } ?? .null, key)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        // Nothing of ours nests by hand.
        TreeEncoder(node: Node(), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        TreeEncoder(node: Node(), codingPath: codingPath + [key]).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { TreeEncoder(node: node, codingPath: codingPath) }
    mutating func superEncoder(forKey key: Key) -> any Encoder { TreeEncoder(node: node, codingPath: codingPath) }
}

private struct ListTree: UnkeyedEncodingContainer {
    let node: Node
    let codingPath: [any CodingKey]
    private(set) var count = 0

    init(node: Node, codingPath: [any CodingKey]) {
        self.node = node
        self.codingPath = codingPath
    }

    private mutating func add(_ value: JSONValue) {
        guard case .list(let values) = node.value else { return }
        node.value = .list(values + [value])
        count += 1
    }

    mutating func encodeNil() { add(.null) }
    mutating func encode<T: Encodable>(_ value: T) throws { add(try PrintedJSON.tree(of: value)) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        TreeEncoder(node: Node(), codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        TreeEncoder(node: Node(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { TreeEncoder(node: node, codingPath: codingPath) }
}

private struct SingleTree: SingleValueEncodingContainer {
    let node: Node
    let codingPath: [any CodingKey]

    mutating func encodeNil() { node.value = .null }

    mutating func encode<T: Encodable>(_ value: T) throws {
        node.value = try PrintedJSON.tree(of: value)
    }
}

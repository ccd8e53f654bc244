/// JSON for people and programs to read: on standard output, and later from an API. `StableJSON` is for storing and
/// sending.
///
/// Keys are in snake_case and sorted. Times are in RFC 3339 form (UTC, with milliseconds). Keys are always present; an
/// unknown value is `null`.
public enum PrintedJSON {
    /// Throws what the value's own encoding throws.
    ///
    /// - Parameter isPretty: whether to print several lines, for people, or a single one.
    public static func text(of value: some Encodable, isPretty: Bool = true) throws -> String {
        var text = ""
        write(try tree(of: value), to: &text, indentation: isPretty ? "\n" : nil)
        return text
    }

    /// The value as it is printed. Throws what the value's own encoding throws.
    public static func value(of value: some Encodable) throws -> JSONValue { try tree(of: value) }

    static func tree(of value: any Encodable) throws -> JSONValue {
        switch value {
        case let value as String: return .text(value)
        case let value as Int64: return .number(Double(value))
        case let value as Int: return .number(Double(value))
        case let value as Double: return .number(value)
        case let value as Bool: return .bool(value)
        case let value as Timestamp: return .text(value.rfc3339)
        case let value as JSONValue: return value
        // All types that encode themselves as themselves have to be handled here.
        case let value as Int32: return .number(Double(value))
        case let value as any BinaryInteger: return .number(Double(value))
        case let value as any BinaryFloatingPoint: return .number(Double(value))
        default:
            let node = Node()
            try value.encode(to: TreeEncoder(node: node, codingPath: []))
            return node.value
        }
    }

    // MARK: writing

    /// Appends a text as JSON, with its quotation marks.
    public static func append(_ value: String, to text: inout String) { write(value, to: &text) }

    private static func write(_ value: JSONValue, to text: inout String, indentation: String?) {
        let inner = indentation.map { $0 + "  " }
        switch value {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += number(value)
        case .text(let value): write(value, to: &text)
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
                text += (index == 0 ? "" : ",") + (inner ?? "")
                write(key, to: &text)
                text += inner == nil ? ":" : ": "
                write(values[key] ?? .null, to: &text, indentation: inner)
            }
            text += (indentation ?? "") + "}"
        }
    }

    /// RFC 8259, section 7: only what has to be escaped is escaped.
    private static func write(_ value: String, to text: inout String) {
        text += "\""
        if value.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
            for scalar in value.unicodeScalars {
                switch scalar {
                case "\"": text += "\\\""
                case "\\": text += "\\\\"
                case "\n": text += "\\n"
                case "\r": text += "\\r"
                case "\t": text += "\\t"
                case _ where scalar.value < 0x20:
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                default: text.unicodeScalars.append(scalar)
                }
            }
        } else {
            text += value
        }
        text += "\""
    }

    /// JSON has no infinity, so a number that is not finite is unknown.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    /// The name under which a property is printed.
    public static func memberName(_ property: String) -> String { snakeCase(property) }

    /// `scheduledFor` is `scheduled_for`, `leadID` is `lead_id`.
    static func snakeCase(_ key: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(key.utf8.count + 4)
        var wasLower = false
        for byte in key.utf8 {
            let isUpper = (0x41...0x5A).contains(byte)
            if isUpper, wasLower { bytes.append(0x5F) }
            bytes.append(isUpper ? byte | 0x20 : byte)
            wasLower = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A node of the tree being built.
///
/// Scalar, list and object are separate properties, so that they can grow in place.
private final class Node {
    private var scalar = JSONValue.null
    private var list: [Node]?
    private var object: [String: Node]?

    var value: JSONValue {
        if let list { return .list(list.map(\.value)) }
        if let object { return .object(object.mapValues(\.value)) }
        return scalar
    }

    func becomeList() { list = list ?? [] }
    func becomeObject() { object = object ?? [:] }

    /// Appends a new node to the list.
    func child() -> Node {
        let node = Node()
        list?.append(node)
        return node
    }

    /// Adds a new node under a key of the object.
    func child(_ key: String) -> Node {
        let node = Node()
        object?[key] = node
        return node
    }

    func set(_ value: any Encodable) throws { scalar = try PrintedJSON.tree(of: value) }
}

private struct TreeEncoder: Encoder {
    let node: Node
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        node.becomeObject()
        return KeyedEncodingContainer(KeyedTree(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        node.becomeList()
        return ListTree(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleTree(node: node, codingPath: codingPath) }
}

private struct KeyedTree<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: Node
    let codingPath: [any CodingKey]
    /// The keys of a dictionary are data, so they stay as they are.
    private let isDictionary = "\(Key.self)" == "_DictionaryCodingKey"

    init(node: Node, codingPath: [any CodingKey]) {
        self.node = node
        self.codingPath = codingPath
    }

    private func child(_ key: Key) -> Node {
        node.child(isDictionary ? key.stringValue : PrintedJSON.snakeCase(key.stringValue))
    }

    mutating func encodeNil(forKey key: Key) { _ = child(key) }
    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try child(key).set(value) }

    // Nil is written as null. By default, encoding leaves the key out.
    mutating func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try optional(value, key) }
    mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try optional(value, key) }

    private mutating func optional(_ value: (some Encodable)?, _ key: Key) throws {
        let node = child(key)
        if let value { try node.set(value) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        TreeEncoder(node: child(key), codingPath: codingPath + [key]).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        TreeEncoder(node: child(key), codingPath: codingPath + [key]).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { TreeEncoder(node: node.child("super"), codingPath: codingPath) }
    mutating func superEncoder(forKey key: Key) -> any Encoder {
        TreeEncoder(node: child(key), codingPath: codingPath + [key])
    }
}

private struct ListTree: UnkeyedEncodingContainer {
    let node: Node
    let codingPath: [any CodingKey]
    private(set) var count = 0

    init(node: Node, codingPath: [any CodingKey]) {
        self.node = node
        self.codingPath = codingPath
    }

    private mutating func child() -> Node {
        count += 1
        return node.child()
    }

    mutating func encodeNil() { _ = child() }
    mutating func encode<T: Encodable>(_ value: T) throws { try child().set(value) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        TreeEncoder(node: child(), codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        TreeEncoder(node: child(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { TreeEncoder(node: child(), codingPath: codingPath) }
}

private struct SingleTree: SingleValueEncodingContainer {
    let node: Node
    let codingPath: [any CodingKey]

    mutating func encodeNil() {}
    mutating func encode<T: Encodable>(_ value: T) throws { try node.set(value) }
}

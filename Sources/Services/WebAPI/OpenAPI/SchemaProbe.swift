import Leads
import Values

extension Schema {
    /// What a type looks like when it is printed: found out by letting it decode itself, and noting what it asks for.
    ///
    /// So a response is described once, by its type.
    static func of<Value: Decodable>(_ type: Value.Type) -> Schema {
        (try? Probe.schema(of: type)) ?? .any
    }

    /// The type's schema under a name of its own.
    static func of<Value: Decodable>(_ type: Value.Type, called name: String) -> Schema { .named(name, .of(type)) }
}

/// A dictionary with texts as keys.
private protocol TextKeyed {
    static var empty: Self { get }
    static func valueSchema() throws -> Schema
}

extension Dictionary: TextKeyed where Key == String, Value: Decodable {
    fileprivate static var empty: [Key: Value] { [:] }
    fileprivate static func valueSchema() throws -> Schema { try Probe.schema(of: Value.self) }
}

private enum Probe {
    /// The schema of a type.
    static func schema<Value: Decodable>(of type: Value.Type) throws -> Schema { try probe(type).schema }

    /// The schema of a type, and some value of it.
    static func probe<Value: Decodable>(_ type: Value.Type) throws -> (schema: Schema, value: Value) {
        func known(_ schema: Schema, _ value: Any) throws -> (Schema, Value) {
            guard let value = value as? Value else { throw Confusion() }
            return (schema, value)
        }
        switch type {
        case is String.Type: return try known(.string, "")
        case is Bool.Type: return try known(.flag, false)
        case is Int.Type: return try known(.integer, 0)
        case is Int64.Type: return try known(.integer, Int64(0))
        case is Int32.Type: return try known(.integer, Int32(0))
        case is Double.Type: return try known(.number, 0.0)
        case is Timestamp.Type: return try known(.moment, Timestamp.distantPast)
        case is JSONValue.Type: return try known(.any, JSONValue.null)
        case let keyed as any TextKeyed.Type:
            return try known(Schema(kind: .map(try keyed.valueSchema())), keyed.empty)
        case let words as any (CaseIterable & RawRepresentable).Type:
            guard let (names, first) = Self.words(words) else { throw Confusion() }
            return try known(.words(names), first)
        default:
            let note = Note()
            let value = try Value(from: ProbeDecoder(note: note))
            // It takes whatever names there are.
            if case .object(let members) = note.schema.kind, members.isEmpty {
                return (Schema(kind: .map(.any)), value)
            }
            return (note.schema, value)
        }
    }

    private static func words<Word: CaseIterable & RawRepresentable>(_ type: Word.Type) -> ([String], Any)? {
        guard let first = type.allCases.first else { return nil }
        return (type.allCases.map { "\($0.rawValue)" }, first)
    }

    struct Confusion: Error {}
}

/// What a type has asked for so far.
private final class Note {
    var schema = Schema.any
    var members: [Schema.Member] = []
}

private struct ProbeDecoder: Decoder {
    let note: Note
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        note.schema = .object(note.members)
        return KeyedDecodingContainer(KeyedProbe(note: note))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { ListProbe(note: note) }
    func singleValueContainer() -> any SingleValueDecodingContainer { SingleProbe(note: note) }
}

private struct KeyedProbe<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let note: Note
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    private func add(_ key: Key, _ schema: Schema) {
        let name = PrintedJSON.memberName(key.stringValue)
        guard !note.members.contains(where: { $0.name == name }) else { return }
        note.members.append(Schema.Member(name: name, schema: schema))
        note.schema = .object(note.members)
    }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) throws -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (schema, value) = try Probe.probe(type)
        add(key, schema)
        return value
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decodeAny(type, key) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decodeAny(type, key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decodeAny(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decodeAny(type, key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decodeAny(type, key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decodeAny(type, key) }

    private func decodeAny<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
        let (schema, value) = try Probe.probe(type)
        add(key, schema)
        return value
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try optional(type, key)
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try optional(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type, key) }

    private func optional<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
        add(key, try Probe.schema(of: type).nullable)
        return nil
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw Probe.Confusion() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw Probe.Confusion() }
    func superDecoder() throws -> any Decoder { throw Probe.Confusion() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw Probe.Confusion() }
}

/// Gives one element, and notes its schema.
private struct ListProbe: UnkeyedDecodingContainer {
    let note: Note
    var codingPath: [any CodingKey] { [] }
    var count: Int? { nil }
    private(set) var isAtEnd = false
    var currentIndex: Int { isAtEnd ? 1 : 0 }

    init(note: Note) { self.note = note }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try Probe.probe(type)
        note.schema = .list(schema)
        isAtEnd = true
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { throw Probe.Confusion() }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Probe.Confusion() }
    mutating func superDecoder() throws -> any Decoder { throw Probe.Confusion() }
}

private struct SingleProbe: SingleValueDecodingContainer {
    let note: Note
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = try Probe.probe(type)
        note.schema = schema
        return value
    }
}

import FoundationEssentials

/// Any JSON value.
public enum JSONValue: Sendable, Hashable, Codable {
    case null
    case text(String)
    case number(Double)
    case bool(Bool)
    case list([JSONValue])
    case object([String: JSONValue])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let list = try? container.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Encodes a number without a fraction as an integer, without a decimal point.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .text(let value): try container.encode(value)
        case .number(let value):
            if let whole = Int64(exactly: value) { try container.encode(whole) } else { try container.encode(value) }
        case .bool(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSONValue {
    /// The value of a JSON column; nil for NULL, and the text itself if it is not JSON.
    public init?(stored text: String?) {
        guard let text else { return nil }
        self = StableJSON.decode(JSONValue.self, text) ?? .text(text)
    }
}

/// JSON for storing and sending, with sorted keys, so that equal values give equal texts.
public enum StableJSON {
    /// Nil for a value that JSON cannot represent, such as a number that is not finite.
    public static func text(of value: some Encodable) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The same text as `text(of:)` gives, in a fraction of the time where all is plain ASCII, as nearly all records are.
    public static func text(ofTexts texts: [String: String]) -> String? {
        var result = "{"
        for (key, value) in texts.sorted(by: { $0.key < $1.key }) {
            guard isPlain(key), isPlain(value) else { return text(of: texts) }
            if result.utf8.count > 1 { result += "," }
            result += "\"\(key)\":\"\(value)\""
        }
        return result + "}"
    }

    /// Whether JSON writes a text as it is.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    }

    /// Nil if the text is not JSON, or does not decode to the type.
    public static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) -> Value? {
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

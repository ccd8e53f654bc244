/// The value of a task's parameter.
public enum TaskValue: Sendable, Codable, Equatable {
    case number(Int)
    case text(String)
    case flag(Bool)

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        }
    }
}

/// The parameters of a task by name. A missing one has the task's default.
public struct TaskParameters: Sendable, Codable, Equatable, ExpressibleByDictionaryLiteral {
    public private(set) var values: [String: TaskValue]

    public init(_ values: [String: TaskValue] = [:]) { self.values = values }

    public init(dictionaryLiteral elements: (String, TaskValue)...) {
        values = Dictionary(elements) { $1 }
    }

    public init(from decoder: any Decoder) throws { values = try [String: TaskValue](from: decoder) }

    public func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }

    public subscript(name: String) -> TaskValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    public func number(_ name: String) -> Int? {
        guard case .number(let number)? = values[name] else { return nil }
        return number
    }

    /// One of a few names; nil when the parameter is missing.
    public func choice<Choice: RawRepresentable>(_ name: String) -> Choice? where Choice.RawValue == String {
        guard case .text(let text)? = values[name] else { return nil }
        return Choice(rawValue: text)
    }

    /// False when the parameter is missing.
    public func flag(_ name: String) -> Bool { values[name] == .flag(true) }

    /// The parameters of both; those of `other` take precedence.
    func merging(_ other: TaskParameters) -> TaskParameters {
        TaskParameters(values.merging(other.values) { $1 })
    }
}

/// A parameter that a task accepts.
public struct TaskParameter: Sendable {
    /// Which values are allowed.
    public enum Form: Sendable {
        case number(ClosedRange<Int>)
        case choice([String])
        case flag

        /// Completes the sentence `must be …`.
        var words: String {
            switch self {
            case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
            case .choice(let names): names.joined(separator: ", ")
            case .flag: "true or false"
            }
        }

        func takes(_ value: TaskValue) -> Bool {
            switch (self, value) {
            case (.number(let range), .number(let number)): range.contains(number)
            case (.choice(let names), .text(let text)): names.contains(text)
            case (.flag, .flag): true
            default: false
            }
        }
    }

    public let name: String
    public let form: Form
    /// Whether only a person may set it, for one run. A schedule file may not.
    public let isByHand: Bool

    public init(_ name: String, _ form: Form, isByHand: Bool = false) {
        self.name = name
        self.form = form
        self.isByHand = isByHand
    }

    /// A parameter whose values are the cases of an enumeration.
    public static func choice<Choice: CaseIterable & RawRepresentable>(
        _ name: String, of type: Choice.Type, isByHand: Bool = false
    ) -> TaskParameter where Choice.RawValue == String {
        TaskParameter(name, .choice(type.allCases.map(\.rawValue)), isByHand: isByHand)
    }
}

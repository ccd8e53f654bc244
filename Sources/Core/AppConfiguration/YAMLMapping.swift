internal import Values

/// A mapping that is read key by key, and then reports the keys that were not read.
///
/// Every getter reports what it cannot read and returns nil, so that reading continues and finds all problems.
public final class YAMLMapping {
    /// Where the mapping begins.
    public let position: Position
    /// The keys, in the file's order.
    public let keys: [String]
    private let entries: [(key: YAMLValue, value: YAMLValue)]
    /// The index of each name, if there are too many names for a linear search.
    private let places: [String: Int]
    private let diagnostics: Diagnostics
    private var known: [String] = []

    /// Nil, with a diagnostic, when `value` is not a mapping with plain names as keys.
    public init?(_ value: YAMLValue, called name: String, diagnostics: Diagnostics) {
        guard let pairs = value.entries else {
            diagnostics.error(
                at: value.position, "\(name) must be a mapping of keys to values, not \(value.kindForPeople)")
            return nil
        }
        var keys: [String] = []
        var entries: [(key: YAMLValue, value: YAMLValue)] = []
        keys.reserveCapacity(pairs.count)
        entries.reserveCapacity(pairs.count)
        for (key, value) in pairs {
            guard let text = key.text, !text.isEmpty else {
                diagnostics.error(at: key.position, "a key must be a name, not \(key.kindForPeople)")
                continue
            }
            keys.append(text)
            entries.append((key, value))
        }
        position = value.position
        self.keys = keys
        self.entries = entries
        places = keys.count > 16 ? Dictionary(keys.enumerated().map { ($1, $0) }) { $1 } : [:]
        self.diagnostics = diagnostics
        known.reserveCapacity(32)
    }

    private func place(_ key: String) -> Int? { keys.count > 16 ? places[key] : keys.lastIndex(of: key) }

    /// The position of a key; the mapping's own if the key is missing.
    public func position(of key: String) -> Position { place(key).map { entries[$0].key.position } ?? position }

    /// The value of a key; nil if it is missing or empty. Marks the key as known.
    public func value(_ key: String) -> YAMLValue? {
        known.append(key)
        guard let place = place(key), case let value = entries[place].value, !value.isNull else { return nil }
        return value
    }

    /// Whether the key is present, even without a value. Marks the key as known.
    public func has(_ key: String) -> Bool {
        known.append(key)
        return place(key) != nil
    }

    /// Reports each key that was not read, with the most similar one that was.
    public func reportUnknownKeys(in name: String) {
        for key in keys where !known.contains(key) {
            diagnostics.error(
                at: position(of: key), "unknown key \"\(key.shortened(to: 60))\" in \(name)",
                hint: Suggestion.hint(for: key, among: known.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
            )
        }
    }

    /// The text of a scalar.
    public func string(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.text else {
            diagnostics.error(at: value.position, "\(key) must be a text, not \(value.kindForPeople)")
            return nil
        }
        return text
    }

    /// `true` or `false`. The other spellings of YAML 1.1 are refused with a hint.
    public func bool(_ key: String) -> Bool? { read(key, as: "true or false", hint: Scalars.boolHint, Scalars.bool) }

    /// A whole number within `range`.
    public func int(_ key: String, in range: ClosedRange<Int>) -> Int? {
        read(key, as: "a whole number from \(range.lowerBound) to \(range.upperBound)") { Scalars.int($0, in: range) }
    }

    /// A duration within `range`, such as `30m`.
    public func duration(_ key: String, in range: ClosedRange<Duration>) -> Duration? {
        read(key, as: Scalars.wanted(range), hint: Scalars.durationHint) { Scalars.duration($0, in: range) }
    }

    /// One of a few names.
    public func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) -> Choice?
    where Choice.RawValue == String {
        choice(key, among: Choice.allCases.map(\.rawValue)).flatMap(Choice.init(rawValue:))
    }

    /// The same, of names that are known only at run time.
    public func choice(_ key: String, among names: [String]) -> String? {
        read(key, as: names.joined(separator: ", ")) { names.contains($0) ? $0 : nil }
    }

    /// A list of texts; a single text counts as a list of one.
    public func strings(_ key: String) -> [YAMLValue]? {
        guard let value = value(key) else { return nil }
        let items = value.items ?? [value]
        for item in items where item.text == nil {
            diagnostics.error(at: item.position, "\(key) must be a list of texts, not of \(item.kindForPeople)")
            return nil
        }
        return items
    }

    /// A mapping inside this one.
    public func mapping(_ key: String) -> YAMLMapping? {
        value(key).flatMap { YAMLMapping($0, called: key, diagnostics: diagnostics) }
    }

    private func read<Result>(
        _ key: String, as wanted: @autoclosure () -> String, hint: (String) -> String? = { _ in nil },
        _ parse: (String) -> Result?
    ) -> Result? {
        guard let value = value(key) else { return nil }
        guard let text = value.text, let result = parse(text) else {
            let hint = value.text.flatMap(hint)
            diagnostics.error(at: value.position, "\(key) must be \(wanted()), not \(value.kindForPeople)", hint: hint)
            return nil
        }
        return result
    }
}

/// Interprets the texts of settings, in the same way for files and environment variables.
enum Scalars {
    static func bool(_ text: String) -> Bool? { ["true": true, "false": false][text] }

    static func int(_ text: String, in range: ClosedRange<Int>) -> Int? {
        Int(text).flatMap { range.contains($0) ? $0 : nil }
    }

    static func duration(_ text: String, in range: ClosedRange<Duration>) -> Duration? {
        Duration(parsing: text).flatMap { range.contains($0) ? $0 : nil }
    }

    static func wanted(_ range: ClosedRange<Duration>) -> String {
        "a time from \(range.lowerBound.brief) to \(range.upperBound.brief), such as 90s, 30m or 1h 30m"
    }

    static func boolHint(for text: String) -> String? {
        switch text.lowercased() {
        case "yes", "on", "y": "write true"
        case "no", "off", "n": "write false"
        default: nil
        }
    }

    static func durationHint(for text: String) -> String? {
        guard let number = Int(text), number > 0 else { return nil }
        return "a bare number has no unit: write \(number)s or \(number)m"
    }
}

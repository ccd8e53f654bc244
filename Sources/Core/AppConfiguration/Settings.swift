internal import Values

/// The settings in layers: defaults, the file, the environment's overlay, environment variables.
///
/// Each module reads its own keys by name, and gives the default at the same place. The keys that were read are the
/// known ones, so there is no separate list of keys to maintain. Used by one thread within one call; not shared.
public final class Settings {
    /// A value in use, and where it comes from.
    public struct Entry: Sendable, Codable, Equatable {
        public let key: String
        public let value: String
        /// `default`, a position in a file, or an environment variable.
        public let origin: String
    }

    /// Every key that was read, with the value in use.
    public private(set) var entries: [Entry] = []
    private let files: [YAMLValue]
    private let environment: [String: String]
    private let diagnostics: Diagnostics
    private var asked: Set<String> = []

    /// The prefix of environment variables that override settings.
    public static let environmentPrefix = "FOURRUNR_"
    /// Variables with this prefix that are not settings.
    public static let reservedVariables = ["FOURRUNR_ENVIRONMENT", "FOURRUNR_INPUT_IS_OPEN"]

    /// - Parameter files: the layers, weakest first.
    public init(files: [YAMLValue], environment: [String: String], diagnostics: Diagnostics) {
        self.files = files.filter { file in
            if file.entries == nil {
                diagnostics.error(
                    at: file.position, "settings must be a mapping of keys to values, not \(file.kindForPeople)")
            }
            return file.entries != nil
        }
        self.environment = environment
        self.diagnostics = diagnostics
    }

    /// A text; `fallback` if no layer has the key.
    public func string(_ key: String, default fallback: String) -> String {
        read(key, as: "a text", fallback, show: { $0 }) { $0 }
    }

    public func bool(_ key: String, default fallback: Bool) -> Bool {
        read(key, as: "true or false", fallback, show: { "\($0)" }, hint: Scalars.boolHint, Scalars.bool)
    }

    public func int(_ key: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return read(key, as: wanted, fallback, show: { "\($0)" }) { Scalars.int($0, in: range) }
    }

    public func duration(_ key: String, in range: ClosedRange<Duration>, default fallback: Duration) -> Duration {
        read(key, as: Scalars.wanted(range), fallback, show: \.brief, hint: Scalars.durationHint) {
            Scalars.duration($0, in: range)
        }
    }

    public func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, default fallback: Choice) -> Choice
    where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        return read(
            key, as: names.joined(separator: ", "), fallback, show: \.rawValue,
            hint: { Suggestion.hint(for: $0, among: names) }
        ) { Choice(rawValue: $0) }
    }

    /// A list of texts. A single text counts as a list of one; in an environment variable, they are separated by
    /// commas.
    public func strings(_ key: String, default fallback: [String] = []) -> [String] {
        asked.insert(key)
        var result = fallback
        var origin = "default"
        for file in files {
            guard let value = Settings.find(key, in: file), !value.isNull else { continue }
            let items = value.items ?? [value]
            let texts = items.compactMap(\.text)
            guard texts.count == items.count else {
                diagnostics.error(at: value.position, "\(key) must be a list of texts, not \(value.kindForPeople)")
                continue
            }
            (result, origin) = (texts, value.position.description)
        }
        let variable = Settings.variable(for: key)
        if let text = environment[variable] {
            result = text.split(separator: ",").map { $0.drop { $0 == " " }.description }
            origin = Settings.position(of: variable).description
        }
        entries.append(Entry(key: key, value: "[\(result.joined(separator: ", "))]", origin: origin))
        return result
    }

    /// Where the value in use comes from: the last file that has the key, or a variable; for a default, the key itself.
    public func position(of key: String) -> Position {
        let variable = Settings.variable(for: key)
        if environment[variable] != nil { return Settings.position(of: variable) }
        let values = files.compactMap { Settings.find(key, in: $0) }.filter { !$0.isNull }
        return values.last?.position ?? Position(key)
    }

    /// Reports that the value of a key cannot be used.
    public func error(_ key: String, _ message: String, hint: String? = nil) {
        diagnostics.error(at: position(of: key), "\(key): \(message)", hint: hint)
    }

    /// Reports a problem with a value that depends on the machine's present state and may go away by itself, such as a
    /// folder that is not mounted.
    ///
    /// - Parameter severity: an error when a person checks the settings, a warning when the daemon starts.
    public func absent(_ key: String, _ message: String, hint: String? = nil, severity: Diagnostic.Severity) {
        diagnostics.add(Diagnostic(severity, at: position(of: key), "\(key): \(message)", hint: hint))
    }

    /// Reports every key in a file, and every `FOURRUNR_` variable, that no module read.
    public func reportUnknown() {
        for file in files { reportUnknown(in: file, path: "") }
        let variables = asked.map(Settings.variable).sorted()
        for name in environment.keys.sorted() where name.hasPrefix(Settings.environmentPrefix) {
            guard !asked.contains(where: { Settings.variable(for: $0) == name }),
                !Settings.reservedVariables.contains(name)
            else { continue }
            diagnostics.warning(
                at: Settings.position(of: name), "is not the variable of any setting",
                hint: Suggestion.nearest(to: name, among: variables).map { "did you mean \($0)?" })
        }
    }

    private func reportUnknown(in value: YAMLValue, path: String) {
        for (key, inner) in value.entries ?? [] {
            guard let name = key.text else {
                diagnostics.error(at: key.position, "a key must be a name, not \(key.kindForPeople)")
                continue
            }
            let full = path.isEmpty ? name : "\(path).\(name)"
            if name.contains("."), asked.contains(full) {
                let parts = full.split(separator: ".")
                diagnostics.error(
                    at: key.position, "\(name.shortened(to: 80)) is written as one key",
                    hint: "write \(parts.dropLast().joined(separator: ": { ")): { \(parts.last ?? ""): … }")
                continue
            }
            if asked.contains(full) { continue }
            if asked.contains(where: { $0.hasPrefix(full + ".") }) {
                if inner.entries != nil {
                    reportUnknown(in: inner, path: full)
                } else if !inner.isNull {
                    diagnostics.error(at: inner.position, "\(full) must be a mapping, not \(inner.kindForPeople)")
                }
                continue
            }
            diagnostics.error(
                at: key.position, "unknown setting \"\(full.shortened(to: 80))\"",
                hint: Suggestion.hint(for: full, among: asked.sorted()))
        }
    }

    /// A number within `range`; nil if it is missing or empty.
    public func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
        read(
            key, as: "a number from \(range.lowerBound) to \(range.upperBound)", nil, show: { $0.map { "\($0)" } ?? "" }
        ) {
            text in
            guard !text.isEmpty else { return .some(nil) }
            return Double(text).flatMap { range.contains($0) ? .some($0) : nil }
        }
    }

    private func read<Result>(
        _ key: String, as wanted: String, _ fallback: Result, show: (Result) -> String,
        hint: (String) -> String? = { _ in nil }, _ parse: (String) -> Result?
    ) -> Result {
        asked.insert(key)
        var result = fallback
        var origin = "default"
        func take(_ text: String?, at position: Position, else kind: String) {
            if let text, let value = parse(text) {
                result = value
                origin = position.description
            } else {
                diagnostics.error(at: position, "\(key) must be \(wanted), not \(kind)", hint: text.flatMap(hint))
            }
        }
        for file in files {
            guard let value = Settings.find(key, in: file), !value.isNull else { continue }
            take(value.text, at: value.position, else: value.kindForPeople)
        }
        let variable = Settings.variable(for: key)
        if let text = environment[variable] {
            take(text, at: Settings.position(of: variable), else: "\"\(text.shortened(to: 60))\"")
        }
        entries.append(Entry(key: key, value: show(result), origin: origin))
        return result
    }

    private static func find(_ key: String, in file: YAMLValue) -> YAMLValue? {
        key.split(separator: ".").reduce(file) { value, part in
            value?.entries?.last { $0.key.text == String(part) }?.value
        }
    }

    /// The environment variable that overrides a setting: `log.level` is `FOURRUNR_LOG_LEVEL`.
    public static func variable(for key: String) -> String {
        environmentPrefix + String(key.uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
    }

    private static func position(of variable: String) -> Position { Position("environment variable \(variable)") }
}

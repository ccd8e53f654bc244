import Values
internal import Yams

/// A node of a YAML file, with its position.
///
/// Scalars are returned as written, with whether they were quoted. YAML 1.1 gives a plain `15:00`, `on` or `012` a
/// meaning that the writer of a schedule never wants, so each reader interprets the text itself.
public struct YAMLValue {
    let node: Node
    let file: String

    /// Where the value begins.
    public var position: Position { Position(file, line: node.mark?.line, column: node.mark?.column) }

    /// Parses a file. Returns nil if it contains only comments. Throws a `ConfigurationProblem` with the position of
    /// what is not valid YAML.
    public static func load(_ path: String) throws(ConfigurationProblem) -> YAMLValue? {
        try parse(try TextFile.read(path), file: path)
    }

    /// Parses text. Diagnostics use `file` as the file's name.
    public static func parse(_ text: String, file: String) throws(ConfigurationProblem) -> YAMLValue? {
        do {
            // No resolver, because the tags that it derives by regular expressions are not used here.
            guard let node = try Yams.compose(yaml: text, .basic) else { return nil }
            let value = YAMLValue(node: node, file: file)
            return value.isNull ? nil : value
        } catch let error as YamlError {
            throw ConfigurationProblem([diagnostic(for: error, file: file)])
        } catch {
            throw ConfigurationProblem(at: Position(file), "is not YAML: \(error)")
        }
    }

    private static func diagnostic(for error: YamlError, file: String) -> Diagnostic {
        func at(_ mark: Mark) -> Position { Position(file, line: mark.line, column: mark.column) }
        switch error {
        case .scanner(let context?, let problem, let mark, let text)
        where isUnclosed(context.text, problem, mark, in: text):
            return unclosed(context.text, at: at(context.mark))
        case .parser(let context?, let problem, let mark, let text)
        where isUnclosed(context.text, problem, mark, in: text):
            return unclosed(context.text, at: at(context.mark))
        case .scanner(_, _, let mark, let text) where openQuote(in: text, through: mark.line) != nil,
            .parser(_, _, let mark, let text) where openQuote(in: text, through: mark.line) != nil:
            let place = openQuote(in: text, through: mark.line) ?? (mark.line, mark.column)
            return unclosed("quoted scalar", at: Position(file, line: place.line, column: place.column))
        case .parser(let context?, _, let mark, _) where context.text.contains("flow") && context.mark.line < mark.line:
            return unclosed(context.text, at: at(context.mark))
        case .scanner(_, let problem, let mark, let text), .parser(_, let problem, let mark, let text):
            return Diagnostic(.error, at: at(mark), "is not YAML: \(problem)", hint: hint(problem, mark, text))
        case .composer(_, let problem, let mark, let text):
            return Diagnostic(.error, at: at(mark), "is not YAML: \(problem)", hint: hint(problem, mark, text))
        case .reader(let problem, let offset, _, let text):
            let before = text.utf8.prefix(offset ?? 0)
            let line = before.count { $0 == 0x0A } + 1
            return Diagnostic(
                .error, at: Position(file, line: line, column: 1), "is not YAML: \(problem)",
                hint: "a control character may have slipped in")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            return Diagnostic(
                .error, at: at(context.mark), "\(names) appears twice in one mapping", hint: "keep one of the two")
        default:
            return Diagnostic(.error, at: Position(file, line: 1, column: 1), "is not YAML: \(error)")
        }
    }

    /// The parser looks for the missing end up to the end of the file. The useful position is where the quote or
    /// bracket was opened.
    private static func unclosed(_ context: String, at position: Position) -> Diagnostic {
        let what = context.contains("quoted scalar") ? "the quote" : "the bracket"
        return Diagnostic(
            .error, at: position, "is not YAML: \(what) that is opened here is not closed",
            hint: "close it; everything after it is read as part of it")
    }

    /// Finds the quote that a line opens and that only a later line closes: the first line with an odd number of
    /// quotes. Used only if the text is not valid YAML.
    private static func openQuote(in text: String, through last: Int) -> (line: Int, column: Int)? {
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(last).enumerated() {
            var quotes: [Int] = []
            var before: Character = " "
            for (column, character) in line.enumerated() {
                if character == "#", before == " ", quotes.count % 2 == 0 { break }
                if character == "\"", before != "\\" { quotes.append(column + 1) }
                before = character
            }
            if quotes.count % 2 == 1, let opening = quotes.last { return (number + 1, opening) }
        }
        return nil
    }

    /// Whether an opened quote, or list or mapping in brackets, continues to the end of the file.
    private static func isUnclosed(_ context: String, _ problem: String, _ mark: Mark, in text: String) -> Bool {
        if context.contains("quoted scalar") {
            return problem.contains("end of stream") || problem.contains("document indicator")
        }
        guard context.contains("flow") else { return false }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.dropFirst(mark.line - 1).dropFirst().allSatisfy { $0.allSatisfy(\.isWhitespace) }
            && (lines.dropFirst(mark.line - 1).first?.dropFirst(mark.column - 1).allSatisfy(\.isWhitespace) ?? true)
    }

    private static func hint(_ problem: String, _ mark: Mark, _ text: String) -> String? {
        let line = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(mark.line - 1).first ?? ""
        let written = line.drop { $0 == " " }
        if written.contains(": *") || problem.contains("alias") || problem.contains("alphanumeric") {
            return "put quotes around a value that begins with *, as in \"*/5 * * * *\""
        }
        if problem.contains("cannot start any token"), line.contains("\t") { return "indent with spaces, not tabs" }
        if problem.contains("mapping values are not allowed") {
            return "check the indentation, and put quotes around a value that holds a colon"
        }
        return nil
    }
}

extension YAMLValue {
    /// The text of a scalar as written, without quotes; nil for a list or a mapping.
    public var text: String? { node.scalar?.string }

    /// Whether a scalar was written without quotes.
    public var isPlain: Bool { node.scalar?.style == .plain || node.scalar?.style == .any }

    /// An empty value, `~` or `null`.
    public var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text ?? "x") }

    /// The items of a list; nil for anything else.
    public var items: [YAMLValue]? { node.sequence.map { $0.map { YAMLValue(node: $0, file: file) } } }

    /// The entries of a mapping in the file's order; nil for anything else.
    public var entries: [(key: YAMLValue, value: YAMLValue)]? {
        node.mapping.map { $0.map { (YAMLValue(node: $0.key, file: file), YAMLValue(node: $0.value, file: file)) } }
    }

    /// Equal for equal values within one process.
    public var fingerprint: Int {
        var hasher = Hasher()
        YAMLValue.hash(node, into: &hasher)
        return hasher.finalize()
    }

    private static func hash(_ node: Node, into hasher: inout Hasher) {
        switch node {
        case .scalar(let scalar): hasher.combine(scalar.string)
        case .mapping(let pairs):
            hasher.combine(pairs.count)
            for (key, value) in pairs {
                hash(key, into: &hasher)
                hash(value, into: &hasher)
            }
        case .sequence(let items):
            hasher.combine(-1 - items.count)
            for item in items { hash(item, into: &hasher) }
        case .alias(let alias): hasher.combine("\(alias.anchor)")
        }
    }

    /// The kind of value, for use in a sentence: `a list`, `a mapping`, `"text"`, `nothing`.
    public var kindForPeople: String {
        switch node {
        case .scalar: isNull ? "nothing" : "\"\((text ?? "").shortened(to: 60))\""
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .alias: "an alias"
        }
    }
}

public import Values

/// A place in a file, an environment variable, or the command line.
public struct Position: Hashable, Sendable {
    /// A path, or the name of another source (`environment variable FOURRUNR_LOG_LEVEL`).
    public let source: String
    /// From 1; nil when the source has no lines.
    public let line: Int?
    /// From 1, counted in Unicode scalars; nil when the source has no lines.
    public let column: Int?

    public init(_ source: String, line: Int? = nil, column: Int? = nil) {
        self.source = source
        self.line = line
        self.column = column
    }
}

extension Position: CustomStringConvertible {
    /// `file:line:column`, as editors and compilers write it.
    public var description: String {
        [source, line.map(String.init), column.map(String.init)].compactMap(\.self).joined(separator: ":")
    }
}

/// One error or warning about something that a person wrote.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// With an error, the file is refused. A warning is shown, but the file is accepted.
    public enum Severity: String, Sendable, Codable {
        case error
        case warning
    }

    public let severity: Severity
    public let position: Position
    /// What is wrong, in one clause without a full stop.
    public let message: String
    /// What was probably meant, or what to do.
    public let hint: String?

    public init(_ severity: Severity, at position: Position, _ message: String, hint: String? = nil) {
        self.severity = severity
        self.position = position
        self.message = message
        self.hint = hint
    }

    /// `file:line:column: what; what was meant`, on one line whatever the input contained.
    public var description: String {
        let label = severity == .warning ? "warning: " : ""
        return "\(position): \(label)\(message)\(hint.map { "; \($0)" } ?? "")".singleLine
    }
}

/// Collects all problems, so that a person sees them at once and not one per attempt.
///
/// Used by one thread within one call; not shared.
public final class Diagnostics {
    /// In the order found.
    public private(set) var all: [Diagnostic] = []

    public init() {}

    /// The number of errors, for finding out whether one was added.
    public private(set) var errorCount = 0

    public var hasErrors: Bool { errorCount > 0 }
    public var errors: [Diagnostic] { all.filter { $0.severity == .error } }
    public var warnings: [Diagnostic] { all.filter { $0.severity == .warning } }

    public func add(_ diagnostic: Diagnostic) {
        all.append(diagnostic)
        if diagnostic.severity == .error { errorCount += 1 }
    }

    public func error(at position: Position, _ message: String, hint: String? = nil) {
        add(Diagnostic(.error, at: position, message, hint: hint))
    }

    public func warning(at position: Position, _ message: String, hint: String? = nil) {
        add(Diagnostic(.warning, at: position, message, hint: hint))
    }
}

/// Thrown when a configuration is refused. It contains everything that was found.
public struct ConfigurationProblem: PresentableError {
    public let diagnostics: [Diagnostic]

    public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    public init(at position: Position, _ message: String, hint: String? = nil) {
        self.diagnostics = [Diagnostic(.error, at: position, message, hint: hint)]
    }

    /// One line for each problem, with its position and hint.
    public var message: String { diagnostics.map(\.description).joined(separator: "\n") }
    public var errorKind: ErrorKind { .configuration }
}

/// An error that reaches a person.
///
/// A module's own type says what happened in its own terms; this is what a command line, a log or an API looks at.
public protocol PresentableError: Error, Sendable, CustomStringConvertible {
    /// What happened, to what, and why.
    var message: String { get }
    /// What the person can do about it; nil where the message says all.
    var hint: String? { get }
    /// What sort of trouble it is.
    var errorKind: ErrorKind { get }
    /// Whether the same can succeed later without anybody's help.
    var canRetry: Bool { get }
}

extension PresentableError {
    public var hint: String? { nil }
    public var canRetry: Bool { errorKind == .temporary }
    public var description: String { hint.map { "\(message); \($0)" } ?? message }
}

/// The sorts of trouble that a caller treats differently: a command line by its exit code, an API by its status.
public enum ErrorKind: String, Sendable, Codable, CaseIterable {
    /// What was asked for does not exist, or was asked for wrongly.
    case usage
    /// Data is not what it should be: damaged, of another program, of a newer version.
    case data
    /// Something that is needed is not there or may not be used.
    case unavailable
    /// The program itself is wrong.
    case `internal`
    /// Something cannot be written.
    case output
    /// The same may succeed later.
    case temporary
    /// The settings or the schedule are wrong.
    case configuration
}

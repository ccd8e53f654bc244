/// An error that is shown to a person.
///
/// Each module has its own error types in its own terms. A command line, a log or an API uses this protocol.
public protocol PresentableError: Error, Sendable, CustomStringConvertible {
    /// What happened, to what, and why.
    var message: String { get }
    /// What the person can do about it; nil if the message says everything.
    var hint: String? { get }
    /// The kind of problem.
    var errorKind: ErrorKind { get }
    /// Whether the same action can succeed later without any intervention.
    var canRetry: Bool { get }
}

extension PresentableError {
    public var hint: String? { nil }
    public var canRetry: Bool { errorKind == .temporary || errorKind == .busy }
    public var description: String { hint.map { "\(message); \($0)" } ?? message }
}

/// The kinds of problems that callers treat differently: a command line by exit code, an API by status.
public enum ErrorKind: String, Sendable, Codable, CaseIterable {
    /// The request was wrong.
    case usage
    /// What was asked for does not exist.
    case notFound
    /// The state of what was asked for does not allow it.
    case conflict
    /// It has changed since the caller looked at it.
    case stale
    /// The caller may not do it.
    case forbidden
    /// Something else is at work on it; the same may succeed when that is done.
    case busy
    /// Data is not as it should be: damaged, from another program, or from a newer version.
    case data
    /// Something that is needed is missing or may not be used.
    case unavailable
    /// A fault in the program itself.
    case `internal`
    /// Something cannot be written.
    case output
    /// The same action may succeed later.
    case temporary
    /// The settings or the schedule are wrong.
    case configuration
}

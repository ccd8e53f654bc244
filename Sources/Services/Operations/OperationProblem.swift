public import AppConfiguration
public import Scheduling
public import Storage

/// Why something that a person asked for was not done, with the exit code that says so.
public struct OperationProblem: Error, Sendable, Codable, Equatable, CustomStringConvertible {
    /// sysexits(3), as far as the program uses it.
    public enum Code: Int32, Sendable, Codable {
        /// What was asked for does not exist, or was asked for wrongly.
        case usage = 64
        /// The data is not what it should be: damaged, of another program, of a newer version.
        case data = 65
        /// Something that is needed is not there or may not be used.
        case unavailable = 69
        case `internal` = 70
        /// A file cannot be written.
        case output = 74
        /// The same request may succeed later.
        case tryAgain = 75
        /// The settings or the schedule are wrong.
        case configuration = 78
    }

    public let code: Code
    /// One line for each thing that is wrong.
    public let lines: [String]

    public init(_ code: Code, _ lines: String...) {
        self.code = code
        self.lines = lines
    }

    public init(_ problem: ConfigurationProblem) {
        code = .configuration
        lines = problem.diagnostics.map(\.description)
    }

    public init(_ error: StorageError) {
        code =
            switch error.kind {
            case .locked, .full, .replaced, .uncertain: .tryAgain
            case .corrupt, .newer, .foreign, .lost: .data
            case .readOnly, .permission, .missing, .removed: .unavailable
            case .constraint, .other: .internal
            }
        lines = [error.description]
    }

    public init(_ refusal: RunRefusal) {
        code =
            switch refusal {
            case .unknown, .notRunning, .disabled: .usage
            case .alreadyRunning, .leftBehind, .groupBusy, .unavailable, .stopping: .tryAgain
            }
        lines = [refusal.description]
    }

    /// The problem that any error stands for.
    public init(any error: any Error) {
        switch error {
        case let problem as OperationProblem: self = problem
        case let error as ConfigurationProblem: self.init(error)
        case let error as StorageError: self.init(error)
        case let error as RunRefusal: self.init(error)
        default: self.init(.internal, "\(error)")
        }
    }

    public var description: String { lines.joined(separator: "\n") }
}

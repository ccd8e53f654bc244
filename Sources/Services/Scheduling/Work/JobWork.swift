import Values

/// What a job does, as data: read from a schedule file or sent by a program, and made into a `JobTask` when it is launched.
public enum JobWork: Sendable, Codable, Equatable {
    /// A task of the program, with what its `with` says.
    case task(name: String, parameters: TaskParameters)
    case command(Command)

    /// The task's name, or `command`.
    public var type: String {
        switch self {
        case .task(let name, _): name
        case .command: "command"
        }
    }

    /// The same work with parameters that are meant for one run; they win over the job's own. A command has none.
    func with(_ parameters: TaskParameters) -> JobWork {
        guard case .task(let name, let own) = self else { return self }
        return .task(name: name, parameters: own.merging(parameters))
    }
}

/// A program to run, without a shell.
public struct Command: Sendable, Codable, Equatable {
    /// The program, then its arguments.
    public let arguments: [String]
    /// The variables it gets beside those that every command inherits.
    public let environment: [String: TextOrSecret]
    /// The folder it runs in; nil for `/`.
    public let directory: String?

    public init(arguments: [String], environment: [String: TextOrSecret] = [:], directory: String? = nil) {
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
    }
}

/// Knows the program's tasks, and makes a job's work when the job is launched. The composition root has one over its rooms.
public protocol TaskRegistry: Sendable {
    var catalog: TaskCatalog { get }

    /// Throws a `RunProblem` when there is no such task. Parameters were checked before by `TaskCatalog.problem`.
    func task(for work: JobWork) throws(RunProblem) -> any JobTask
}

import Values

/// What a job does, as data. It is read from a schedule file, and made into a `JobTask` at launch.
public enum JobWork: Sendable, Codable, Equatable {
    /// A task of the program, with the parameters of its `with`.
    case task(name: String, parameters: TaskParameters)
    case command(Command)

    /// The task's name, or `command`.
    public var type: String {
        switch self {
        case .task(let name, _): name
        case .command: "command"
        }
    }

    /// The same work with parameters for one run, which override the job's own. A command has none.
    func with(_ parameters: TaskParameters) -> JobWork {
        guard case .task(let name, let own) = self else { return self }
        return .task(name: name, parameters: own.merging(parameters))
    }
}

/// A program to run, without a shell.
public struct Command: Sendable, Codable, Equatable {
    /// The program, then its arguments.
    public let arguments: [String]
    /// Variables in addition to those that every command inherits.
    public let environment: [String: TextOrSecret]
    /// The working directory; nil for `/`.
    public let directory: String?

    public init(arguments: [String], environment: [String: TextOrSecret] = [:], directory: String? = nil) {
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
    }
}

/// Knows the program's tasks, and creates a job's work when the job is launched. The composition root implements it.
public protocol TaskRegistry: Sendable {
    var catalog: TaskCatalog { get }

    /// Throws a `RunProblem` when there is no such task. The parameters have been checked with `TaskCatalog.problem`.
    func task(for work: JobWork) throws(RunProblem) -> any JobTask
}

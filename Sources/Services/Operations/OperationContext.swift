import Recurrence
import Scheduling
import AppConfiguration
public import Logging
public import Values

/// What a use case works with. The composition root makes one; whoever asks tells it where progress goes.
public struct OperationContext: Sendable {
    /// The ways into the data folder.
    public let data: FolderAccess
    public let runtime: Runtime
    let files: any ConfigurationSource
    let executor: any Executor
    let version: String
    let logger: Logger
    var onEvent: @Sendable (ExecutorEvent) -> Void = { _ in }

    /// - Parameters:
    ///   - executor: carries out what only the executor of the folder does.
    ///   - version: the program's, which the rows of runs say.
    public init(
        data: FolderAccess, files: any ConfigurationSource, executor: any Executor, runtime: Runtime, version: String,
        logger: Logger
    ) {
        self.data = data
        self.files = files
        self.executor = executor
        self.runtime = runtime
        self.version = version
        self.logger = logger
    }

    /// The same, with what comes before the answer told to somebody.
    public func reporting(_ onEvent: @escaping @Sendable (ExecutorEvent) -> Void) -> OperationContext {
        var context = self
        context.onEvent = onEvent
        return context
    }

    /// Reads the files, as a daemon that starts would. Throws a `ConfigurationProblem` with everything that is wrong.
    ///
    /// - Parameter schedule: the path of another schedule file; nil for the installation's.
    func configuration(schedule: String? = nil, absence: Absence = .isWarning) async throws -> any Configuration {
        let files = files
        return try await Blocking.run {
            let diagnostics = Diagnostics()
            guard let loaded = files.load(schedule: schedule, absence: absence, diagnostics: diagnostics) else {
                throw ConfigurationProblem(diagnostics.errors)
            }
            return loaded
        }
    }

    func ask(_ request: ExecutorRequest) async throws(OperationProblem) -> ExecutorAnswer {
        try await executor.perform(request, onEvent: onEvent)
    }

    /// The clock that lists are shown on: the schedule's, or the system's if the schedule cannot be read.
    public func clock() async -> LocalClock {
        LocalClock((try? await configuration())?.schedule.zone ?? files.zones.system)
    }
}

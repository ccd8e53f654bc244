import Recurrence
import Scheduling
import AppConfiguration
public import Leads
public import Logging
import Synchronization
public import Values

/// What a use case works with. The composition root creates it; the caller sets where progress is reported.
public struct OperationContext: Sendable {
    /// Access to the data folder.
    public let data: FolderAccess
    public let runtime: Runtime
    let files: any ConfigurationSource
    let executor: any Executor
    let version: String
    /// The person who asks.
    let author: LeadAuthor
    let logger: Logger
    var onEvent: @Sendable (ExecutorEvent) -> Void = { _ in }
    private let scheduleZone = ScheduleZone()

    /// - Parameters:
    ///   - executor: carries out what only the folder's executor can do.
    ///   - version: the program's version, which is stored in the rows of runs.
    ///   - author: the person who asks. It is stored with what the person says about leads.
    public init(
        data: FolderAccess, files: any ConfigurationSource, executor: any Executor, runtime: Runtime, version: String,
        author: LeadAuthor, logger: Logger
    ) {
        self.author = author
        self.data = data
        self.files = files
        self.executor = executor
        self.runtime = runtime
        self.version = version
        self.logger = logger
    }

    /// The same context with a handler for events that come before the answer.
    public func reporting(_ onEvent: @escaping @Sendable (ExecutorEvent) -> Void) -> OperationContext {
        var context = self
        context.onEvent = onEvent
        return context
    }

    /// Reads the files in the same way as a daemon that starts. Throws a `ConfigurationProblem` with all errors.
    ///
    /// - Parameter schedule: the path of another schedule file; nil for the installation's.
    func configuration(schedule: String? = nil, absence: Absence = .isWarning) async throws -> any Configuration {
        let files = files
        let loaded = try await Blocking.run {
            let diagnostics = Diagnostics()
            guard let loaded = files.load(schedule: schedule, absence: absence, diagnostics: diagnostics) else {
                throw ConfigurationProblem(diagnostics.errors)
            }
            return loaded
        }
        if schedule == nil { scheduleZone.value.withLock { $0 = loaded.schedule.zone } }
        return loaded
    }

    func ask(_ request: ExecutorRequest) async throws(OperationProblem) -> ExecutorAnswer {
        try await executor.perform(request, onEvent: onEvent)
    }

    /// The clock for lists: in the schedule's time zone, or in the system's if no schedule can be read.
    public func clock() async -> LocalClock {
        if let zone = scheduleZone.value.withLock({ $0 }) { return LocalClock(zone) }
        return LocalClock((try? await configuration())?.schedule.zone ?? files.zones.system)
    }
}

/// The zone of the installation's schedule when it was last read, so that a list's clock does not read it again.
private final class ScheduleZone: Sendable {
    let value = Mutex<TimeZoneRules?>(nil)
}

import AppConfiguration
public import Leads
public import Logging
import Recurrence
import Scheduling
import Storage
import Synchronization
public import Values

/// What a use case works with. The composition root creates it; the caller sets where progress is reported.
public struct OperationContext: Sendable {
    /// Access to the data folder.
    public let data: FolderAccess
    /// The path of the data folder.
    public var folder: String { data.folder.path }
    public let runtime: Runtime
    let files: any ConfigurationSource
    let executor: any Executor
    let version: String
    /// Who asks.
    public private(set) var author: LeadAuthor
    let logger: Logger
    /// Whether changes are undone at the end, so that the response says what would have been done.
    private(set) var isDryRun = false
    /// Keeps the answer to the request in the transaction that carries it out; nil for a request without a key.
    private(set) var receipt: Receipt?
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

    /// The same context for somebody else who asks.
    public func acting(as author: LeadAuthor) -> OperationContext {
        var context = self
        context.author = author
        return context
    }

    /// Throws a `StorageError` when the disk has too little room for anything beside the database.
    public func requireRoom() throws { try DataFolder(folder).requireRoom(for: 0) }

    /// The same context, in which each transaction that changes leads is undone at its end. Only for operations of which none
    /// builds on what the one before has written.
    public func dryRun() -> OperationContext {
        var context = self
        context.isDryRun = true
        return context
    }

    /// The same context, in which the answer to the request is kept with what it changes: all of it, or nothing.
    ///
    /// - Parameter answer: makes the answer of the operation's response; nil for a response that is not its last.
    public func keeping(
        _ key: AnswerKey, as answer: @escaping @Sendable (any Sendable) throws -> StoredAnswer?
    ) -> OperationContext {
        var context = self
        context.receipt = Receipt(key: key, answer: answer)
        return context
    }

    /// Reads the files in the same way as a daemon that starts. Throws a `ConfigurationProblem` with all errors.
    ///
    /// - Parameter schedule: another schedule; nil for the installation's.
    func configuration(schedule: OtherSchedule? = nil, absence: Absence = .isWarning) async throws -> any Configuration
    {
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

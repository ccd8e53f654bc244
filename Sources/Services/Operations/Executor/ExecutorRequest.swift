public import Backups
public import Leads
public import Scheduling
public import Values

/// A request that only the executor of a data folder can carry out. It is the same for a daemon behind its socket and
/// for a process that has taken the lock itself.
public enum ExecutorRequest: Sendable, Codable, Equatable {
    /// Runs a job, or a task that is not in the schedule, and waits for its end.
    case run(name: String, options: RunOptions = RunOptions())
    /// Pauses a job, so that its schedule does not start it, or, with nil, resumes it.
    case pause(job: String, JobPause?, by: LeadAuthor? = nil, isDryRun: Bool = false)
    /// Cancels the running and waiting runs of a job.
    case cancel(job: String, by: String? = nil, isDryRun: Bool = false)
    /// Runs slots of a range that did not run.
    case backfill(job: String, BackfillOptions)
    /// Reads the settings and the schedule again.
    case reload
    case createBackup
    case restoreBackup(name: String, by: LeadAuthor? = nil, isDryRun: Bool = false)
    case status

    /// Whether the request makes sense only with a daemon.
    var needsDaemon: Bool {
        switch self {
        case .reload, .status, .cancel: true
        // Who starts the daemon next decides about the slots that it owes.
        case .backfill(_, let options): !options.isDryRun
        case .run, .pause, .createBackup, .restoreBackup: false
        }
    }
}

/// An event that is sent before the answer.
public enum ExecutorEvent: Sendable, Codable, Equatable {
    case runStarted(id: Int64)
    /// - Parameter share: from 0 to 1; nil when it is not known.
    case progress(text: String, share: Double?)
}

/// The answer to a request.
public enum ExecutorAnswer: Sendable, Codable, Equatable {
    case ran(RunResult)
    case paused(PauseResult)
    case cancelled(CancelResult)
    case backfilled(BackfillResult)
    case reloaded(ReloadResult)
    case backedUp(BackupFile)
    case restored(RestoreResult)
    /// Nothing was done, because the data is in use; the text says by whom.
    case busy(String)
    case status(DaemonStatus)
}

extension ExecutorAnswer {
    /// The error for an answer that does not match the request.
    var isNotExpected: OperationProblem {
        OperationProblem(
            .internal,
            "the daemon answered something else than was asked; what was asked for may have been done, see 4runr runs")
    }
}

/// How a requested run ended.
public struct RunResult: Sendable, Codable, Equatable {
    public let id: Int64
    public let job: String
    public let status: ActivityStatus
    public let seconds: Double
    /// The JSON stored in the row.
    public let output: String?
    public let error: String?
}

/// Whether a job is paused now, and whether that is a change.
public struct PauseResult: Sendable, Codable, Equatable {
    public let job: String
    public let paused: Bool
    public let changed: Bool
    /// When the pause ends by itself; nil for not at all.
    public let until: Timestamp?
    /// Why it is paused.
    public let note: String?

    public init(job: String, pause: JobPause?, changed: Bool) {
        self.job = job
        self.changed = changed
        (paused, until, note) = (pause != nil, pause?.until, pause?.note)
    }
}

/// Which run was cancelled.
public struct CancelResult: Sendable, Codable, Equatable {
    public let job: String
    /// The run that was under way; nil when only waiting runs were cancelled.
    public let run: Int64?
    /// The runs that waited, and were cancelled as well.
    public let waiting: [Int64]
    /// How the run ended. It may have finished before it was cancelled.
    public let status: ActivityStatus
}

/// What a reload changed.
public struct ReloadResult: Sendable, Codable, Equatable {
    public let comparison: ScheduleComparison
    /// Warnings about the files, one line each.
    public let warnings: [String]

    public init(comparison: ScheduleComparison, warnings: [String]) {
        self.comparison = comparison
        self.warnings = warnings
    }
}

/// What a restore did.
public struct RestoreResult: Sendable, Codable, Equatable {
    /// The backup that was restored.
    public let name: String
    /// Where the replaced data is kept; nil when there was none, or after a dry run.
    public let keptAs: String?
    /// What stays in force of the replaced data; nil when that could not be read, so that messages are held back.
    public let carried: CarryOver?

    public init(name: String, keptAs: String?, carried: CarryOver?) {
        self.name = name
        self.keptAs = keptAs
        self.carried = carried
    }
}

/// The state of a daemon.
public struct DaemonStatus: Sendable, Codable, Equatable {
    public let processID: Int32
    public let version: String
    public let scheduler: SchedulerStatus
    /// What is wrong with the database that the daemon has open; nil when nothing is.
    public let databaseProblem: String?
    /// Why the API does not serve; nil when nothing is wrong.
    public let apiProblem: String?
}

/// Carries out requests: through a daemon's socket, or in this process.
public protocol Executor: Sendable {
    /// Throws an `OperationProblem`.
    func perform(
        _ request: ExecutorRequest, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer

    /// The daemon's state; nil when there is no daemon. Throws an `OperationProblem` when it does not respond.
    func daemonStatus() async throws(OperationProblem) -> DaemonStatus?
}

extension Executor {
    public func daemonStatus() async throws(OperationProblem) -> DaemonStatus? {
        let answer = try await perform(.status) { _ in }
        guard case .status(let status) = answer else { throw answer.isNotExpected }
        return status
    }
}

extension ExecutorRequest {
    /// Carries the request out in the process that holds the folder's lock.
    func carryOut(
        by executor: LocalExecutor, _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws -> ExecutorAnswer {
        switch self {
        case .run(let name, let options): return .ran(try await executor.run(name, options, onEvent))
        case .pause(let job, let pause, let author, let isDryRun):
            let changed = try await executor.scheduler.setPaused(job, pause, by: author, isDryRun: isDryRun)
            return .paused(PauseResult(job: job, pause: pause, changed: changed))
        case .backfill(let job, let options):
            return .backfilled(try await executor.scheduler.backfill(job, options))
        case .cancel(let job, let author, let isDryRun):
            let cancelled = try await executor.scheduler.cancel(job, by: author, isDryRun: isDryRun)
            return .cancelled(
                CancelResult(
                    job: job, run: cancelled.run, waiting: cancelled.waiting,
                    status: cancelled.ending?.status ?? .cancelled))
        case .reload: return .reloaded(try await executor.reload())
        case .createBackup:
            let (store, backups) = (executor.store, executor.backups)
            return .backedUp(
                try await Blocking.run {
                    try backups.create(of: store, .manual) { onEvent(.progress(text: "copying", share: $0)) }
                })
        case .restoreBackup(let name, let author, let isDryRun):
            return try await executor.restore(name, by: author, isDryRun: isDryRun, onEvent)
        case .status: return .status(await executor.status())
        }
    }
}

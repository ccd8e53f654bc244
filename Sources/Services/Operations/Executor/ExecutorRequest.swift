public import Backups
public import Leads
public import Scheduling
import Values

/// What only the executor of a data folder does. The same words for a daemon behind its socket and for a process that
/// took the lock itself.
public enum ExecutorRequest: Sendable, Codable, Equatable {
    /// Runs a job, or a task that is no job, and waits for its end.
    case run(name: String, options: RunOptions = RunOptions())
    /// Keeps a job from running by its schedule, or lets it run again.
    case pause(job: String, Bool)
    /// Ends what runs of a job, and takes back what waits of it.
    case cancel(job: String)
    /// Reads settings and schedule again.
    case reload
    case createBackup
    case restoreBackup(name: String)
    case status

    /// Whether it means nothing without a daemon.
    var needsDaemon: Bool {
        switch self {
        case .reload, .status, .cancel: true
        case .run, .pause, .createBackup, .restoreBackup: false
        }
    }
}

/// What comes before the answer.
public enum ExecutorEvent: Sendable, Codable, Equatable {
    case runStarted(id: Int64)
    /// - Parameter share: 0 to 1; nil where it is not known.
    case progress(text: String, share: Double?)
}

/// The answer to a request.
public enum ExecutorAnswer: Sendable, Codable, Equatable {
    case ran(RunResult)
    case paused(PauseResult)
    case cancelled(CancelResult)
    case reloaded(ReloadResult)
    case backedUp(BackupFile)
    case restored(RestoreResult)
    /// Nothing was done, since somebody is at work; the text says who.
    case busy(String)
    case status(DaemonStatus)
}

extension ExecutorAnswer {
    /// The error for an answer to something else than was asked.
    public var isNotExpected: OperationProblem {
        OperationProblem(
            .internal,
            "the daemon answered something else than was asked; what was asked for may have been done, see 4runr runs")
    }
}

/// How a run that was asked for ended.
public struct RunResult: Sendable, Codable, Equatable {
    public let id: Int64
    public let job: String
    public let status: ActivityStatus
    public let seconds: Double
    /// The JSON of the row.
    public let output: String?
    public let error: String?
}

/// Whether a job is paused now, and whether it was before.
public struct PauseResult: Sendable, Codable, Equatable {
    public let job: String
    public let paused: Bool
    public let changed: Bool
}

/// What was ended, or taken back.
public struct CancelResult: Sendable, Codable, Equatable {
    public let job: String
    /// The run that was under way; nil when only waiting ones were taken back.
    public let run: Int64?
    /// How it ended: it may have come to its own end first.
    public let status: ActivityStatus
}

/// What a reload changed.
public struct ReloadResult: Sendable, Codable, Equatable {
    public let comparison: ScheduleComparison
    /// What is suspicious about the files, one line each.
    public let warnings: [String]

    public init(comparison: ScheduleComparison, warnings: [String]) {
        self.comparison = comparison
        self.warnings = warnings
    }
}

/// What a restore did.
public struct RestoreResult: Sendable, Codable, Equatable {
    /// The backup that was loaded.
    public let name: String
    /// Where the data is that it replaced; nil when there was none.
    public let keptAs: String?

    public init(name: String, keptAs: String?) {
        self.name = name
        self.keptAs = keptAs
    }
}

/// How a daemon is.
public struct DaemonStatus: Sendable, Codable, Equatable {
    public let processID: Int32
    public let version: String
    public let scheduler: SchedulerStatus
    /// What is wrong with the database as the daemon has it open; nil when nothing is.
    public let databaseProblem: String?
}

/// Carries requests out: a daemon's socket, or this process itself.
public protocol Executor: Sendable {
    /// Throws an `OperationProblem`.
    func perform(
        _ request: ExecutorRequest, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer

    /// How the daemon is; nil when there is none. Throws an `OperationProblem` when it does not answer.
    func daemonStatus() async throws(OperationProblem) -> DaemonStatus?
}

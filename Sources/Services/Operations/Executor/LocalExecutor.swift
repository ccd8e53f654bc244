public import Backups
import Glibc
import Leads
public import Scheduling
public import Storage
import Synchronization
import Values

/// Carries requests out in this process, which holds the folder's lock.
public final class LocalExecutor: Executor {
    let scheduler: Scheduler
    let store: Store
    let backups: BackupService
    private let writers: Writers
    private let version: String
    let reload: @Sendable () async throws -> ReloadResult
    private let apiProblem: @Sendable () -> String?

    /// - Parameters:
    ///   - writers: the processes that write in addition to the scheduler's runs.
    ///   - reload: reads the files again and applies them.
    ///   - apiProblem: why the API does not serve; nil when nothing is wrong.
    public init(
        scheduler: Scheduler, store: Store, backups: BackupService, writers: Writers, version: String,
        reload: @escaping @Sendable () async throws -> ReloadResult,
        apiProblem: @escaping @Sendable () -> String? = { nil }
    ) {
        self.scheduler = scheduler
        self.store = store
        self.backups = backups
        self.writers = writers
        self.version = version
        self.reload = reload
        self.apiProblem = apiProblem
    }

    public func perform(
        _ request: ExecutorRequest, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer {
        do { return try await request.carryOut(by: self, onEvent) } catch { throw OperationProblem(any: error) }
    }

    func status() async -> DaemonStatus {
        let problem =
            store.isInPlace
            ? nil
            : "\(store.path) or its log was removed or replaced under the daemon; rescue its data with 4runr backup create, then restart it"
        return DaemonStatus(
            processID: getpid(), version: version, scheduler: await scheduler.status(), databaseProblem: problem,
            apiProblem: apiProblem())
    }

    func run(
        _ name: String, _ options: RunOptions, _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws -> RunResult {
        let started = Mutex<Int64>(0)
        let ending = try await scheduler.runNow(
            name, options: options,
            onStart: { id in
                started.withLock { $0 = id }
                onEvent(.runStarted(id: id))
            }, progress: { onEvent(.progress(text: $0, share: $1)) })
        return RunResult(
            id: started.withLock { $0 }, job: name, status: ending.status, seconds: ending.duration?.inSeconds ?? 0,
            output: ending.output,
            error: ending.error)
    }

    func restore(
        _ name: String, by author: LeadAuthor?, isDryRun: Bool, _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws -> ExecutorAnswer {
        let (store, backups, writers) = (store, backups, writers)
        _ = try backups.resolve(name)
        guard !isDryRun else {
            return .restored(
                try await Blocking.run {
                    RestoreResult(name: name, keptAs: nil, carried: try backups.tryRestoring(name, over: store))
                })
        }
        do {
            let (aside, carried) = try await scheduler.withNothingRunning {
                try await Blocking.run {
                    // Neither jobs nor anyone else may write until the database has been replaced.
                    let exclusion: Writers.Exclusion
                    do throws(StorageError) { exclusion = try writers.exclude() } catch {
                        guard error.kind == .locked else { throw error }
                        throw Busy(text: error.description)
                    }
                    defer { withExtendedLifetime(exclusion) {} }
                    return try backups.restore(name, into: store, by: author) {
                        onEvent(.progress(text: "keeping the present data aside", share: $0))
                    }
                }
            }
            return .restored(RestoreResult(name: name, keptAs: aside.name, carried: carried))
        } catch let busy as Busy {
            return .busy(busy.text)
        } catch let refusal as RunRefusal {
            switch refusal {
            case .alreadyRunning, .leftBehind: return .busy(refusal.description)
            default: throw refusal
            }
        }
    }

    private struct Busy: Error { let text: String }
}

import Backups
import Configuration
import Glibc
import Logging
public import Operations
import Scheduling
import Storage
import Values

/// Finds who carries requests out for a data folder.
public enum Executors {
    /// Does something by the folder's executor: the daemon that listens, or this process, which takes the lock for as
    /// long and serves nobody else.
    ///
    /// Throws an `OperationProblem`.
    public static func perform(
        _ request: ExecutorRequest, in installation: Installation, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer {
        if let holder = ExecutorLock.holder(of: installation.folder) {
            guard !holder.socket.isEmpty else {
                throw OperationProblem(
                    .tryAgain,
                    "\(installation.folder.path): process \(holder.processID) is at work on this folder; try again when it is done"
                )
            }
            return try await ControlClient(path: holder.socket).perform(request, onEvent: onEvent)
        }
        do {
            if case .restoreBackup(let name) = request, let answer = try await replaceDamaged(with: name, installation)
            {
                return answer
            }
            return try await performHere(request, installation, onEvent)
        } catch { throw OperationProblem(any: error) }
    }

    /// Whether a daemon is the folder's executor, with its process id.
    public static func daemon(of installation: Installation) -> Int32? {
        ExecutorLock.holder(of: installation.folder)?.processID
    }

    private static func performHere(
        _ request: ExecutorRequest, _ installation: Installation, _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws -> ExecutorAnswer {
        switch request {
        case .reload, .status:
            throw OperationProblem(
                .unavailable,
                "no daemon is at work on \(installation.folder.path); start it: systemctl start 4runr, or 4runr serve")
        case .run, .createBackup, .restoreBackup: break
        }
        let services = ServiceBox()
        let loaded = try installation.loadOrThrow(services: services, missingCommand: .isWarning)
        DaemonSettings.bootstrapQuietLogging(environment: installation.environment)
        let logger = Logger(label: "local")
        let workplace = try await Workplace.open(installation, socket: "", patience: .zero, logger: logger)
        let clock = SystemClock()
        services.fill(TaskServices(loaded, installation.folder, workplace, clock))
        let scheduler = Scheduler(
            schedule: loaded.schedule, ledger: StoreLedger(store: workplace.store), clock: clock, logger: logger)
        await scheduler.startManually()
        let catalog = TaskCatalog.shipped(services)
        let executor = LocalExecutor(
            scheduler: scheduler, store: workplace.store, backups: workplace.backups, version: Program.version,
            adHocJob: { Job(adHoc: $0, catalog: catalog) },
            reload: { throw OperationProblem(.unavailable, "no daemon is running") })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await scheduler.run() }
            let answer = try await executor.perform(request, onEvent: onEvent)
            // What follows from the run is part of it.
            await scheduler.waitUntilIdle()
            await scheduler.drain(grace: .zero)
            withExtendedLifetime(workplace) {}
            return answer
        }
    }

    /// A restore over a database that cannot be opened any more. Nil when it can be.
    private static func replaceDamaged(with name: String, _ installation: Installation) async throws -> ExecutorAnswer?
    {
        let folder = installation.folder
        try folder.prepare()
        guard let lock = try ExecutorLock.take(folder, socket: "") else { return nil }
        defer { withExtendedLifetime(lock) {} }
        do {
            _ = try await Store.onBlockingThread { try Store(path: folder.database).integrityProblems() }
            return nil
        } catch let error as StorageError where error.kind == .corrupt {
            let backups = BackupService(folder: folder, now: { SystemClock().now })
            let aside = try await Store.onBlockingThread { try backups.replaceDamaged(with: name) }
            return .restored(RestoreResult(name: name, keptAs: aside))
        }
    }
}

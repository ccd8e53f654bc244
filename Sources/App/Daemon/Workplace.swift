import Backups
import AppConfiguration
import Logging
import Operations
import Scheduling
import Storage
import Values

/// A data folder that this process is the executor of: its lock is taken, and its database open and migrated.
struct Workplace: Sendable {
    let lock: ExecutorLock
    let store: Store
    let backups: BackupService

    /// - Parameters:
    ///   - socket: the path of the control socket that others are told; empty for none.
    ///   - patience: how long to wait for a database that is locked or a disk that is full.
    ///   - waiting: called with the reason every so often while it waits.
    /// Throws a `StorageError`, or an `OperationProblem` when another process is the executor.
    static func open(
        _ installation: Installation, socket: String, patience: Duration, logger: Logger,
        waiting: @escaping (String) -> Void = { _ in }
    ) async throws -> Workplace {
        let folder = installation.folder
        try folder.prepare()
        let clock = SystemClock()
        let deadline = clock.uptime + patience
        let lock = try await lock(folder, socket: socket, until: deadline, waiting: waiting)
        let backups = BackupService(folder: folder, now: { clock.now })
        while true {
            do {
                let store = try await Store.onBlockingThread {
                    let store = try Store(path: folder.database)
                    let applied = try store.migrations.up {
                        let file = try backups.create(of: store, .beforeMigration)
                        logger.notice("the data from before the migration is kept in backups/\(file.name)")
                    }
                    if let first = applied.first, let last = applied.last, first.number > 1 {
                        logger.notice("migrated the database from schema \(first.number - 1) to \(last.number)")
                    }
                    // A damaged file is refused here, not at the first job.
                    _ = try store.runs.open()
                    return store
                }
                return Workplace(lock: lock, store: store, backups: backups)
            } catch let error as StorageError where error.canRetry && clock.uptime < deadline {
                logger.warning("\(error); waiting")
                waiting(error.description)
                try await Task.sleep(for: .seconds(2))
            }
        }
    }

    /// Takes the folder's lock, or throws an `OperationProblem` that says who has it.
    ///
    /// Another daemon is a reason to give up. A command that is at work for a while is waited for until `deadline`, and
    /// somebody who only looks holds the lock for an instant.
    static func lock(
        _ folder: DataFolder, socket: String, until deadline: Duration, waiting: (String) -> Void = { _ in }
    ) async throws -> ExecutorLock {
        let clock = SystemClock()
        let least = clock.uptime + .seconds(1)
        while true {
            if let lock = try ExecutorLock.take(folder, socket: socket) { return lock }
            let holder = try ExecutorLock.holder(of: folder)
            let name = holder.map { "process \($0.processID)" } ?? "another process"
            guard holder?.socket.isEmpty != false, clock.uptime < max(least, deadline) else {
                throw OperationProblem(
                    .unavailable,
                    "\(folder.path): \(name) is at work on this folder already; stop it first, or name another with --data DIR"
                )
            }
            waiting("\(name) is at work on \(folder.path)")
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}

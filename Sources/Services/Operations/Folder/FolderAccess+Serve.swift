public import Backups
public import Logging
public import Storage
import Values

/// A data folder whose executor is this process: its lock is held, and its database is open and migrated.
public struct ServedFolder: Sendable {
    /// Held for as long as this value exists.
    let lock: ExecutorLock
    public let store: Store
    public let backups: BackupService
    /// Why the database could not be opened at first; nil when it was opened at once.
    public let waitedFor: String?
}

extension FolderAccess {
    /// Makes this process the folder's executor.
    ///
    /// Throws a `StorageError`, or an `OperationProblem` when another process is the executor.
    ///
    /// - Parameters:
    ///   - socket: the path of the control socket, which other processes can look up; empty for none.
    ///   - patience: how long to wait while the folder or the database is locked, or the disk is full.
    ///   - waiting: called regularly with the reason while it waits.
    public func serve(
        socket: String, patience: Duration, logger: Logger, waiting: @escaping (String) -> Void = { _ in }
    ) async throws -> ServedFolder {
        let deadline = runtime.uptime + patience
        let backups = backups
        var lock: ExecutorLock?
        var reason: String?
        var lastSaid: (reason: String, at: Duration)?
        while true {
            do {
                try folder.prepare()
                let held: ExecutorLock
                if let lock {
                    held = lock
                } else {
                    held = try await takeLock(socket: socket, until: deadline, logger: logger) {
                        reason = $0
                        waiting($0)
                    }
                }
                lock = held
                let store = try await Blocking.run { try openStore(backups, logger) }
                return ServedFolder(lock: held, store: store, backups: backups, waitedFor: reason)
            } catch let error as StorageError where error.canRetry && runtime.uptime < deadline {
                reason = error.description
                // Logged once a minute, because a full disk may last, and the log may be on it.
                if lastSaid.map({ $0.reason != error.description || runtime.uptime - $0.at >= .seconds(60) }) ?? true {
                    logger.warning("\(error); waiting")
                    lastSaid = (error.description, runtime.uptime)
                }
                waiting(error.description)
                try await runtime.sleep(for: .seconds(2))
            }
        }
    }

    /// Opens the database, completes an interrupted restore, and migrates it to this version's schema.
    private func openStore(_ backups: BackupService, _ logger: Logger) throws -> Store {
        if let aside = try backups.finishRestore() {
            logger.notice("a restore that was cut off is done now; what it replaced is kept as \(aside)")
        }
        try backups.checkPresence()
        let store = try Store(path: folder.database)
        if store.isBlank { try backups.checkPresence(ofBlank: true) }
        let writers = writers
        if try store.migrations.current() < Migration.latest {
            let exclusion = try writers.exclude()
            defer { withExtendedLifetime(exclusion) {} }
            let applied = try store.migrations.up {
                let file = try backups.create(of: store, .beforeMigration)
                logger.notice("the data from before the migration is kept in backups/\(file.name)")
            }
            if let first = applied.first, let last = applied.last, first.number > 1 {
                logger.notice("migrated the database from schema \(first.number - 1) to \(last.number)")
            }
        }
        // A damaged file is refused here rather than at the first job.
        _ = try store.runs.open()
        try store.runs.closeAbandoned(except: writers.living, at: runtime.now)
        return store
    }

    /// Takes the folder's lock, or throws an `OperationProblem` that says who holds it.
    ///
    /// If another daemon holds it, gives up. If a command holds it while it works, waits until `deadline`. A process
    /// that only looks holds it for an instant.
    func takeLock(
        socket: String, until deadline: Duration, logger: Logger? = nil, waiting: (String) -> Void = { _ in }
    ) async throws -> ExecutorLock {
        let begun = runtime.uptime
        let least = begun + .seconds(1)
        var nextWord = least
        while true {
            if let lock = try ExecutorLock.take(folder, socket: socket) { return lock }
            let holder = try ExecutorLock.holder(of: folder)
            let name = holder.map { "process \($0.processID)" } ?? "another process"
            let isDaemon = holder.map { !$0.socket.isEmpty } ?? false
            guard !isDaemon, runtime.uptime < max(least, deadline) else {
                throw OperationProblem(
                    isDaemon ? .unavailable : .temporary,
                    "\(folder.path): \(name) is at work on this folder already; stop it first, or name another with --data DIR"
                )
            }
            if runtime.uptime >= nextWord {
                logger?.notice(
                    "waiting: \(name) is at work on \(folder.path), for \((runtime.uptime - begun).brief) now")
                nextWord = runtime.uptime + .seconds(60)
            }
            waiting("\(name) is at work on \(folder.path)")
            try await runtime.sleep(for: .milliseconds(100))
        }
    }
}

import Glibc
public import Logging
public import Storage
import Values

extension FolderAccess {
    /// Does blocking work with the database, either alongside a running daemon or while holding the folder's lock.
    /// Creates the database if the folder has none.
    ///
    /// Throws an `OperationProblem`, a `StorageError`, or what the work throws.
    ///
    /// - Parameters:
    ///   - what: what is being done, for a person who has to wait for it.
    ///   - work: receives the database, and the name under which this process is registered as a writer.
    public func write<Value: Sendable>(
        _ what: String, logger: Logger, _ work: @escaping @Sendable (Store, String) throws -> Value
    ) async throws -> Value {
        if let store = servedStore {
            return try await Blocking.run {
                let writer = try writers.register(what)
                defer { withExtendedLifetime(writer) {} }
                return try work(store, writer.name)
            }
        }
        let folder = folder
        if try await Blocking.run({ try ExecutorLock.holder(of: folder) }) == nil {
            // Nobody is using the folder. A daemon that starts now waits until this is done.
            let served = try await serve(socket: "", patience: .zero, logger: logger)
            let value = try await Blocking.run {
                let writer = try writers.register(what)
                defer { withExtendedLifetime(writer) {} }
                return try work(served.store, writer.name)
            }
            try? await Blocking.run { try served.store.close() }
            withExtendedLifetime(served) {}
            return value
        }
        return try await Blocking.run {
            let writer = try writers.register(what)
            defer { withExtendedLifetime(writer) {} }
            guard try read() != nil else {
                throw OperationProblem(.temporary, "\(folder.database): the daemon is still making it")
            }
            let store = try Store(path: folder.database, access: .existing)
            try store.runs.closeAbandoned(except: writers.living, at: runtime.now)
            return try work(store, writer.name)
        }
    }

    /// Does blocking work with a copy of the database, which is then discarded. For dry runs.
    func writeOnCopy<Value: Sendable>(
        _ work: @escaping @Sendable (Store) throws -> Value
    ) async throws -> Value {
        // Several at once could fill the disk.
        try await Self.copies.withLock(folder.path) {
            try await Blocking.run { try onCopy(work) }
        }
    }

    private func onCopy<Value: Sendable>(_ work: (Store) throws -> Value) throws -> Value {
        try folder.prepare()
        var status = stat()
        try folder.requireRoom(for: stat(folder.database, &status) == 0 ? Int(status.st_size) : 0)
        let copy = try ScratchCopy(of: try read(), beside: folder.database)
        defer { copy.discard() }
        _ = try copy.store.migrations.up {}
        return try work(copy.store)
    }

    private static let copies = KeyedLock()
}

import Backups
import Glibc
public import Storage
import Values

extension FolderAccess {
    /// Applies migrations up to a number; nil for all. Returns what was applied. Throws an `OperationProblem` when somebody is
    /// at work on the folder, or a `StorageError`.
    public func migrateUp(to target: Int?) async throws -> [MigrationStatus] {
        try await changeSchema { store, backups in
            try store.migrations.up(to: target) { _ = try backups.create(of: store, .beforeMigration) }
        }
    }

    /// Takes migrations back down to a number. Returns what was taken back. Throws as `migrateUp`.
    public func migrateDown(to target: Int) async throws -> [MigrationStatus] {
        try await changeSchema { store, backups in
            try store.migrations.down(to: target) { _ = try backups.create(of: store, .beforeMigration) }
        }
    }

    /// Makes an empty database, on purpose, in a folder whose database is gone: what is left of that is kept under another
    /// name. Returns what was applied. Throws as `migrateUp`, and when there is a database.
    public func startAnew() async throws -> [MigrationStatus] {
        try await changeSchema(isNew: true) { store, _ in try store.migrations.up {} }
    }

    private func changeSchema(
        isNew: Bool = false, _ work: @escaping @Sendable (Store, BackupService) throws -> [MigrationStatus]
    ) async throws -> [MigrationStatus] {
        try folder.prepare()
        let lock = try await takeLock(socket: "", until: .zero)
        defer { withExtendedLifetime(lock) {} }
        return try await Blocking.run {
            let exclusion = try writers.exclude()
            defer { withExtendedLifetime(exclusion) {} }
            if isNew {
                try backups.clearForNew()
            } else {
                try backups.finishRestore()
                try backups.checkPresence()
            }
            return try work(try Store(path: folder.database), backups)
        }
    }

    /// A restore over a database that cannot be worked with, whatever is the matter with it: it is gone, damaged, of a newer
    /// version, or cannot be brought up to this one. Nil when it can be, and its content is to be replaced in place.
    ///
    /// - Parameter whateverItIs: whether the file is replaced although nothing is the matter with it at first sight.
    public func replaceDatabase(with name: String, whateverItIs: Bool = false) async throws -> ExecutorAnswer? {
        try folder.prepare()
        guard let lock = try ExecutorLock.take(folder, socket: "") else { return nil }
        defer { withExtendedLifetime(lock) {} }
        return try await Blocking.run {
            let exclusion: Writers.Exclusion
            do throws(StorageError) { exclusion = try writers.exclude() } catch {
                guard error.kind == .locked else { throw error }
                return .busy(error.description)
            }
            defer { withExtendedLifetime(exclusion) {} }
            do throws(StorageError) {
                let store = try Store(path: folder.database, access: .existing)
                let isCurrent = try store.migrations.current() == Migration.latest
                if !whateverItIs, isCurrent, try store.integrityProblems().isEmpty { return nil }
                // What is in the log is in the file then, and is kept with it.
                try? store.close()
            } catch {
                // SQLite says so, too, of a format that it does not know.
                let isUnknown = error.kind == .readOnly && access(folder.database, W_OK) == 0
                let kinds: [StorageError.Kind] = [.missing, .corrupt, .newer, .foreign, .other, .constraint]
                guard whateverItIs || isUnknown || kinds.contains(error.kind) else { throw error }
            }
            let aside = try backups.replaceFile(with: name)
            return .restored(RestoreResult(name: name, keptAs: aside))
        }
    }
}

import Backups
import Glibc
import Leads
import Storage
import Values

extension FolderAccess {
    /// Applies migrations up to a number; nil for all. Returns those that were applied. Throws an `OperationProblem`
    /// when the folder is in use, or a `StorageError`.
    func migrateUp(to target: Int?) async throws -> [MigrationStatus] {
        try await changeSchema { store, backups in
            try store.migrations.up(to: target) { _ = try backups.create(of: store, .beforeMigration) }
        }
    }

    /// Reverts migrations down to a number. Returns those that were reverted. Throws as `migrateUp` does.
    func migrateDown(to target: Int) async throws -> [MigrationStatus] {
        try await changeSchema { store, backups in
            try store.migrations.down(to: target) { _ = try backups.create(of: store, .beforeMigration) }
        }
    }

    /// Deliberately creates an empty database in a folder whose database is gone. What is left of the old one is kept
    /// under another name. Returns the migrations that were applied. Throws as `migrateUp` does, and when there is a
    /// database.
    func startAnew() async throws -> [MigrationStatus] {
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

    /// Restores a backup over a database that cannot be used: it is missing, damaged, from a newer version, or cannot
    /// be migrated to this one. Returns nil when the database is usable and its content is to be replaced in place.
    ///
    /// - Parameters:
    ///   - author: who asks.
    ///   - whateverItIs: whether to replace the file although nothing seems to be wrong with it.
    func replaceDatabase(
        with name: String, by author: LeadAuthor?, whateverItIs: Bool = false
    ) async throws -> ExecutorAnswer? {
        try folder.prepare()
        guard let lock = try ExecutorLock.take(folder, socket: "") else { return nil }
        defer { withExtendedLifetime(lock) {} }
        return try await Blocking.run { () throws -> ExecutorAnswer? in
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
                // Closing moves the content of the WAL into the file, so that it is kept with it.
                try? store.close()
            } catch {
                // SQLite also reports this for a format that it does not know.
                let isUnknown = error.kind == .readOnly && access(folder.database, W_OK) == 0
                let kinds: [StorageError.Kind] = [.missing, .corrupt, .newer, .foreign, .other, .constraint]
                guard whateverItIs || isUnknown || kinds.contains(error.kind) else { throw error }
            }
            let (aside, carried) = try backups.replaceFile(with: name, by: author)
            return .restored(RestoreResult(name: name, keptAs: aside, carried: carried))
        }
    }
}

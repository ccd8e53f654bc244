import Backups
import Logging
import Operations
import Scheduling
public import Storage
import Values

/// Moves the schema of a folder that no daemon is at work on.
public enum SchemaChange {
    /// Answers what was applied. Throws an `OperationProblem` or a `StorageError`.
    public static func up(to target: Int?, in installation: Installation) async throws -> [MigrationStatus] {
        try await withStore(installation) { store, backups in
            try store.migrations.up(to: target) { _ = try backups.create(of: store, .beforeMigration) }
        }
    }

    /// Answers what was taken back. Throws an `OperationProblem` or a `StorageError`.
    public static func down(to target: Int, in installation: Installation) async throws -> [MigrationStatus] {
        try await withStore(installation) { store, backups in
            try store.migrations.down(to: target) { _ = try backups.create(of: store, .beforeMigration) }
        }
    }

    /// Makes an empty database, on purpose, in a folder whose database is gone: what is left of that is kept under another
    /// name. Returns what was applied. Throws an `OperationProblem` or a `StorageError`, as when there is a database.
    public static func startAnew(in installation: Installation) async throws -> [MigrationStatus] {
        try await withStore(installation, isNew: true) { store, _ in try store.migrations.up {} }
    }

    private static func withStore(
        _ installation: Installation, isNew: Bool = false,
        _ work: @escaping @Sendable (Store, BackupService) throws -> [MigrationStatus]
    ) async throws -> [MigrationStatus] {
        let folder = installation.folder
        try folder.prepare()
        let lock = try await Workplace.lock(installation, socket: "", until: .zero)
        defer { withExtendedLifetime(lock) {} }
        return try await Blocking.run {
            let exclusion = try Writers(of: folder).exclude()
            defer { withExtendedLifetime(exclusion) {} }
            let backups = BackupService(folder: folder, runtime: installation.runtime)
            if isNew {
                try backups.clearForNew()
            } else {
                try backups.finishRestore()
                try backups.checkPresence()
            }
            return try work(try Store(path: folder.database), backups)
        }
    }
}

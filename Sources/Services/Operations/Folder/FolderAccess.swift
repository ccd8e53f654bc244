import Backups
public import Storage
public import Values

/// The ways into a data folder, each with what it promises to others.
///
/// | mode | lock of the folder | registered as a writer | database |
/// |---|---|---|---|
/// | `read` | no | no | opened to read only; none is made |
/// | `write` | taken where nobody else has it; else beside the executor | yes | made and migrated where nobody else has the lock |
/// | `writeOnCopy` | no | no | a copy that is thrown away |
/// | `serve` | taken, and kept | the scheduler's runs are not | made and migrated |
/// | `changeSchema`, `startAnew`, `replaceDatabase` | taken | others are kept out | as it is |
public struct FolderAccess: Sendable {
    public let folder: DataFolder
    let runtime: Runtime

    public init(_ folder: DataFolder, runtime: Runtime) {
        self.folder = folder
        self.runtime = runtime
    }

    var backups: BackupService { BackupService(folder: folder, runtime: runtime) }
    var writers: Writers { Writers(of: folder) }

    /// Opens the database for reading, whatever its schema. Nil before the first database is made. A folder that may not
    /// be read is an error, never an empty database.
    public func readAnySchema() throws(StorageError) -> Store? {
        try backups.checkPresence()
        do throws(StorageError) { return try Store(path: folder.database, access: .readOnly) } catch {
            if error.kind == .missing { return nil }
            throw error
        }
    }

    /// Opens the database for reading. Nil before the first database is made; throws when its schema is an older one.
    public func read() throws(StorageError) -> Store? {
        guard let store = try readAnySchema() else { return nil }
        if store.isBlank { try backups.checkPresence(ofBlank: true) }
        let version = try store.migrations.current()
        guard version < Migration.latest else { return store }
        guard version > 0 else { return nil }
        throw StorageError(
            .newer, folder.database, "has schema \(version), this program works with \(Migration.latest)",
            hint: "it is migrated when the daemon starts, or by: 4runr migrate up")
    }
}

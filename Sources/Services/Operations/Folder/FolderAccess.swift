import Backups
public import Storage
public import Values

/// The ways to access a data folder, and what each guarantees to other processes.
///
/// | mode | lock of the folder | registered as a writer | database |
/// |---|---|---|---|
/// | `read` | no | no | opened read-only; never created |
/// | `write` | taken if free; otherwise the executor holds it | yes | created and migrated if the lock was free |
/// | `writeOnCopy` | no | no | a copy that is discarded |
/// | `serve` | taken and kept | the scheduler's runs are not | created and migrated |
/// | `changeSchema`, `startAnew`, `replaceDatabase` | taken | others are kept out | as it is |
public struct FolderAccess: Sendable {
    public let folder: DataFolder
    let runtime: Runtime
    /// The open folder, if this process is its executor.
    private let served: ServedFolder?

    /// - Parameter served: the open folder, if this process is its executor; it is used instead of opening the database anew.
    public init(_ folder: DataFolder, runtime: Runtime, served: ServedFolder? = nil) {
        self.folder = folder
        self.runtime = runtime
        self.served = served
    }

    /// The database that this process serves; nil if it serves none.
    var servedStore: Store? { served?.store }

    var backups: BackupService { served?.backups ?? BackupService(folder: folder, runtime: runtime) }
    var writers: Writers { Writers(of: folder) }

    /// Opens the database for reading, whatever its schema. Returns nil when no database has been created yet. A folder
    /// that may not be read is an error, never an empty database.
    func readAnySchema() throws(StorageError) -> Store? {
        try backups.checkPresence()
        do throws(StorageError) { return try Store(path: folder.database, access: .readOnly) } catch {
            if error.kind == .missing { return nil }
            throw error
        }
    }

    /// Opens the database for reading. Returns nil when no database has been created yet. Throws when its schema is
    /// outdated.
    public func read() throws(StorageError) -> Store? {
        if let served { return served.store }
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

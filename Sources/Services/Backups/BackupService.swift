import Glibc
public import Storage
import Synchronization
public import Values

/// Makes, lists, rotates and restores backups of a data folder's database.
///
/// All calls block on the disk.
public struct BackupService: Sendable {
    let folder: DataFolder
    let now: @Sendable () -> Timestamp
    /// One backup at a time: each clears away what a crash left of another.
    private let gate = Gate()

    private final class Gate: Sendable { let mutex = Mutex(()) }

    /// - Parameter now: the wall clock.
    public init(folder: DataFolder, now: @escaping @Sendable () -> Timestamp) {
        self.folder = folder
        self.now = now
    }

    /// Copies the database into the folder while it stays in use. The file has its name only once it was checked.
    public func create(
        of store: Store, _ reason: BackupFile.Reason, progress: @escaping (Double) -> Void = { _ in }
    ) throws(StorageError) -> BackupFile {
        try gate.mutex.withLock { _ throws(StorageError) in
            try copy(store, reason, isChecked: true, progress: progress)
        }
    }

    /// - Parameter isChecked: whether a damaged copy is refused; the data that a restore replaces is kept as it is.
    private func copy(
        _ store: Store, _ reason: BackupFile.Reason, isChecked: Bool, progress: @escaping (Double) -> Void
    ) throws(StorageError) -> BackupFile {
        let name = BackupFile.name(at: now(), reason)
        let path = path(of: name)
        removePartials()
        try store.snapshot(to: path, isChecked: isChecked, progress: progress)
        var status = stat()
        guard stat(path, &status) == 0, let file = BackupFile(name: name, size: Int(status.st_size)) else {
            throw StorageError(.other, path, "the backup is gone again")
        }
        return file
    }

    /// All backups, the newest first.
    ///
    /// Throws when the folder is there and cannot be read.
    public func list() throws(StorageError) -> [BackupFile] {
        try entries().compactMap { name in
            var status = stat()
            guard stat(path(of: name), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return BackupFile(name: name, size: Int(status.st_size))
        }.sorted { $0.name > $1.name }
    }

    /// The newest; nil when there is none, or none can be seen.
    public var newest: BackupFile? { try? list().first }

    /// Removes the backups that are older than so many days of 24 hours, but never the newest. Answers what went.
    public func rotate(keepingDays days: Int) throws(StorageError) -> [BackupFile] {
        let limit = now() - .seconds(Int64(days) * 86_400)
        var removed: [BackupFile] = []
        for file in try list().dropFirst() where file.createdAt < limit {
            guard unlink(path(of: file.name)) == 0 || errno == ENOENT else {
                throw StorageError(
                    .permission, path(of: file.name), "cannot be removed: \(String(cString: strerror(errno)))")
            }
            removed.append(file)
        }
        return removed
    }

    /// The path of a backup by the name that a list shows, or of any file by its path. Throws when there is none.
    public func resolve(_ name: String) throws(StorageError) -> String {
        let candidate = name.contains("/") ? name : path(of: name)
        guard access(candidate, F_OK) == 0 else {
            let hint =
                name.contains("/")
                ? "the daemon sees neither /home nor /tmp: copy it into \(folder.backups)" : "see: 4runr backup list"
            throw StorageError(.missing, candidate, "there is no such backup", hint: hint)
        }
        return candidate
    }

    /// Replaces what the database holds by a backup, in one transaction; what it held is kept as a backup of its own.
    /// Everything is checked before anything is changed. Answers the backup of the replaced data.
    public func restore(
        _ name: String, into store: Store, progress: @escaping (Double) -> Void = { _ in }
    ) throws(StorageError) -> BackupFile {
        let source = try resolve(name)
        try check(source)
        let aside = try gate.mutex.withLock { _ throws(StorageError) in
            try copy(store, .beforeRestore, isChecked: false, progress: progress)
        }
        try store.replaceContents(with: source)
        do throws(StorageError) {
            _ = try store.migrations.up {}
        } catch {
            // All or nothing: back to what was there.
            try store.replaceContents(with: path(of: aside.name))
            throw error
        }
        return aside
    }

    /// Puts a backup in the place of a database that cannot be opened any more; the damaged file is kept beside it.
    /// For the executor of the folder, with no store open. Answers where the damaged file went.
    public func replaceDamaged(with name: String) throws(StorageError) -> String {
        let source = try resolve(name)
        try check(source)
        // Whole and on the disk before the damaged one is touched.
        let replacement = "\(folder.database).restoring"
        unlink(replacement)
        try Store(path: source, access: .readOnly).snapshot(to: replacement)
        let restored = try Store(path: replacement)
        _ = try restored.migrations.up {}
        try restored.runs.forgetWhatIsOwed(at: now())
        try restored.close()
        for suffix in ["-wal", "-shm"] { unlink(replacement + suffix) }
        let aside = "\(folder.database).damaged-\(BackupFile.name(at: now(), .beforeRestore))"
        for suffix in ["-wal", "-shm", ""] where access(folder.database + suffix, F_OK) == 0 {
            try move(folder.database + suffix, to: aside + suffix)
        }
        try move(replacement, to: folder.database)
        return aside
    }

    private func move(_ path: String, to target: String) throws(StorageError) {
        guard rename(path, target) == 0 else {
            throw StorageError(.permission, path, "cannot be moved to \(target): \(String(cString: strerror(errno)))")
        }
    }

    /// Whether a file is a whole database of ours that this program can work with.
    func check(_ path: String) throws(StorageError) {
        let copy = try Store(path: path, access: .readOnly)
        let problems = try copy.integrityProblems()
        guard problems.isEmpty else {
            throw StorageError(
                .corrupt, path, "the backup is damaged: \(problems[0])", hint: "choose another: 4runr backup list")
        }
        guard try copy.migrations.current() > 0 else {
            throw StorageError(.foreign, path, "holds no data of 4runr", hint: "choose another: 4runr backup list")
        }
    }

    private func path(of name: String) -> String { "\(folder.backups)/\(name)" }

    /// What a crash in the middle of a backup left; whoever makes backups holds the folder's lock.
    private func removePartials() {
        for name in (try? entries()) ?? []
        where name.hasPrefix("leads-") && (name.hasSuffix(".partial") || name.hasSuffix(".partial-journal")) {
            unlink(path(of: name))
        }
    }

    private func entries() throws(StorageError) -> [String] {
        guard let stream = opendir(folder.backups) else {
            if errno == ENOENT { return [] }
            throw StorageError(
                .permission, folder.backups, "cannot be read: \(String(cString: strerror(errno)))",
                hint: "check its owner and mode")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names
    }
}

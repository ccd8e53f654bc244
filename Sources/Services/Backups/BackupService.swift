import Glibc
public import Leads
public import Storage
import Synchronization
public import Values

/// Creates, lists, rotates and restores backups of a data folder's database.
///
/// All calls block on the disk.
public struct BackupService: Sendable {
    let folder: DataFolder
    let runtime: Runtime
    /// Only one backup runs at a time, because each removes the partial files of others as leftovers of a crash.
    private let gate = Gate()

    private final class Gate: Sendable { let mutex = Mutex(()) }

    public init(folder: DataFolder, runtime: Runtime) {
        self.folder = folder
        self.runtime = runtime
    }

    /// Copies the database into the backups folder while it stays in use. The file gets its name only after it has been
    /// checked.
    public func create(
        of store: Store, _ reason: BackupFile.Reason, progress: @escaping (Double) -> Void = { _ in }
    ) throws(StorageError) -> BackupFile {
        try gate.mutex.withLock { _ throws(StorageError) in
            try copy(store, reason, isChecked: true, progress: progress)
        }
    }

    /// - Parameter isChecked: whether to throw if the copy is damaged. The data that a restore replaces is kept even if
    ///   it is damaged.
    private func copy(
        _ store: Store, _ reason: BackupFile.Reason, isChecked: Bool, progress: @escaping (Double) -> Void
    ) throws(StorageError) -> BackupFile {
        let name = BackupFile.name(at: runtime.now, reason)
        let path = path(of: name)
        removePartials()
        try store.snapshot(to: path, isChecked: isChecked, progress: progress)
        var status = stat()
        guard stat(path, &status) == 0, let file = BackupFile(name: name, size: Int(status.st_size)) else {
            throw StorageError(.other, path, "the backup disappeared after it was made")
        }
        return file
    }

    /// All backups, newest first.
    ///
    /// Throws when the folder exists but cannot be read.
    public func list() throws(StorageError) -> [BackupFile] {
        try entries().compactMap { name in
            var status = stat()
            guard stat(path(of: name), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return BackupFile(name: name, size: Int(status.st_size))
        }.sorted { $0.name > $1.name }
    }

    /// What is obviously wrong with a backup; nil if it looks valid. The full check is made before it is restored.
    public func obviousProblem(_ file: BackupFile) -> String? {
        let head = Array("SQLite format 3\0".utf8)
        let descriptor = open(path(of: file.name), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "\(file.name) cannot be read: \(String(cString: strerror(errno)))" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: head.count)
        let count = read(descriptor, &bytes, bytes.count)
        guard count == head.count, bytes == head, file.size >= 4_096 else {
            return "the newest, \(file.name), is not a database; make a new one: 4runr backup create"
        }
        return nil
    }

    /// The newest backup that is not dated in the future; nil if there is none or the folder cannot be read.
    public var newest: BackupFile? { (try? list())?.first { !isFromTheFuture($0) } }

    /// Whether a backup is dated in the future: the clock was ahead when it was made, or is behind now. Its age is
    /// unknown, so it counts neither as the newest nor as an old one.
    public func isFromTheFuture(_ file: BackupFile) -> Bool { file.createdAt > runtime.now + .seconds(300) }

    /// Removes backups older than this many days of 24 hours, but never the newest, and none whose age is unknown.
    /// Returns those that were removed.
    public func rotate(keepingDays days: Int) throws(StorageError) -> [BackupFile] {
        let limit = runtime.now - .seconds(Int64(days) * 86_400)
        var removed: [BackupFile] = []
        for file in try list().filter({ !isFromTheFuture($0) }).dropFirst() where file.createdAt < limit {
            guard unlink(path(of: file.name)) == 0 || errno == ENOENT else {
                throw StorageError(
                    .permission, path(of: file.name), "cannot be removed: \(String(cString: strerror(errno)))")
            }
            removed.append(file)
        }
        return removed
    }

    /// The path of a backup, given its name in the list, or of any file, given its path. Throws when it does not exist.
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

    /// Replaces the database's contents with a backup in one transaction. The previous contents are kept as another
    /// backup. Everything is checked before anything is changed. Opt-outs, deletions and suppressions of the previous
    /// contents stay in force. Returns the backup of the previous contents, and how many of those there were.
    ///
    /// - Parameter author: who asks; it is noted among the runs.
    public func restore(
        _ name: String, into store: Store, by author: LeadAuthor? = nil, progress: @escaping (Double) -> Void = { _ in }
    ) throws(StorageError) -> (aside: BackupFile, carried: CarryOver) {
        let source = try resolve(name)
        try check(source)
        let aside = try gate.mutex.withLock { _ throws(StorageError) in
            try copy(store, .beforeRestore, isChecked: false, progress: progress)
        }
        // What must not be forgotten is in the draft before it replaces anything, so that no crash loses it.
        let draft = "\(folder.database).restoring-draft"
        remove(draft)
        defer { remove(draft) }
        try Store(path: source, access: .readOnly).snapshot(to: draft)
        let replacement = try Store(path: draft, access: .existing)
        _ = try replacement.migrations.up {}
        let carried = try replacement.carryOver(from: store, author: .restore(name), at: runtime.now)
        try note(name, by: author, in: replacement)
        try replacement.close()
        try store.replaceContents(with: draft)
        do throws(StorageError) {
            // No writer is active now, so the writers recorded in the backup have ended.
            try store.runs.closeAbandoned(except: { [] }, at: runtime.now)
        } catch {
            // If a step fails, the previous contents are restored.
            try store.replaceContents(with: path(of: aside.name))
            throw error
        }
        return (aside, carried)
    }

    /// Writes down, in what is to replace the present contents, who asked for that.
    func note(_ name: String, by author: LeadAuthor?, in replacement: Store) throws(StorageError) {
        guard let author else { return }
        try replacement.runs.add([Step(byHand: "restore", ["backup": name], by: author, at: runtime.now)])
    }

    /// Does what a restore does before it replaces anything: checks the backup, and finds out what of the present contents would
    /// stay in force. Returns how much that is.
    public func tryRestoring(_ name: String, over store: Store) throws(StorageError) -> CarryOver {
        let source = try resolve(name)
        try check(source)
        let copy = try ScratchCopy(of: Store(path: source, access: .readOnly), beside: folder.database)
        defer { copy.discard() }
        _ = try copy.store.migrations.up {}
        return try copy.store.carryOver(from: store, author: .restore(name), at: runtime.now)
    }

    /// How many bytes a backup made now would take, and how many are free for it.
    public func room(for store: Store) throws(StorageError) -> (size: Int, free: Int) {
        let size = try store.size()
        do throws(SystemError) {
            return (size, try DataFolder.freeBytes(at: folder.backups))
        } catch {
            throw StorageError(.other, folder.backups, "the free space is not known: \(error)")
        }
    }

    /// Checks that a file is a complete database of ours that this program can work with.
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

    func path(of name: String) -> String { "\(folder.backups)/\(name)" }

    /// Removes what a crash during a backup left behind. Only the holder of the folder's lock makes backups.
    private func removePartials() {
        for name in (try? entries()) ?? []
        where name.hasPrefix("leads-") && (name.hasSuffix(".partial") || name.hasSuffix(".partial-journal")) {
            unlink(path(of: name))
        }
    }

    private func entries() throws(StorageError) -> [String] {
        do throws(SystemError) { return try FolderReader.names(in: folder.backups) } catch {
            if error.code == ENOENT { return [] }
            throw StorageError(
                .permission, folder.backups, "cannot be read: \(error)", hint: "check its owner and mode")
        }
    }
}

import FoundationEssentials
import Glibc
public import Storage
import Values

/// What is done about the database file as a whole: for the executor of the folder, with no store open.
extension BackupService {
    private var database: String { folder.database }
    /// A whole database that is to take the place of the present one: it has this name only once that is decided.
    private var decided: String { "\(database).restoring" }

    /// Whether the folder's database is there, or may be made. Throws `lost` when it is gone although the folder had one: an
    /// empty one in its place would pay for everything anew, and in time its backups would take the place of the good ones.
    ///
    /// - Parameter isBlank: whether the file is known to be a database in which nobody has made anything.
    public func checkPresence(ofBlank isBlank: Bool = false) throws(StorageError) {
        var status = stat()
        guard isBlank || (stat(database, &status) != 0 ? errno == ENOENT : status.st_size == 0) else { return }
        guard access(decided, F_OK) != 0 else {
            throw StorageError(
                .lost, database, "a restore was cut off before it was done",
                hint: "it is finished when the daemon starts, or by repeating it: 4runr backup list")
        }
        let anew = "or begin with an empty one on purpose: 4runr migrate new"
        let all = try list()
        if let newest = all.first(where: { !isFromTheFuture($0) }) ?? all.first {
            throw StorageError(
                .lost, database, "the database is gone, but there are backups of it",
                hint: "bring it back: 4runr backup restore \(newest.name), \(anew)")
        }
        let name = database.split(separator: "/").last.map(String.init) ?? database
        let kept = (try? FolderReader.names(in: folder.path))?.first {
            ($0.hasPrefix("\(name).damaged-") || $0 == "\(name).restoring-draft") && !$0.hasSuffix("-wal")
                && !$0.hasSuffix("-shm")
        }
        if let kept {
            throw StorageError(
                .lost, database, "the database is gone, but \(kept) is there, which holds data",
                hint: "bring it back: 4runr backup restore \(folder.path)/\(kept), \(anew)")
        }
        var log = stat()
        guard !isBlank, stat("\(database)-wal", &log) == 0, log.st_size > 0 else { return }
        throw StorageError(
            .lost, database, "the database is gone, but its log \(database)-wal is there",
            hint: "put the file back where it was, \(anew)")
    }

    /// Makes room for a new, empty database: what is left of the old one is kept under another name. Throws when there is a
    /// database.
    public func clearForNew() throws(StorageError) {
        var status = stat()
        let isBlank = (try? Store(path: database, access: .readOnly))?.isBlank ?? false
        if stat(database, &status) == 0, status.st_size > 0, !isBlank {
            throw StorageError(.other, database, "there is a database", hint: "4runr migrate up brings it up to date")
        }
        // An empty one is nothing to keep.
        unlink(database)
        unlink(decided)
        try setAside()
    }

    /// Puts a backup in the place of the database, whatever state that is in; it is kept beside it. Returns where it was put,
    /// or nil when there was none.
    public func replaceFile(with name: String) throws(StorageError) -> String? {
        let source = try resolve(name)
        try check(source)
        let draft = "\(database).restoring-draft"
        remove(draft)
        try Store(path: source, access: .readOnly).snapshot(to: draft)
        let restored = try Store(path: draft, access: .existing)
        _ = try restored.migrations.up {}
        try restored.runs.forgetWhatIsOwed(at: runtime.now)
        try restored.close()
        var log = stat()
        guard stat("\(draft)-wal", &log) != 0 || log.st_size == 0 else {
            throw StorageError(.other, draft, "its log could not be written back", hint: "try again")
        }
        for suffix in ["-wal", "-shm"] { unlink(draft + suffix) }
        try check(draft)
        // The next start finishes what a crash from here on cuts off.
        try move(draft, to: decided)
        return try replaceByDecided()
    }

    /// Finishes a replacement that was decided and then cut off. Returns where the replaced file was put; nil when there was
    /// none, or nothing to finish.
    @discardableResult
    public func finishRestore() throws(StorageError) -> String? {
        guard access(decided, F_OK) == 0 else { return nil }
        do { try check(decided) } catch {
            // Not one that was decided on: what an earlier version left before it was whole.
            guard [.corrupt, .foreign, .missing].contains(error.kind) else { throw error }
            remove(decided)
            return nil
        }
        return try replaceByDecided()
    }

    private func replaceByDecided() throws(StorageError) -> String? {
        let aside = try setAside()
        for suffix in ["-wal", "-shm"] { unlink(decided + suffix) }
        try move(decided, to: database)
        return aside
    }

    /// Gives what there is of the present database a second name, and takes its log away: a log beside another file would be
    /// read into that. The file itself keeps its name until another takes it, so that there is never none.
    @discardableResult
    private func setAside() throws(StorageError) -> String? {
        let aside = "\(database).damaged-\(BackupFile.name(at: runtime.now, .beforeRestore))"
        var isAnything = false
        for suffix in ["", "-wal", "-shm"] where access(database + suffix, F_OK) == 0 {
            isAnything = true
            if link(database + suffix, aside + suffix) == 0 || errno == EEXIST { continue }
            // A file system without second names.
            try move(database + suffix, to: aside + suffix)
        }
        for suffix in ["-wal", "-shm"] { unlink(database + suffix) }
        return isAnything ? aside : nil
    }

    private func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", ".partial", ".partial-journal"] { unlink(path + suffix) }
    }

    private func move(_ path: String, to target: String) throws(StorageError) {
        guard rename(path, target) == 0 else {
            throw StorageError(
                errno == ENOSPC ? .full : .permission, path,
                "cannot be moved to \(target): \(String(cString: strerror(errno)))")
        }
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor >= 0 {
            fsync(descriptor)
            close(descriptor)
        }
    }
}

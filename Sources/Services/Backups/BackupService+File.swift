import FoundationEssentials
import Glibc
public import Leads
public import Storage
import Values

/// Operations on the database file as a whole. Only the folder's executor may call them, with no store open.
extension BackupService {
    private var database: String { folder.database }
    /// The replacement for the database during a restore. It gets this name only when it is complete and will be used.
    private var decided: String { "\(database).restoring" }

    /// Checks that the folder's database exists or may be created. Throws `lost` if it is gone although the folder had
    /// one: with an empty database, everything would be paid for again, and in time its backups would replace the good
    /// ones.
    ///
    /// - Parameter isBlank: whether the file is known to be a blank database.
    public func checkPresence(ofBlank isBlank: Bool = false) throws(StorageError) {
        var status = stat()
        guard isBlank || (stat(database, &status) != 0 ? errno == ENOENT : status.st_size == 0) else { return }
        guard access(decided, F_OK) != 0 else {
            throw StorageError(
                .lost, database, "a restore was interrupted",
                hint: "it is completed when the daemon starts; or run it again: 4runr backup list shows the backups")
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

    /// Makes room for a new, empty database. Remains of the old one are kept under another name. Throws when there is a
    /// database.
    public func clearForNew() throws(StorageError) {
        var status = stat()
        let isBlank = (try? Store(path: database, access: .readOnly))?.isBlank ?? false
        if stat(database, &status) == 0, status.st_size > 0, !isBlank {
            throw StorageError(.other, database, "there is a database", hint: "4runr migrate up brings it up to date")
        }
        // A blank database does not need to be kept.
        unlink(database)
        unlink(decided)
        try setAside()
    }

    /// Replaces the database file with a backup, whatever state the file is in. The old file is kept under another
    /// name. Returns its path, nil if there was none, and what was taken along from it; nil if it could not be read, in
    /// which case messages are held back until a person says so.
    ///
    /// - Parameter author: who asks; it is noted among the runs.
    public func replaceFile(
        with name: String, by author: LeadAuthor? = nil
    ) throws(StorageError) -> (aside: String?, carried: CarryOver?) {
        let source = try resolve(name)
        try check(source)
        let draft = "\(database).restoring-draft"
        remove(draft)
        try Store(path: source, access: .readOnly).snapshot(to: draft)
        let restored = try Store(path: draft, access: .existing)
        _ = try restored.migrations.up {}
        try restored.runs.forgetWhatIsOwed(at: runtime.now)
        let carried = carryOver(to: restored, from: name)
        if carried == nil {
            // Nobody knows which of them were revoked since.
            try restored.tokens.revokeAll(by: "restore", at: runtime.now)
            try restored.holds.set(
                .messages,
                because:
                    "the database that \(name.split(separator: "/").last ?? "a backup") replaced could not be read, so who opted out or was deleted after the backup is not known",
                at: runtime.now)
        }
        try note(name, by: author, in: restored)
        try restored.close()
        var log = stat()
        guard stat("\(draft)-wal", &log) != 0 || log.st_size == 0 else {
            throw StorageError(.other, draft, "its log could not be written back", hint: "try again")
        }
        for suffix in ["-wal", "-shm"] { unlink(draft + suffix) }
        try check(draft)
        // If the program crashes after this, the next start completes the restore.
        try move(draft, to: decided)
        return (try replaceByDecided(), carried)
    }

    /// Takes along what must not be forgotten from the folder's present database. Returns nil if it cannot be read.
    private func carryOver(to restored: Store, from name: String) -> CarryOver? {
        guard let old = try? Store(path: database, access: .readOnly), let problems = try? old.integrityProblems(),
            problems.isEmpty
        else { return nil }
        let author = LeadAuthor.restore(name.split(separator: "/").last.map(String.init) ?? name)
        guard (try? old.migrations.current()) != Migration.latest else {
            return try? restored.carryOver(from: old, author: author, at: runtime.now)
        }
        guard let copy = try? ScratchCopy(of: old, beside: database) else { return nil }
        defer { copy.discard() }
        guard (try? copy.store.migrations.up {}) != nil else { return nil }
        return try? restored.carryOver(from: copy.store, author: author, at: runtime.now)
    }

    /// Completes a restore that was interrupted after the replacement was ready. Returns the path of the replaced file;
    /// nil if there was none, or nothing to complete.
    @discardableResult
    public func finishRestore() throws(StorageError) -> String? {
        guard access(decided, F_OK) == 0 else { return nil }
        do { try check(decided) } catch {
            // Not a valid replacement: an earlier version may have left it before it was complete.
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

    /// Gives the current database a second name and removes its log, because a log next to another database file would
    /// be read into that. The file keeps its own name until it is replaced, so that a database always exists.
    @discardableResult
    private func setAside() throws(StorageError) -> String? {
        let aside = "\(database).damaged-\(BackupFile.name(at: runtime.now, .beforeRestore))"
        var isAnything = false
        for suffix in ["", "-wal", "-shm"] where access(database + suffix, F_OK) == 0 {
            isAnything = true
            if link(database + suffix, aside + suffix) == 0 || errno == EEXIST { continue }
            // For file systems without hard links.
            try move(database + suffix, to: aside + suffix)
        }
        for suffix in ["-wal", "-shm"] { unlink(database + suffix) }
        return isAnything ? aside : nil
    }

    func remove(_ path: String) {
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

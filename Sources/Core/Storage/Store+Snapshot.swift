internal import GRDB
import Glibc

extension Store {
    /// Copies the database as it is at one moment into a new file with mode 0600, while it stays in use. The copy gets
    /// its name only after it has been checked, so a file of that name is always complete.
    ///
    /// Uses SQLite's online backup interface, sqlite.org/backup.html.
    ///
    /// - Parameters:
    ///   - destination: the path of the copy, which must not exist.
    ///   - isChecked: whether to check the copy, and to throw if it is damaged.
    ///   - progress: called with the share done, from 0 to 1.
    public func snapshot(
        to destination: String, isChecked: Bool = true, progress: @escaping (Double) -> Void = { _ in }
    ) throws(StorageError) {
        let partial = destination + ".partial"
        unlink(partial)
        defer {
            unlink(partial)
            unlink(partial + "-journal")
        }
        let descriptor = open(partial, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StorageError(system: errno, partial, "cannot be made") }
        Glibc.close(descriptor)
        do {
            let copy = try DatabaseQueue(path: partial)
            try database.read { source in
                try copy.writeWithoutTransaction { target in
                    try source.backup(to: target, pagesPerStep: 2_000) { step in
                        progress(
                            step.totalPageCount == 0 ? 1 : Double(step.completedPageCount) / Double(step.totalPageCount)
                        )
                    }
                }
            }
            try copy.writeWithoutTransaction { target in
                // The copy's header says WAL. A stored file must be a single file.
                try target.execute(sql: "PRAGMA journal_mode = DELETE")
                guard isChecked else { return }
                let problems = try String.fetchAll(target, sql: "PRAGMA quick_check(5)").filter { $0 != "ok" }
                guard problems.isEmpty else {
                    throw StorageError(.corrupt, path, "the copy is damaged: \(problems.joined(separator: "; "))")
                }
            }
            try copy.close()
        } catch { throw StorageError(error, path: (error as? StorageError)?.path ?? partial) }
        try synchronize(partial)
        guard link(partial, destination) == 0 else { throw StorageError(system: errno, destination, "cannot be made") }
        try synchronize(String(destination[..<(destination.lastIndex(of: "/") ?? destination.startIndex)]))
    }

    /// The bytes of all pages, also of those that are only in the log yet.
    public func size() throws(StorageError) -> Int {
        try reading { database in
            let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            return count * (try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
        }
    }

    /// Replaces all content with that of the database at `source`, in one transaction: a reader sees the old content or
    /// the new, never a mixture. The schema is replaced too, so a migration may have to follow.
    ///
    /// Throws before anything is changed when `source` is missing, damaged, empty, another program's, or newer.
    public func replaceContents(with source: String) throws(StorageError) {
        let replacement = try Store(path: source, access: .readOnly)
        let problems = try replacement.integrityProblems()
        guard problems.isEmpty else {
            throw StorageError(.corrupt, source, "is damaged: \(problems[0])", hint: "choose another backup")
        }
        guard try replacement.migrations.current() > 0 else {
            throw StorageError(.foreign, source, "is an empty database", hint: "choose another backup")
        }
        try perform { try replacement.database.backup(to: self.database) }
    }
}

extension StorageError {
    init(system code: Int32, _ path: String, _ what: String, hint: String? = nil) {
        let kind: Kind =
            switch code {
            case ENOSPC, EDQUOT: .full
            case EROFS: .readOnly
            case EACCES, EPERM: .permission
            default: .other
            }
        self.init(kind, path, "\(what): \(String(cString: strerror(code)))", hint: hint)
    }
}

/// Waits until the file or folder has been written to the disk.
private func synchronize(_ path: String) throws(StorageError) {
    let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorageError(system: errno, path, "cannot be opened") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StorageError(system: errno, path, "cannot be written to the disk") }
}

import Glibc

/// An exclusive lock on a file, held by one owner across all processes. The kernel releases it when the process ends.
public final class FileLock: Sendable {
    let descriptor: Int32

    /// Takes the lock, creating the file if it is missing. Returns nil if someone else holds the lock.
    public static func take(_ path: String) throws(StorageError) -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StorageError(system: errno, path, "cannot be opened") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return FileLock(descriptor)
    }

    /// Whether the file still has its name. If it was removed meanwhile, nobody else can see the lock.
    var hasName: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_nlink > 0
    }

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        // A forked child that has not yet called exec holds the same lock, so it is released explicitly.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

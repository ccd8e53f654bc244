import Glibc

/// A lock that one piece of work has, of whatever process; the kernel gives it up when the process ends.
public final class FileLock: Sendable {
    let descriptor: Int32

    /// Takes it, and makes the file where there is none. Nil when somebody else has it.
    public static func take(_ path: String) throws(StorageError) -> FileLock? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StorageError(system: errno, path, "cannot be opened") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return FileLock(descriptor)
    }

    /// Whether the file still has its name: who locks a file that was removed meanwhile is seen by nobody.
    var hasName: Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_nlink > 0
    }

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        // A child that was forked and has not yet become its program holds the same lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

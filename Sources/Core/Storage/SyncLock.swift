import Glibc

/// The lock that keeps a data folder's syncs from each other, whatever process they are in; the kernel gives it up when
/// the process ends.
public final class SyncLock: Sendable {
    private let descriptor: Int32

    /// Takes it. Nil when another sync has it.
    public static func take(beside database: String) throws(StorageError) -> SyncLock? {
        let path = "\(database).sync-lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StorageError(system: errno, path, "cannot be opened") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return SyncLock(descriptor)
    }

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        // A child that was forked and has not yet become its program holds the same lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

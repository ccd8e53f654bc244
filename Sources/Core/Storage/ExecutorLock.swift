import Glibc

/// The lock that makes one process the executor of a data folder.
public struct ExecutorLock: Sendable {
    private let lock: FileLock

    /// Who holds a folder.
    public struct Holder: Sendable, Equatable {
        public let processID: Int32
        /// The path of its control socket; empty for one that has none.
        public let socket: String
    }

    /// Takes the folder's lock. Nil when another process holds it.
    ///
    /// - Parameter socket: the path of the control socket that this process will listen on; empty for none.
    public static func take(_ folder: DataFolder, socket: String) throws(StorageError) -> ExecutorLock? {
        guard let lock = try FileLock.take(folder.lock) else { return nil }
        // What is written is a courtesy to others; the lock itself is the kernel's, so a full disk does not matter.
        let text = Array("\(getpid())\n\(socket)\n".utf8)
        if ftruncate(lock.descriptor, 0) == 0 { _ = pwrite(lock.descriptor, text, text.count, 0) }
        return ExecutorLock(lock: lock)
    }

    /// Who holds the folder's lock; nil when nobody does. Throws when that cannot be seen.
    public static func holder(of folder: DataFolder) throws(StorageError) -> Holder? {
        let descriptor = open(folder.lock, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw StorageError(system: errno, folder.lock, "cannot be read") }
            return nil
        }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
        var bytes = [UInt8](repeating: 0, count: 4_200)
        let count = read(descriptor, &bytes, bytes.count)
        let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        return Holder(
            processID: lines.first.flatMap { Int32($0) } ?? 0, socket: lines.dropFirst().first.map(String.init) ?? "")
    }
}

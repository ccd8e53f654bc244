import Glibc

/// The lock that makes one process the executor of a data folder.
public struct ExecutorLock: Sendable {
    private let lock: FileLock

    /// The process that holds a folder's lock.
    public struct Holder: Sendable, Equatable {
        public let processID: Int32
        /// The path of its control socket; empty if it has none.
        public let socket: String
    }

    /// Takes the folder's lock. Nil when another process holds it.
    ///
    /// - Parameter socket: the path of the control socket that this process will listen on; empty for none.
    public static func take(_ folder: DataFolder, socket: String) throws(StorageError) -> ExecutorLock? {
        guard let lock = try FileLock.take(folder.lock) else { return nil }
        // The text only informs others. The lock itself is the kernel's, so a full disk does no harm.
        let text = Array("\(getpid())\n\(socket)\n".utf8)
        if ftruncate(lock.descriptor, 0) == 0 { _ = pwrite(lock.descriptor, text, text.count, 0) }
        return ExecutorLock(lock: lock)
    }

    /// The process that holds the folder's lock; nil if there is none. Throws when that cannot be determined.
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

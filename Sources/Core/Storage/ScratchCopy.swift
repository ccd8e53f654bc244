import FoundationEssentials
import Glibc
import Values

/// A copy of a database for trying something out. The result is exactly what it would be on the original, which is left
/// unchanged.
public struct ScratchCopy: Sendable {
    public let store: Store
    private let stem: String
    /// While it is held, other processes do not take the copy for a leftover.
    private let lock: FileLock

    /// Creates the copy. Blocking. Copies left behind by processes that have ended are removed first.
    ///
    /// - Parameters:
    ///   - original: the database to copy; nil for an empty copy, if there is no database yet.
    ///   - database: the path next to which the copy is created.
    public init(of original: Store?, beside database: String) throws(StorageError) {
        ScratchCopy.removeLeftovers(beside: database)
        var (stem, lock): (String, FileLock?)
        repeat {
            stem = "\(database)\(ScratchCopy.infix)\(UInt64.random(in: 0...(.max)))"
            lock = try FileLock.take(stem + ScratchCopy.lockEnding)
        } while lock == nil
        guard let lock else { throw StorageError(.locked, stem, "is in use") }
        (self.stem, self.lock) = (stem, lock)
        do {
            if let original { try original.snapshot(to: stem, isChecked: false) }
            store = try Store(path: stem)
        } catch {
            ScratchCopy.remove(stem)
            throw error
        }
    }

    /// Closes the copy and removes its files. Blocking.
    public func discard() {
        try? store.close()
        ScratchCopy.remove(stem)
    }

    private static let infix = ".dry-run-"
    private static let lockEnding = ".lock"

    private static func remove(_ stem: String) {
        for ending in ["", "-wal", "-shm", ".partial", ".partial-journal", lockEnding] { unlink(stem + ending) }
    }

    private static func removeLeftovers(beside database: String) {
        let url = URL(filePath: database)
        let folder = url.deletingLastPathComponent().path
        let prefix = url.lastPathComponent + infix
        for name in (try? FolderReader.names(in: folder)) ?? []
        where name.hasPrefix(prefix) && name.hasSuffix(lockEnding) {
            guard let lock = try? FileLock.take("\(folder)/\(name)") else { continue }
            withExtendedLifetime(lock) { remove("\(folder)/\(name.dropLast(lockEnding.count))") }
        }
    }
}

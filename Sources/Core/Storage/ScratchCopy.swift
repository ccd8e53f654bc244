import FoundationEssentials
import Glibc

/// A copy of a database on which something is tried: what comes of it is exactly what would, and nothing of it stays.
public final class ScratchCopy: Sendable {
    public let store: Store

    private static let prefix = "dry-run-"

    /// Blocking. Copies that ended processes left in the folder are removed first.
    ///
    /// - Parameter original: nil where there is no database yet: the copy is an empty one.
    public init(of original: Store?, in folder: String) throws(StorageError) {
        ScratchCopy.removeLeftovers(in: folder)
        let path = "\(folder)/\(ScratchCopy.prefix)\(getpid())-\(UInt32.random(in: 0...(.max))).db"
        do {
            if let original { try original.snapshot(to: path, isChecked: false) }
            store = try Store(path: path)
        } catch {
            ScratchCopy.remove(path)
            throw error
        }
    }

    deinit {
        try? store.close()
        ScratchCopy.remove(store.path)
    }

    private static func remove(_ path: String) {
        for ending in ["", "-wal", "-shm", ".sync-lock"] { unlink(path + ending) }
    }

    private static func removeLeftovers(in folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasPrefix(prefix) {
            guard let process = pid_t(name.dropFirst(prefix.count).prefix { $0.isNumber }), kill(process, 0) != 0,
                errno == ESRCH
            else { continue }
            unlink("\(folder)/\(name)")
        }
    }
}

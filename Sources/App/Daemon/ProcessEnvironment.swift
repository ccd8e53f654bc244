import Glibc
import Storage

/// What a process of root passes to the same program running as another user, and what the program removes from its
/// environment.
public enum ProcessEnvironment {
    /// The variables, including keys that were passed on and without variables that are meant only for this process.
    public static func take(_ variables: [String: String]) -> [String: String] {
        var all = variables
        if let descriptor = all.removeValue(forKey: DataFolder.keysVariable).flatMap({ Int32($0) }) {
            unsetenv(DataFolder.keysVariable)
            for (name, key) in readKeys(descriptor) where all[name.uppercased()] == nil {
                all[name.uppercased()] = key
            }
        }
        // For tests, which run the logged statements on another engine.
        if let path = all.removeValue(forKey: "FOURRUNR_STATEMENT_LOG") {
            StatementLog.process = StatementLog(path: path)
        }
        return all
    }

    /// Keys are passed through a pipe, so that no process list shows them.
    private static func readKeys(_ descriptor: Int32) -> [(name: String, key: String)] {
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        let texts = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        return stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0], texts[$0 + 1]) }
    }

    /// Encodes the keys for `DataFolder.becomeOwner`.
    static func pack(_ keys: [String: String]) -> [UInt8] {
        keys.flatMap { name, key in Array(name.utf8) + [0] + Array(key.utf8) + [0] }
    }
}

extension Installation {
    /// If the process runs as root, restarts the program as the data folder's owner. Throws a `StorageError`.
    public func becomeOwner() throws { try folder.becomeOwner(keys: ProcessEnvironment.pack(installedKeys)) }

    /// Like `becomeOwner`, but passes on an open file that the owner may not be able to open. It becomes standard
    /// input.
    public func becomeOwner(handingOver descriptor: Int32) throws {
        try folder.becomeOwner(handingOver: descriptor, keys: [])
    }

    /// Whether standard input is the file named on the command line, because root has opened it.
    public var isInputOpen: Bool { environment[DataFolder.inputVariable] != nil }
}

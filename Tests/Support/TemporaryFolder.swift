public import Glibc
public import Storage

/// A folder for one test, removed together with this value.
public final class TemporaryFolder: Sendable {
    public let path: String

    /// Makes this process log the statements of its stores as well, if that was requested.
    private static let log: Void = {
        if let path = Program.passedOn.values.first { StatementLog.process = StatementLog(path: path) }
    }()

    public init() {
        Self.log
        var template = Array("/tmp/4runr-test-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }

    deinit { system("rm -rf '\(path)'") }

    public var data: DataFolder { DataFolder("\(path)/data") }

    /// Writes a file and returns its path.
    @discardableResult
    public func write(_ name: String, _ text: String, mode: mode_t = 0o644) -> String {
        let file = "\(path)/\(name)"
        unlink(file)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, mode)
        let bytes = Array(text.utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
        close(descriptor)
        chmod(file, mode)
        return file
    }

    /// The text of a file; empty when it does not exist.
    public func read(_ name: String) -> String {
        guard let file = fopen("\(path)/\(name)", "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// An open, migrated database in the data folder.
    public func store() throws -> Store {
        try data.prepare()
        let store = try Store(path: data.database)
        _ = try store.migrations.up {}
        return store
    }
}

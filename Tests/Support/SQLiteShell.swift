import Glibc

/// The `sqlite3` program, for reading and changing files as another program would.
public enum SQLiteShell {
    public struct Failure: Error {
        public let output: String

        public init(output: String) { self.output = output }
    }

    /// Returns the output. Throws when the program fails.
    @discardableResult
    public static func run(_ path: String, _ sql: String) throws -> String {
        let quoted = sql.replacing("'", with: "'\\''")
        guard let pipe = popen("sqlite3 '\(path)' '\(quoted)' 2>&1", "r") else { throw Failure(output: "popen") }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { bytes += chunk[..<count] }
        let text = String(decoding: bytes, as: UTF8.self)
        guard pclose(pipe) == 0 else { throw Failure(output: text) }
        return text
    }
}

extension SQLiteShell {
    /// Creates a database from a dump.
    public static func read(_ dump: String, into path: String) throws {
        guard system("sqlite3 '\(path)' < '\(dump)'") == 0 else { throw Failure(output: dump) }
    }

    /// Removes a database, as a person would in a shell.
    public static func remove(_ path: String) throws { guard unlink(path) == 0 else { throw Failure(output: path) } }
}

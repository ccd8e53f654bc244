import Glibc

/// Reads a small text file that a person wrote, with clear errors.
public enum TextFile {
    /// In bytes. No settings file needs more.
    public static let sizeLimit = 16 << 20

    /// The file's text. Throws a `ConfigurationProblem` if it is missing, not a regular file, not readable, larger
    /// than `sizeLimit`, or not UTF-8.
    public static func read(_ path: String) throws(ConfigurationProblem) -> String {
        let position = Position(path)
        // Without O_NONBLOCK, opening a named pipe would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw ConfigurationProblem(at: position, "cannot be read: \(describe(errno))", hint: hint(errno, path))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw ConfigurationProblem(at: position, "cannot be read: \(describe(errno))")
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw ConfigurationProblem(at: position, "is a directory", hint: "a file is expected here")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ConfigurationProblem(at: position, "is not a regular file")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ConfigurationProblem(at: position, "cannot be read: \(describe(errno))")
            }
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= sizeLimit else {
                throw ConfigurationProblem(
                    at: position, "is larger than \(sizeLimit >> 20) MB",
                    hint: "is it the right file? Data does not belong in the configuration")
            }
        }
        return try decode(bytes, file: path)
    }

    /// The text of a file's bytes. Throws a `ConfigurationProblem` with the line that is not UTF-8.
    public static func decode(_ bytes: [UInt8], file: String) throws(ConfigurationProblem) -> String {
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard let text = String(validating: bytes, as: UTF8.self) else {
            // The bytes of a character never contain a newline, so the line with the error can be found.
            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            let line = (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
            throw ConfigurationProblem(
                at: Position(file, line: line, column: 1), "is not UTF-8 text", hint: "save it as UTF-8")
        }
        return text
    }

    /// The system's text for an error number.
    public static func describe(_ code: Int32) -> String { String(cString: strerror(code)).lowercasedFirst }

    private static func hint(_ code: Int32, _ path: String) -> String? {
        switch code {
        case EACCES: "run as a user who may read it, or change its mode"
        case ENOENT: "give another with --config or --schedule"
        default: nil
        }
    }
}

extension String {
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

import Daemon
import Glibc
import Operations
import Values

/// A file named by a person.
enum InputFile {
    /// A file that may be read.
    enum Opened {
        case descriptor(Int32)
        /// Why it cannot be read.
        case problem(String)
    }

    static func open(_ path: String) -> Opened {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            return .problem("cannot be read: \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            return .problem("is not a regular file; name one, or - for standard input")
        }
        return .descriptor(descriptor)
    }

    /// Opens a file that a person named, or standard input for `-`, before the process becomes the data's owner, who may
    /// not be allowed to read the caller's files. Throws an `OperationProblem`.
    static func open(_ path: String, for installation: Installation) throws -> Int32 {
        if path == "-" || installation.isInputOpen { return STDIN_FILENO }
        switch open(path) {
        case .descriptor(let descriptor): return descriptor
        case .problem(let problem): throw OperationProblem(.data, "\(path): \(problem)")
        }
    }
}

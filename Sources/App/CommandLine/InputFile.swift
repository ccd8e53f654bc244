import Glibc

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
}

import Glibc
import Values

/// A stream socket in the file system, with a time-out on every call. The calls block.
struct UnixSocket: Sendable {
    let descriptor: Int32

    /// The maximum length of an answer's line, in bytes. It is large because a run's output can be long.
    static let longestAnswer = 64 << 20
    /// The maximum length of a request's line, in bytes.
    static let longestRequest = 1 << 20

    /// Listens at `path`, which only the owner may access. Replaces what a dead process has left there: the caller
    /// holds the folder's lock, so no living process listens. Throws an error number.
    static func listen(at path: String) throws(SystemError) -> UnixSocket {
        let socket = try make()
        unlink(path)
        let failure = withAddress(of: path) { bind(socket.descriptor, $0, $1) == 0 ? 0 : errno }
        // Nobody can connect before `listen`, so the mode is set in time. The umask would affect the whole process.
        guard failure == 0, chmod(path, 0o600) == 0, Glibc.listen(socket.descriptor, 16) == 0 else {
            let code = failure == 0 ? errno : failure
            socket.close()
            throw SystemError(code: code)
        }
        _ = fcntl(socket.descriptor, F_SETFL, O_NONBLOCK)
        return socket
    }

    /// Connects to the process that listens at `path`.
    static func connect(to path: String) throws(SystemError) -> UnixSocket {
        let socket = try make()
        let failure = withAddress(of: path) { Glibc.connect(socket.descriptor, $0, $1) == 0 ? 0 : errno }
        guard failure == 0 else {
            socket.close()
            throw SystemError(code: failure)
        }
        return socket
    }

    private static func make() throws(SystemError) -> UnixSocket {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError(code: errno) }
        return UnixSocket(descriptor: descriptor)
    }

    /// An address holds a path of up to 107 bytes; a longer one is reached through the folder's descriptor, unix(7),
    /// proc(5).
    private static func withAddress(of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var path = path
        var folder: Int32 = -1
        defer { if folder >= 0 { Glibc.close(folder) } }
        if path.utf8.count > 107, let slash = path.lastIndex(of: "/") {
            folder = open(String(path[..<slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { return errno }
            path = "/proc/self/fd/\(folder)\(path[slash...])"
        }
        guard path.utf8.count <= 107 else { return ENAMETOOLONG }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }

    /// Sets how long a read and a write may wait, in seconds; zero for no limit.
    func setTimeouts(read: Int, write: Int) {
        for (option, seconds) in [(SO_RCVTIMEO, read), (SO_SNDTIMEO, write)] {
            var time = timeval(tv_sec: seconds, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    /// Sends the bytes and a newline. Returns false when the other side does not accept them.
    func send(_ line: [UInt8]) -> Bool {
        var rest = (line + [0x0A])[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func close() { Glibc.close(descriptor) }
}

/// Splits the data from a socket into lines.
struct LineReader {
    private let socket: UnixSocket
    private let longest: Int
    private var buffer: [UInt8] = []
    /// How many bytes of the buffer have been searched without finding a newline.
    private var searched = 0

    /// - Parameter longest: the maximum length of a line in bytes.
    init(_ socket: UnixSocket, longest: Int) {
        self.socket = socket
        self.longest = longest
    }

    /// The next line, without its newline; nil when the other side has closed the socket, was too slow, or sent too
    /// long a line.
    mutating func next() -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                defer {
                    buffer.removeFirst(end + 1)
                    searched = 0
                }
                return Array(buffer[..<end])
            }
            searched = buffer.count
            let count = recv(socket.descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0, buffer.count + count <= longest else { return nil }
            buffer += chunk[..<count]
        }
    }
}

import HummingbirdCore
import Operations
import FoundationEssentials
import Glibc
import NIOCore
import Values

/// A file that came with a request: written to a temporary file without a name, so that nothing is left of it.
final class Upload: Sendable {
    private let descriptor: Int32

    /// O_TMPFILE of open(2), which Swift does not import.
    private static let temporary: Int32 = 0o20_000_000 | O_DIRECTORY

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Receives the body. Throws 413 when it is too large.
    static func receive(_ call: Call) async throws -> Upload {
        let limit = call.server.settings().importLimit
        let folder = call.context.folder
        let descriptor = open(folder, temporary | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw APIProblem(503, "\(folder): a file cannot be kept there: \(String(cString: strerror(errno)))")
        }
        let upload = Upload(descriptor)
        var count = 0
        guard let file = call.file else { return upload }
        for try await buffer in file {
            count += buffer.readableBytes
            guard count <= limit else {
                throw APIProblem(413, "the file has more than \(limit) bytes (api.import_limit)")
            }
            try await Blocking.run { try write(buffer, to: descriptor) }
        }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw APIProblem(503, "the file cannot be read again") }
        return upload
    }

    private static func write(_ buffer: ByteBuffer, to descriptor: Int32) throws {
        var rest = buffer.readableBytesView[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                throw APIProblem(503, "the file cannot be kept: \(String(cString: strerror(errno)))")
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Calls the body with the open file.
    func reading<Value>(_ body: (Int32) async throws -> Value) async throws -> Value {
        defer { withExtendedLifetime(self) {} }
        return try await body(descriptor)
    }
}

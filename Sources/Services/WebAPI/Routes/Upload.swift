import FoundationEssentials
import Glibc
import HummingbirdCore
import NIOCore
import Operations
import Values

/// A file that came with a request: written to a temporary file without a name, so that nothing is left of it.
final class Upload: Sendable {
    private let descriptor: Int32

    /// O_TMPFILE of open(2), which Swift does not import.
    private static let temporary: Int32 = 0o20_000_000 | O_DIRECTORY

    /// Of all bytes, so that another file is told from this one.
    let hash: String

    private init(_ descriptor: Int32, hash: String) {
        self.descriptor = descriptor
        self.hash = hash
    }

    deinit { close(descriptor) }

    /// Receives a body. Throws 413 when it is too large.
    ///
    /// - Parameter folder: where it is kept meanwhile.
    static func receive(
        _ body: RequestBody, limit: Int, folder: String, requireRoom: @escaping @Sendable () throws -> Void,
        isStopping: @escaping @Sendable () -> Bool
    ) async throws -> Upload {
        let descriptor = try await Blocking.run {
            try requireRoom()
            let descriptor = open(folder, temporary | O_RDWR | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw APIProblem(503, "\(folder): a file cannot be kept there: \(String(cString: strerror(errno)))")
            }
            return descriptor
        }
        // The room is looked at now and then.
        var (count, seen, hash) = (0, 0, RequestHash())
        do {
            for try await buffer in WholeBody(body) {
                guard !isStopping() else { throw APIProblem(503, "the daemon is stopping") }
                count += buffer.readableBytes
                guard count <= limit else {
                    throw APIProblem(413, "the file has more than \(limit) bytes (api.import_limit)")
                }
                hash.append(buffer.readableBytesView)
                let looksAgain = count - seen >= 16 << 20
                if looksAgain { seen = count }
                try await Blocking.run {
                    if looksAgain { try requireRoom() }
                    try write(buffer, to: descriptor)
                }
            }
            guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw APIProblem(503, "the file cannot be read again") }
        } catch {
            close(descriptor)
            throw error
        }
        return Upload(descriptor, hash: hash.text)
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

/// The body did not come whole, or is not in the form that its head says.
struct UnreadableBody: Error {}

/// A body in which what goes wrong is the sender's fault.
struct WholeBody: AsyncSequence {
    typealias Element = ByteBuffer
    private let body: RequestBody

    init(_ body: RequestBody) { self.body = body }

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var iterator: RequestBody.AsyncIterator

        mutating func next() async throws -> ByteBuffer? {
            do { return try await iterator.next() } catch let error as CancellationError { throw error } catch {
                throw UnreadableBody()
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(iterator: body.makeAsyncIterator()) }
}

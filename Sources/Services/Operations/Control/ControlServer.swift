import Dispatch
import Glibc
public import Logging
import Storage
import Values

/// Serves requests on a daemon's control socket.
public final class ControlServer: Sendable {
    private let socket: UnixSocket
    private let path: String
    private let logger: Logger
    private let speaker: ControlSpeaker
    private let connections: AsyncStream<UnixSocket>
    private let acceptor: Acceptor

    /// Listens at once; requests are served once `run` is called. Throws an `OperationProblem` when it cannot listen.
    ///
    /// - Parameter version: this program's version, which is sent to clients.
    public init(path: String, version: String, logger: Logger) throws(OperationProblem) {
        do throws(SystemError) { socket = try UnixSocket.listen(at: path) } catch {
            throw OperationProblem(.unavailable, "\(path): the control socket cannot be made: \(error.description)")
        }
        self.path = path
        self.logger = logger
        speaker = ControlSpeaker(version: version)
        let (stream, continuation) = AsyncStream.makeStream(of: UnixSocket.self)
        connections = stream
        acceptor = Acceptor(listening: socket, into: continuation)
    }

    /// Serves requests until `stop` is called and the last one has been answered.
    public func run(_ executor: any Executor) async {
        await withDiscardingTaskGroup { group in
            for await connection in connections {
                group.addTask { await self.serve(connection, executor) }
            }
        }
    }

    /// Stops accepting requests, and removes the socket.
    public func stop() {
        unlink(path)
        acceptor.stop()
    }

    private func serve(_ connection: UnixSocket, _ executor: any Executor) async {
        connection.setTimeouts(read: 5, write: 5)
        // Blocking calls get their own queue. A client that does not read loses events; the work goes on.
        let queue = DispatchQueue(label: "4runr.control")
        let line = await withCheckedContinuation { continuation in
            queue.async {
                var reader = LineReader(connection, longest: UnixSocket.longestRequest)
                continuation.resume(returning: reader.next())
            }
        }
        let speaker = speaker
        let message: ControlMessage
        switch line.map(ControlLine<ExecutorRequest>.read) {
        case .content(let request)?:
            do throws(OperationProblem) {
                message = .answer(
                    try await executor.perform(request) { event in
                        queue.async {
                            _ = connection.send(ControlLine.bytes(ControlMessage.event(event), by: speaker))
                        }
                    })
            } catch { message = .problem(error) }
        case .otherVersion(let other)?:
            message = .problem(
                OperationProblem(
                    .unavailable,
                    "this command line is 4runr \(other.version), the daemon \(speaker.version); use one version for both: systemctl restart 4runr"
                ))
        case .malformed?, nil: message = .problem(OperationProblem(.usage, "the request was not understood"))
        }
        await withCheckedContinuation { continuation in
            queue.async {
                _ = connection.send(ControlLine.bytes(message, by: speaker))
                connection.close()
                continuation.resume()
            }
        }
    }
}

/// Passes on connections as they come in.
///
/// `@unchecked`: the source is created and activated in the initialiser, and after that only cancelled.
private final class Acceptor: @unchecked Sendable {
    private let source: any DispatchSourceRead

    init(listening socket: UnixSocket, into continuation: AsyncStream<UnixSocket>.Continuation) {
        let queue = DispatchQueue(label: "4runr.control.accept")
        source = DispatchSource.makeReadSource(fileDescriptor: socket.descriptor, queue: queue)
        source.setEventHandler {
            let descriptor = accept(socket.descriptor, nil, nil)
            guard descriptor >= 0 else { return }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            continuation.yield(UnixSocket(descriptor: descriptor))
        }
        source.setCancelHandler {
            socket.close()
            continuation.finish()
        }
        source.activate()
    }

    func stop() { source.cancel() }
}

import Dispatch

/// Has requests carried out by the daemon that listens on a control socket.
public struct ControlClient: Executor {
    private let path: String

    public init(path: String) { self.path = path }

    public func perform(
        _ request: ExecutorRequest, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer {
        let path = path
        let result = await withCheckedContinuation { continuation in
            DispatchQueue(label: "4runr.control.client").async {
                continuation.resume(returning: Self.exchange(request, path, onEvent))
            }
        }
        return try result.get()
    }

    private static func exchange(
        _ request: ExecutorRequest, _ path: String, _ onEvent: (ExecutorEvent) -> Void
    ) -> Result<ExecutorAnswer, OperationProblem> {
        let socket: UnixSocket
        do throws(SocketFailure) { socket = try UnixSocket.connect(to: path) } catch {
            return .failure(
                OperationProblem(
                    .unavailable, "\(path): the daemon's control socket cannot be reached: \(error.description)"))
        }
        defer { socket.close() }
        // A run may say nothing for hours, so reading waits; the daemon's end closes the socket.
        socket.setTimeouts(read: 0, write: 10)
        guard socket.send(request.line) else { return .failure(lost) }
        var reader = LineReader(socket)
        while let line = reader.next() {
            switch ControlMessage(line: line) {
            case .event(let event): onEvent(event)
            case .answer(let answer): return .success(answer)
            case .problem(let problem): return .failure(problem)
            case nil:
                return .failure(
                    OperationProblem(.internal, "the daemon's answer was not understood; are both of one version?"))
            }
        }
        return .failure(lost)
    }

    private static var lost: OperationProblem {
        OperationProblem(.tryAgain, "the daemon went away before it answered; see: journalctl -u 4runr -e")
    }
}

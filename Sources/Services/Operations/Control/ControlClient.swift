import Dispatch
import Values

/// Sends requests to the daemon that listens on a control socket.
public struct ControlClient: Executor {
    private let path: String
    private let speaker: ControlSpeaker

    /// - Parameter version: this program's version, which is sent to the daemon.
    public init(path: String, version: String) {
        self.path = path
        speaker = ControlSpeaker(version: version)
    }

    public func perform(
        _ request: ExecutorRequest, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer {
        let (path, speaker) = (path, speaker)
        let result = await withCheckedContinuation { continuation in
            DispatchQueue(label: "4runr.control.client").async {
                continuation.resume(returning: Self.exchange(request, path, speaker, onEvent))
            }
        }
        return try result.get()
    }

    private static func exchange(
        _ request: ExecutorRequest, _ path: String, _ speaker: ControlSpeaker, _ onEvent: (ExecutorEvent) -> Void
    ) -> Result<ExecutorAnswer, OperationProblem> {
        let socket: UnixSocket
        do throws(SystemError) { socket = try UnixSocket.connect(to: path) } catch {
            return .failure(
                OperationProblem(
                    .unavailable, "\(path): the daemon's control socket cannot be reached: \(error.description)"))
        }
        defer { socket.close() }
        // A run may send nothing for hours, so reading has no limit. When the daemon ends, the socket is closed.
        socket.setTimeouts(read: 0, write: 10)
        guard socket.send(ControlLine.bytes(request, by: speaker)) else { return .failure(lost) }
        var reader = LineReader(socket, longest: UnixSocket.longestAnswer)
        while let line = reader.next() {
            switch ControlLine<ControlMessage>.read(line) {
            case .content(.event(let event)): onEvent(event)
            case .content(.answer(let answer)): return .success(answer)
            case .content(.problem(let problem)): return .failure(problem)
            case .otherVersion(let other):
                return .failure(
                    OperationProblem(
                        .unavailable,
                        "the daemon is 4runr \(other.version), this command line \(speaker.version); what was asked for may have been done all the same, see 4runr runs; restart the daemon: systemctl restart 4runr"
                    ))
            case .malformed:
                return .failure(OperationProblem(.internal, "\(path): the daemon's answer was not understood"))
            }
        }
        return .failure(lost)
    }

    private static var lost: OperationProblem {
        OperationProblem(.temporary, "the daemon went away before it answered; see: journalctl -u 4runr -e")
    }
}

internal import CSystemd
import Dispatch
import Glibc
import Synchronization

/// Reports the service's state to systemd. Does nothing when no service manager listens.
///
/// Protocol: sd_notify(3). Each message is one datagram, so that its lines are processed together.
public struct ServiceManager: Sendable {
    /// Whether the process was started with `NOTIFY_SOCKET`.
    public let isListening: Bool
    /// How often systemd expects a keep-alive message; nil if it expects none, or expects it from another process.
    public let watchdogInterval: Duration?
    private let channel = Channel()

    /// - Parameter environment: the process's environment; `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` are
    ///   read.
    public init(environment: [String: String]) {
        isListening = environment["NOTIFY_SOCKET"]?.isEmpty == false
        let addressee = environment["WATCHDOG_PID"].flatMap { pid_t($0) }
        if let microseconds = environment["WATCHDOG_USEC"].flatMap({ Int64($0) }), microseconds > 0,
            addressee == nil || addressee == getpid()
        {
            watchdogInterval = .microseconds(microseconds)
        } else {
            watchdogInterval = nil
        }
    }

    public func ready(status: String) { send("READY=1\nSTATUS=\(line(status))") }

    /// Sets the status text. If several texts are waiting to be sent, only the last is.
    public func status(_ text: String) { if isListening { channel.sendLater(status: "STATUS=\(line(text))") } }

    /// systemd 253 and later wait for these two lines and the `ready` that follows. Older versions ignore them.
    public func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        send("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1_000)")
    }

    public func stopping(status: String) { send("STOPPING=1\nSTATUS=\(line(status))") }

    /// Asks systemd to wait for another `span` from now before it gives up on the start or stop.
    public func extendTimeout(by span: Duration) {
        send(
            "EXTEND_TIMEOUT_USEC=\(span.components.seconds * 1_000_000 + span.components.attoseconds / 1_000_000_000_000)"
        )
    }

    /// Sends the keep-alive message. Call this only after checking that the service works.
    public func keepAlive() { send("WATCHDOG=1") }

    private func line(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }

    private func send(_ message: String) {
        // A full queue or a missing manager is no reason to stop working.
        if isListening { channel.send(message) }
    }
}

/// Sends messages in order, on a thread that may block. When the manager does not read for a while, its socket fills up
/// and sending waits.
private final class Channel: Sendable {
    private let queue = DispatchQueue(label: "4runr.notify")
    private let waitingStatus = Mutex<String?>(nil)

    func send(_ message: String) { queue.async { _ = message.withCString { sd_notify(0, $0) } } }

    func sendLater(status: String) {
        let isFirst = waitingStatus.withLock { waiting in
            defer { waiting = status }
            return waiting == nil
        }
        guard isFirst else { return }
        queue.async {
            let status = self.waitingStatus.withLock { waiting in
                defer { waiting = nil }
                return waiting
            }
            _ = status?.withCString { sd_notify(0, $0) }
        }
    }
}

internal import CSystemd
import Glibc

/// Tells systemd how the service is; does nothing when no service manager listens.
///
/// Protocol: sd_notify(3). Each message is one datagram, so that its lines are taken together.
public struct ServiceManager: Sendable {
    /// Whether the process was started with `NOTIFY_SOCKET`.
    public let isListening: Bool
    /// How often systemd expects a sign of life; nil when it does not, or expects it of another process.
    public let watchdogInterval: Duration?

    /// - Parameter environment: the process's own; `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` are read.
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

    public func status(_ text: String) { send("STATUS=\(line(text))") }

    /// systemd 253 and later wait for this pair and the `ready` after it; older ones ignore it.
    public func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        send("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1_000)")
    }

    public func stopping(status: String) { send("STOPPING=1\nSTATUS=\(line(status))") }

    /// Asks for `span` more from now before the start or the stop is given up.
    public func extendTimeout(by span: Duration) {
        send(
            "EXTEND_TIMEOUT_USEC=\(span.components.seconds * 1_000_000 + span.components.attoseconds / 1_000_000_000_000)"
        )
    }

    /// The sign of life. Only after proof of it.
    public func keepAlive() { send("WATCHDOG=1") }

    private func line(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }

    private func send(_ message: String) {
        guard isListening else { return }
        // A full queue or a vanished manager is no reason to stop working.
        _ = message.withCString { sd_notify(0, $0) }
    }
}

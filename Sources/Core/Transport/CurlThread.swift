internal import CCurl
import Foundation
import Synchronization

/// The thread that runs all transfers, on libcurl's multi interface. It starts with the first transfer, and sleeps
/// while there is none.
///
/// `@unchecked Sendable`: only the thread touches `multi`, `running` and the transfers' handles. Other threads pass
/// commands through `inbox`, and `wake` uses the one libcurl call that other threads may make.
final class CurlThread: @unchecked Sendable {
    private enum Command {
        case start(Transfer)
        case cancel(Transfer)
    }

    private struct Inbox {
        var commands: [Command] = []
        var isStarted = false
        var multi: OpaqueHandle?
    }

    /// A libcurl pointer that may cross threads.
    private struct OpaqueHandle: @unchecked Sendable { let pointer: UnsafeMutableRawPointer }

    private let inbox = Mutex(Inbox())
    private var multi: UnsafeMutableRawPointer?
    private var running: [UnsafeMutableRawPointer: Transfer] = [:]

    /// Starts a transfer. Its continuation is resumed exactly once, whatever happens.
    func start(_ transfer: Transfer) { post(.start(transfer)) }

    /// Ends a transfer early. It throws a `CancellationError`.
    func cancel(_ transfer: Transfer) { post(.cancel(transfer)) }

    private func post(_ command: Command) {
        let (handle, begins) = inbox.withLock { inbox in
            inbox.commands.append(command)
            defer { inbox.isStarted = true }
            return (inbox.multi, !inbox.isStarted)
        }
        if begins {
            let thread = Thread { self.loop() }
            thread.name = "4runr-transport"
            thread.stackSize = 512 << 10
            thread.start()
        } else if let handle {
            _ = ccurl_multi_wakeup(handle.pointer)
        }
    }

    private func loop() {
        let problem = ccurl_load().map { String(cString: $0) }
        guard problem == nil, let multi = ccurl_multi_init() else {
            let message = problem ?? "libcurl could not be set up"
            while true {
                takeCommands { command in
                    if case .start(let transfer) = command {
                        transfer.fail(TransportError(.unavailable, host: transfer.host, message))
                    }
                }
                Thread.sleep(forTimeInterval: 0.2)
            }
        }
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 8)
        self.multi = multi
        let handle = OpaqueHandle(pointer: multi)
        inbox.withLock { $0.multi = handle }
        while true {
            takeCommands { command in
                switch command {
                case .start(let transfer): begin(transfer)
                case .cancel(let transfer): end(transfer) { $0.fail(CancellationError()) }
                }
            }
            var count: Int32 = 0
            _ = ccurl_multi_perform(multi, &count)
            var code = CURLE_OK
            while let easy = ccurl_multi_ended(multi, &code) {
                guard let transfer = running[easy] else { continue }
                let result = code
                end(transfer) { $0.finish(result) }
            }
            // libcurl's own timers end the wait earlier. Without transfers, the thread sleeps until it is woken.
            if inbox.withLock({ $0.commands.isEmpty }) { _ = ccurl_multi_poll(multi, 3_600_000) }
        }
    }

    private func takeCommands(_ body: (Command) -> Void) {
        let commands = inbox.withLock { inbox in
            defer { inbox.commands = [] }
            return inbox.commands
        }
        commands.forEach(body)
    }

    private func begin(_ transfer: Transfer) {
        guard !transfer.isOver, let multi else { return }
        guard let easy = ccurl_easy_init() else {
            return transfer.fail(TransportError(.unavailable, host: transfer.host, "no memory for a transfer"))
        }
        transfer.easy = easy
        transfer.configure(easy)
        running[easy] = transfer
        guard ccurl_multi_add(multi, easy) == CURLM_OK else {
            return end(transfer) {
                $0.fail(TransportError(.unavailable, host: $0.host, "the transfer could not be started"))
            }
        }
    }

    private func end(_ transfer: Transfer, _ finish: (Transfer) -> Void) {
        if let easy = transfer.easy, running.removeValue(forKey: easy) != nil, let multi {
            _ = ccurl_multi_remove(multi, easy)
            finish(transfer)
            transfer.release()
        } else {
            finish(transfer)
        }
    }
}

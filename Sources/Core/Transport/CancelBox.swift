import Synchronization

/// Connects a transfer with its cancellation, whichever comes first.
final class CancelBox: Sendable {
    private struct State {
        var transfer: Transfer?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// Returns true if the transfer has already been cancelled.
    func set(_ transfer: Transfer) -> Bool {
        state.withLock {
            $0.transfer = transfer
            return $0.isCancelled
        }
    }

    func cancel() -> Transfer? {
        state.withLock {
            $0.isCancelled = true
            return $0.transfer
        }
    }
}

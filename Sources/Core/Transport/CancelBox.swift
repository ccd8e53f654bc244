import Synchronization

/// Where a transfer and its cancellation meet, in whichever order they come.
final class CancelBox: Sendable {
    private struct State {
        var transfer: Transfer?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// True when it was cancelled before.
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

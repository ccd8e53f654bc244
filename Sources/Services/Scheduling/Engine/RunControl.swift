import Synchronization
import Values

/// Ends a run from outside, and keeps the reason.
final class RunControl: Sendable {
    /// Why a run was ended.
    enum Reason: Sendable {
        case timeout
        /// Somebody cancelled it.
        case cancelled(by: String?)
        /// A newer slot takes its place.
        case replaced
        /// The daemon is stopping.
        case stopping
    }

    private struct State {
        var reason: Reason?
        var cancel: (@Sendable () -> Void)?
        var startedAt: Timestamp?
        var hasEnded = false
        var isLeftBehind = false
    }

    /// Yields one element when the run is asked to end.
    private let asked = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))

    private let state = Mutex(State())

    /// The first reason that was given; nil when there is none.
    var reason: Reason? { state.withLock(\.reason) }

    /// When the run's work began; nil before.
    var startedAt: Timestamp? { state.withLock(\.startedAt) }

    /// Marks the run's work as left behind. Returns false when it has ended after all.
    func leaveBehind() -> Bool {
        state.withLock { state in
            state.isLeftBehind = !state.hasEnded
            return state.isLeftBehind
        }
    }

    /// Records that the run's work has ended. Returns whether it had been left behind.
    func hasEnded() -> Bool {
        state.withLock { state in
            state.hasEnded = true
            return state.isLeftBehind
        }
    }

    func began(at moment: Timestamp) { state.withLock { $0.startedAt = moment } }

    /// Returns once the run was asked to end, or the current task is cancelled.
    func whenAsked() async { for await _ in asked.stream { return } }

    /// Asks the run to end. Later reasons do not replace the first.
    func end(_ reason: Reason) {
        let cancel = state.withLock { state in
            if state.reason == nil { state.reason = reason }
            return state.cancel
        }
        asked.continuation.yield()
        cancel?()
    }

    /// Runs the work in a task that `end` cancels. Returns when the work has ended, cancelled or not.
    func perform<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async -> Result<
        Value, any Error
    > {
        let task = Task { try await work() }
        let isEnded = state.withLock { state in
            state.cancel = { task.cancel() }
            return state.reason != nil
        }
        if isEnded { task.cancel() }
        return await withTaskCancellationHandler {
            await task.result
        } onCancel: {
            task.cancel()
        }
    }
}

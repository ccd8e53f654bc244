import Synchronization

/// The way to end a run from outside, and the reason that was given.
final class RunControl: Sendable {
    /// Why a run was ended.
    enum Reason: Sendable {
        case timeout
        /// A person asked for it.
        case cancelled
        /// A newer slot takes its place.
        case replaced
        /// The daemon stops.
        case stopping
    }

    private struct State {
        var reason: Reason?
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// The first reason that was given, or nil.
    var reason: Reason? { state.withLock(\.reason) }

    /// Asks the run to end. Later reasons do not replace the first.
    func end(_ reason: Reason) {
        let cancel = state.withLock { state in
            if state.reason == nil { state.reason = reason }
            return state.cancel
        }
        cancel?()
    }

    /// Runs the work in a task that `end` cancels; returns when it has come to its end, cancelled or not.
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

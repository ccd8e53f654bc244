import Synchronization

/// A lock for each key, taken by one task at a time, in the order in which they ask.
public final class KeyedLock: Sendable {
    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var held: Set<String> = []
        var waiting: [String: [Waiter]] = [:]
        var lastNumber = 0
        /// The numbers of tasks that are about to join the queue, and whether they were cancelled.
        var coming: [Int: Bool] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// Runs the work while no other task holds the lock for this key.
    ///
    /// Throws what the work throws, or a `CancellationError` when the task is cancelled before its turn.
    public func withLock<Value>(_ key: String, _ work: () async throws -> Value) async throws -> Value {
        try await take(key)
        defer { release(key) }
        try Task.checkCancellation()
        return try await work()
    }

    private func take(_ key: String) async throws {
        let number = state.withLock { state -> Int? in
            guard !state.held.insert(key).inserted else { return nil }
            state.lastNumber += 1
            state.coming[state.lastNumber] = false
            return state.lastNumber
        }
        guard let number else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = Waiter(number: number, continuation: continuation)
                let outcome = state.withLock { state -> Result<Void, any Error>? in
                    if state.coming.removeValue(forKey: number) == true { return .failure(CancellationError()) }
                    // The lock may have been released meanwhile.
                    if state.held.insert(key).inserted { return .success(()) }
                    state.waiting[key, default: []].append(waiter)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            abandon(key, number)
        }
    }

    private func abandon(_ key: String, _ number: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiting[key]?.firstIndex(where: { $0.number == number }) else {
                if state.coming[number] != nil { state.coming[number] = true }
                return nil
            }
            return state.waiting[key]?.remove(at: index)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }

    private func release(_ key: String) {
        let next = state.withLock { state -> Waiter? in
            guard let next = state.waiting[key]?.first else {
                state.held.remove(key)
                state.waiting[key] = nil
                return nil
            }
            state.waiting[key]?.removeFirst()
            return next
        }
        next?.continuation.resume()
    }
}

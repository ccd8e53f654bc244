/// Lets one at a time do what is done once for all of a kind; the others find it done.
actor Turns {
    private var taken: Set<String> = []
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    nonisolated func take<Value>(_ key: String, _ body: () async throws -> Value) async throws -> Value {
        await begin(key)
        do {
            try Task.checkCancellation()
            let value = try await body()
            await end(key)
            return value
        } catch {
            await end(key)
            throw error
        }
    }

    /// Whoever has the turn ends in time, also when it is cancelled, so waiting needs no end of its own.
    private func begin(_ key: String) async {
        guard taken.contains(key) else {
            taken.insert(key)
            return
        }
        await withCheckedContinuation { waiting[key, default: []].append($0) }
    }

    private func end(_ key: String) {
        guard var queue = waiting[key], !queue.isEmpty else {
            taken.remove(key)
            return
        }
        let next = queue.removeFirst()
        waiting[key] = queue.isEmpty ? nil : queue
        next.resume()
    }
}

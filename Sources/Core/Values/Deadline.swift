/// Waits for an answer only so long.
public enum Deadline {
    public enum Outcome<Value: Sendable>: Sendable {
        case answer(Value)
        case tooLate
    }

    /// The work is not cancelled when it is too late: what it waits for may not be cancellable.
    public static func run<Value: Sendable>(
        within limit: Duration, _ work: @escaping @Sendable () async -> Value
    ) async -> Outcome<Value> {
        await first(
            { .answer(await work()) },
            { (try? await Task.sleep(for: limit)) == nil ? nil : .tooLate }) ?? .tooLate
    }

    /// What the first of two pieces of work comes to that comes to anything. The other one is cancelled, and not waited for:
    /// what does not listen to that goes on by itself.
    public static func first<Value: Sendable>(
        _ one: @escaping @Sendable () async -> Value?, _ other: @escaping @Sendable () async -> Value?
    ) async -> Value? {
        let (stream, continuation) = AsyncStream.makeStream(of: Value.self, bufferingPolicy: .bufferingOldest(1))
        let tasks = [one, other].map { work in
            Task { if let value = await work() { continuation.yield(value) } }
        }
        defer { tasks.forEach { $0.cancel() } }
        for await value in stream { return value }
        return nil
    }
}

/// Waits for a result, but only for a limited time.
public enum Deadline {
    public enum Outcome<Value: Sendable>: Sendable {
        case answer(Value)
        case tooLate
    }

    /// Runs the work and waits for its result within a limit. When it is too late, the work is cancelled but not waited
    /// for, because it may not respond to cancellation.
    public static func run<Value: Sendable>(
        within limit: Duration, _ work: @escaping @Sendable () async -> Value
    ) async -> Outcome<Value> {
        await first(
            { .answer(await work()) },
            { (try? await Task.sleep(for: limit)) == nil ? nil : .tooLate }) ?? .tooLate
    }

    /// Returns the result of the work that first returns one; nil if neither does. The other work is cancelled but not
    /// waited for: if it ignores cancellation, it continues on its own.
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

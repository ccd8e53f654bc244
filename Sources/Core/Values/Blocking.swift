import Dispatch

/// The only bridge from Swift's cooperative threads, of which there are few, to calls that wait for a disk or another
/// process.
public enum Blocking {
    /// Runs a blocking call on a thread of its own, and waits for it without holding a cooperative thread.
    ///
    /// Once begun, it is not cancelled, so what the call writes is written even if nobody waits for it any more.
    public static func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            // A serial queue gets a thread of its own. The global queues share a few threads, which others wait for.
            DispatchQueue(label: "4runr.blocking").async { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }
}

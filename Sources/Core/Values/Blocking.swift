import Dispatch

/// The one bridge from Swift's cooperative threads, of which there are few, to calls that wait for a disk or another process.
public enum Blocking {
    /// Runs a blocking call on a thread made for that, and waits for it without holding a cooperative thread.
    ///
    /// Not cancelled once it has begun: what the call writes down is written down also when nobody waits for it any more.
    public static func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            // A serial queue gets a thread of its own; the global ones have few, which others wait for.
            DispatchQueue(label: "4runr.blocking").async { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }
}

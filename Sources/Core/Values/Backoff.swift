/// How long to wait before a failed action is tried again. The wait doubles after each failure, up to a limit.
public struct Backoff: Sendable, Equatable {
    /// The wait after the first failure.
    public let base: Duration
    public let limit: Duration

    public init(base: Duration, limit: Duration) {
        self.base = base
        self.limit = limit
    }

    /// - Parameter failures: the number of failures so far, from 1.
    public func delay(after failures: Int) -> Duration {
        min(limit, base * Double(1 << min(20, max(0, failures - 1))))
    }

    /// The same wait, shortened by a random share, so that actions that failed together are not all tried again
    /// together.
    ///
    /// - Parameters:
    ///   - least: the share that is always waited, from 0 to 1.
    ///   - random: from 0 to 1.
    public func delay(after failures: Int, least: Double, random: Double) -> Duration {
        delay(after: failures) * (least + (1 - least) * random)
    }
}

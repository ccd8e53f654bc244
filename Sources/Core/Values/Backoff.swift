/// How long to wait before something that failed is tried again: twice as long after each failure, up to a limit.
public struct Backoff: Sendable, Equatable {
    /// After the first failure.
    public let base: Duration
    public let limit: Duration

    public init(base: Duration, limit: Duration) {
        self.base = base
        self.limit = limit
    }

    /// - Parameter failures: how many there were, from 1.
    public func delay(after failures: Int) -> Duration {
        min(limit, base * Double(1 << min(20, max(0, failures - 1))))
    }

    /// The same, of which a random part is taken off, so that those who failed together do not all come back together.
    ///
    /// - Parameters:
    ///   - least: the part that is always waited, from 0 to 1.
    ///   - random: from 0 to 1.
    public func delay(after failures: Int, least: Double, random: Double) -> Duration {
        delay(after: failures) * (least + (1 - least) * random)
    }
}

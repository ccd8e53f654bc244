import Synchronization
import Values

/// Counts the requests of each token: a bucket that holds a minute's requests and fills steadily.
final class RateLimiter: Sendable {
    private struct Bucket {
        var left: Double
        var at: Duration
    }

    struct Standing: Sendable {
        let isAllowed: Bool
        let limit: Int
        let remaining: Int
        /// In how many seconds the bucket is full again or, for a request that is refused, there is room for one.
        let seconds: Int
    }

    private let buckets = Mutex<[Int64: Bucket]>([:])
    private let runtime: Runtime

    init(runtime: Runtime) { self.runtime = runtime }

    /// Counts a request.
    func count(_ token: Int64, limit: Int) -> Standing {
        let now = runtime.uptime
        let rate = Double(limit) / 60
        return buckets.withLock { buckets in
            var bucket = buckets[token] ?? Bucket(left: Double(limit), at: now)
            bucket.left = min(Double(limit), bucket.left + (now - bucket.at).inSeconds * rate)
            bucket.at = now
            let isAllowed = bucket.left >= 1
            if isAllowed { bucket.left -= 1 }
            buckets[token] = bucket
            let wait = isAllowed ? (Double(limit) - bucket.left) / rate : (1 - bucket.left) / rate
            return Standing(
                isAllowed: isAllowed, limit: limit, remaining: max(0, Int(bucket.left)), seconds: Int(wait.rounded(.up))
            )
        }
    }
}

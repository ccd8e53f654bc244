import Synchronization

/// Token buckets by key: each call takes a place in time, and waits for it.
final class RateLimiter: Sendable {
    private struct Bucket {
        /// When the next call has its place if nothing is in store.
        var next: Duration
    }

    private let buckets = Mutex<[String: Bucket]>([:])

    /// How long a call has to wait from `now`; its place is taken.
    func reserve(_ limit: RateLimit, at now: Duration) -> Duration {
        buckets.withLock { buckets in
            let interval = Duration.seconds(1 / limit.perSecond)
            // What was not used is in store, up to the burst.
            let earliest = now - interval * Double(limit.burst - 1)
            let place = max(buckets[limit.key]?.next ?? earliest, earliest)
            buckets[limit.key] = Bucket(next: place + interval)
            return max(.zero, place - now)
        }
    }

    /// Nobody with this key goes on before the moment.
    func pause(_ key: String, until moment: Duration) {
        buckets.withLock { buckets in
            buckets[key] = Bucket(next: max(buckets[key]?.next ?? moment, moment))
        }
    }
}

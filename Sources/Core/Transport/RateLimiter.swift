import Synchronization

/// Token buckets by key. Each call reserves a point in time and waits for it.
final class RateLimiter: Sendable {
    private struct Bucket {
        /// The time of the next call if no unused calls are left.
        var next: Duration
    }

    private let buckets = Mutex<[String: Bucket]>([:])

    /// Reserves a place for a call. Returns how long it has to wait from `now`.
    func reserve(_ limit: RateLimit, at now: Duration) -> Duration {
        buckets.withLock { buckets in
            // A host that was not called for a while is like one that never was.
            if buckets.count >= 10_000 { buckets = buckets.filter { $0.value.next + .seconds(60) > now } }
            let interval = Duration.seconds(1 / limit.perSecond)
            // Unused calls are saved up, up to the burst.
            let earliest = now - interval * Double(limit.burst - 1)
            let place = max(buckets[limit.key]?.next ?? earliest, earliest)
            buckets[limit.key] = Bucket(next: place + interval)
            return max(.zero, place - now)
        }
    }

    /// Delays all calls with this key until a moment.
    func pause(_ key: String, until moment: Duration) {
        buckets.withLock { buckets in
            buckets[key] = Bucket(next: max(buckets[key]?.next ?? moment, moment))
        }
    }
}

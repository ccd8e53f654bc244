import Synchronization
import Values

/// Slows down those who try tokens: from each address, each failure is answered later than the one before.
final class FailedAttempts: Sendable {
    private struct Record {
        var count = 0
        var at: Duration
        /// How many wait for their answer now.
        var waiting = 0
    }

    private let records = Mutex<[String: Record]>([:])
    private let runtime: Runtime

    /// Failures that are answered at once; a person mistypes.
    private static let free = 3
    private static let longest = Duration.seconds(5)
    /// How long an address is remembered.
    private static let memory = Duration.seconds(600)
    /// How many addresses are remembered.
    private static let limit = 10_000
    /// How many of an address may wait at a time.
    private static let waitingLimit = 8

    init(runtime: Runtime) { self.runtime = runtime }

    /// Notes a failure and waits as long as its answer has to. Returns false, at once, when too many wait already.
    func delay(_ address: String) async -> Bool {
        let now = runtime.uptime
        let wait = records.withLock { records -> Duration? in
            if records.count >= Self.limit {
                records = records.filter { now - $0.value.at < Self.memory || $0.value.waiting > 0 }
                if records.count >= Self.limit { records.removeAll() }
            }
            var record = records[address] ?? Record(at: now)
            if now - record.at >= Self.memory { record.count = 0 }
            record.count += 1
            record.at = now
            defer { records[address] = record }
            guard record.waiting < Self.waitingLimit else { return nil }
            record.waiting += 1
            let doublings = min(10, record.count - Self.free)
            return doublings <= 0 ? .zero : min(Self.longest, .milliseconds(100 << (doublings - 1)))
        }
        guard let wait else { return false }
        if wait > .zero { try? await runtime.sleep(for: wait) }
        records.withLock { $0[address]?.waiting -= 1 }
        return true
    }
}

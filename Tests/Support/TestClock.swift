public import Scheduling
import Synchronization
public import Values

/// Clocks that are set by a test.
public final class TestClock: Sendable {
    private let state: Mutex<(now: Timestamp, uptime: Duration)>

    public init(_ now: String) { state = Mutex((moment(now), .seconds(1_000))) }

    public var now: Timestamp { state.withLock(\.now) }
    public var uptime: Duration { state.withLock(\.uptime) }

    /// A machine with these clocks. Sleeping takes real time.
    public var runtime: Runtime { .test(now: { self.now }, uptime: { self.uptime }) }

    /// Advances both clocks.
    public func pass(_ span: Duration) {
        state.withLock {
            $0.now = $0.now + span
            $0.uptime += span
        }
    }

    /// Advances both clocks until the wall clock shows a moment.
    public func pass(to text: String) { pass(moment(text).since(now)) }

    /// Sets the wall clock only.
    public func set(to text: String) { state.withLock { $0.now = moment(text) } }
}

/// A timer that fires only when a test makes it.
public final class ManualTimer: WakeTimer {
    private let alarm = Mutex<Timestamp?>(nil)

    public init() {}

    /// The moment for which it is set.
    public var setFor: Timestamp? { alarm.withLock { $0 } }

    public func set(for moment: Timestamp?) { alarm.withLock { $0 = moment } }
}

/// `YYYY-MM-DD HH:MM:SS` in UTC.
public func moment(_ text: String) -> Timestamp {
    Timestamp(parsing: text.count == 16 ? text + ":00" : text) ?? .distantPast
}

extension Runtime {
    /// A machine for tests. By default time stands still, random numbers are 0.5, and sleeping takes real time.
    public static func test(
        now: @escaping @Sendable () -> Timestamp = { moment("2026-01-01 00:00:00") },
        uptime: @escaping @Sendable () -> Duration = { .seconds(1_000) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable () -> Double = { 0.5 },
        uuid: @escaping @Sendable () -> String = { Runtime.system().newUUID() }
    ) -> Runtime {
        Runtime(wallClock: now, uptime: uptime, sleep: sleep, random: random, uuid: uuid)
    }
}

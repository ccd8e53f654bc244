public import Scheduling
import Synchronization
public import Values

/// Clocks that a test sets.
public final class TestClock: Sendable {
    private let state: Mutex<(now: Timestamp, uptime: Duration)>

    public init(_ now: String) { state = Mutex((moment(now), .seconds(1_000))) }

    public var now: Timestamp { state.withLock(\.now) }
    public var uptime: Duration { state.withLock(\.uptime) }

    /// The machine with these clocks. Who sleeps really does.
    public var runtime: Runtime { .test(now: { self.now }, uptime: { self.uptime }) }

    /// Time passes on both clocks.
    public func pass(_ span: Duration) {
        state.withLock {
            $0.now = $0.now + span
            $0.uptime += span
        }
    }

    /// Time passes until the wall clock shows a moment.
    public func pass(to text: String) { pass(moment(text).since(now)) }

    /// Somebody sets the wall clock.
    public func set(to text: String) { state.withLock { $0.now = moment(text) } }
}

/// An alarm that rings only when a test says so.
public final class ManualTimer: WakeTimer {
    private let alarm = Mutex<Timestamp?>(nil)

    public init() {}

    /// When it is set for.
    public var setFor: Timestamp? { alarm.withLock { $0 } }

    public func set(for moment: Timestamp?) { alarm.withLock { $0 = moment } }
}

/// `YYYY-MM-DD HH:MM:SS`, UTC.
public func moment(_ text: String) -> Timestamp {
    Timestamp(parsing: text.count == 16 ? text + ":00" : text) ?? .distantPast
}

extension Runtime {
    /// A machine of a test's own: time stands still, chance is even, and who sleeps really does, unless the test says otherwise.
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

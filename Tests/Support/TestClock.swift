public import Scheduling
import Synchronization
public import Values

/// Clocks that a test sets.
public final class TestClock: SchedulerClock {
    private let state: Mutex<(now: Timestamp, uptime: Duration)>

    public init(_ now: String) { state = Mutex((moment(now), .seconds(1_000))) }

    public var now: Timestamp { state.withLock(\.now) }
    public var uptime: Duration { state.withLock(\.uptime) }

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

import FoundationEssentials

/// The program's view of the machine: two clocks, sleep, and randomness.
///
/// It is created once, when the process starts, and passed on, so that tests can control time and randomness.
public struct Runtime: Sendable {
    private let readWallClock: @Sendable () -> Timestamp
    private let readUptime: @Sendable () -> Duration
    private let wait: @Sendable (Duration) async throws -> Void
    private let makeRandom: @Sendable () -> Double
    private let makeUUID: @Sendable () -> String

    /// - Parameters:
    ///   - wallClock: the time of day, which people can set.
    ///   - uptime: the time since some origin. Nobody can set it, and it goes on while the machine sleeps.
    ///   - sleep: returns after a duration; throws a `CancellationError` when the task is cancelled.
    ///   - random: returns a number from 0 up to, but not including, 1.
    ///   - uuid: returns a new UUID in lower case.
    public init(
        wallClock: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double,
        uuid: @escaping @Sendable () -> String
    ) {
        readWallClock = wallClock
        readUptime = uptime
        wait = sleep
        makeRandom = random
        makeUUID = uuid
    }

    /// The wall clock, which people can set.
    public var now: Timestamp { readWallClock() }

    /// The time since some origin. Nobody can set it, and it goes on while the machine sleeps.
    public var uptime: Duration { readUptime() }

    /// Waits for a duration. Throws a `CancellationError` when the task is cancelled.
    public func sleep(for span: Duration) async throws { try await wait(span) }

    /// A random number from 0 up to, but not including, 1.
    public func random() -> Double { makeRandom() }

    /// A new UUID of version 4 (RFC 9562), in lower case.
    public func newUUID() -> String { makeUUID() }

    /// The real machine: CLOCK_REALTIME, CLOCK_BOOTTIME, and the system's random numbers. Only for use where the
    /// process starts.
    public static func system() -> Runtime {
        Runtime(
            wallClock: MachineClock.now, uptime: MachineClock.uptime,
            sleep: { try await Task.sleep(for: $0) }, random: { Double.random(in: 0..<1) },
            uuid: { UUID().uuidString.lowercased() })
    }
}

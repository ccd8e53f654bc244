import FoundationEssentials

/// The machine as the program sees it: two clocks, sleep, and chance.
///
/// Made once, where the process begins, and handed down from there, so that a test sets the time and knows what is random.
public struct Runtime: Sendable {
    private let readWallClock: @Sendable () -> Timestamp
    private let readUptime: @Sendable () -> Duration
    private let wait: @Sendable (Duration) async throws -> Void
    private let makeRandom: @Sendable () -> Double
    private let makeUUID: @Sendable () -> String

    /// - Parameters:
    ///   - wallClock: the time of day, which people set.
    ///   - uptime: the time since some origin, which nobody sets and which goes on while the machine sleeps.
    ///   - sleep: returns after so long; throws a `CancellationError` when the task is cancelled.
    ///   - random: from 0 up to, but not including, 1.
    ///   - uuid: a new one, in lower case.
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

    /// The wall clock, which people set.
    public var now: Timestamp { readWallClock() }

    /// Time since some origin, which nobody sets and which goes on while the machine sleeps.
    public var uptime: Duration { readUptime() }

    /// Waits for so long. Throws a `CancellationError` when the task is cancelled.
    public func sleep(for span: Duration) async throws { try await wait(span) }

    /// From 0 up to, but not including, 1.
    public func random() -> Double { makeRandom() }

    /// A new uuid of version 4, in lower case, RFC 9562.
    public func newUUID() -> String { makeUUID() }

    /// The machine's own: CLOCK_REALTIME, CLOCK_BOOTTIME, and the kernel's random numbers. For the composition root alone.
    public static func system() -> Runtime {
        Runtime(
            wallClock: MachineClock.now, uptime: MachineClock.uptime,
            sleep: { try await Task.sleep(for: $0) }, random: { Double.random(in: 0..<1) },
            uuid: { UUID().uuidString.lowercased() })
    }
}

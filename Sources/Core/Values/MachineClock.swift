// In the static build, the fields of `timespec` belong to this module.
import Glibc
import SwiftOverlayShims

/// The machine's clocks, clock_gettime(2).
enum MachineClock {
    static let now: @Sendable () -> Timestamp = {
        let time = read(CLOCK_REALTIME)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    static let uptime: @Sendable () -> Duration = {
        let time = read(CLOCK_BOOTTIME)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}

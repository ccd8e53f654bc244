public import Recurrence
public import Values

/// Moments as a clock on the wall of a time zone shows them.
public struct LocalClock: Sendable {
    private let zone: TimeZoneRules

    init(_ zone: TimeZoneRules) { self.zone = zone }

    /// `2026-11-22 02:30:00 EST`
    public func text(_ moment: Timestamp) -> String { LocalTime.text(moment, in: zone) }
}

/// A moment on a zone's clock.
public enum LocalTime {
    /// `2026-11-22 02:30:00 EST`
    public static func text(_ moment: Timestamp, in zone: TimeZoneRules) -> String {
        let seconds = moment.seconds
        return "\(Timestamp(seconds: zone.local(seconds)).description.prefix(19)) \(zone.abbreviation(at: seconds))"
    }
}

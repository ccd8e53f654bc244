public import Recurrence
public import Values

/// Formats moments as local time in one time zone.
public struct LocalClock: Sendable {
    private let zone: TimeZoneRules

    init(_ zone: TimeZoneRules) { self.zone = zone }

    /// `2026-11-22 02:30:00 EST`
    public func text(_ moment: Timestamp) -> String { LocalTime.text(moment, in: zone) }
}

/// Formats a moment as local time.
public enum LocalTime {
    /// `2026-11-22 02:30:00 EST`
    public static func text(_ moment: Timestamp, in zone: TimeZoneRules) -> String {
        let seconds = moment.seconds
        return "\(Timestamp(seconds: zone.local(seconds)).description.prefix(19)) \(zone.abbreviation(at: seconds))"
    }
}

import Glibc
public import Recurrence
import Testing
public import Values

/// The time zones of this machine, and local times in them.
public enum Zones {
    public static func named(_ name: String) throws -> TimeZoneRules {
        try #require(ZoneDatabase().zone(name), "this machine has no zone \(name)")
    }

    /// The name of a zone in which it is about noon now, so that no day begins while a test runs.
    public static var atNoon: String {
        // These zones are named by what has to be added to get UTC.
        let offset = 12 - time(nil) % 86_400 / 3_600
        return offset == 0 ? "Etc/GMT" : "Etc/GMT\(offset > 0 ? "-" : "+")\(abs(offset))"
    }
}

extension TimeZoneRules {
    /// `YYYY-MM-DD HH:MM:SS±HHMM` in this zone.
    public func show(_ moment: Timestamp?) -> String {
        guard let moment else { return "never" }
        let offset = offset(at: moment.seconds) / 60
        let (hours, minutes) = (abs(offset) / 60, abs(offset) % 60)
        let sign = offset < 0 ? "-" : "+"
        return
            "\(Timestamp(seconds: local(moment.seconds)).description.prefix(19))\(sign)\(hours < 10 ? "0" : "")\(hours)\(minutes < 10 ? "0" : "")\(minutes)"
    }
}

import Values

/// Days of the week, as a set.
struct Weekdays: Hashable, Sendable {
    /// Bit n is day n, Sunday 0.
    var bits: UInt8

    static let all = Weekdays(bits: 0x7F)

    func contains(_ day: Weekday) -> Bool { bits >> UInt8(day.rawValue) & 1 == 1 }
}

/// Fixed times of day on certain days of the week, on a zone's own clock.
///
/// A time that spring skips comes at the first moment after the gap; one that autumn repeats comes once, at its first
/// occurrence.
struct ClockTimes: Hashable, Sendable {
    /// Seconds after midnight, in order, without repeats; never empty.
    let times: [Int]
    let days: Weekdays

    /// The first slot after a moment, in seconds since 1970.
    func next(after seconds: Int64, in zone: TimeZoneRules) -> Int64? {
        let local = zone.local(seconds)
        var day = Int(local.flooredDivision(by: 86_400))
        var elapsed = Int(local) - day * 86_400
        // A slot within a repeated hour may lie behind us, and each week has one of the days.
        for _ in 0..<9 {
            if days.contains(Weekday(daysSinceEpoch: day)) {
                for time in times where time > elapsed {
                    let moment = zone.firstMoment(showing: Int64(day * 86_400 + time))
                    if moment > seconds { return moment }
                }
            }
            day += 1
            elapsed = -1
        }
        return nil
    }
}

import Values

/// An expression in systemd's calendar language, systemd.time(7): `Mon..Fri *-*-* 09:00`, `Mon *-05~07/1`, `*:0/15
/// Europe/Berlin`.
///
/// When the clocks change, it follows the rules of the other triggers, not systemd's. If the hour or the minute is `*`
/// or repeats without end (`0/15`), slots follow elapsed time. Otherwise times are fixed: a skipped time comes right
/// after the gap, and a repeated time comes only once.
struct CalendarExpression: Hashable, Sendable {
    let weekdays: Weekdays
    let years: CalendarField
    let months: CalendarField
    let days: CalendarField
    /// Whether `days` counts from the end of the month: `~01` is its last day.
    let countsFromEnd: Bool
    let hours: CalendarField
    let minutes: CalendarField
    /// In microseconds.
    let seconds: CalendarField
    /// The time zone that the expression names; nil if it names none.
    let zoneName: String?

    private let monthMask: UInt64
    private let hourMask: UInt64
    private let minuteMask: UInt64
    /// Whole seconds; zero if the expression contains fractions.
    private let secondMask: UInt64

    static let yearRange = 1_970...2_199

    init(
        weekdays: Weekdays, years: CalendarField, months: CalendarField, days: CalendarField, countsFromEnd: Bool,
        hours: CalendarField, minutes: CalendarField, seconds: CalendarField, zoneName: String?
    ) {
        self.weekdays = weekdays.bits == 0 ? .all : weekdays
        self.years = years.normalized()
        self.months = months.normalized()
        self.days = days.normalized()
        self.countsFromEnd = countsFromEnd && !days.isAny
        self.hours = hours.normalized()
        self.minutes = minutes.normalized()
        self.seconds = seconds.normalized()
        self.zoneName = zoneName
        monthMask = months.mask(through: 12) & ~1
        hourMask = hours.mask(through: 23)
        minuteMask = minutes.mask(through: 59)
        let second = 1_000_000
        let isWhole = seconds.parts.allSatisfy {
            $0.start % second == 0 && $0.step % second == 0 && ($0.stop ?? 0) % second == 0
        }
        secondMask =
            isWhole
            ? CalendarField(
                parts: seconds.parts.map {
                    CalendarField.Part(
                        start: $0.start / second, stop: $0.stop.map { $0 / second }, step: $0.step / second)
                }
            ).mask(through: 59) : 0
    }

    /// Whether the slots follow elapsed time.
    var followsElapsedTime: Bool { hours.isOpen || minutes.isOpen }

    /// The first slot after a moment, in milliseconds since 1970; nil if there is none. Fractions of a millisecond are
    /// dropped.
    func next(after milliseconds: Int64, in zone: TimeZoneRules) -> Int64? {
        followsElapsedTime
            ? nextElapsed(after: milliseconds, in: zone) : nextFixed(after: milliseconds, in: zone)
    }

    private func nextFixed(after moment: Int64, in zone: TimeZoneRules) -> Int64? {
        let seconds = moment.flooredDivision(by: 1_000)
        var local = moment + zone.offset(at: seconds) * 1_000 + 1
        while let slot = nextLocal(from: local) {
            let shown = slot.flooredDivision(by: 1_000)
            let first = zone.firstMoment(showing: shown)
            // In a gap there is no such moment, so the fraction does not apply.
            let found = first * 1_000 + (zone.local(first) == shown ? slot - shown * 1_000 : 0)
            if found > moment { return found }
            // In the second pass of a repeated time, all of its slots have already come.
            local = max(slot + 1, zone.repeatedUntil(seconds) * 1_000)
        }
        return nil
    }

    /// Searches the stretches between offset changes one by one. Within a stretch, local time runs like elapsed time.
    private func nextElapsed(after moment: Int64, in zone: TimeZoneRules) -> Int64? {
        var from = moment + 1
        while true {
            let seconds = from.flooredDivision(by: 1_000)
            let offset = zone.offset(at: seconds) * 1_000
            guard let slot = nextLocal(from: from + offset) else { return nil }
            guard let end = zone.nextTransition(after: seconds), slot - offset >= end * 1_000 else {
                return slot - offset
            }
            from = end * 1_000
        }
    }

    /// The first matching local time at or after another, in milliseconds since 1970-01-01 00:00 local.
    private func nextLocal(from local: Int64) -> Int64? {
        let day = Int(local.flooredDivision(by: 86_400_000))
        let date = CivilDate(daysSinceEpoch: day)
        guard date.year <= Self.yearRange.upperBound else { return nil }
        if date.year >= Self.yearRange.lowerBound, matches(date),
            let time = nextTime(from: Int(local) - day * 86_400_000)
        {
            return Int64(day * 86_400_000 + time)
        }
        guard let first = nextTime(from: 0), let found = nextDate(after: date) else { return nil }
        return Int64(found * 86_400_000 + first)
    }

    private func matches(_ date: CivilDate) -> Bool {
        years.first(from: date.year, through: date.year) != nil && monthMask >> UInt64(date.month) & 1 == 1
            && weekdays.contains(date.weekday) && nextDay(from: date.day, in: date) == date.day
    }

    private func nextDay(from day: Int, in date: CivilDate) -> Int? {
        let length = CivilDate.daysIn(month: date.month, year: date.year)
        return countsFromEnd ? days.firstFromEnd(from: day, days: length) : days.first(from: day, through: length)
    }

    /// The first matching date after another, in days since 1970.
    private func nextDate(after date: CivilDate) -> Int? {
        var date = date
        var from = date.day + 1
        if date.year < Self.yearRange.lowerBound {
            date = CivilDate(unchecked: Self.yearRange.lowerBound, month: 1, day: 1)
            from = 1
        }
        while let year = years.first(from: date.year, through: Self.yearRange.upperBound) {
            if year != date.year {
                date = CivilDate(unchecked: year, month: 1, day: 1)
                from = 1
            }
            let later = monthMask & (UInt64.max << UInt64(date.month))
            guard later != 0 else {
                date = CivilDate(unchecked: year + 1, month: 1, day: 1)
                from = 1
                continue
            }
            let month = later.trailingZeroBitCount
            if month != date.month {
                date = CivilDate(unchecked: year, month: month, day: 1)
                from = 1
            }
            let firstOfMonth = CivilDate(unchecked: year, month: month, day: 1).daysSinceEpoch
            while let day = nextDay(from: from, in: date) {
                if weekdays.contains(Weekday(daysSinceEpoch: firstOfMonth + day - 1)) { return firstOfMonth + day - 1 }
                from = day + 1
            }
            date = date.firstOfNextMonth
            from = 1
        }
        return nil
    }

    /// The first matching time of day at or after another, in milliseconds; nil if there is none on that day.
    private func nextTime(from time: Int) -> Int? {
        let minuteOfDay = time / 60_000
        let (hour, minute) = (minuteOfDay / 60, minuteOfDay % 60)
        if hourMask >> UInt64(hour) & 1 == 1 {
            if minuteMask >> UInt64(minute) & 1 == 1, let second = nextSecond(from: time % 60_000) {
                return minuteOfDay * 60_000 + second
            }
            let later = minute < 59 ? minuteMask & (UInt64.max << UInt64(minute + 1)) : 0
            if later != 0, let second = nextSecond(from: 0) {
                return (hour * 60 + later.trailingZeroBitCount) * 60_000 + second
            }
        }
        let later = hourMask & (UInt64.max << UInt64(hour + 1))
        guard later != 0, minuteMask != 0, let second = nextSecond(from: 0) else { return nil }
        return (later.trailingZeroBitCount * 60 + minuteMask.trailingZeroBitCount) * 60_000 + second
    }

    /// The first matching second at or after another, both in milliseconds after the minute; nil if there is none.
    private func nextSecond(from time: Int) -> Int? {
        if secondMask != 0 {
            let from = (time + 999) / 1_000
            guard from < 60 else { return nil }
            let later = secondMask & (UInt64.max << UInt64(from))
            return later == 0 ? nil : later.trailingZeroBitCount * 1_000
        }
        return seconds.first(from: time * 1_000, through: 59_999_999).map { $0 / 1_000 }
    }

    /// Whether one of the days exists in one of the months, in some year.
    var hasPossibleDay: Bool {
        (1...12).contains { month in
            let date = CivilDate(unchecked: 2_024, month: month, day: 1)
            return monthMask >> UInt64(month) & 1 == 1 && nextDay(from: 1, in: date) != nil
        }
    }

    /// Whether the expression has a slot at all, past or future.
    var everComes: Bool {
        nextLocal(from: -86_400_000 * 400) != nil
    }
}

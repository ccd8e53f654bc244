import Values

/// A cron expression of five fields: minute, hour, day of the month, month, day of the week.
///
/// It follows Debian's cron, crontab(5). If both day fields are restricted, a day needs to match only one of them. If
/// the minute or the hour begins with `*`, the slots follow elapsed time when the clocks change. Otherwise times are
/// fixed: a skipped time comes right after the gap, and a repeated time comes only once.
struct CronExpression: Hashable, Sendable {
    /// Bit n is minute n.
    let minutes: UInt64
    /// Bit n is hour n.
    let hours: UInt32
    /// Bit n is day n.
    let daysOfMonth: UInt32
    /// Bit n is month n.
    let months: UInt16
    let daysOfWeek: Weekdays
    /// Which fields begin with a star. For the month it does not matter.
    let minuteIsStarred: Bool
    let hourIsStarred: Bool
    let dayIsStarred: Bool
    let weekdayIsStarred: Bool

    /// Whether a day needs to match only one of the day fields.
    var eitherDay: Bool { !dayIsStarred && !weekdayIsStarred }
    /// Whether the slots follow elapsed time.
    var followsElapsedTime: Bool { minuteIsStarred || hourIsStarred }

    /// The first slot after a moment, in seconds since 1970; nil if there is none within two hundred years.
    func next(after seconds: Int64, in zone: TimeZoneRules) -> Int64? {
        guard !followsElapsedTime else { return nextElapsed(after: seconds, in: zone) }
        var local = zone.local(seconds) + 1
        while let slot = nextLocal(from: local) {
            let moment = zone.firstMoment(showing: slot)
            if moment > seconds { return moment }
            // In the second pass of a repeated hour, all of its slots have already come.
            local = max(slot + 1, zone.repeatedUntil(seconds))
        }
        return nil
    }

    /// Searches the stretches between offset changes one by one. Within a stretch, local time runs like elapsed time.
    private func nextElapsed(after seconds: Int64, in zone: TimeZoneRules) -> Int64? {
        var from = seconds + 1
        let horizon = seconds + 200 * 31_556_952
        while from < horizon {
            let offset = zone.offset(at: from)
            let end = zone.nextTransition(after: from) ?? .max
            guard let slot = nextLocal(from: from + offset) else { return nil }
            if slot - offset < end { return slot - offset }
            from = end
        }
        return nil
    }

    /// The first matching local time at or after `local`, in seconds since 1970-01-01 00:00 local.
    private func nextLocal(from local: Int64) -> Int64? {
        // Rounded up to a whole minute.
        let start = (local + 59).flooredDivision(by: 60)
        let startDay = Int(start.flooredDivision(by: 1_440))
        let startMinute = Int(start) - startDay * 1_440
        var date = CivilDate(daysSinceEpoch: startDay)
        if matches(date), let minute = nextMinute(from: startMinute) {
            return Int64(startDay * 86_400 + minute * 60)
        }
        guard let first = nextMinute(from: 0) else { return nil }
        let lastYear = date.year + 200
        while date.year <= lastYear {
            guard months >> UInt16(date.month) & 1 == 1 else {
                date = date.firstOfNextMonth
                while months >> UInt16(date.month) & 1 == 0 { date = date.firstOfNextMonth }
                if matches(date) { return Int64(date.daysSinceEpoch * 86_400 + first * 60) }
                continue
            }
            let length = CivilDate.daysIn(month: date.month, year: date.year)
            var day = date.day + 1
            var weekday = (date.weekday.rawValue + 1) % 7
            while day <= length {
                if matches(day: day, weekday: weekday) {
                    let found = CivilDate(unchecked: date.year, month: date.month, day: day)
                    return Int64(found.daysSinceEpoch * 86_400 + first * 60)
                }
                day += 1
                weekday = weekday == 6 ? 0 : weekday + 1
            }
            date = date.firstOfNextMonth
            if matches(date) { return Int64(date.daysSinceEpoch * 86_400 + first * 60) }
        }
        return nil
    }

    private func matches(_ date: CivilDate) -> Bool {
        months >> UInt16(date.month) & 1 == 1 && matches(day: date.day, weekday: date.weekday.rawValue)
    }

    private func matches(day: Int, weekday: Int) -> Bool {
        let ofMonth = daysOfMonth >> UInt32(day) & 1 == 1
        let ofWeek = daysOfWeek.bits >> UInt8(weekday) & 1 == 1
        return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek
    }

    /// The first matching minute of the day at or after another; nil if there is none.
    private func nextMinute(from minuteOfDay: Int) -> Int? {
        guard minuteOfDay < 1_440 else { return nil }
        let hour = minuteOfDay / 60
        if hours >> UInt32(hour) & 1 == 1 {
            let rest = minutes & (UInt64.max << UInt64(minuteOfDay % 60))
            if rest != 0 { return hour * 60 + rest.trailingZeroBitCount }
        }
        let later = hours & (UInt32.max << UInt32(hour + 1))
        guard later != 0 else { return nil }
        return later.trailingZeroBitCount * 60 + minutes.trailingZeroBitCount
    }

    /// Whether any date matches.
    var everComes: Bool {
        if eitherDay { return true }
        return (1...12).contains { month in
            guard months >> UInt16(month) & 1 == 1 else { return false }
            // A leap year, so that 29 February counts.
            return (1...CivilDate.daysIn(month: month, year: 2_024)).contains { daysOfMonth >> UInt32($0) & 1 == 1 }
        }
    }
}

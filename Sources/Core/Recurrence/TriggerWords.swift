import Values

extension Trigger {
    /// The trigger as a person would say it: `every day at 09:00`, `at 08:00 on Monday`.
    public var words: String {
        switch self {
        case .every(let seconds): "every \(TriggerWords.span(seconds))"
        case .at(let times):
            times.days == .all
                ? "every day at \(NumberList.joined(times.times.map(ClockTimes.text)))"
                : "at \(NumberList.joined(times.times.map(ClockTimes.text))) on \(TriggerWords.days(times.days))"
        case .cron(let trigger): TriggerWords.cron(trigger.expression)
        case .calendar(let trigger): TriggerWords.calendar(trigger.expression)
        case .after(let followed):
            switch followed.when {
            case .success: "when \(followed.jobs.joined(separator: " or ")) has succeeded"
            case .failure: "when \(followed.jobs.joined(separator: " or ")) has failed"
            case .either: "when \(followed.jobs.joined(separator: " or ")) has ended"
            }
        case .atStart: "once at each start of the daemon"
        }
    }
}

/// Builds the parts of a sentence about times.
private enum TriggerWords {
    static func span(_ seconds: Int64) -> String {
        let units: [(Int64, String)] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]
        if let (unit, name) = units.first(where: { seconds % $0.0 == 0 }) {
            return seconds == unit ? name : "\(seconds / unit) \(name)s"
        }
        return "\(seconds) seconds"
    }

    static func name(_ day: Weekday) -> String { "\(day)".prefix(1).uppercased() + "\(day)".dropFirst() }

    static func days(_ days: Weekdays) -> String {
        NumberList.joined(days.stretches.map { $0 == $1 ? name($0) : "\(name($0)) to \(name($1))" })
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    static func cron(_ cron: CronExpression) -> String {
        var when: [String] = []
        let ofMonth = cron.daysOfMonth & 0xFFFF_FFFE == 0xFFFF_FFFE ? nil : monthDays(UInt64(cron.daysOfMonth))
        let ofWeek = cron.daysOfWeek == .all ? nil : days(cron.daysOfWeek)
        if cron.eitherDay, let ofMonth, let ofWeek {
            when.append("on \(ofMonth) or on \(ofWeek)")
        } else if !cron.eitherDay {
            if let ofWeek { when.append("on \(ofWeek)") }
            if let ofMonth { when.append(ofWeek == nil ? "on \(ofMonth)" : "that is \(ofMonth)") }
        }
        when += inMonths(UInt64(cron.months))
        return sentence(
            time(seconds: "", minutes: cron.minutes, hours: UInt64(cron.hours)), when)
    }

    static func calendar(_ calendar: CalendarExpression) -> String {
        var when: [String] = []
        let ofWeek = calendar.weekdays == .all ? nil : days(calendar.weekdays)
        if let ofWeek { when.append("on \(ofWeek)") }
        if !calendar.days.isAny {
            let mask = calendar.days.mask(through: 31)
            let days =
                calendar.countsFromEnd ? fromEnd(calendar.days) : monthDays(mask & ~1)
            when.append(ofWeek == nil ? "on \(days)" : "that is \(days)")
        }
        when += inMonths(calendar.months.mask(through: 12) & ~1)
        if !calendar.years.isAny { when.append("in \(list(calendar.years))") }
        let seconds = calendar.seconds
        let secondWords: String =
            if seconds == .only(0) {
                ""
            } else if seconds.parts.first?.start == 0, seconds.isOpen, seconds.parts.count == 1,
                60_000_000 % max(1, seconds.parts[0].step) == 0
            {
                seconds.parts[0].step == 1_000_000
                    ? "every second" : "every \(decimal(seconds.parts[0].step)) seconds"
            } else {
                "at second "
                    + seconds.parts.map { part in
                        decimal(part.start) + (part.stop.map { " to \(decimal($0))" } ?? "")
                            + (part.step > 0 && (part.stop == nil || part.step != 1_000_000)
                                ? " in steps of \(decimal(part.step))" : "")
                    }.joined(separator: ", ")
            }
        let text = sentence(
            time(
                seconds: secondWords, minutes: calendar.minutes.mask(through: 59),
                hours: calendar.hours.mask(through: 23),
                onlySecond: seconds.parts.count == 1 && seconds.parts[0].step == 0
                    && seconds.parts[0].start % 1_000_000 == 0
                    ? seconds.parts[0].start / 1_000_000 : nil), when)
        return calendar.zoneName.map { "\(text), \($0)" } ?? text
    }

    private static func decimal(_ microseconds: Int) -> String {
        guard microseconds % 1_000_000 != 0 else { return "\(microseconds / 1_000_000)" }
        var fraction = CalendarExpression.padded(microseconds % 1_000_000, 6)
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(microseconds / 1_000_000).\(fraction)"
    }

    private static func list(_ field: CalendarField) -> String {
        NumberList.joined(
            field.parts.map { part in
                "\(part.start)" + (part.stop.map { " to \($0)" } ?? "")
                    + (part.step > 1 || part.step == 1 && part.stop == nil ? ", every \(span(part.step, "year"))" : "")
            })
    }

    private static func span(_ count: Int, _ unit: String) -> String { count == 1 ? unit : "\(count) \(unit)s" }

    private static func fromEnd(_ field: CalendarField) -> String {
        func name(_ number: Int) -> String { number == 1 ? "the last day" : "the \(ordinal(number)) last day" }
        return NumberList.joined(
            field.parts.map { part in
                if let stop = part.stop {
                    let step = part.step > 1 ? ", every \(span(part.step, "day"))" : ""
                    return "\(name(stop)) to \(name(part.start))\(step)"
                }
                guard part.step > 0 else { return name(part.start) }
                return part.step == 1
                    ? "one of the last \(part.start) days" : "\(name(part.start)) and every \(part.step) days on"
            }) + " of the month"
    }

    private static func ordinal(_ number: Int) -> String {
        let suffix: String =
            switch (number % 10, number % 100) {
            case (1, let rest) where rest != 11: "st"
            case (2, let rest) where rest != 12: "nd"
            case (3, let rest) where rest != 13: "rd"
            default: "th"
            }
        return "\(number)\(suffix)"
    }

    private static func monthDays(_ bits: UInt64) -> String {
        if let step = NumberList.step(bits, 1...31), step.step > 1 {
            return "every \(ordinal(step.step)) day of the month from day \(step.first)"
        }
        return "day \(numbers(bits, 1...31)) of the month"
    }

    private static func inMonths(_ bits: UInt64) -> [String] {
        guard bits & 0x1FFE != 0x1FFE else { return [] }
        return [
            "in "
                + NumberList.joined(
                    NumberList.stretches(bits, 1...12).map {
                        $0 == $1 ? months[$0 - 1] : "\(months[$0 - 1]) to \(months[$1 - 1])"
                    })
        ]
    }

    private static func numbers(_ bits: UInt64, _ range: ClosedRange<Int>) -> String {
        NumberList.joined(NumberList.stretches(bits, range).map { $0 == $1 ? "\($0)" : "\($0) to \($1)" })
    }

    /// The time of day in words. `isTimeOfDay` is true if it is a list of clock times.
    private static func time(
        seconds: String, minutes: UInt64, hours: UInt64, onlySecond: Int? = 0
    ) -> (text: String, isTimeOfDay: Bool) {
        let allMinutes: UInt64 = (1 << 60) - 1
        let allHours: UInt64 = (1 << 24) - 1
        if let onlySecond, hours != allHours, minutes != allMinutes,
            hours.nonzeroBitCount * minutes.nonzeroBitCount <= 6
        {
            var times: [String] = []
            for hour in 0..<24 where hours >> UInt64(hour) & 1 == 1 {
                for minute in 0..<60 where minutes >> UInt64(minute) & 1 == 1 {
                    times.append(ClockTimes.text(hour * 3_600 + minute * 60 + onlySecond))
                }
            }
            return ("at \(NumberList.joined(times))", true)
        }
        var parts: [String] = seconds.isEmpty ? [] : [seconds]
        if minutes == allMinutes {
            if seconds.isEmpty {
                parts.append("every minute")
            } else if !seconds.hasPrefix("every") {
                parts.append("of every minute")
            }
        } else if let step = NumberList.evenStep(minutes, 0...59) {
            let text = "every \(step.step) minutes" + (step.first == 0 ? "" : " from minute \(step.first)")
            parts.append(text)
        } else {
            parts.append("at minute \(numbers(minutes, 0...59))")
        }
        if hours == allHours {
            if minutes != allMinutes, NumberList.evenStep(minutes, 0...59) == nil { parts.append("of every hour") }
        } else if let step = NumberList.evenStep(hours, 0...23) {
            parts.append("of every \(ordinal(step.step)) hour" + (step.first == 0 ? "" : " from \(step.first)"))
        } else {
            parts.append("of hour \(numbers(hours, 0...23))")
        }
        return (parts.joined(separator: " "), false)
    }

    private static func sentence(_ time: (text: String, isTimeOfDay: Bool), _ when: [String]) -> String {
        guard !when.isEmpty else { return time.isTimeOfDay ? "every day \(time.text)" : time.text }
        return "\(time.text) \(when.joined(separator: " "))"
    }
}

import Values

extension CalendarExpression {
    /// The shorthands of systemd.time(7), "Calendar Events".
    static let shorthands = [
        "minutely": "*-*-* *:*:00", "hourly": "*-*-* *:00:00", "daily": "*-*-* 00:00:00",
        "weekly": "Mon *-*-* 00:00:00", "monthly": "*-*-01 00:00:00", "yearly": "*-01-01 00:00:00",
        "annually": "*-01-01 00:00:00", "anually": "*-01-01 00:00:00", "quarterly": "*-01,04,07,10-01 00:00:00",
        "biannually": "*-01,07-01 00:00:00", "bi-annually": "*-01,07-01 00:00:00",
        "semiannually": "*-01,07-01 00:00:00", "semi-annually": "*-01,07-01 00:00:00",
    ]

    /// Parses an expression. Throws an error that says which part is wrong, and how.
    ///
    /// - Parameter isZone: whether a name is the name of a time zone.
    init(parsing text: String, isZone: (String) -> Bool) throws(ExpressionProblem) {
        var rest = Substring(text)
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        guard !rest.isEmpty else {
            throw ExpressionProblem("calendar is empty", hint: "write for example Mon..Fri *-*-* 09:00")
        }
        guard rest.utf8.count <= 1_000 else { throw ExpressionProblem("calendar is longer than 1000 characters") }
        var zone: String?
        if let space = rest.lastIndex(of: " ") {
            let word = String(rest[rest.index(after: space)...])
            if word.uppercased() == "UTC" {
                zone = "UTC"
            } else if word.first?.isLetter == true, isZone(word) {
                zone = word
            }
            if zone != nil {
                rest = rest[..<space]
                while rest.last == " " { rest.removeLast() }
            }
        }
        if let full = Self.shorthands[rest.lowercased()] { rest = Substring(full) }
        var reader = CalendarReader(rest: rest)
        try self.init(reading: &reader, zone: zone)
        guard hasPossibleDay else {
            throw ExpressionProblem("this date never comes", hint: "no such month has that day")
        }
    }

    private init(reading reader: inout CalendarReader, zone: String?) throws(ExpressionProblem) {
        if reader.take("@") {
            self = try reader.epoch()
            return
        }
        let weekdays = try reader.weekdays()
        let date = try reader.date()
        let time = try reader.time()
        guard reader.rest.isEmpty else { throw reader.leftOver() }
        self.init(
            weekdays: weekdays, years: date.years, months: date.months, days: date.days, countsFromEnd: date.fromEnd,
            hours: time.hours, minutes: time.minutes, seconds: time.seconds, zoneName: zone)
    }
}

/// Reads the text of a calendar expression from left to right.
struct CalendarReader {
    var rest: Substring

    mutating func take(_ text: String) -> Bool {
        guard rest.hasPrefix(text) else { return false }
        rest.removeFirst(text.count)
        return true
    }

    mutating func skipSpaces() { while rest.first == " " { rest.removeFirst() } }

    func leftOver() -> ExpressionProblem {
        if rest.hasPrefix("/") {
            return ExpressionProblem(
                "calendar: \"\(rest.shortened(to: 40))\" cannot follow *",
                hint: "a step needs a start before it: 0/15, not */15")
        }
        let word = rest.split(separator: " ").last.map(String.init) ?? ""
        if word.first?.isLetter == true {
            return ExpressionProblem(
                "calendar: \"\(word.shortened(to: 40))\" is not part of a time",
                hint: "the weekday comes first and a time zone, as Europe/Berlin, last")
        }
        return ExpressionProblem(
            "calendar: \"\(rest.shortened(to: 40))\" is unexpected here",
            hint: "the order is weekday, date, time, time zone: Mon..Fri *-*-* 09:00 Europe/Berlin")
    }

    /// `@` followed by the seconds since 1970.
    mutating func epoch() throws(ExpressionProblem) -> CalendarExpression {
        guard let seconds = Int64(rest), (0..<7_258_118_400).contains(seconds) else {
            throw ExpressionProblem(
                "calendar: @\(rest.shortened(to: 40)) is not a number of seconds since 1970",
                hint: "@hourly, @daily and their kin go with cron")
        }
        let days = Int(seconds / 86_400)
        let date = CivilDate(daysSinceEpoch: days)
        let time = Int(seconds) - days * 86_400
        return CalendarExpression(
            weekdays: .all, years: .only(date.year), months: .only(date.month), days: .only(date.day),
            countsFromEnd: false, hours: .only(time / 3_600), minutes: .only(time / 60 % 60),
            seconds: .only(time % 60 * 1_000_000), zoneName: "UTC")
    }

    /// `Mon..Thu,Sat`, with an optional trailing comma; every day if the text does not begin with a weekday.
    mutating func weekdays() throws(ExpressionProblem) -> Weekdays {
        guard rest.first?.isLetter == true else { return .all }
        var bits: UInt8 = 0
        var from: Int?
        while true {
            let name = rest.prefix { $0.isLetter }.lowercased()
            guard let place = Weekdays.order.firstIndex(where: { $0.abbreviation == name || "\($0)" == name }) else {
                let names = Weekdays.order.map { $0.abbreviation } + CalendarExpression.shorthands.keys.sorted()
                throw ExpressionProblem(
                    "calendar: \"\(rest.prefix { $0 != " " }.shortened(to: 40))\" is neither a weekday nor a shorthand",
                    hint: Suggestion.hint(for: name, among: names))
            }
            rest.removeFirst(name.count)
            let number = place - Weekdays.order.startIndex
            if let first = from {
                guard first <= number else {
                    throw ExpressionProblem(
                        "calendar: the days from \(Weekdays.order[first + Weekdays.order.startIndex].abbreviation) to \(name) run backwards",
                        hint:
                            "a week begins on Monday: write the days before and after Sunday as a list, as Fri..Sun,Mon"
                    )
                }
                for day in first...number { bits |= bit(day) }
                from = nil
            }
            bits |= bit(number)
            if take("..") || take("-") {
                from = number
            } else if take(",") {
                if rest.isEmpty || rest.first == " " { break }
            } else {
                guard rest.isEmpty || rest.first == " " else {
                    throw ExpressionProblem("calendar: \"\(rest.shortened(to: 40))\" cannot follow a weekday")
                }
                break
            }
        }
        skipSpaces()
        return Weekdays(bits: bits)
    }

    /// The bit of a `Weekday`, for a number that counts from 0 for Monday.
    private func bit(_ day: Int) -> UInt8 { 1 << UInt8((day + 1) % 7) }

    typealias DateFields = (years: CalendarField, months: CalendarField, days: CalendarField, fromEnd: Bool)

    /// `2026-*-1`, `*-02~01`, `12-24`; every day if there is no date.
    mutating func date() throws(ExpressionProblem) -> DateFields {
        let word = rest.prefix { $0 != " " }
        guard !word.isEmpty, !word.contains(":") else { return (.any, .any, .any, false) }
        let marks = word.filter { $0 == "-" || $0 == "~" }
        guard marks.count == 1 || marks.count == 2, marks.count == 1 || marks.first == "-" else {
            throw ExpressionProblem(
                "calendar: \"\(word.shortened(to: 40))\" is not a date",
                hint: word.contains("..") || word.allSatisfy(\.isNumber)
                    ? "write year-month-day, as *-*-\(word), or a time with its minutes, as 09:00"
                    : "write year-month-day, with * for any: *-*-01, or *-*~01 for the last day of a month")
        }
        var years = CalendarField.any
        if marks.count == 2 {
            years = try field("the year", 1_970...2_199) {
                (0..<70).contains($0) ? $0 + 2_000 : (70..<100).contains($0) ? $0 + 1_900 : $0
            }
            _ = take("-")
        }
        let months = try field("the month", 1...12)
        let fromEnd = marks.last == "~"
        guard take(fromEnd ? "~" : "-") else { throw unexpected("the month") }
        let days = try field("the day", 1...(fromEnd ? 28 : 31), fromEnd: fromEnd)
        guard rest.isEmpty || rest.first == " " else { throw unexpected("the day") }
        skipSpaces()
        return (years, months, days, fromEnd)
    }

    typealias TimeFields = (hours: CalendarField, minutes: CalendarField, seconds: CalendarField)

    /// `09:00`, `*:0/15`, `12:00:00.5`; midnight if there is no time.
    mutating func time() throws(ExpressionProblem) -> TimeFields {
        let second = 1_000_000
        guard !rest.isEmpty else { return (.only(0), .only(0), .only(0)) }
        let hours = try field("the hour", 0...23)
        guard take(":") else { throw unexpected("the hour") }
        let minutes = try field("the minute", 0...59)
        guard take(":") else { return (hours, minutes, .only(0)) }
        if take("*") {
            return (hours, minutes, CalendarField(parts: [.init(start: 0, stop: nil, step: second)]))
        }
        return (hours, minutes, try field("the second", 0...(60 * second - 1), unit: second))
    }

    private func unexpected(_ name: String) -> ExpressionProblem {
        let hint = rest.hasPrefix("/") ? "a step needs a start before it: 0/15, not */15" : nil
        return ExpressionProblem(
            rest.isEmpty
                ? "calendar: something is missing after \(name)"
                : "calendar: \"\(rest.shortened(to: 40))\" cannot follow \(name)", hint: hint)
    }

    /// A list of values, ranges and repetitions, or `*`.
    private mutating func field(
        _ name: String, _ range: ClosedRange<Int>, fromEnd: Bool = false, unit: Int = 1,
        mapping: (Int) -> Int = { $0 }
    ) throws(ExpressionProblem) -> CalendarField {
        if take("*") { return .any }
        var parts: [CalendarField.Part] = []
        repeat {
            let start = mapping(try number(name, unit: unit))
            var part = CalendarField.Part(start: start, stop: nil, step: 0)
            if take("..") {
                part.stop = mapping(try number(name, unit: unit))
                part.step = unit
            }
            let hasStep = take("/")
            if hasStep {
                part.step = try number(name, unit: unit)
                guard part.step > 0 else { throw ExpressionProblem("calendar: \(name): the step must not be 0") }
            }
            for value in [part.start, part.stop ?? part.start] where !range.contains(value) {
                let shown = "\(range.lowerBound) to \(range.upperBound / unit)"
                throw ExpressionProblem(
                    "calendar: \(name): \(value / unit) is not from \(shown)",
                    hint: fromEnd && value > 28 ? "days are counted from the end up to the 28th" : nil)
            }
            if let stop = part.stop {
                guard stop >= part.start else {
                    throw ExpressionProblem(
                        "calendar: \(name): the range \(part.start / unit)..\(stop / unit) runs backwards")
                }
                guard hasStep || unit == 1 || stop - part.start >= unit else {
                    throw ExpressionProblem(
                        "calendar: \(name): the range is shorter than a second", hint: "add a step: 1..1.5/0.1")
                }
                // A step that leads past the end of the range leaves only its start.
                if part.step > stop - part.start {
                    part.stop = nil
                    part.step = 0
                }
            } else if part.step > 0 {
                let room = fromEnd ? part.start - range.lowerBound : range.upperBound - part.start
                guard part.step <= room else {
                    throw ExpressionProblem("calendar: \(name): the step leads past the last value")
                }
            }
            parts.append(part)
            guard parts.count <= 240 else { throw ExpressionProblem("calendar: \(name): the list is too long") }
        } while take(",")
        return CalendarField(parts: parts)
    }

    /// Digits; for seconds with a fraction, which is rounded to a microsecond.
    private mutating func number(_ name: String, unit: Int) throws(ExpressionProblem) -> Int {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 9, let whole = Int(digits) else {
            let hint = rest.hasPrefix("*") ? "* stands alone: write 0/15, not */15 and not 1,*" : nil
            let found = rest.isEmpty ? "nothing" : "\"\(rest.shortened(to: 40))\""
            throw ExpressionProblem("calendar: \(name): a number is expected, not \(found)", hint: hint)
        }
        rest.removeFirst(digits.count)
        guard unit > 1, rest.hasPrefix("."), !rest.hasPrefix("..") else { return whole * unit }
        rest.removeFirst()
        let fraction = rest.prefix { $0.isASCII && $0.isNumber }
        guard !fraction.isEmpty else {
            throw ExpressionProblem("calendar: \(name): a fraction is missing after the point")
        }
        rest.removeFirst(fraction.count)
        let micro = Int(fraction.prefix(6).padded(to: 6)) ?? 0
        let roundsUp = fraction.dropFirst(6).first.map { $0 >= "5" } ?? false
        return whole * unit + micro + (roundsUp ? 1 : 0)
    }
}

extension Substring {
    fileprivate func padded(to length: Int) -> String {
        self + String(repeating: "0", count: Swift.max(0, length - count))
    }
}

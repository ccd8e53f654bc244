import Values

/// The footer of a zone file: a POSIX `TZ` string, which gives the rule for the years after the last transition.
///
/// POSIX.1-2017, section 8.3, with the extension of RFC 8536 that times range from -167 to 167 hours.
struct ZoneRule: Equatable {
    /// A day of the year, and the local time at which the clocks change.
    struct Change: Equatable {
        enum Day: Equatable {
            /// 1 to 365; 29 February is never counted.
            case julian(Int)
            /// 0 to 365; 29 February is counted.
            case ordinal(Int)
            /// The nth weekday of a month. The fifth means the last.
            case weekday(month: Int, week: Int, day: Int)
        }

        let day: Day
        /// Seconds after local midnight.
        let time: Int

        /// When the change happens in a year, in seconds since 1970 in the local time before it.
        func local(year: Int) -> Int {
            let newYear = CivilDate(unchecked: year, month: 1, day: 1).daysSinceEpoch
            let days: Int
            switch day {
            case .julian(let number): days = newYear + number - 1 + (CivilDate.isLeap(year) && number >= 60 ? 1 : 0)
            case .ordinal(let number): days = newYear + number
            case .weekday(let month, let week, let weekday):
                let first = CivilDate(unchecked: year, month: month, day: 1)
                let ahead = (weekday - first.weekday.rawValue + 7) % 7
                var offset = ahead + (week - 1) * 7
                if offset >= CivilDate.daysIn(month: month, year: year) { offset -= 7 }
                days = first.daysSinceEpoch + offset
            }
            return days * 86_400 + time
        }
    }

    let standard: (name: String, offset: Int32)
    let daylight: (name: String, offset: Int32, start: Change, end: Change)?

    static func == (left: ZoneRule, right: ZoneRule) -> Bool {
        left.standard == right.standard && left.daylight?.name == right.daylight?.name
            && left.daylight?.offset == right.daylight?.offset && left.daylight?.start == right.daylight?.start
            && left.daylight?.end == right.daylight?.end
    }

    /// The two moments in a year (UTC seconds) at which the offset changes, in order, and whether daylight time begins
    /// at each. Empty if there is no daylight time.
    func changes(year: Int) -> [(at: Int64, daylight: Bool)] {
        guard let daylight else { return [] }
        let start = Int64(daylight.start.local(year: year)) - Int64(standard.offset)
        let end = Int64(daylight.end.local(year: year)) - Int64(daylight.offset)
        return start < end ? [(start, true), (end, false)] : [(end, false), (start, true)]
    }

    /// Returns nil if the text is not a rule.
    init?(parsing text: String) {
        var scanner = Scanner(text)
        guard let name = scanner.name(), let west = scanner.time() else { return nil }
        standard = (name, Int32(-west))
        guard !scanner.isAtEnd else {
            daylight = nil
            return
        }
        guard let summerName = scanner.name() else { return nil }
        var offset = standard.offset + 3_600
        if scanner.next != "," {
            guard let west = scanner.time() else { return nil }
            offset = Int32(-west)
        }
        guard scanner.take(","), let start = scanner.change(), scanner.take(","), let end = scanner.change(),
            scanner.isAtEnd
        else { return nil }
        daylight = (summerName, offset, start, end)
    }

    private struct Scanner {
        private var rest: ArraySlice<Character>

        init(_ text: String) { rest = Array(text)[...] }

        var isAtEnd: Bool { rest.isEmpty }
        var next: Character? { rest.first }

        mutating func take(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }

        mutating func name() -> String? {
            if take("<") {
                let name = rest.prefix { $0 != ">" }
                rest = rest.dropFirst(name.count)
                return take(">") ? String(name) : nil
            }
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            return name.count >= 3 ? String(name) : nil
        }

        mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count)
            guard digits.count <= 3, let value = Int(String(digits)), range.contains(value) else { return nil }
            return value
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        mutating func time() -> Int? {
            let negative = take("-")
            if !negative { _ = take("+") }
            guard let hours = number(0...167) else { return nil }
            var seconds = hours * 3_600
            if take(":") {
                guard let minutes = number(0...59) else { return nil }
                seconds += minutes * 60
                if take(":") {
                    guard let rest = number(0...59) else { return nil }
                    seconds += rest
                }
            }
            return negative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            let day: Change.Day
            if take("M") {
                guard let month = number(1...12), take("."), let week = number(1...5), take("."),
                    let weekday = number(0...6)
                else { return nil }
                day = .weekday(month: month, week: week, day: weekday)
            } else if take("J") {
                guard let number = number(1...365) else { return nil }
                day = .julian(number)
            } else {
                guard let number = number(0...365) else { return nil }
                day = .ordinal(number)
            }
            guard take("/") else { return Change(day: day, time: 7_200) }
            return time().map { Change(day: day, time: $0) }
        }
    }
}

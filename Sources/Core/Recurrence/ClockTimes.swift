import Values

/// Fixed times of day on certain weekdays, in a zone's local time.
///
/// A time that is skipped in spring comes at the first moment after the gap. A time that is repeated in autumn comes
/// once, at its first occurrence.
public struct ClockTimes: Hashable, Sendable {
    /// In seconds after midnight, sorted, without repeats; never empty.
    let times: [Int]
    let days: Weekdays

    /// - Parameter times: in seconds after midnight, in any order; not empty.
    public init(times: some Sequence<Int>, days: Weekdays) {
        self.times = Set(times).sorted()
        self.days = days
    }

    /// The first slot after a moment, in seconds since 1970.
    func next(after seconds: Int64, in zone: TimeZoneRules) -> Int64? {
        let local = zone.local(seconds)
        var day = Int(local.flooredDivision(by: 86_400))
        var elapsed = Int(local) - day * 86_400
        // A slot within a repeated hour may already have passed, and one of the days comes in each week.
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

    /// Parses `HH:MM` or `HH:MM:SS` into seconds after midnight.
    public static func time(parsing text: String) throws(ExpressionProblem) -> Int {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            (1...2).contains(part.count) && part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
        }
        guard numbers.count == parts.count, (2...3).contains(parts.count), numbers[0] <= 23, numbers[1] <= 59,
            numbers.count == 2 || numbers[2] <= 59, parts[1].count == 2
        else {
            throw ExpressionProblem(
                "\"\(text.shortened(to: 60))\" is not a time of day",
                hint: numbers.first == 24
                    ? "midnight is \"00:00\"" : "write hours and minutes of a 24-hour clock in quotes, as in \"09:00\"")
        }
        return numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
    }

    /// `09:00`, or with seconds if they are not zero.
    static func text(_ time: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let short = "\(two(time / 3_600)):\(two(time / 60 % 60))"
        return time % 60 == 0 ? short : "\(short):\(two(time % 60))"
    }

    /// `09:00, 17:30 mon-fri`
    var text: String {
        let shown = times.map(Self.text).joined(separator: ", ")
        return days == .all ? shown : "\(shown) \(days.text)"
    }
}

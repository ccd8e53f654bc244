import Values

/// A set of weekdays.
public struct Weekdays: Hashable, Sendable {
    /// Bit n is day n; Sunday is 0.
    public let bits: UInt8

    public init(bits: UInt8) { self.bits = bits }

    public static let all = Weekdays(bits: 0x7F)

    static let names =
        Weekday.allCases.map(\.abbreviation) + Weekday.allCases.map { "\($0)" } + ["weekdays", "weekend"]

    /// Beginning with Monday, as people list them.
    static let order = Weekday.allCases.dropFirst() + Weekday.allCases.prefix(1)

    func contains(_ day: Weekday) -> Bool { bits >> UInt8(day.rawValue) & 1 == 1 }

    /// The days as ranges. Runs of three or more become one range from the first to the last day.
    var stretches: [(first: Weekday, last: Weekday)] {
        var found: [(first: Weekday, last: Weekday, count: Int)] = []
        var isOpen = false
        for day in Self.order {
            if !contains(day) {
                isOpen = false
            } else if isOpen {
                found[found.count - 1].last = day
                found[found.count - 1].count += 1
            } else {
                found.append((day, day, 1))
                isOpen = true
            }
        }
        return found.flatMap { stretch in
            stretch.count == 2
                ? [(stretch.first, stretch.first), (stretch.last, stretch.last)] : [(stretch.first, stretch.last)]
        }
    }

    /// `mon-fri`, `mon,thu`: the form of the schedule file.
    var text: String { text(joining: "-") { $0.abbreviation } }

    /// `Mon..Thu,Sat,Sun`: systemd's form.
    var calendarText: String {
        text(joining: "..") { $0.abbreviation.prefix(1).uppercased() + $0.abbreviation.dropFirst() }
    }

    private func text(joining range: String, _ name: (Weekday) -> String) -> String {
        stretches.map { $0 == $1 ? name($0) : "\(name($0))\(range)\(name($1))" }.joined(separator: ",")
    }
}

extension Weekdays {
    /// Parses `mon-fri`, `mon, thu` or `weekdays`. Throws an `ExpressionProblem` that names the wrong word.
    public init(parsing text: String) throws(ExpressionProblem) {
        var bits: UInt8 = 0
        for part in text.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init) {
            guard let more = Weekdays(range: part) else {
                throw ExpressionProblem(
                    "\"\(part.shortened(to: 40))\" is not a day of the week",
                    hint: Suggestion.nearest(to: part, among: Self.names).map { "did you mean \"\($0)\"?" }
                        ?? "write mon, tue, wed, thu, fri, sat, sun, a range as mon-fri, or weekdays or weekend")
            }
            bits |= more.bits
        }
        self.init(bits: bits)
    }

    /// A day, a range of days that may go past the end of the week, `weekdays` or `weekend`.
    private init?(range text: String) {
        switch text {
        case "weekdays": self.init(bits: 0b0111110)
        case "weekend", "weekends": self.init(bits: 0b1000001)
        default:
            let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { part in
                Weekday.allCases.first { $0.abbreviation == part || "\($0)" == part }
            }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil else { return nil }
            var bits: UInt8 = 0
            var day = first.rawValue
            while true {
                bits |= 1 << UInt8(day)
                if day == last.rawValue { break }
                day = (day + 1) % 7
            }
            self.init(bits: bits)
        }
    }
}

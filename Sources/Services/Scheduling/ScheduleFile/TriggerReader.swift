import AppConfiguration
import Values

/// Reads the one trigger of a job.
struct TriggerReader {
    let job: YAMLMapping
    let name: String
    let position: Position
    let diagnostics: Diagnostics

    private static let kinds = ["every", "at", "cron", "after", "at_start"]

    func read() -> Trigger? {
        let present = Self.kinds.filter { job.value($0) != nil }
        let days = job.value("days")
        guard let kind = present.first else {
            diagnostics.error(
                at: position, "job \"\(name)\" does not say when it runs",
                hint: "add one of \(Self.kinds.joined(separator: ", "))")
            return nil
        }
        guard present.count == 1, let value = job.value(kind) else {
            diagnostics.error(
                at: position, "job \"\(name)\" has \(present.joined(separator: " and "))",
                hint: "keep exactly one trigger")
            return nil
        }
        if let days, kind != "at" {
            diagnostics.error(at: days.position, "days goes with at, not with \(kind)")
        }
        switch kind {
        case "every": return every(value)
        case "at": return at(value, days: days)
        case "cron": return cron(value)
        case "after": return after()
        default: return atStart()
        }
    }

    private func every(_ value: YAMLValue) -> Trigger? {
        let range: ClosedRange<Duration> = Duration.seconds(1)...Duration.seconds(366 * 86_400)
        guard let interval = job.duration("every", in: range) else { return nil }
        guard interval.wholeMilliseconds % 1_000 == 0 else {
            diagnostics.error(at: value.position, "every must be a whole number of seconds, not \(value.kindForPeople)")
            return nil
        }
        let seconds = interval.components.seconds
        if seconds % 86_400 == 0 {
            diagnostics.warning(
                at: value.position, "every \(interval.brief) counts days of 24 hours of UTC",
                hint: "for a time of day, which follows the clocks, write at: \"09:00\"")
        }
        return .every(seconds: seconds)
    }

    private func at(_ value: YAMLValue, days: YAMLValue?) -> Trigger? {
        let items = value.items ?? [value]
        guard !items.isEmpty else {
            diagnostics.error(at: value.position, "at is an empty list", hint: "write a time of day: \"09:00\"")
            return nil
        }
        let times = items.map(time)
        let weekdays = days.map(weekdays) ?? .all
        guard let weekdays, times.allSatisfy({ $0 != nil }) else { return nil }
        let sorted = Set(times.compactMap(\.self)).sorted()
        let shown = sorted.map(TriggerReader.text).joined(separator: ", ")
        return .at(
            ClockTimesTrigger(
                times: ClockTimes(times: sorted, days: weekdays),
                text: weekdays == .all ? shown : "\(shown) \(weekdays.text)"))
    }

    /// `HH:MM` or `HH:MM:SS` as seconds after midnight.
    private func time(_ value: YAMLValue) -> Int? {
        guard let text = value.text else {
            diagnostics.error(
                at: value.position, "a time of day such as \"09:00\" is expected, not \(value.kindForPeople)")
            return nil
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { (1...2).contains($0.count) && $0.allSatisfy(\.isNumber) ? Int($0) : nil }
        guard numbers.count == parts.count, (2...3).contains(parts.count), numbers[0] <= 23, numbers[1] <= 59,
            numbers.count == 2 || numbers[2] <= 59, parts[1].count == 2
        else {
            let hint =
                numbers.first == 24
                ? "midnight is \"00:00\"" : "write hours and minutes of a 24-hour clock in quotes, as in \"09:00\""
            diagnostics.error(at: value.position, "\(value.kindForPeople) is not a time of day", hint: hint)
            return nil
        }
        // YAML 1.1 reads a plain 15:00 as the number 900; another reader of this file would.
        guard !value.isPlain || text.hasPrefix("0") else {
            diagnostics.error(
                at: value.position, "\(text) without quotes is a number in YAML (base 60)",
                hint: "put quotes around it: \"\(text)\"")
            return nil
        }
        return numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
    }

    private static func text(_ time: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let short = "\(two(time / 3_600)):\(two(time / 60 % 60))"
        return time % 60 == 0 ? short : "\(short):\(two(time % 60))"
    }

    /// `mon-fri`, `mon, thu`, `weekdays`, a list of such.
    private func weekdays(_ value: YAMLValue) -> Weekdays? {
        let items = value.items ?? [value]
        var bits: UInt8 = 0
        for item in items {
            guard let text = item.text else {
                diagnostics.error(at: item.position, "days must be names such as mon-fri, not \(item.kindForPeople)")
                return nil
            }
            for part in text.lowercased().split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init) {
                guard let more = Weekdays(range: part) else {
                    diagnostics.error(
                        at: item.position, "\"\(part.shortened(to: 40))\" is not a day of the week",
                        hint: Suggestion.nearest(to: part, among: Weekdays.names).map { "did you mean \"\($0)\"?" }
                            ?? "write mon, tue, wed, thu, fri, sat, sun, a range as mon-fri, or weekdays or weekend")
                    return nil
                }
                bits |= more.bits
            }
        }
        guard bits != 0 else {
            diagnostics.error(at: value.position, "days is empty", hint: "leave it out for every day")
            return nil
        }
        return Weekdays(bits: bits)
    }

    private func cron(_ value: YAMLValue) -> Trigger? {
        guard let text = value.text else {
            diagnostics.error(
                at: value.position,
                "cron must be five fields in quotes, as in \"0 8 * * mon\", not \(value.kindForPeople)")
            return nil
        }
        do throws(ExpressionProblem) {
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
            return .cron(CronTrigger(expression: try CronExpression(parsing: text), text: words))
        } catch {
            diagnostics.error(at: value.position, error.message, hint: error.hint)
            return nil
        }
    }

    private func after() -> Trigger? {
        guard let items = job.strings("after"), !items.isEmpty else { return nil }
        let names = items.compactMap(\.text)
        if let own = items.first(where: { $0.text == name }) {
            diagnostics.error(at: own.position, "job \"\(name)\" cannot run after itself")
            return nil
        }
        return .after(names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
    }

    private func atStart() -> Trigger? {
        guard let wanted = job.bool("at_start") else { return nil }
        guard wanted else {
            diagnostics.error(
                at: job.position(of: "at_start"), "at_start: false is not a trigger",
                hint: "write enabled: false to switch the job off")
            return nil
        }
        return .atStart
    }
}

extension Weekdays {
    static let names =
        Weekday.allCases.map(\.abbreviation) + Weekday.allCases.map { "\($0)" } + ["weekdays", "weekend"]

    /// A day, a range of days that may run over the week's end, `weekdays` or `weekend`.
    init?(range text: String) {
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

    /// `mon-fri`, `mon,thu`: from Monday on, as people list them.
    var text: String {
        let order = Weekday.allCases.dropFirst() + Weekday.allCases.prefix(1)
        let present = order.map { contains($0) }
        var parts: [String] = []
        var index = 0
        while index < 7 {
            guard present[index] else {
                index += 1
                continue
            }
            var end = index
            while end + 1 < 7, present[end + 1] { end += 1 }
            let names = order.map(\.abbreviation)
            parts.append(
                end - index >= 2 ? "\(names[index])-\(names[end])" : names[index...end].joined(separator: ","))
            index = end + 1
        }
        return parts.joined(separator: ",")
    }
}

import AppConfiguration
import Recurrence
import Values

/// Reads the one trigger of a job.
struct TriggerReader {
    let job: YAMLMapping
    let name: String
    let position: Position
    let zones: ZoneDatabase
    let diagnostics: Diagnostics

    private static let kinds = ["every", "at", "cron", "calendar", "after", "at_start"]

    func read() -> Trigger? {
        let present = Self.kinds.filter { job.value($0) != nil }
        let days = job.value("days")
        let when = job.value("when")
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
            diagnostics.error(
                at: days.position, "days goes with at, not with \(kind)",
                hint: kind == "calendar" ? "the days stand before the time: \"Mon..Fri 09:00\"" : nil)
        }
        if let when, kind != "after" {
            diagnostics.error(at: when.position, "when goes with after, not with \(kind)")
        }
        switch kind {
        case "every": return every(value)
        case "at": return at(value, days: days)
        case "cron": return cron(value)
        case "calendar": return calendar(value)
        case "after": return after(when: when)
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
        return .at(ClockTimes(times: times.compactMap(\.self), days: weekdays))
    }

    private func time(_ value: YAMLValue) -> Int? {
        guard let text = value.text else {
            diagnostics.error(
                at: value.position, "a time of day such as \"09:00\" is expected, not \(value.kindForPeople)")
            return nil
        }
        guard let time = read(value, { () throws(ExpressionProblem) in try ClockTimes.time(parsing: text) }) else {
            return nil
        }
        // YAML 1.1 reads a plain 15:00 as the number 900, and other readers of this file may do so.
        guard !value.isPlain || text.hasPrefix("0") else {
            diagnostics.error(
                at: value.position, "\(text) without quotes is a number in YAML (base 60)",
                hint: "put quotes around it: \"\(text)\"")
            return nil
        }
        return time
    }

    /// Reads `mon-fri`, `mon, thu`, `weekdays`, or a list of these.
    private func weekdays(_ value: YAMLValue) -> Weekdays? {
        var bits: UInt8 = 0
        for item in value.items ?? [value] {
            guard let text = item.text else {
                diagnostics.error(at: item.position, "days must be names such as mon-fri, not \(item.kindForPeople)")
                return nil
            }
            guard let more = read(item, { () throws(ExpressionProblem) in try Weekdays(parsing: text) }) else {
                return nil
            }
            bits |= more.bits
        }
        guard bits != 0 else {
            diagnostics.error(at: value.position, "days is empty", hint: "leave it out for every day")
            return nil
        }
        return Weekdays(bits: bits)
    }

    /// Returns the body's result. If it throws, reports the error at the value and returns nil.
    private func read<Result>(_ value: YAMLValue, _ body: () throws(ExpressionProblem) -> Result) -> Result? {
        do throws(ExpressionProblem) { return try body() } catch {
            diagnostics.error(at: value.position, error.message, hint: error.hint)
            return nil
        }
    }

    private func cron(_ value: YAMLValue) -> Trigger? {
        guard let text = value.text else {
            diagnostics.error(
                at: value.position,
                "cron must be five fields in quotes, as in \"0 8 * * mon\", not \(value.kindForPeople)")
            return nil
        }
        return read(value) { () throws(ExpressionProblem) in .cron(try CronTrigger(parsing: text)) }
    }

    private func calendar(_ value: YAMLValue) -> Trigger? {
        guard let text = value.text else {
            diagnostics.error(
                at: value.position,
                "calendar must be a text in quotes, as in \"Mon..Fri *-*-* 09:00\", not \(value.kindForPeople)")
            return nil
        }
        return read(value) { () throws(ExpressionProblem) in
            .calendar(try CalendarTrigger(parsing: text) { zones.zone($0) != nil })
        }
    }

    private func after(when: YAMLValue?) -> Trigger? {
        guard let items = job.strings("after") else { return nil }
        guard !items.isEmpty else {
            diagnostics.error(
                at: job.position(of: "after"), "after names no job", hint: "write after: JOB, or another trigger")
            return nil
        }
        let names = items.compactMap(\.text)
        if let own = items.first(where: { $0.text == name }) {
            diagnostics.error(at: own.position, "job \"\(name)\" cannot run after itself")
            return nil
        }
        let result: FollowedResult = when == nil ? .success : job.choice("when") ?? .success
        return .after(Followed(jobs: names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }, when: result))
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

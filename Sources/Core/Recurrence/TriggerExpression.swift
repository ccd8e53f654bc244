import Values

/// One line that says when something happens, in any of the languages of the schedule file.
///
/// It may begin with the language: `every 30m`, `at 09:00, 17:30 mon-fri`, `cron 0 8 * * mon`, `calendar Mon..Fri
/// 09:00`. Without that word, a duration is `every`, five fields or an `@` with letters are `cron`, and anything else
/// is tried as `calendar` and then as `at`.
public struct TriggerExpression: Sendable {
    public let trigger: Trigger
    /// The zone that the expression names, or else the one passed to the initialiser.
    public let zone: TimeZoneRules

    public enum Kind: String, CaseIterable, Sendable {
        case every, at, cron, calendar
    }

    /// - Parameter zone: the zone to use if the expression names none.
    public init(parsing text: String, zone: TimeZoneRules, zones: ZoneDatabase) throws(ExpressionProblem) {
        let text = text.trimmed
        guard !text.isEmpty else { throw ExpressionProblem("the expression is empty") }
        guard text.utf8.count <= 2_000 else { throw ExpressionProblem("the expression is longer than 2000 characters") }
        let isZone: (String) -> Bool = { zones.zone($0) != nil }
        let (kind, rest) = Self.split(text)
        trigger = try Self.read(rest, as: kind, isZone)
        self.zone = trigger.zoneName.flatMap(zones.zone) ?? zone
    }

    public var kind: Kind {
        switch trigger {
        case .every: .every
        case .at: .at
        case .calendar: .calendar
        case .cron, .after, .atStart: .cron
        }
    }

    /// The expression in its own language, in a normal form.
    public var normalized: String {
        switch trigger {
        case .every(let seconds): Duration.seconds(seconds).brief
        case .at(let times): times.text
        case .cron(let trigger): trigger.expression.normalized
        case .calendar(let trigger): trigger.text
        case .after, .atStart: trigger.text
        }
    }

    /// The language that the text begins with, with or without a colon, and the rest without quotes.
    private static func split(_ text: String) -> (Kind?, String) {
        let word = text.prefix { $0.isLetter }
        let rest = text.dropFirst(word.count)
        guard let kind = Kind(rawValue: word.lowercased()), let mark = rest.first, mark == ":" || mark == " " else {
            return (nil, unquoted(text))
        }
        return (kind, unquoted(String(rest.dropFirst()).trimmed))
    }

    private static func unquoted(_ text: String) -> String {
        for mark in ["\"", "'"] where text.count >= 2 && text.hasPrefix(mark) && text.hasSuffix(mark) {
            return String(text.dropFirst().dropLast()).trimmed
        }
        return text
    }

    private static func read(
        _ text: String, as kind: Kind?, _ isZone: (String) -> Bool
    ) throws(ExpressionProblem) -> Trigger {
        switch kind {
        case .every: return try every(text)
        case .at: return try at(text)
        case .cron: return .cron(try CronTrigger(parsing: text))
        case .calendar: return .calendar(try CalendarTrigger(parsing: text, isZone: isZone))
        case nil: break
        }
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
        if words.count >= 5 || text.hasPrefix("@") && text.dropFirst().first?.isNumber != true {
            return .cron(try CronTrigger(parsing: text))
        }
        if Duration(parsing: text) != nil { return try every(text) }
        do throws(ExpressionProblem) {
            return .calendar(try CalendarTrigger(parsing: text, isZone: isZone))
        } catch {
            if let trigger = try? at(text) { return trigger }
            throw error
        }
    }

    private static func every(_ text: String) throws(ExpressionProblem) -> Trigger {
        guard let interval = Duration(parsing: text), interval >= .seconds(1), interval <= .seconds(366 * 86_400),
            interval.wholeMilliseconds % 1_000 == 0
        else {
            throw ExpressionProblem(
                "every must be whole seconds from 1s to 366d, not \"\(text.shortened(to: 40))\"",
                hint: "write for example 90s, 30m or 1h 30m")
        }
        return .every(seconds: interval.components.seconds)
    }

    /// `09:00`, `[09:00, 17:30] mon-fri`, `"09:00", days: mon-fri`.
    private static func at(_ text: String) throws(ExpressionProblem) -> Trigger {
        let words = text.split(whereSeparator: { " ,\"'[]{}".contains($0) }).map(String.init).filter {
            $0 != "days:" && $0 != "days"
        }
        var times: Set<Int> = []
        var days: UInt8 = 0
        for word in words {
            if word.contains(":") {
                times.insert(try ClockTimes.time(parsing: word))
            } else {
                days |= try Weekdays(parsing: word).bits
            }
        }
        guard !times.isEmpty else {
            throw ExpressionProblem("at must have a time of day", hint: "as in at 09:00 mon-fri")
        }
        return .at(ClockTimes(times: times, days: days == 0 ? .all : Weekdays(bits: days)))
    }
}

import Values

/// Recognises cron syntax of other programs, and suggests an equivalent.
enum ForeignCron {
    /// Nil if the text contains no such syntax.
    static func problem(with written: String) -> ExpressionProblem? {
        let text = written.lowercased()
        if let mark = text.firstIndex(of: "="), ["cron_tz", "tz"].contains(String(text[..<mark])) {
            let zone = written.drop { $0 != "=" }.dropFirst().prefix { $0 != " " && $0 != "\t" }
            return ExpressionProblem(
                "\(text[...mark].uppercased()) is not a field of cron",
                hint: "use the key timezone beside cron: timezone: \(zone.isEmpty ? "Europe/Berlin" : zone)")
        }
        if text.hasPrefix("@every") {
            let span = String(text.dropFirst(6).drop { $0 == " " })
            let isSpan = Duration(parsing: span) != nil
            return ExpressionProblem(
                "@every is not a cron shorthand", hint: "use the key every: every: \(isSpan ? span : "30m")")
        }
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        if text.hasPrefix("@"), words.count > 1, CronExpression.shorthands[words[0]] != nil {
            return command(words.dropFirst())
        }
        if words.count > 5, !text.hasPrefix("@") { return surplus(words) }
        guard words.count == 5 else { return nil }
        return words.firstIndex(of: "?").map { problem(ofField: $0) } ?? spread(words) ?? day(words) ?? weekday(words)
    }

    /// More than five words: a command as in a crontab, or a sixth field.
    private static func surplus(_ words: [String]) -> ExpressionProblem {
        let isField: (String) -> Bool = { word in
            word.allSatisfy { $0.isASCII && ($0.isNumber || "*,-/?#".contains($0)) } || ["l", "lw"].contains(word)
                || ["l", "w"].contains(word.last) && Int(word.dropLast()) != nil
                || word.count <= 7 && word.prefix(3).allSatisfy(\.isLetter)
                    && [
                        "sun", "mon", "tue", "wed", "thu", "fri", "sat", "jan", "feb", "mar", "apr", "may", "jun",
                        "jul", "aug", "sep", "oct", "nov", "dec",
                    ].contains(String(word.prefix(3)))
        }
        if words.prefix(5).allSatisfy(isField), let next = words.dropFirst(5).first, !isField(next) {
            return command(words.dropFirst(5))
        }
        guard words.count <= 7 else {
            return ExpressionProblem(
                "cron must have 5 fields, not \(words.count)",
                hint: "five fields: minute, hour, day of the month, month, day of the week")
        }
        return ExpressionProblem(
            "cron must have 5 fields, not \(words.count)",
            hint:
                "another program's cron begins with seconds or ends with years: leave that field out; Quartz also counts the days of the week from 1 for Sunday, and here Sunday is 0: names such as mon avoid the difference"
        )
    }

    private static func command(_ words: ArraySlice<String>) -> ExpressionProblem {
        ExpressionProblem(
            "cron takes only the times; \"\(words.joined(separator: " ").shortened(to: 40))\" is a command",
            hint: "put the command under the key command, as a list: command: [/usr/bin/program, argument]")
    }

    private static func problem(ofField place: Int) -> ExpressionProblem {
        let names = ["minute", "hour", "day of the month", "month", "day of the week"]
        return ExpressionProblem(
            "\(names[place]): ? is not supported (other programs use it for any value)", hint: "write *")
    }

    /// Jenkins' `H` and OpenBSD's `~`, which spread start times.
    private static func spread(_ words: [String]) -> ExpressionProblem? {
        guard words.contains(where: { $0 == "h" || $0.hasPrefix("h/") || $0.hasPrefix("h(") || $0.contains("~") })
        else {
            return nil
        }
        return ExpressionProblem(
            "H and ~ are not supported (other programs use them for a fixed time of their choice)",
            hint: "write a time; the key jitter spreads the starts: jitter: 1h")
    }

    /// `l`, `l-3`, `15w`, `lw`, and lists with one of them.
    private static func day(_ words: [String]) -> ExpressionProblem? {
        let word = words[2]
        let parts = word.split(separator: ",")
        guard parts.contains(where: { $0.hasPrefix("l") || $0.hasSuffix("w") && Int($0.dropLast()) != nil }) else {
            return nil
        }
        guard !word.contains("w") else {
            return ExpressionProblem(
                "day of the month: W is not supported (other programs use it for the weekday nearest to a day)",
                hint: "there is no equivalent here; choose days of the week, or a day of the month")
        }
        // A month has at least 28 days.
        let back = word == "l" ? 0 : Int(word.dropFirst(2)).flatMap { (0...27).contains($0) ? $0 : nil }
        return calendar(
            "day of the month: L is not supported (other programs use it for a day from the end)",
            "~\(padded((back ?? 0) + 1))",
            weekday: "", words, isWhole: back != nil && ["*", "?"].contains(words[4]))
    }

    /// `5l` is the last Friday of a month, `5#3` the third Friday.
    private static func weekday(_ words: [String]) -> ExpressionProblem? {
        let word = words[4]
        if word.hasSuffix("l"), word != "jul" {
            let name = name(of: word.dropLast())
            return calendar(
                "day of the week: L is not supported (other programs use it for the last such day of a month)", "~07/1",
                weekday: name ?? "Fri", words, isWhole: name != nil && ["*", "?"].contains(words[2]))
        }
        guard word.contains("#") else { return nil }
        let parts = word.split(separator: "#", omittingEmptySubsequences: false)
        let name = name(of: parts[0])
        let week = parts.count == 2 ? Int(parts[1]).flatMap { (1...5).contains($0) ? $0 : nil } : nil
        let first = (week ?? 3) * 7 - 6
        return calendar(
            "day of the week: # is not supported (other programs use it for a weekday by its number in a month)",
            "-\(padded(first))..\(padded(min(31, first + 6)))", weekday: name ?? "Fri", words,
            isWhole: name != nil && week != nil && ["*", "?"].contains(words[2]))
    }

    /// Suggests the equivalent calendar expression or, if not all of it can be translated, its form.
    private static func calendar(
        _ message: String, _ days: String, weekday: String, _ words: [String], isWhole: Bool
    ) -> ExpressionProblem {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let month = words[3] == "*" ? "*" : names.firstIndex(of: words[3]).map { "\($0 + 1)" } ?? words[3]
        if isWhole, month == "*" || Int(month) != nil, let minute = Int(words[0]), let hour = Int(words[1]) {
            let expression =
                "\(weekday.isEmpty ? "" : "\(weekday) ")*-\(month)\(days) \(padded(hour)):\(padded(minute))"
            if (try? CalendarExpression(parsing: expression) { _ in false }) != nil {
                return ExpressionProblem(message, hint: "use the key calendar: calendar: \"\(expression)\"")
            }
        }
        return ExpressionProblem(
            message,
            hint: "use the key calendar for such days: \"*-*~01 09:00\" is the last day of each month, "
                + "\"Fri *-*~07/1 09:00\" its last Friday, \"Fri *-*-15..21 09:00\" its third")
    }

    private static func name(of day: Substring) -> String? {
        let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        if let number = Int(day), names.indices.contains(number) { return names[number] }
        return names.first { $0.lowercased() == day }
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

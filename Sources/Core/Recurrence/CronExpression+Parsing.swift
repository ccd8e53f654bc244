import Values

extension CronExpression {
    /// The shorthands of Debian's cron, except `@reboot`, which is `at_start: true` here.
    static let shorthands = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    /// Parses five fields or a shorthand. Throws an error that says which field is wrong, and how.
    init(parsing text: String) throws(ExpressionProblem) {
        if let problem = ForeignCron.problem(with: text) { throw problem }
        let text = text.lowercased()
        if text.hasPrefix("@") {
            guard text != "@reboot" else {
                throw ExpressionProblem("@reboot is not a time", hint: "write at_start: true instead of cron")
            }
            guard let full = Self.shorthands[text] else {
                throw ExpressionProblem(
                    "unknown shorthand \"\(text.shortened(to: 40))\"",
                    hint: Suggestion.hint(for: text, among: Self.shorthands.keys.sorted()))
            }
            try self.init(parsing: full)
            return
        }
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        guard words.count == 5 else {
            throw ExpressionProblem(
                "cron must have 5 fields, not \(words.count)",
                hint: "five fields: minute, hour, day of the month, month, day of the week")
        }
        let week = try Field.dayOfWeek.parse(words[4])
        self.init(
            minutes: try Field.minute.parse(words[0]), hours: UInt32(try Field.hour.parse(words[1])),
            daysOfMonth: UInt32(try Field.dayOfMonth.parse(words[2])), months: UInt16(try Field.month.parse(words[3])),
            // 7 also means Sunday.
            daysOfWeek: Weekdays(bits: UInt8((week | week >> 7) & 0x7F)),
            minuteIsStarred: words[0].hasPrefix("*"), hourIsStarred: words[1].hasPrefix("*"),
            dayIsStarred: words[2].hasPrefix("*"), weekdayIsStarred: words[4].hasPrefix("*"))
        guard everComes else {
            throw ExpressionProblem("this date never comes", hint: "no such month has that day")
        }
    }

    /// One of the five fields, with its range and the names of its values.
    private struct Field {
        let name: String
        let range: ClosedRange<Int>
        var names: [String] = []

        static let minute = Field(name: "minute", range: 0...59)
        static let hour = Field(name: "hour", range: 0...23)
        static let dayOfMonth = Field(name: "day of the month", range: 1...31)
        static let month = Field(
            name: "month", range: 1...12,
            names: ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
        static let dayOfWeek = Field(
            name: "day of the week", range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

        /// Parses lists of values, ranges and steps into a set of bits.
        func parse(_ text: String) throws(ExpressionProblem) -> UInt64 {
            var bits: UInt64 = 0
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
                var step = 1
                if pieces.count == 2 {
                    guard let number = Int(pieces[1]), (1...range.upperBound).contains(number) else {
                        throw problem("the step \"\(pieces[1])\" is not a number from 1 to \(range.upperBound)")
                    }
                    step = number
                }
                let span = try span(String(pieces.first ?? ""), stepped: pieces.count == 2)
                for value in stride(from: span.lowerBound, through: span.upperBound, by: step) {
                    bits |= 1 << UInt64(value)
                }
            }
            return bits
        }

        private func span(_ text: String, stepped: Bool) throws(ExpressionProblem) -> ClosedRange<Int> {
            // In the field for weekdays, the star ends at Saturday, because 7 is Sunday again.
            if text == "*" { return range.lowerBound...(range.upperBound == 7 ? 6 : range.upperBound) }
            let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            let first = try value(String(ends[0]))
            guard ends.count == 2 else {
                guard !stepped else {
                    throw problem(
                        "a step needs a range or a star before it", hint: "write \(text)-\(range.upperBound)/… or */…")
                }
                return first...first
            }
            let last = try value(String(ends[1]))
            guard first <= last else { throw problem("the range \(text) runs backwards") }
            return first...last
        }

        private func value(_ text: String) throws(ExpressionProblem) -> Int {
            if let index = names.firstIndex(of: text), !text.isEmpty { return index }
            guard let number = Int(text), text.allSatisfy(\.isNumber), range.contains(number) else {
                throw problem(
                    text.isEmpty
                        ? "a value is missing"
                        : "\"\(text.shortened(to: 40))\" is not from \(range.lowerBound) to \(range.upperBound)",
                    hint: names.isEmpty
                        ? nil
                        : Suggestion.nearest(to: text, among: names.filter { !$0.isEmpty }).map {
                            "did you mean \"\($0)\"?"
                        })
            }
            return number
        }

        private func problem(_ message: String, hint: String? = nil) -> ExpressionProblem {
            ExpressionProblem("\(name): \(message)", hint: hint)
        }
    }
}

import Values

extension CalendarExpression {
    /// The normal form, as `systemd-analyze calendar` prints it.
    var normalized: String {
        var parts: [String] = []
        if weekdays != .all { parts.append(weekdays.calendarText) }
        let year = text(years, width: 4)
        let month = text(months, width: 2)
        parts.append("\(year)-\(month)\(countsFromEnd ? "~" : "-")\(text(days, width: 2))")
        parts.append("\(text(hours, width: 2)):\(text(minutes, width: 2)):\(secondsText)")
        if let zoneName { parts.append(zoneName) }
        return parts.joined(separator: " ")
    }

    private func text(_ field: CalendarField, width: Int) -> String {
        guard !field.isAny else { return "*" }
        return field.parts.map { part in
            var text = Self.padded(part.start, width)
            if let stop = part.stop { text += "..\(Self.padded(stop, width))" }
            if part.step > 0, part.stop == nil || part.step != 1 { text += "/\(part.step)" }
            return text
        }.joined(separator: ",")
    }

    private var secondsText: String {
        let second = 1_000_000
        if seconds.parts == [.init(start: 0, stop: nil, step: second)] { return "*" }
        func text(_ value: Int, width: Int) -> String {
            let whole = Self.padded(value / second, width)
            return value % second == 0 ? whole : "\(whole).\(Self.padded(value % second, 6))"
        }
        return seconds.parts.map { part in
            var shown = text(part.start, width: 2)
            if let stop = part.stop { shown += "..\(text(stop, width: 2))" }
            if part.step > 0, part.stop == nil || part.step != second { shown += "/\(text(part.step, width: 1))" }
            return shown
        }.joined(separator: ",")
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

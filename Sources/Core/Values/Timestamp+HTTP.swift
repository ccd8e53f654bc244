/// Times as HTTP writes them: RFC 9110, 5.6.7.
extension Timestamp {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110, 5.6.7.
    public var httpDate: String {
        let text = description
        let day = Int(milliseconds.flooredDivision(by: 86_400_000))
        // The first day of 1970 was a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((day % 7) + 7) % 7]
        let month = Self.monthNames[CivilDate(daysSinceEpoch: day).month - 1]
        return
            "\(weekday), \(text.dropFirst(8).prefix(2)) \(month) \(text.prefix(4)) \(text.dropFirst(11).prefix(8)) GMT"
    }

    /// Parses a time as `httpDate` writes it. Returns nil for anything else.
    public init?(httpDate text: String) {
        let words = text.split(separator: " ")
        guard words.count == 6, let day = Int(words[1]),
            let month = Self.monthNames.firstIndex(of: String(words[2])), let year = Int(words[3]),
            (1970...9999).contains(year), let date = CivilDate(year: year, month: month + 1, day: day),
            let time = Timestamp(parsing: "1970-01-01 \(words[4])")
        else { return nil }
        self = time + .seconds(date.daysSinceEpoch * 86_400)
    }

    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

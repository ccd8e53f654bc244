extension Duration {
    /// Parses a duration as people write it: `30m`, `1h 30m`, `90s`, `250ms`, `7d`, `2w`.
    ///
    /// Returns nil for anything else, for a number without a unit, and for more than 100 years.
    public init?(parsing text: String) {
        var total: Int64 = 0
        var rest = text.utf8[...]
        func skipSpaces() { while rest.first == 0x20 { rest.removeFirst() } }
        skipSpaces()
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { (48...57).contains($0) }
            guard !digits.isEmpty, digits.count <= 12, let number = Int64(String(Substring(digits))) else { return nil }
            rest = rest.dropFirst(digits.count)
            skipSpaces()
            let letters = rest.prefix { (97...122).contains($0) }
            guard let unit = Duration.unit(String(Substring(letters))) else { return nil }
            rest = rest.dropFirst(letters.count)
            total = total.addingSaturating(number.multipliedSaturating(by: unit))
            guard total <= 100 * 366 * 86_400_000 else { return nil }
            skipSpaces()
        }
        self = .milliseconds(total)
    }

    private static func unit(_ name: String) -> Int64? {
        switch name {
        case "ms": 1
        case "s", "sec", "second", "seconds": 1_000
        case "m", "min", "minute", "minutes": 60_000
        case "h", "hour", "hours": 3_600_000
        case "d", "day", "days": 86_400_000
        case "w", "week", "weeks": 7 * 86_400_000
        default: nil
        }
    }

    /// Rounded towards zero, and limited to the range of 64 bits.
    public var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedSaturating(by: 1_000).addingSaturating(attoseconds / 1_000_000_000_000_000)
    }

    /// Seconds with a fraction, as in the column `duration_seconds`.
    public var inSeconds: Double { Double(wholeMilliseconds) / 1_000 }

    /// The opposite of `inSeconds`: rounded to milliseconds, and limited to the range of 64 bits.
    public init(inSeconds seconds: Double) {
        let milliseconds = (seconds * 1_000).rounded()
        self = .milliseconds(Int64(exactly: milliseconds) ?? (milliseconds > 0 ? .max : milliseconds < 0 ? .min : 0))
    }

    /// The two largest units that matter: `1h 30m`, `2d 4h`, `3.2s`, `40ms`. `init(parsing:)` can read it, except for
    /// fractions of seconds.
    public var brief: String {
        let milliseconds = wholeMilliseconds
        guard milliseconds >= 0 else {
            return "-" + Duration.milliseconds(milliseconds == .min ? .max : -milliseconds).brief
        }
        let seconds = milliseconds / 1_000
        switch milliseconds {
        case 0: return "0s"
        case ..<1_000: return "\(milliseconds)ms"
        case ..<10_000 where milliseconds % 1_000 >= 100: return "\(seconds).\(milliseconds % 1_000 / 100)s"
        case ..<60_000: return "\(seconds)s"
        case ..<3_600_000: return Duration.pair(seconds / 60, "m", seconds % 60, "s")
        case ..<86_400_000: return Duration.pair(seconds / 3_600, "h", seconds / 60 % 60, "m")
        default: return Duration.pair(seconds / 86_400, "d", seconds / 3_600 % 24, "h")
        }
    }

    private static func pair(_ first: Int64, _ unit: String, _ second: Int64, _ lesser: String) -> String {
        second == 0 ? "\(first)\(unit)" : "\(first)\(unit) \(second)\(lesser)"
    }
}

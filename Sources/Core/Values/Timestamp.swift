/// A moment in milliseconds since 1970-01-01 00:00 UTC, without leap seconds (POSIX time).
///
/// Its text is the form used in the database: `YYYY-MM-DD HH:MM:SS.SSS` in UTC. It sorts by time, and people can read
/// it.
public struct Timestamp: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public init(seconds: Int64) { self.milliseconds = seconds.multipliedSaturating(by: 1_000) }

    /// In whole seconds, rounded down.
    public var seconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1_000 : -((999 - milliseconds) / 1_000)
    }

    /// The last moment with a year of four digits.
    public static let distantFuture = Timestamp(milliseconds: 253_402_300_799_999)
    /// The first moment with a year of four digits and no sign.
    public static let distantPast = Timestamp(milliseconds: -62_135_596_800_000)

    /// The time from `earlier` to this moment; negative if `earlier` is later.
    public func since(_ earlier: Timestamp) -> Duration {
        .milliseconds(milliseconds.subtractingSaturating(earlier.milliseconds))
    }

    public static func + (moment: Timestamp, span: Duration) -> Timestamp {
        Timestamp(milliseconds: moment.milliseconds.addingSaturating(span.wholeMilliseconds))
    }

    public static func - (moment: Timestamp, span: Duration) -> Timestamp {
        Timestamp(milliseconds: moment.milliseconds.subtractingSaturating(span.wholeMilliseconds))
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

extension Timestamp: CustomStringConvertible {
    /// `YYYY-MM-DD`, UTC.
    public var day: String { String(description.prefix(10)) }

    /// `YYYY-MM-DD HH:MM:SS.SSS`, UTC.
    public var description: String {
        let bounded = min(max(self, .distantPast), .distantFuture)
        let day = Int(bounded.milliseconds.flooredDivision(by: 86_400_000))
        let rest = Int(bounded.milliseconds) - day * 86_400_000
        let date = CivilDate(daysSinceEpoch: day)
        return String(unsafeUninitializedCapacity: 23) { bytes in
            func put(_ value: Int, _ width: Int, at index: Int) {
                var value = value
                for position in stride(from: index + width - 1, through: index, by: -1) {
                    bytes[position] = UInt8(48 + value % 10)
                    value /= 10
                }
            }
            put(date.year, 4, at: 0)
            put(date.month, 2, at: 5)
            put(date.day, 2, at: 8)
            put(rest / 3_600_000, 2, at: 11)
            put(rest / 60_000 % 60, 2, at: 14)
            put(rest / 1_000 % 60, 2, at: 17)
            put(rest % 1_000, 3, at: 20)
            bytes[4] = 45
            bytes[7] = 45
            bytes[10] = 32
            bytes[13] = 58
            bytes[16] = 58
            bytes[19] = 46
            return 23
        }
    }

    /// Parses `YYYY-MM-DD HH:MM:SS.SSS`, also with a `T` in the middle, with a `Z` at the end, or without the fraction.
    public init?(parsing text: String) {
        var bytes = Array(text.utf8)
        if bytes.last == 0x5A { bytes.removeLast() }
        guard bytes.count == 19 || bytes.count == 23, bytes[4] == 45, bytes[7] == 45,
            bytes[10] == 32 || bytes[10] == 0x54, bytes[13] == 58, bytes[16] == 58
        else { return nil }
        func number(_ start: Int, _ width: Int) -> Int? {
            var value = 0
            for byte in bytes[start..<start + width] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
            let date = CivilDate(year: year, month: month, day: day),
            let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var fraction = 0
        if bytes.count == 23 {
            guard bytes[19] == 46, let read = number(20, 3) else { return nil }
            fraction = read
        }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second
        self.init(milliseconds: Int64(seconds * 1_000 + fraction))
    }
}

extension Timestamp {
    /// Parses a `date-time` of RFC 3339, with an offset and a fraction of any length, as programs write it; also what
    /// `init(parsing:)` does. Beyond milliseconds the fraction is cut.
    public init?(rfc3339 text: String) {
        guard text.utf8.count <= 64, text.utf8.count >= 19 else { return nil }
        var (rest, offset) = (text[...], 0)
        if rest.last == "Z" || rest.last == "z" {
            rest.removeLast()
        } else if let sign = rest.dropFirst(19).lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let parts = rest[rest.index(after: sign)...].split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && Self.areDigits($0) }),
                let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (rest[sign] == "-" ? -1 : 1)
            rest = rest[..<sign]
        }
        var plain = String(rest.prefix(19))
        let fraction = rest.dropFirst(19)
        if !fraction.isEmpty {
            let digits = fraction.dropFirst()
            guard fraction.first == ".", !digits.isEmpty, Self.areDigits(digits) else { return nil }
            plain += "." + (digits + "00").prefix(3)
        }
        guard let moment = Timestamp(parsing: plain.replacing("t", with: "T")) else { return nil }
        self = moment - .seconds(offset * 60)
    }

    private static func areDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) } }
}

/// Encoded as ISO 8601 in UTC, `2026-11-21T02:30:00.000Z`, for other programs.
extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = Timestamp(parsing: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a time: \(text)")
        }
        self = moment
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }

    /// `2026-11-21T02:30:00.000Z`, RFC 3339.
    public var rfc3339: String { description.replacing(" ", with: "T") + "Z" }
}

extension FixedWidthInteger {
    /// Division that rounds down, which calendars need for moments before 1970.
    public func flooredDivision(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    func addingSaturating(_ other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }

    func subtractingSaturating(_ other: Self) -> Self {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other > 0 ? .min : .max) : difference
    }

    func multipliedSaturating(by other: Self) -> Self {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self > 0) == (other > 0) ? .max : .min) : product
    }
}

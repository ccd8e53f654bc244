import Testing
import Values

struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01 00:00:00.000"), (951_782_400_123, "2000-02-29 00:00:00.123"),
            (-1, "1969-12-31 23:59:59.999"),
            (1_774_000_000_000, "2026-03-20 09:46:40.000"), (253_402_300_799_999, "9999-12-31 23:59:59.999"),
            (-62_135_596_800_000, "0001-01-01 00:00:00.000"),
        ] as [(Int64, String)])
    func `a timestamp and its text are each other's inverse`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(parsing: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-02-30 00:00:00", "2026-01-01 24:00:00", "2026-01-01 00:60:00", "2026-01-01 00:00:60",
        "2026-1-01 00:00:00.0", "2026-01-01 00:00:00,000", "２026-01-01 00:00:00", "2026-01-01x00:00:00",
    ])
    func `what is not a time is refused`(text: String) { #expect(Timestamp(parsing: text) == nil) }

    @Test func `ISO 8601 with T and Z is read too`() {
        #expect(Timestamp(parsing: "2026-03-20T09:46:40Z") == Timestamp(seconds: 1_774_000_000))
    }

    @Test func `arithmetic saturates instead of trapping`() {
        #expect(Timestamp(milliseconds: .max) + .seconds(1) == Timestamp(milliseconds: .max))
        #expect(Timestamp(milliseconds: .min) - .seconds(1) == Timestamp(milliseconds: .min))
        #expect(Timestamp(seconds: .max).milliseconds == .max)
    }

    @Test func `seconds round down before 1970 as after`() {
        #expect(Timestamp(milliseconds: -1).seconds == -1)
        #expect(Timestamp(milliseconds: -1_000).seconds == -1)
        #expect(Timestamp(milliseconds: 1_999).seconds == 1)
    }

    @Test func `a time is written as HTTP writes it, and read back`() {
        for (time, text) in [
            ("1994-11-06 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ("1970-01-01 00:00:00", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("2024-02-29 23:59:59", "Thu, 29 Feb 2024 23:59:59 GMT"),
            ("2026-11-30 20:00:00", "Mon, 30 Nov 2026 20:00:00 GMT"),
        ] {
            let moment = Timestamp(parsing: time)
            #expect(moment?.httpDate == text && Timestamp(httpDate: text) == moment)
        }
        #expect(Timestamp(httpDate: "yesterday") == nil && Timestamp(httpDate: "Sun, 31 Feb 2026 00:00:00 GMT") == nil)
    }
}

struct CivilDateTests {
    @Test func `every day of eight centuries comes back from its number`() {
        var expected = CivilDate(year: 1700, month: 1, day: 1)
        for number in -98_615..<(-98_615 + 292_194) {
            let date = CivilDate(daysSinceEpoch: number)
            #expect(date == expected && date.daysSinceEpoch == number)
            let length = CivilDate.daysIn(month: date.month, year: date.year)
            expected =
                date.day < length
                ? CivilDate(year: date.year, month: date.month, day: date.day + 1)
                : date.month < 12
                    ? CivilDate(year: date.year, month: date.month + 1, day: 1)
                    : CivilDate(year: date.year + 1, month: 1, day: 1)
        }
    }

    @Test func `a date that does not exist cannot be made`() {
        #expect(CivilDate(year: 2026, month: 2, day: 29) == nil)
        #expect(CivilDate(year: 2024, month: 2, day: 29) != nil)
        #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
        #expect(CivilDate(year: 2026, month: 13, day: 1) == nil)
    }

    @Test func `weekdays are those of the calendar`() {
        #expect(CivilDate(year: 2026, month: 11, day: 21)?.weekday == .saturday)
        #expect(CivilDate(year: 1969, month: 7, day: 20)?.weekday == .sunday)
    }
}

struct DurationTextTests {
    @Test(
        arguments: [
            ("30m", 1_800_000), ("1h 30m", 5_400_000), ("1h30m", 5_400_000), ("90s", 90_000), ("250ms", 250),
            ("2w", 1_209_600_000),
            (" 1d ", 86_400_000), ("0s", 0),
        ] as [(String, Int64)])
    func `lengths of time are read`(text: String, milliseconds: Int64) {
        #expect(Duration(parsing: text) == .milliseconds(milliseconds))
    }

    @Test(arguments: ["", "30", "m", "1y", "-5m", "1.5h", "5 m5", "99999999999999999999s", "999999w", "1h 30"])
    func `what has no unit, or no sense, is refused`(text: String) { #expect(Duration(parsing: text) == nil) }

    @Test(
        arguments: [
            (0, "0s"), (40, "40ms"), (3_200, "3.2s"), (3_000, "3s"), (61_000, "1m 1s"), (5_400_000, "1h 30m"),
            (187_200_000, "2d 4h"), (-60_000, "-1m"),
        ] as [(Int64, String)])
    func `lengths of time are shown in two units at most`(milliseconds: Int64, text: String) {
        #expect(Duration.milliseconds(milliseconds).brief == text)
    }
}

struct SecondsTests {
    @Test(
        arguments: [
            (0.015, 15), (0.014999999999999999, 15), (1.5, 1_500), (-2.0004, -2_000), (.nan, 0), (1e17, .max),
            (.infinity, .max), (-1e300, .min),
        ] as [(Double, Int64)])
    func `seconds of any size are a duration`(seconds: Double, milliseconds: Int64) {
        #expect(Duration(inSeconds: seconds).wholeMilliseconds == milliseconds)
    }
}

struct StableJSONTests {
    @Test func `texts are written as the encoder writes them`() {
        let words = [
            "a", "B", "Full Name", "full_name", "Z9", "a/b", "é", "q\"", "x\\", "Name 10", "Name 2", "_", "-", "\t", "",
        ]
        var state: UInt64 = 3
        for _ in 0..<500 {
            var texts: [String: String] = [:]
            for _ in 0..<6 {
                state = state &* 6_364_136_223_846_793_005 &+ 1
                texts[words[Int(state >> 40) % words.count]] = words[Int(state >> 50) % words.count]
            }
            #expect(StableJSON.text(ofTexts: texts) == StableJSON.text(of: texts))
        }
    }
}

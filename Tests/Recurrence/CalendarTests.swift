import Glibc
import TestSupport
import Testing
import Values

@testable import Recurrence

struct CalendarTests {
    private func calendar(_ text: String) throws -> CalendarExpression {
        let zones = ZoneDatabase()
        return try CalendarExpression(parsing: text) { zones.zone($0) != nil }
    }

    @Test(arguments: [
        ("Sat,Thu,Mon..Wed,Sat..Sun", "Mon..Thu,Sat,Sun *-*-* 00:00:00"),
        ("Mon,Sun 12-*-* 2,1:23", "Mon,Sun 2012-*-* 01,02:23:00"), ("Wed *-1", "Wed *-*-01 00:00:00"),
        ("Wed..Wed,Wed *-1", "Wed *-*-01 00:00:00"), ("Wed, 17:48", "Wed *-*-* 17:48:00"),
        ("Wed..Sat,Tue 12-10-15 1:2:3", "Tue..Sat 2012-10-15 01:02:03"), ("*-*-7 0:0:0", "*-*-07 00:00:00"),
        ("10-15", "*-10-15 00:00:00"), ("monday *-12-* 17:00", "Mon *-12-* 17:00:00"),
        ("Mon,Fri *-*-3,1,2 *:30:45", "Mon,Fri *-*-01,02,03 *:30:45"),
        ("12,14,13,12:20,10,30", "*-*-* 12,13,14:10,20,30:00"), ("12..14:10,20,30", "*-*-* 12..14:10,20,30:00"),
        ("mon,fri *-1/2-1,3 *:30:45", "Mon,Fri *-01/2-01,03 *:30:45"), ("03-05 08:05:40", "*-03-05 08:05:40"),
        ("08:05:40", "*-*-* 08:05:40"), ("05:40", "*-*-* 05:40:00"), ("70-1-1", "1970-01-01 00:00:00"),
        ("2003-03-05 05:40 UTC", "2003-03-05 05:40:00 UTC"), ("2003-02..04-05", "2003-02..04-05 00:00:00"),
        ("05:40:23.4200004/3.1700005", "*-*-* 05:40:23.420000/3.170001"), ("Mon-Fri 9:0", "Mon..Fri *-*-* 09:00:00"),
        ("hourly", "*-*-* *:00:00"), ("daily UTC", "*-*-* 00:00:00 UTC"), ("quarterly", "*-01,04,07,10-01 00:00:00"),
        ("weekly Pacific/Auckland", "Mon *-*-* 00:00:00 Pacific/Auckland"), ("*:2/3", "*-*-* *:02/3:00"),
        ("Mon *-05~07/1", "Mon *-05~07/1 00:00:00"), ("*-*-1..7/2", "*-*-01..07/2 00:00:00"),
        ("*:*:1..30/2.5", "*-*-* *:*:01..28.500000/2.500000"), ("@1395716396", "2014-03-25 02:59:56 UTC"),
        ("1..3/5:00", "*-*-* 01:00:00"), ("semi-annually", "*-01,07-01 00:00:00"), ("*:*:*", "*-*-* *:*:*"),
    ])
    func `an expression has one normal form, systemd's`(text: String, expected: String) throws {
        let read = try calendar(text)
        #expect(read.normalized == expected)
        // Which means the same.
        if read.zoneName == nil { #expect(try calendar(expected).normalized == expected) }
    }

    @Test(arguments: [
        ("", "calendar is empty"), ("*:*/5", "a step needs a start before it: 0/15, not */15"),
        ("09:00 mon-fri", "the weekday comes first"), ("Mno 09:00", "did you mean \"mon\"?"),
        ("Fri..Mon", "run backwards"), ("*-13-01", "the month: 13 is not from 1 to 12"),
        ("2200-01-01", "the year: 2200 is not from 1970 to 2199"), ("24:00", "the hour: 24 is not from 0 to 23"),
        ("12", "is not a date"), ("9", "write year-month-day, as *-*-9, or a time with its minutes"),
        ("*-*~29", "counted from the end up to the 28th"), ("*-02-30", "this date never comes"),
        ("*-*-1,5..3", "the range 5..3 runs backwards"), ("12:00:60", "the second: 60 is not from 0 to 59"),
        ("0/0:00", "the step must not be 0"), ("*:5/55", "the step leads past the last value"),
        ("12:00 Europe/Berln", "is not part of a time"), ("dayly", "did you mean \"daily\"?"),
        ("*-31~1", "the month: 31 is not from 1 to 12"),
        ("12:", "a number is expected, not nothing"), ("1,*:00", "* stands alone"), ("@x", "not a number of seconds"),
        ("*-*-* 00:00:00 extra words", "not part of a time"), ("99999999999999999999:00", "a number is expected"),
    ])
    func `what is no expression is refused with what was meant`(text: String, expected: String) {
        do throws(ExpressionProblem) {
            let read = try CalendarExpression(parsing: text) { ZoneDatabase().zone($0) != nil }
            Issue.record("\(text) was read as \(read.normalized)")
        } catch { #expect(error.description.contains(expected), "\(error)") }
    }

    private func slots(_ text: String, _ zone: String, from: String, count: Int = 3) throws -> [String] {
        let rules = try Zones.named(zone)
        let expression = try calendar(text)
        var slots: [String] = []
        var at = Timestamp(seconds: rules.firstMoment(showing: moment(from).seconds)).milliseconds
        for _ in 0..<count {
            guard let next = expression.next(after: at, in: rules) else { break }
            slots.append(rules.show(Timestamp(milliseconds: next)))
            at = next
        }
        return slots
    }

    @Test(arguments: [
        // The last days, weekdays among days of the month, years.
        (
            "*-02~01", "UTC", "2026-01-01 00:00:00",
            ["2026-02-28 00:00:00+0000", "2027-02-28 00:00:00+0000", "2028-02-29 00:00:00+0000"]
        ),
        (
            "Mon *-05~07/1", "UTC", "2026-01-01 00:00:00",
            ["2026-05-25 00:00:00+0000", "2027-05-31 00:00:00+0000", "2028-05-29 00:00:00+0000"]
        ),
        (
            "Sat *-*-1..7 18:00", "UTC", "2026-01-01 00:00:00",
            ["2026-01-03 18:00:00+0000", "2026-02-07 18:00:00+0000", "2026-03-07 18:00:00+0000"]
        ),
        ("2027-02-29,28 12:00", "UTC", "2026-01-01 00:00:00", ["2027-02-28 12:00:00+0000"]),
        (
            "Fri *-*-13", "UTC", "2026-01-01 00:00:00",
            ["2026-02-13 00:00:00+0000", "2026-03-13 00:00:00+0000", "2026-11-13 00:00:00+0000"]
        ),
        (
            "*-*-31", "UTC", "2026-01-31 00:00:00",
            ["2026-03-31 00:00:00+0000", "2026-05-31 00:00:00+0000", "2026-07-31 00:00:00+0000"]
        ),
        // Fixed times: once right after a gap, once at the first pass of a fold.
        (
            "02:30", "America/Toronto", "2026-03-07 03:00:00",
            ["2026-03-08 03:00:00-0400", "2026-03-09 02:30:00-0400", "2026-03-10 02:30:00-0400"]
        ),
        (
            "02:10,40", "America/Toronto", "2026-03-07 03:00:00",
            ["2026-03-08 03:00:00-0400", "2026-03-09 02:10:00-0400", "2026-03-09 02:40:00-0400"]
        ),
        (
            "01:30", "America/Toronto", "2026-10-31 02:00:00",
            ["2026-11-01 01:30:00-0400", "2026-11-02 01:30:00-0500", "2026-11-03 01:30:00-0500"]
        ),
        (
            "02:15", "Australia/Lord_Howe", "2026-10-03 03:00:00",
            ["2026-10-04 02:30:00+1100", "2026-10-05 02:15:00+1100", "2026-10-06 02:15:00+1100"]
        ),
        (
            "00:00", "America/Havana", "2026-03-07 03:00:00",
            ["2026-03-08 01:00:00-0400", "2026-03-09 00:00:00-0400", "2026-03-10 00:00:00-0400"]
        ),
        (
            "02:50", "Pacific/Chatham", "2026-09-26 03:00:00",
            ["2026-09-27 03:45:00+1345", "2026-09-28 02:50:00+1345", "2026-09-29 02:50:00+1345"]
        ),
        (
            "Fri 12:00", "Pacific/Apia", "2011-12-24 00:00:00",
            ["2011-12-31 00:00:00+1400", "2012-01-06 12:00:00+1400", "2012-01-13 12:00:00+1400"]
        ),
        (
            "03:00", "Europe/Riga", "2026-03-28 04:00:00",
            ["2026-03-29 04:00:00+0300", "2026-03-30 03:00:00+0300", "2026-03-31 03:00:00+0300"]
        ),
        // A wildcard or a step in hour or minute: elapsed time.
        (
            "*:30", "America/Toronto", "2026-11-01 00:45:00",
            ["2026-11-01 01:30:00-0400", "2026-11-01 01:30:00-0500", "2026-11-01 02:30:00-0500"]
        ),
        (
            "*:0/30", "Europe/Riga", "2026-10-25 03:15:00",
            ["2026-10-25 03:30:00+0300", "2026-10-25 03:00:00+0200", "2026-10-25 03:30:00+0200"]
        ),
        (
            "02:0/30", "America/Toronto", "2026-03-07 02:30:00",
            ["2026-03-09 02:00:00-0400", "2026-03-09 02:30:00-0400", "2026-03-10 02:00:00-0400"]
        ),
        // Seconds.
        (
            "*:*:0/20", "UTC", "2026-01-01 00:00:30",
            ["2026-01-01 00:00:40+0000", "2026-01-01 00:01:00+0000", "2026-01-01 00:01:20+0000"]
        ),
        (
            "01:59:59", "America/Toronto", "2026-10-31 02:00:00",
            ["2026-11-01 01:59:59-0400", "2026-11-02 01:59:59-0500", "2026-11-03 01:59:59-0500"]
        ),
    ])
    func `slots come by the house's rules`(text: String, zone: String, from: String, expected: [String]) throws {
        #expect(try slots(text, zone, from: from) == expected)
    }

    @Test func `a second of every second of a fixed hour is not looked for one by one in the repeated hour`() throws {
        let zone = try Zones.named("America/Toronto")
        let expression = try calendar("01:00..59:*")
        let inSecondPass = moment("2026-11-01 06:00:00")
        #expect(zone.show(inSecondPass) == "2026-11-01 01:00:00-0500")
        let next = expression.next(after: inSecondPass.milliseconds, in: zone)
        #expect(zone.show(next.map(Timestamp.init(milliseconds:))) == "2026-11-02 01:00:00-0500")
    }

    @Test func `fractions of a second are kept to the millisecond, and never stand still`() throws {
        let expression = try calendar("12:00:0/0.0004")
        var at = moment("2026-01-01 11:59:59").milliseconds
        for step in 0..<5 {
            let next = try #require(expression.next(after: at, in: .utc))
            #expect(next == moment("2026-01-01 12:00:00").milliseconds + Int64(step))
            at = next
        }
    }

    /// systemd is right away from changes of the clocks; it refuses lists of last days that its manual allows.
    @Test func `systemd-analyze finds the same times`() async throws {
        let program = "/usr/bin/systemd-analyze"
        guard access(program, X_OK) == 0 else { return }
        var random = SystemRandomNumberGenerator()
        var asked: [String] = []
        while asked.count < 60 {
            let text = CalendarTests.expression(&random)
            if let read = try? calendar(text), read.next(after: CalendarTests.start.milliseconds, in: .utc) != nil {
                asked.append(text)
            }
        }
        for text in asked {
            let outcome = try await Program.run(
                program, ["calendar", "--iterations=5", "--base-time=2026-03-05 13:37:11 UTC", text],
                environment: ["TZ": "UTC", "LC_ALL": "C", "PATH": "/usr/bin:/bin"])
            let lines = outcome.output.split(separator: "\n")
            let times = lines.filter {
                $0.contains("Next elapse:") || $0.contains("Iter. #") || $0.contains("Iteration #")
            }
            .compactMap { line in
                line.firstRange(of: ": ").map { String(line[$0.upperBound...].dropFirst(4).prefix(19)) }
            }
            let expression = try calendar(text)
            var mine: [String] = []
            var at = CalendarTests.start.milliseconds
            while mine.count < 5, let next = expression.next(after: at, in: .utc) {
                mine.append(String(Timestamp(milliseconds: next).description.prefix(19)))
                at = next
            }
            #expect(mine == times, "\(text)\n\(outcome)")
            #expect(outcome.output.contains("Normalized form: \(expression.normalized)\n"), "\(text)\n\(outcome)")
        }
    }

    private static let start = moment("2026-03-05 13:37:11")

    /// An expression of whole seconds that is often, but not always, right.
    static func expression(_ random: inout SystemRandomNumberGenerator) -> String {
        func field(_ range: ClosedRange<Int>) -> String {
            if Int.random(in: 0..<4, using: &random) == 0 { return "*" }
            return (0..<Int.random(in: 1...2, using: &random)).map { _ in
                let start = Int.random(in: range, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: return "\(start)..\(Int.random(in: start...range.upperBound, using: &random))"
                case 1: return "\(start)/\(Int.random(in: 1...range.upperBound, using: &random))"
                case 2 where start < range.upperBound:
                    return
                        "\(start)..\(range.upperBound)/\(Int.random(in: 1...(range.upperBound - start), using: &random))"
                default: return "\(start)"
                }
            }.joined(separator: ",")
        }
        var parts: [String] = []
        let days = ["Mon", "tue", "Wednesday", "Thu", "FRI", "Sat", "Sun"]
        if Bool.random(using: &random) {
            let first = Int.random(in: 0..<7, using: &random)
            parts.append(
                Bool.random(using: &random)
                    ? days[first] : "\(days[first])..\(days[Int.random(in: first..<7, using: &random)])")
        }
        if Bool.random(using: &random) {
            let isFromEnd = Int.random(in: 0..<4, using: &random) == 0
            let day = isFromEnd ? "\(Int.random(in: 1...28, using: &random))" : field(1...31)
            parts.append(
                "\(Bool.random(using: &random) ? "*" : "2026..2030")-\(field(1...12))\(isFromEnd ? "~" : "-")\(day)")
        }
        parts.append("\(field(0...23)):\(field(0...59))\(Bool.random(using: &random) ? ":\(field(0...59))" : "")")
        return parts.joined(separator: " ")
    }
}

import Testing
import Values

@testable import Recurrence

/// Cron lines of other programs are refused with what says the same here.
struct ForeignCronTests {
    @Test(arguments: [
        ("0 9 L * *", "calendar: \"*-*~01 09:00\""), ("30 18 L-2 6 *", "calendar: \"*-6~03 18:30\""),
        ("0 9 * * 5L", "calendar: \"Fri *-*~07/1 09:00\""), ("0 9 * * friL", "calendar: \"Fri *-*~07/1 09:00\""),
        ("0 9 * * 5#3", "calendar: \"Fri *-*-15..21 09:00\""), ("15 7 * 1 mon#1", "calendar: \"Mon *-1-01..07 07:15\""),
        ("0 9 15W * *", "there is no equivalent here"), ("0 9 99W * *", "there is no equivalent here"),
        ("0 9 LW * *", "there is no equivalent here"), ("0 9 L jan *", "calendar: \"*-1~01 09:00\""),
        // What cannot be said whole is not said in part.
        ("30 9,17 L * *", "for such days"), ("*/5 * L * *", "for such days"), ("*/10 9 * * 5L", "for such days"),
        ("0 9 L 1-6 *", "for such days"), ("0 9 L-31 * *", "for such days"),
        ("0 9 L-9223372036854775807 * *", "for such days"), ("0 9 L--9223372036854775808 * *", "for such days"),
        ("0 9 L * 1", "for such days"),
        ("0 9 1 * 5L", "for such days"), ("0 9 1,L * *", "for such days"), ("0 9 * * 5#9", "for such days"),
        ("0 0 9 ? * 6L", "leave that field out"), ("@midnight /usr/bin/x", "command: [/usr/bin/program, argument]"),
        ("@every 90", "every: 30m"), ("0 0 9 ? * MON-FRI", "Quartz also counts"),
        ("0 9 ? * 1", "write *"), ("0 9 1 * ?", "write *"),
        ("H 9 * * *", "jitter: 1h"), ("H/15 * * * *", "jitter: 1h"), ("0~30 9 * * *", "jitter: 1h"),
        ("CRON_TZ=Europe/Paris 0 9 * * *", "timezone: Europe/Paris"), ("TZ=UTC 0 9 * * *", "timezone: UTC"),
        ("@every 5m", "every: 5m"), ("0 9 * * * /usr/bin/backup --all", "command: [/usr/bin/program, argument]"),
        ("0 9 * * mon root /usr/bin/backup", "command: [/usr/bin/program, argument]"),
        ("0 0 9 * * ?", "leave that field out"), ("0 0 9 * * * 2026", "leave that field out"),
        ("@reboot", "at_start: true"),
    ])
    func `a form of another program is refused with the key or the calendar that does it`(text: String, hint: String)
        throws
    {
        do {
            _ = try CronExpression(parsing: text)
            Issue.record("\(text) was read")
        } catch {
            #expect(error.description.contains(hint), "\(error.description)")
            // What is offered as a calendar is one.
            if let quoted = hint.firstRange(of: "calendar: \""), hint.hasSuffix("\"") {
                let expression = String(hint[quoted.upperBound...].dropLast())
                _ = try CalendarExpression(parsing: expression) { _ in false }
            }
        }
    }

    @Test func `the calendars that are offered mean what was meant`() throws {
        let zone = TimeZoneRules.utc
        func first(_ text: String, _ count: Int) throws -> [String] {
            let trigger = Trigger.calendar(try CalendarTrigger(parsing: text) { _ in false })
            var at = try #require(Timestamp(parsing: "2026-01-01 00:00:00"))
            return try (0..<count).map { _ in
                at = try #require(trigger.next(after: at, in: zone))
                return String(at.description.prefix(10))
            }
        }
        #expect(try first("*-*~01 09:00", 3) == ["2026-01-31", "2026-02-28", "2026-03-31"])
        #expect(try first("Fri *-*~07/1 09:00", 3) == ["2026-01-30", "2026-02-27", "2026-03-27"])
        #expect(try first("Fri *-*-15..21 09:00", 3) == ["2026-01-16", "2026-02-20", "2026-03-20"])
    }
}

import TestSupport
import Testing
import Values

@testable import Recurrence

struct TriggerExpressionTests {
    private func read(_ text: String, _ zone: String = "America/Toronto") throws -> TriggerExpression {
        try TriggerExpression(parsing: text, zone: try Zones.named(zone), zones: ZoneDatabase())
    }

    @Test(arguments: [
        ("30m", "every", "30m", "every 30 minutes"), ("every: 90s", "every", "1m 30s", "every 90 seconds"),
        ("every 1d", "every", "1d", "every day"),
        ("at 09:00", "at", "09:00", "every day at 09:00"),
        (
            "at: [\"17:30\", \"09:00\"], days: mon-fri", "at", "09:00, 17:30 mon-fri",
            "at 09:00 and 17:30 on Monday to Friday"
        ),
        ("09:00 mon-fri", "at", "09:00 mon-fri", "at 09:00 on Monday to Friday"),
        ("0 8 * * mon", "cron", "0 8 * * 1", "at 08:00 on Monday"),
        ("cron: \"0 0 13 * 5\"", "cron", "0 0 13 * 5", "at 00:00 on day 13 of the month or on Friday"),
        ("*/5 * * * *", "cron", "*/5 * * * *", "every 5 minutes"), ("* * * * *", "cron", "* * * * *", "every minute"),
        ("@daily", "cron", "0 0 * * *", "every day at 00:00"), ("0 0 * * 7", "cron", "0 0 * * 0", "at 00:00 on Sunday"),
        (
            "15,0,30,16,17 9-17 * jan-mar,DEC 1-5", "cron", "0,15-17,30 9-17 * 1-3,12 1-5",
            "at minute 0, 15 to 17 and 30 of hour 9 to 17 on Monday to Friday in January to March and December"
        ),
        ("Mon..Fri 09:00", "calendar", "Mon..Fri *-*-* 09:00:00", "at 09:00 on Monday to Friday"),
        ("05:40", "calendar", "*-*-* 05:40:00", "every day at 05:40"),
        ("hourly", "calendar", "*-*-* *:00:00", "at minute 0 of every hour"),
        ("calendar *-02~01", "calendar", "*-02~01 00:00:00", "at 00:00 on the last day of the month in February"),
        (
            "Mon *-05~07/1", "calendar", "Mon *-05~07/1 00:00:00",
            "at 00:00 on Monday that is one of the last 7 days of the month in May"
        ),
        ("@0", "calendar", "1970-01-01 00:00:00 UTC", ""), ("0 0 13 * */7", "cron", "0 0 13 * */7", ""),
        ("0 0 */10,5 * mon", "cron", "0 0 */10,5 * 1", ""), ("*/30,7 2 * * *", "cron", "*/30,7 2 * * *", ""),
        // A step that the hour does not hold evenly is a list: after :56 comes :00.
        (
            "*/7 * * * *", "cron", "*/7 * * * *",
            "at minute 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour"
        ),
        (
            "0 */5 * * *", "cron", "0 */5 * * *", "every day at 00:00, 05:00, 10:00, 15:00 and 20:00"
        ),
        ("30 */3 * * 1", "cron", "30 */3 * * 1", "at minute 30 of every 3rd hour on Monday"),
        ("*:*:0/7", "calendar", "*-*-* *:*:00/7", "at second 0 in steps of 7 of every minute"),
        ("*:*:0/10", "calendar", "*-*-* *:*:00/10", "every 10 seconds"),
        ("@yearly", "cron", "0 0 1 1 *", ""), ("0 0 1 1,7 *", "cron", "0 0 1 1,7 *", ""),
    ])
    func `each language is told, made normal and put in words`(
        text: String, kind: String, normalized: String, words: String
    ) throws {
        let read = try read(text)
        #expect(read.kind.rawValue == kind && read.normalized == normalized)
        if !words.isEmpty { #expect(read.trigger.words == words) }
        // What is normal stays so.
        let again = try self.read("\(read.kind.rawValue) \(read.normalized)")
        #expect(again.normalized == read.normalized)
    }

    @Test(arguments: [
        ("", "empty"), ("every 0s", "every must be whole seconds"), ("0 8 * *", "calendar"),
        ("at mon", "at must have a time"),
        ("* * * * * *", "cron must have 5 fields, not 6"), ("@reboot", "at_start: true"),
        ("nonsense", "neither a weekday"),
        ("at 25:00", "is not a time of day"), ("0 0 30 2 *", "this date never comes"),
        ("2027-2-29 09:00", "this date never comes"),
    ])
    func `what is no expression says why`(text: String, expected: String) {
        do throws(ExpressionProblem) {
            _ = try TriggerExpression(parsing: text, zone: .utc, zones: ZoneDatabase())
            Issue.record("\(text) was read")
        } catch { #expect(error.description.contains(expected), "\(error)") }
    }

    @Test(arguments: [
        ("at 02:30", ["2026-03-08 02:30 does not exist in America/Toronto: the slot comes at 03:00"]),
        ("30 1 * * *", ["2026-11-01 01:30 comes twice in America/Toronto: the slot comes at the first, EDT"]),
        (
            "calendar 01..02:30",
            [
                "2026-03-08 02:30 does not exist in America/Toronto: the slot comes at 03:00",
                "2026-11-01 01:30 comes twice in America/Toronto: the slot comes at the first, EDT",
            ]
        ),
        ("09:00", []), ("*/30 * * * *", []),
    ])
    func `what a change of the clocks does is told`(text: String, expected: [String]) throws {
        let read = try read(text)
        let changes = read.trigger.clockChanges(
            after: moment("2026-01-01 00:00:00"), within: .seconds(365 * 86_400), in: read.zone)
        #expect(changes.map(\.text) == expected)
        for change in changes where change.effect == .skipped {
            #expect(read.trigger.next(after: change.slot - .seconds(1), in: read.zone) == change.slot)
        }
    }

    @Test func `any text is read or refused`() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "*", "/", "-", "~", ":", "..", ",", " ", "0", "1", "23", "59", "60", "99999999999999999999", "mon", "Fri",
            "jan",
            "daily", "@", "every", "at", "cron", "calendar", "UTC", "Europe/Berlin", ".", "5", "2026", "é", "\t", "\"",
            "s", "m",
        ]
        for _ in 0..<(Program.isLong ? 300_000 : 8_000) {
            let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            guard let read = try? TriggerExpression(parsing: text, zone: .utc, zones: ZoneDatabase()) else { continue }
            var at = moment("2026-02-27 23:59:59")
            for _ in 0..<3 {
                guard let next = read.trigger.next(after: at, in: read.zone) else { break }
                #expect(next > at, "\(text)")
                at = next
            }
            _ = read.trigger.words
        }
    }
}

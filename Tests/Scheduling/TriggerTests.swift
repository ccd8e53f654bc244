import Recurrence
import TestSupport
import Testing
import Values

@testable import Scheduling

struct TriggerTests {
    /// The trigger of a job in a schedule file.
    private func trigger(_ text: String) throws -> Trigger {
        try Schedules.read("jobs: { a: { run: nothing, \(text) } }").jobs[0].trigger
    }

    private func slots(_ text: String, _ zone: String, from: String, count: Int = 3) throws -> [String] {
        let (trigger, rules) = (try trigger(text), try Zones.named(zone))
        var slots: [String] = []
        var at = Timestamp(seconds: rules.firstMoment(showing: moment(from).seconds))
        for _ in 0..<count {
            guard let next = trigger.next(after: at, in: rules) else { break }
            slots.append(rules.show(next))
            at = next
        }
        return slots
    }

    @Test(arguments: [
        // Ordinary days.
        (
            "at: \"09:00\"", "UTC", "2026-01-01 08:59:59",
            ["2026-01-01 09:00:00+0000", "2026-01-02 09:00:00+0000", "2026-01-03 09:00:00+0000"]
        ),
        (
            "at: \"09:00\", days: mon-fri", "UTC", "2026-01-02 09:00:00",
            ["2026-01-05 09:00:00+0000", "2026-01-06 09:00:00+0000", "2026-01-07 09:00:00+0000"]
        ),
        (
            "at: [\"17:30\", \"09:00:30\"], days: [sat, sun]", "UTC", "2026-01-02 00:00:00",
            ["2026-01-03 09:00:30+0000", "2026-01-03 17:30:00+0000", "2026-01-04 09:00:30+0000"]
        ),
        (
            "at: \"09:00\", days: fri-mon", "UTC", "2026-01-05 10:00:00",
            ["2026-01-09 09:00:00+0000", "2026-01-10 09:00:00+0000", "2026-01-11 09:00:00+0000"]
        ),
        // Gaps of one hour, half an hour, two hours, at midnight, and of a whole day: the job runs once, right after
        // the gap.
        (
            "at: \"02:30\"", "America/Toronto", "2026-03-07 03:00:00",
            ["2026-03-08 03:00:00-0400", "2026-03-09 02:30:00-0400", "2026-03-10 02:30:00-0400"]
        ),
        (
            "at: [\"02:10\", \"02:40\"]", "America/Toronto", "2026-03-07 03:00:00",
            ["2026-03-08 03:00:00-0400", "2026-03-09 02:10:00-0400", "2026-03-09 02:40:00-0400"]
        ),
        (
            "at: \"02:15\"", "Australia/Lord_Howe", "2026-10-03 03:00:00",
            ["2026-10-04 02:30:00+1100", "2026-10-05 02:15:00+1100", "2026-10-06 02:15:00+1100"]
        ),
        (
            "at: \"01:30\"", "Antarctica/Troll", "2026-03-28 03:00:00",
            ["2026-03-29 03:00:00+0200", "2026-03-30 01:30:00+0200", "2026-03-31 01:30:00+0200"]
        ),
        (
            "at: \"00:00\"", "Asia/Beirut", "2026-03-28 03:00:00",
            ["2026-03-29 01:00:00+0300", "2026-03-30 00:00:00+0300", "2026-03-31 00:00:00+0300"]
        ),
        (
            "at: \"12:00\"", "Pacific/Apia", "2011-12-29 13:00:00",
            ["2011-12-31 00:00:00+1400", "2011-12-31 12:00:00+1400", "2012-01-01 12:00:00+1400"]
        ),
        // A fold: the job runs once, at the first occurrence.
        (
            "at: \"01:30\"", "America/Toronto", "2026-10-31 02:00:00",
            ["2026-11-01 01:30:00-0400", "2026-11-02 01:30:00-0500", "2026-11-03 01:30:00-0500"]
        ),
        (
            "at: \"01:45\"", "Australia/Lord_Howe", "2026-04-04 03:00:00",
            ["2026-04-05 01:45:00+1100", "2026-04-06 01:45:00+1030", "2026-04-07 01:45:00+1030"]
        ),
    ])
    func `times of day follow the clocks`(text: String, zone: String, from: String, expected: [String]) throws {
        #expect(try slots(text, zone, from: from) == expected)
    }

    @Test func `a daemon that starts within the repeated hour does not run a fixed time again`() throws {
        let zone = try Zones.named("America/Toronto")
        let second = moment("2026-11-01 06:15:00")  // 01:15 EST, the second time
        #expect(zone.show(second) == "2026-11-01 01:15:00-0500")
        for text in ["at: \"01:30\"", "cron: \"30 1 * * *\""] {
            #expect(zone.show(try trigger(text).next(after: second, in: zone)) == "2026-11-02 01:30:00-0500")
        }
    }

    @Test(arguments: [
        (
            "0 8 * * mon", "UTC", "2026-01-01 00:00:00",
            ["2026-01-05 08:00:00+0000", "2026-01-12 08:00:00+0000", "2026-01-19 08:00:00+0000"]
        ),
        (
            "*/20 9-10 * * *", "UTC", "2026-01-01 09:30:00",
            ["2026-01-01 09:40:00+0000", "2026-01-01 10:00:00+0000", "2026-01-01 10:20:00+0000"]
        ),
        (
            "15,45 0 1 jan,jul *", "UTC", "2026-01-01 00:20:00",
            ["2026-01-01 00:45:00+0000", "2026-07-01 00:15:00+0000", "2026-07-01 00:45:00+0000"]
        ),
        // If both day fields are restricted, a match of either is enough; 7 is Sunday.
        (
            "0 0 13 * 5", "UTC", "2026-02-01 00:00:00",
            ["2026-02-06 00:00:00+0000", "2026-02-13 00:00:00+0000", "2026-02-20 00:00:00+0000"]
        ),
        (
            "0 0 * * 7", "UTC", "2026-01-01 00:00:00",
            ["2026-01-04 00:00:00+0000", "2026-01-11 00:00:00+0000", "2026-01-18 00:00:00+0000"]
        ),
        (
            "0 0 * * 5-7", "UTC", "2026-01-01 00:00:00",
            ["2026-01-02 00:00:00+0000", "2026-01-03 00:00:00+0000", "2026-01-04 00:00:00+0000"]
        ),
        (
            "0 0 31 * *", "UTC", "2026-01-31 00:00:00",
            ["2026-03-31 00:00:00+0000", "2026-05-31 00:00:00+0000", "2026-07-31 00:00:00+0000"]
        ),
        (
            "0 0 29 2 *", "UTC", "2096-03-01 00:00:00",
            ["2104-02-29 00:00:00+0000", "2108-02-29 00:00:00+0000", "2112-02-29 00:00:00+0000"]
        ),
        (
            "@monthly", "UTC", "2026-01-01 00:00:00",
            ["2026-02-01 00:00:00+0000", "2026-03-01 00:00:00+0000", "2026-04-01 00:00:00+0000"]
        ),
        // Fixed times in a gap and in a fold.
        (
            "30 2 * * *", "America/Toronto", "2026-03-07 03:00:00",
            ["2026-03-08 03:00:00-0400", "2026-03-09 02:30:00-0400", "2026-03-10 02:30:00-0400"]
        ),
        (
            "30 1 * * *", "America/Toronto", "2026-10-31 02:00:00",
            ["2026-11-01 01:30:00-0400", "2026-11-02 01:30:00-0500", "2026-11-03 01:30:00-0500"]
        ),
        // With a wildcard hour, the job runs in both passes of the fold, and does not run additionally in a gap.
        (
            "30 * * * *", "America/Toronto", "2026-11-01 00:45:00",
            ["2026-11-01 01:30:00-0400", "2026-11-01 01:30:00-0500", "2026-11-01 02:30:00-0500"]
        ),
        (
            "30 * * * *", "America/Toronto", "2026-03-08 00:45:00",
            ["2026-03-08 01:30:00-0500", "2026-03-08 03:30:00-0400", "2026-03-08 04:30:00-0400"]
        ),
        (
            "*/30 2 * * *", "America/Toronto", "2026-03-07 02:30:00",
            ["2026-03-09 02:00:00-0400", "2026-03-09 02:30:00-0400", "2026-03-10 02:00:00-0400"]
        ),
        (
            "*/30 * * * *", "Australia/Lord_Howe", "2026-04-05 01:00:00",
            ["2026-04-05 01:30:00+1100", "2026-04-05 01:30:00+1030", "2026-04-05 02:00:00+1030"]
        ),
    ])
    func `cron follows Debian's rules`(text: String, zone: String, from: String, expected: [String]) throws {
        #expect(try slots("cron: \"\(text)\"", zone, from: from) == expected)
    }

    @Test(arguments: [
        ("30m", "2026-01-01 00:10:00", "2026-01-01 00:30:00"), ("7s", "1970-01-01 00:00:07", "1970-01-01 00:00:14"),
        ("1h", "1969-12-31 22:30:00", "1969-12-31 23:00:00"), ("90m", "2026-01-01 00:00:00", "2026-01-01 01:30:00"),
    ])
    func `every is a grid from 1970 in UTC`(interval: String, from: String, expected: String) throws {
        #expect(try trigger("every: \(interval)").next(after: moment(from), in: .utc) == moment(expected))
    }

    @Test func `a span counts its slots, also when there are too many to walk`() throws {
        let hourly = try trigger("cron: \"0 * * * *\"")
        let span = try #require(
            SlotSpan(of: hourly, from: moment("2026-01-01 00:00"), through: moment("2026-01-02 00:30"), in: .utc))
        #expect(
            span.count == 25 && span.last == moment("2026-01-02 00:00") && span.beforeLast == moment("2026-01-01 23:00")
        )
        let minutely = try trigger("cron: \"* * * * *\"")
        let long = try #require(
            SlotSpan(of: minutely, from: moment("1970-01-01 00:00"), through: moment("2026-01-01 00:00"), in: .utc))
        #expect(long.last == moment("2026-01-01 00:00") && long.next == moment("2026-01-01 00:01"))
        let every = try #require(
            SlotSpan(
                of: .every(seconds: 1), from: moment("1970-01-01 00:00"), through: moment("2026-01-01 00:00"), in: .utc)
        )
        #expect(every.count == 1_767_225_601)
    }
}

import TestSupport
import Testing
import Values

@testable import Recurrence

/// The next slots against a scan of every minute of two years, in forty zones.
struct BruteForceTests {
    private static let zones = [
        "UTC", "America/Toronto", "America/New_York", "America/Havana", "America/St_Johns", "America/Sao_Paulo",
        "America/Santiago", "America/Asuncion", "America/Nuuk", "America/Los_Angeles", "America/Phoenix",
        "America/Port-au-Prince", "Atlantic/Azores", "Europe/London", "Europe/Dublin", "Europe/Lisbon",
        "Europe/Berlin", "Europe/Riga", "Europe/Chisinau", "Europe/Kyiv", "Europe/Moscow", "Africa/Casablanca",
        "Africa/Cairo", "Asia/Beirut", "Asia/Jerusalem", "Asia/Gaza", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu",
        "Asia/Tokyo", "Australia/Lord_Howe", "Australia/Adelaide", "Australia/Sydney", "Pacific/Auckland",
        "Pacific/Chatham", "Pacific/Apia", "Pacific/Easter", "Pacific/Norfolk", "Pacific/Kiritimati",
        "Antarctica/Troll",
    ]

    /// What the scan needs of an expression: which dates it names, and which minutes of a day.
    private struct Asked {
        let name: String
        let followsElapsedTime: Bool
        let hasDate: (CivilDate) -> Bool
        let minutes: [Int]
        let next: (Int64, TimeZoneRules) -> Int64?
        let hasMinute: [Bool]

        init(
            _ name: String, followsElapsedTime: Bool, minutes: [Int], hasDate: @escaping (CivilDate) -> Bool,
            next: @escaping (Int64, TimeZoneRules) -> Int64?
        ) {
            self.name = name
            self.followsElapsedTime = followsElapsedTime
            self.hasDate = hasDate
            self.minutes = minutes
            self.next = next
            hasMinute = (0..<1_440).map { minutes.contains($0) }
        }
    }

    private static func cron(_ text: String) throws -> Asked {
        let cron = try CronExpression(parsing: text)
        let minutes = (0..<1_440).filter {
            cron.minutes >> UInt64($0 % 60) & 1 == 1 && cron.hours >> UInt32($0 / 60) & 1 == 1
        }
        return Asked(text, followsElapsedTime: cron.followsElapsedTime, minutes: minutes) { date in
            let ofMonth = cron.daysOfMonth >> UInt32(date.day) & 1 == 1
            let ofWeek = cron.daysOfWeek.contains(date.weekday)
            return cron.months >> UInt16(date.month) & 1 == 1
                && (cron.eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek)
        } next: {
            cron.next(after: $0, in: $1)
        }
    }

    private static func at(_ minutes: [Int], _ days: Weekdays) -> Asked {
        let at = ClockTimes(times: minutes.map { $0 * 60 }, days: days)
        return Asked(at.text, followsElapsedTime: false, minutes: minutes) {
            days.contains($0.weekday)
        } next: {
            at.next(after: $0, in: $1)
        }
    }

    /// A calendar's minutes, told by hours, minutes and days of the week of its own.
    private static func calendar(
        _ text: String, _ days: Weekdays, _ hours: ClosedRange<Int>, _ minutes: [Int], isOpen: Bool
    ) throws -> Asked {
        let expression = try CalendarExpression(parsing: text) { _ in false }
        #expect(expression.followsElapsedTime == isOpen)
        let all = (0..<1_440).filter { hours.contains($0 / 60) && minutes.contains($0 % 60) }
        return Asked(text, followsElapsedTime: isOpen, minutes: all) {
            days.contains($0.weekday)
        } next: { seconds, zone in
            expression.next(after: seconds * 1_000, in: zone).map { $0 / 1_000 }
        }
    }

    @Test(arguments: zones) func `agrees with a look at every minute`(name: String) throws {
        let zone = try Zones.named(name)
        let asked = [
            try Self.cron("30 2 * * *"), try Self.cron("*/20 0-3 * * *"),
            try Self.cron("0,45 0,1,2,23 * 3,4,10,11 sun"),
            Self.at([0, 90, 125, 150], .all), Self.at([60, 179], Weekdays(bits: 0b1000001)),
            try Self.calendar("Sat,Sun 01..02:15,50", Weekdays(bits: 0b1000001), 1...2, [15, 50], isOpen: false),
            try Self.calendar("*:7/20", .all, 0...23, [7, 27, 47], isOpen: true),
        ]
        let start = moment("2026-01-01 00:00:00").seconds
        let end = start + (Program.isLong ? 10 : 2) * 365 * 86_400
        var expected = asked.map { _ in [Int64]() }
        // Each local minute is a slot when a clock first shows it, or goes past it.
        var shown = zone.local(start) - 60
        var minute = start
        while minute < end {
            let offset = zone.offset(at: minute)
            let until = min(end, zone.nextTransition(after: minute) ?? end)
            // Offsets of whole minutes only: true of all zones since 1972.
            while minute < until {
                let local = minute + offset
                let day = Int(local.flooredDivision(by: 86_400))
                let date = CivilDate(daysSinceEpoch: day)
                if local == Int64(day) * 86_400, shown < local, minute + 86_400 <= until {
                    // A day on which nothing happens to the clocks.
                    for (place, one) in asked.enumerated() where one.hasDate(date) {
                        expected[place] += one.minutes.map { minute + Int64($0 * 60) }
                    }
                    shown = local + 86_340
                    minute += 86_400
                    continue
                }
                for (place, one) in asked.enumerated() {
                    var candidate = one.followsElapsedTime ? local : shown < local ? shown + 60 : local + 60
                    while candidate <= local {
                        let day = Int(candidate.flooredDivision(by: 86_400))
                        if one.hasMinute[Int(candidate / 60) - day * 1_440], one.hasDate(CivilDate(daysSinceEpoch: day))
                        {
                            expected[place].append(minute)
                            break
                        }
                        candidate += 60
                    }
                }
                shown = max(shown, local)
                minute += 60
            }
        }
        for (place, one) in asked.enumerated() {
            var found: [Int64] = []
            var at = start - 1
            while let next = one.next(at, zone), next < end {
                guard next > at else {
                    Issue.record("\(one.name) in \(name) stands still at \(at)")
                    return
                }
                found.append(next)
                at = next
            }
            #expect(
                found == expected[place],
                "\(one.name) in \(name): \(zip(found, expected[place]).first { $0 != $1 }.map { "\($0)" } ?? "")")
        }
    }

    @Test func `the next slot does not depend on where within the wait one asks`() throws {
        let zone = try Zones.named("Australia/Lord_Howe")
        for one in [try Self.cron("15 2 * * *"), try Self.cron("*/30 * * * *"), Self.at([105, 135], .all)] {
            var at = moment("2026-04-03 00:00:00").seconds
            let end = moment("2026-04-07 00:00:00").seconds
            while at < end {
                let next = try #require(one.next(at, zone))
                for share in [1, 2, 3] { #expect(one.next(at + (next - at) * Int64(share) / 4, zone) == next) }
                #expect(one.next(next - 1, zone) == next)
                at = next
            }
        }
    }
}

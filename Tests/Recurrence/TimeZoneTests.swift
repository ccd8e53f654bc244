import Glibc
import TestSupport
import Testing
import Values

@testable import Recurrence

struct TimeZoneTests {
    @Test(
        arguments: [
            ("America/Toronto", "2026-01-15 12:00:00", -18_000, "EST"),
            ("America/Toronto", "2026-07-15 12:00:00", -14_400, "EDT"),
            ("Europe/Berlin", "2026-07-15 12:00:00", 7_200, "CEST"),
            ("Australia/Lord_Howe", "2026-01-15 12:00:00", 39_600, "+11"),
            ("Asia/Kathmandu", "2026-01-15 12:00:00", 20_700, "+0545"),
            ("Pacific/Apia", "2011-12-29 12:00:00", -36_000, "-10"),
            ("Pacific/Apia", "2011-12-31 12:00:00", 50_400, "+14"), ("UTC", "2026-01-15 12:00:00", 0, "UTC"),
            ("America/New_York", "2450-07-15 12:00:00", -14_400, "EDT"),
            ("America/New_York", "1890-07-15 12:00:00", -18_000, "EST"),
            ("Africa/Casablanca", "2026-06-15 12:00:00", 3_600, "+01"),
            ("Europe/Dublin", "2026-07-15 12:00:00", 3_600, "IST"),
        ] as [(String, String, Int64, String)])
    func `offsets and names are the system's`(zone: String, at: String, offset: Int64, name: String) throws {
        let rules = try Zones.named(zone)
        #expect(rules.offset(at: moment(at).seconds) == offset)
        #expect(rules.abbreviation(at: moment(at).seconds) == name)
    }

    @Test(arguments: [
        // A gap: the first moment after it, however long it is.
        ("America/Toronto", "2026-03-08 02:30:00", "2026-03-08 03:00:00-0400"),
        ("Australia/Lord_Howe", "2026-10-04 02:15:00", "2026-10-04 02:30:00+1100"),
        ("Antarctica/Troll", "2026-03-29 02:00:00", "2026-03-29 03:00:00+0200"),
        ("Asia/Beirut", "2026-03-29 00:00:00", "2026-03-29 01:00:00+0300"),
        ("America/Havana", "2026-03-08 00:30:00", "2026-03-08 01:00:00-0400"),
        ("Pacific/Apia", "2011-12-30 12:00:00", "2011-12-31 00:00:00+1400"),
        // A fold: the first occurrence.
        ("America/Toronto", "2026-11-01 01:30:00", "2026-11-01 01:30:00-0400"),
        ("Australia/Lord_Howe", "2026-04-05 01:45:00", "2026-04-05 01:45:00+1100"),
        ("Pacific/Chatham", "2026-04-05 03:00:00", "2026-04-05 03:00:00+1345"),
        // An ordinary day.
        ("Europe/Berlin", "2026-06-01 09:00:00", "2026-06-01 09:00:00+0200"),
    ])
    func `a local time is shown first at`(zone: String, local: String, expected: String) throws {
        let rules = try Zones.named(zone)
        #expect(rules.show(Timestamp(seconds: rules.firstMoment(showing: moment(local).seconds))) == expected)
    }

    @Test func `a local time and its moment are each other's inverse away from changes`() throws {
        for name in ["America/Toronto", "Europe/Riga", "Asia/Tehran", "Asia/Tokyo", "America/St_Johns"] {
            let zone = try Zones.named(name)
            for day in stride(from: Int64(0), to: 80 * 366, by: 1) {
                let noon = day * 86_400 + 43_200
                #expect(zone.local(zone.firstMoment(showing: noon)) == noon, "\(name) \(noon)")
            }
        }
    }

    @Test(arguments: [
        "", "TZif", "TZif2" + String(repeating: "\0", count: 100), String(repeating: "x", count: 1_000),
        "TZif2" + String(repeating: "\u{7F}", count: 60),
    ])
    func `what is no zone file is refused`(text: String) {
        #expect(TimeZoneRules(name: "x", file: Array(text.utf8)) == nil)
    }

    @Test func `a zone file cut off or changed anywhere never crashes the reader`() throws {
        let bytes = Array(try #require(try? ZoneFileBytes.read("America/Toronto")))
        for length in stride(from: 0, to: bytes.count, by: 7) {
            _ = TimeZoneRules(name: "x", file: Array(bytes[..<length]))
        }
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 0xFF
            if let zone = TimeZoneRules(name: "x", file: changed) { _ = zone.firstMoment(showing: 1_800_000_000) }
        }
    }

    @Test(arguments: [
        "right/Europe/Berlin", "posixrules", "localtime", "Factory", "", "/etc/passwd", "../passwd",
        "America/../../passwd", "America", "Europe/Berlni", "a\nb",
    ])
    func `a name that is no zone is none`(name: String) { #expect(ZoneDatabase().zone(name) == nil) }

    @Test(arguments: [
        ("Europe/Berlni", "\"Europe/Berlin\""), ("europe/berlin", "\"Europe/Berlin\""), ("Berlin", "\"Europe/Berlin\""),
        ("New York", "\"America/New_York\""), ("America/NewYork", "\"America/New_York\""),
        ("CST", "\"America/Chicago\""),
        ("BST", "\"Europe/London\""), ("Pacific Time", "\"America/Los_Angeles\""), ("PST", "\"America/Los_Angeles\""),
        ("Eastern", "\"America/New_York\""), ("IST", "\"Asia/Kolkata\""), ("CEST", "\"Europe/Berlin\""),
        ("AEST", "\"Australia/Sydney\""), ("W. Europe Standard Time", "\"Europe/Berlin\""),
        ("China Standard Time", "\"Asia/Shanghai\""), ("right/Europe/Berlin", "\"Europe/Berlin\""),
    ])
    func `the zone that was meant is suggested`(name: String, meant: String) {
        #expect(ZoneDatabase().hint(for: name) == "did you mean \(meant)?")
    }

    @Test func `an offset is suggested with the sign that means it`() {
        #expect(ZoneDatabase().hint(for: "GMT+2").hasPrefix("did you mean \"Etc/GMT-2\"? its sign counts to the west"))
        #expect(ZoneDatabase().hint(for: "UTC-05:00").hasPrefix("did you mean \"Etc/GMT+5\"?"))
    }

    @Test(arguments: [
        "XST", "Nowhere", "Samoa", "East", "West", "Victoria", "San Juan", "ACT", "Mars/Olympus", "ZZT", "Middle Earth",
        "", "A/B",
    ])
    func `of what is like nothing no zone in another part of the world is made`(name: String) {
        #expect(ZoneDatabase().hint(for: name) == "names are those of /usr/share/zoneinfo, such as Europe/Berlin")
    }

    @Test(arguments: [
        ("Asia/Tokyo", "Asia/Tokyo", 32_400), (":Asia/Tokyo", "Asia/Tokyo", 32_400),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo", 32_400), ("", "UTC", 0), ("JST-9", "JST-9", 32_400),
        ("<+0330>-3:30", "<+0330>-3:30", 12_600), ("AAA3BBB,M3.2.0,M11.1.0", "AAA3BBB,M3.2.0,M11.1.0", -10_800),
    ])
    func `the variable TZ is heard as other programs hear it`(text: String, name: String, offset: Int64) {
        let zones = ZoneDatabase(variable: text)
        #expect(zones.systemZoneName == name && zones.variableProblem == nil)
        // A winter's day.
        #expect(zones.zone(zones.systemZoneName)?.offset(at: 1_800_000_000 - 86_400 * 30) == offset)
    }

    @Test func `a zone that is written out changes its clocks by its rule, and a TZ that is none is not heard`() throws
    {
        let zones = ZoneDatabase(variable: "EST5EDT,M3.2.0,M11.1.0")
        let zone = try #require(zones.zone(zones.systemZoneName))
        let summer = try #require(Timestamp(parsing: "2026-07-01 12:00:00"))
        #expect(zone.abbreviation(at: summer.seconds) == "EDT" && zone.offset(at: summer.seconds) == -14_400)
        let wrong = ZoneDatabase(variable: "Europe/Berlni")
        #expect(wrong.systemZoneName == ZoneDatabase().systemZoneName)
        #expect(wrong.variableProblem == "\"Europe/Berlni\" is not a time zone known to this machine")
    }

    @Test(arguments: [
        "EST5EDT,M3.2.0,M11.1.0", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "IST-1GMT0,M10.5.0,M3.5.0/1",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "JST-9", "XXX3EDT4,J60/0,300/167",
    ])
    func `rules of the POSIX form are read`(text: String) { #expect(ZoneRule(parsing: text) != nil) }

    @Test(arguments: [
        "", "E5", "EST", "EST5EDT,", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "<A", "EST5EDT,J0,J366",
        "EST999",
    ])
    func `what is no rule is refused`(text: String) { #expect(ZoneRule(parsing: text) == nil) }
}

import Glibc
import Testing
import TestSupport
import Values

@testable import Scheduling

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

    @Test(arguments: ["", "/etc/passwd", "../passwd", "America/../../passwd", "America", "Europe/Berlni", "a\nb"])
    func `a name that is no zone is none`(name: String) { #expect(ZoneDatabase().zone(name) == nil) }

    @Test func `the nearest zone is suggested`() {
        #expect(ZoneDatabase().hint(for: "Europe/Berlni") == "did you mean \"Europe/Berlin\"?")
    }

    @Test func `a zone's file that is replaced, and another zone of the system, are followed`() throws {
        let folder = TemporaryFolder()
        try folder.copyZone("Europe/Berlin", as: "Here")
        try folder.copyZone("Asia/Tokyo", as: "There")
        symlink("\(folder.path)/zoneinfo/Here", "\(folder.path)/localtime")
        func zones() -> ZoneDatabase { ZoneDatabase(folder: folder.path, localFile: "\(folder.path)/localtime") }
        let text = "jobs: { a: { run: nothing, at: \"09:00\" }, b: { run: nothing, at: \"09:00\", timezone: There } }"
        let schedule = try Schedules.read(text, zones: zones())
        func next(_ schedule: Schedule?, _ job: String) -> Timestamp? {
            schedule?.job(job).flatMap { $0.trigger.next(after: moment("2026-01-01 00:00"), in: $0.zone) }
        }
        #expect(next(schedule, "a") == moment("2026-01-01 08:00") && next(schedule, "b") == moment("2026-01-02 00:00"))
        #expect(schedule.rezoned(zones()) == nil)
        // An upgrade of tzdata.
        try folder.copyZone("Asia/Kolkata", as: "There")
        let upgraded = schedule.rezoned(zones())
        #expect(next(upgraded, "a") == moment("2026-01-01 08:00") && next(upgraded, "b") == moment("2026-01-01 03:30"))
        // timedatectl set-timezone: only who names no zone moves.
        unlink("\(folder.path)/localtime")
        symlink("\(folder.path)/zoneinfo/There", "\(folder.path)/localtime")
        let moved = upgraded?.rezoned(zones())
        #expect(next(moved, "a") == moment("2026-01-01 03:30") && moved?.zone.name == "There")
        #expect(zones().folders(of: ["Here", "Europe/Berlin"]) == [folder.path, "\(folder.path)/Europe"])
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

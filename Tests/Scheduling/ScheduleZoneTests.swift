import AppConfiguration
import Glibc
import Recurrence
@testable import Scheduling
import TestSupport
import Testing
import Values

/// Which zone a job follows, and what happens when the machine's zones change.
struct ScheduleZoneTests {
    @Test func `a TZ that is none is told, unless the file names a zone`() throws {
        let wrong = ZoneDatabase(variable: "Europe/Berlni")
        let diagnostics = Diagnostics()
        let text = "jobs: { a: { run: nothing, at: \"09:00\" } }"
        _ = Schedules.reader(zones: wrong).read(
            try YAMLValue.parse(text, file: "s.yaml"), file: "s.yaml", diagnostics: diagnostics)
        #expect(diagnostics.warnings.contains { $0.description.contains("environment variable TZ: warning") })
        let named = Diagnostics()
        let schedule = Schedules.reader(zones: ZoneDatabase(variable: "Asia/Tokyo")).read(
            try YAMLValue.parse("timezone: Europe/Berlin\n" + text, file: "s.yaml"), file: "s.yaml", diagnostics: named)
        #expect(schedule?.zone.name == "Europe/Berlin" && named.all.isEmpty)
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
        // As after an upgrade of tzdata.
        try folder.copyZone("Asia/Kolkata", as: "There")
        let upgraded = schedule.rezoned(zones())
        #expect(next(upgraded, "a") == moment("2026-01-01 08:00") && next(upgraded, "b") == moment("2026-01-01 03:30"))
        // As after `timedatectl set-timezone`: only jobs that name no zone move.
        unlink("\(folder.path)/localtime")
        symlink("\(folder.path)/zoneinfo/There", "\(folder.path)/localtime")
        let moved = upgraded?.rezoned(zones())
        #expect(next(moved, "a") == moment("2026-01-01 03:30") && moved?.zone.name == "There")
        #expect(zones().folders(of: ["Here", "Europe/Berlin"]) == [folder.path, "\(folder.path)/Europe"])
    }

    @Test func `the zone that an expression names is the job's`() throws {
        let job = try Schedules.read(
            "timezone: America/Toronto\njobs: { a: { run: nothing, calendar: \"09:00 Asia/Tokyo\" } }"
        ).jobs[0]
        #expect(job.zone.name == "Asia/Tokyo" && job.trigger.text == "calendar *-*-* 09:00:00 Asia/Tokyo")
    }
}

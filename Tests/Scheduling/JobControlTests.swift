import Leads
import Recurrence
import Storage
import TestSupport
import Testing
import Values

@testable import Scheduling

/// What a job's settings and a person do to its slots.
struct JobControlTests {
    private func skips(_ harness: EngineHarness) throws -> [String] {
        var filter = RunQueries.Filter()
        filter.status = .skipped
        filter.limit = 100
        return try harness.store.runs.list(filter).reversed().map {
            "\($0.jobName) ×\($0.slotCount ?? 1): \($0.errorMessage ?? "")"
        }
    }

    @Test func `with queue one slot waits for the end of the run, and more are skipped`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 1m, overlap: queue } }", now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        for minute in 1...4 { await harness.pass(to: "2026-01-01 00:0\(minute):00") }
        #expect(
            try harness.rows() == [
                "a running schedule#1 2026-01-01 00:01:00", "a pending schedule#1 2026-01-01 00:02:00",
                "a skipped schedule#1 2026-01-01 00:03:00 ×2",
            ])
        #expect(try skips(harness) == ["a ×2: overlap: run 1 has not ended, and one waits already"])
        harness.task.release()
        await harness.scheduler.waitUntilIdle()
        #expect(try harness.rows().prefix(2).map { $0.split(separator: " ")[1] } == ["success", "success"])
    }

    @Test func `with replace a new slot ends the run and takes its place`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 1m, overlap: replace } }", now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(to: "2026-01-01 00:01:00")
        await harness.pass(to: "2026-01-01 00:02:00")
        await harness.scheduler.waitUntilIdle()
        #expect(
            try harness.rows() == [
                "a cancelled schedule#1 2026-01-01 00:01:00", "a success schedule#1 2026-01-01 00:02:00",
            ])
        #expect(try harness.errors() == ["a newer slot took its place"])
    }

    @Test func `jitter is the same every time, differs between jobs, and is not lateness`() async throws {
        let text = "jobs: { a: { run: nothing, every: 1h, jitter: 10m }, b: { run: nothing, every: 1h, jitter: 10m } }"
        let jobs = try Schedules.read(text).jobs
        #expect(jobs.map(\.delay) == (try Schedules.read(text)).jobs.map(\.delay))
        #expect(jobs[0].delay != jobs[1].delay)
        let delays = (0..<200).map { StableHash.share(of: .seconds(600), among: ["machine", "job\($0)"]) }
        #expect(delays.allSatisfy { (Duration.zero...Duration.seconds(600)).contains($0) })
        #expect(delays.count { $0 < .seconds(300) } > 60 && delays.count { $0 >= .seconds(300) } > 60)
        let harness = try EngineHarness(text, now: "2026-01-01 00:30:00")
        await harness.start()
        let first = min(jobs[0].delay, jobs[1].delay)
        #expect(harness.timer.setFor == moment("2026-01-01 01:00") + first)
        await harness.live(to: "2026-01-01 01:20:00")
        let runs = try harness.store.runs.list(.init())
        #expect(runs.count == 2 && runs.allSatisfy { $0.scheduledFor == moment("2026-01-01 01:00") })
        #expect(runs.allSatisfy { $0.lateness == .zero && $0.trigger == .schedule })
    }

    @Test func `jobs of a group never run at once, and go in the order in which they came due`() async throws {
        let harness = try EngineHarness(
            """
            jobs:
              a: { run: nothing, at: "00:01", group: g }
              b: { run: nothing, at: "00:02", group: g }
              c: { run: nothing, at: "00:02", group: g }
              d: { run: nothing, at: "00:02" }
            """, now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(to: "2026-01-01 00:01:00")
        await harness.pass(to: "2026-01-01 00:02:00")
        #expect(await harness.scheduler.status().running.map(\.job) == ["a", "d"])
        await #expect(throws: RunRefusal.groupBusy(job: "b", group: "g", by: "a")) {
            try await harness.scheduler.runNow("b", onStart: { _ in }, progress: { _, _ in })
        }
        // The timer is not set for a job that cannot start, or it would fire endlessly.
        #expect(harness.timer.setFor == moment("2026-01-02 00:01"))
        harness.task.release()
        await harness.scheduler.waitUntilIdle()
        var filter = RunQueries.Filter()
        filter.limit = 10
        let runs = try harness.store.runs.list(filter).reversed().filter { $0.jobName != "d" }
        #expect(runs.map(\.status) == [.success, .success, .success] && runs.map(\.jobName) == ["a", "b", "c"])
    }

    @Test func `two of a group that are due at the same moment do not start in one step`() async throws {
        let jobs = (0..<20).map { "j\($0): { run: nothing, every: 1m, group: g }" }.joined(separator: ", ")
        let harness = try EngineHarness("jobs: { \(jobs) }", now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(to: "2026-01-01 00:01:00")
        #expect(await harness.scheduler.status().running.count == 1)
        harness.task.release()
        await harness.scheduler.waitUntilIdle()
        #expect(harness.task.runs == 20)
    }

    @Test func `a paused job's slots are skipped on record and never made up for`() async throws {
        let folder = TemporaryFolder()
        let schedule = "jobs: { a: { run: nothing, every: 1h, catch_up: all } }"
        let first = try EngineHarness(schedule, now: "2026-01-01 00:30:00", folder: folder)
        await first.start()
        #expect(try await first.scheduler.setPaused("a", JobPause(at: nil)))
        #expect(try await !first.scheduler.setPaused("a", JobPause(at: nil)))
        await first.live(to: "2026-01-01 03:30:00")
        #expect(try first.rows() == ["a skipped schedule#1 2026-01-01 01:00:00 ×3"])
        #expect(try skips(first) == ["a ×3: paused"])
        let ending = try await first.scheduler.runNow("a", onStart: { _ in }, progress: { _, _ in })
        #expect(ending.status == .success)
        // The pause survives a restart, an edit of the trigger and a reload.
        let edited = "jobs: { a: { run: nothing, every: 30m, catch_up: all } }"
        let second = try EngineHarness(edited, now: "2026-01-01 06:10:00", folder: folder)
        await second.start()
        _ = try await second.scheduler.reload(try Schedules.read(schedule))
        await second.live(to: "2026-01-01 07:10:00")
        #expect(second.task.runs == 0)
        #expect(try await second.scheduler.setPaused("a", nil))
        await second.live(to: "2026-01-01 08:10:00")
        #expect(try second.rows().last == "a success schedule#1 2026-01-01 08:00:00")
        await #expect(throws: RunRefusal.unknown("x")) { try await second.scheduler.setPaused("x", JobPause(at: nil)) }
    }

    @Test func `a job that is resumed while no daemon runs owes nothing of its pause`() async throws {
        let folder = TemporaryFolder()
        let schedule = "jobs: { a: { run: nothing, every: 1h } }"
        let first = try EngineHarness(schedule, now: "2026-01-01 00:30:00", folder: folder)
        await first.start()
        _ = try await first.scheduler.setPaused("a", JobPause(at: nil))
        let hand = try EngineHarness(schedule, now: "2026-01-01 05:30:00", folder: folder)
        await hand.scheduler.startManually()
        #expect(try await hand.scheduler.setPaused("a", nil))
        let second = try EngineHarness(schedule, now: "2026-01-01 05:40:00", folder: folder)
        await second.start()
        #expect(try second.rows() == ["a skipped schedule#1 2026-01-01 01:00:00 ×5"])
        #expect(second.timer.setFor == moment("2026-01-01 06:00"))
    }

    @Test func `cancelling ends the run, takes back what waits, and nothing follows`() async throws {
        let harness = try EngineHarness(
            """
            jobs:
              a: { run: nothing, every: 1m, overlap: queue, retry: { attempts: 3 } }
              b: { run: nothing, after: a, when: either }
            """, now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(to: "2026-01-01 00:01:00")
        await harness.pass(to: "2026-01-01 00:02:00")
        let asked = try await harness.scheduler.cancel("a", isDryRun: true)
        #expect(asked.run == 1 && asked.waiting == [2] && asked.ending == nil)
        #expect(await harness.scheduler.status().running.count == 1)
        let cancelled = try await harness.scheduler.cancel("a")
        #expect(cancelled.run == 1 && cancelled.waiting == [2] && cancelled.ending?.status == .cancelled)
        #expect(
            try harness.rows() == [
                "a cancelled schedule#1 2026-01-01 00:01:00", "a cancelled schedule#1 2026-01-01 00:02:00",
            ])
        await #expect(throws: RunRefusal.notRunning("a")) { try await harness.scheduler.cancel("a") }
        await #expect(throws: RunRefusal.unknown("x")) { try await harness.scheduler.cancel("x") }
    }

    @Test(arguments: [("once", 1), ("all", 2)])
    func `what is older than the window is not made up for`(catchUp: String, made: Int) async throws {
        let folder = TemporaryFolder()
        let schedule = "jobs: { a: { run: nothing, every: 1h, catch_up: \(catchUp), catch_up_window: 90m } }"
        let first = try EngineHarness(schedule, now: "2026-01-01 00:30:00", folder: folder)
        await first.start()
        let second = try EngineHarness(schedule, now: "2026-01-01 09:10:00", folder: folder)
        await second.start()
        await second.scheduler.waitUntilIdle()
        #expect(second.task.runs == made)
        let counted = try second.store.runs.list(.init()).map { $0.slotCount ?? 1 }.reduce(0, +)
        #expect(counted == 9)
        // A daily slot that is further in the past is not made up for.
        let daily = "jobs: { d: { run: nothing, at: \"02:00\", catch_up_window: 90m } }"
        let other = TemporaryFolder()
        await (try EngineHarness(daily, now: "2026-01-01 00:30:00", folder: other)).start()
        let late = try EngineHarness(daily, now: "2026-01-01 09:10:00", folder: other)
        await late.start()
        #expect(late.task.runs == 0)
        #expect(try skips(late)[0].contains("longer ago than its catch_up_window of 1h 30m"))
    }

    @Test func `a reload after the clock was set back owes what comes from now on`() async throws {
        let text = "jobs: { a: { run: nothing, at: \"09:00\" } }"
        let harness = try EngineHarness(text, now: "2027-01-01 08:00:00")
        await harness.start()
        await harness.pass(to: "2027-01-01 09:00:00")
        harness.clock.set(to: "2026-01-01 08:00:00")
        await harness.wake()
        _ = try await harness.scheduler.reload(try Schedules.read(text))
        #expect(harness.timer.setFor == moment("2026-01-01 09:00"))
    }

    @Test func `a small step back over a failed slot leaves its next attempt alone`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, at: \"10:00\", retry: { attempts: 2, backoff: 5m } } }",
            now: "2026-01-01 09:59:00",
            task: ScriptedTask(failures: 1))
        await harness.start()
        await harness.pass(to: "2026-01-01 10:00:00")
        harness.clock.set(to: "2026-01-01 09:59:58")
        await harness.wake()
        await harness.live(to: "2026-01-01 10:10:00")
        #expect(
            try harness.rows() == [
                "a failed schedule#1 2026-01-01 10:00:00", "a success retry#2 2026-01-01 10:00:00",
            ])
    }

    @Test
    func `a rule that moves a time into the past misses it on record, and one that moves it back repeats nothing`()
        async throws
    {
        let folder = TemporaryFolder()
        let zones: @Sendable () -> ZoneDatabase = { ZoneDatabase(folder: folder.path, localFile: "/nowhere") }
        let text = "jobs: { a: { run: nothing, at: \"09:00\", timezone: Here } }"
        // 09:00 UTC becomes 08:00 UTC while it is 08:30.
        try folder.copyZone("Etc/UTC", as: "Here")
        let harness = try EngineHarness(
            try Schedules.read(text, zones: zones()), now: "2026-01-01 07:30:00", folder: folder)
        await harness.start()
        await harness.pass(to: "2026-01-01 08:30:00")
        try folder.copyZone("Europe/Berlin", as: "Here")
        _ = try await harness.scheduler.rezone(zones)
        await harness.settle()
        #expect(try harness.rows() == ["a success catch_up#1 2026-01-01 08:00:00"])
        // And back: the 09:00 of this day has already run.
        try folder.copyZone("Etc/UTC", as: "Here")
        _ = try await harness.scheduler.rezone(zones)
        await harness.settle()
        #expect(harness.timer.setFor == moment("2026-01-02 09:00"))
    }

    @Test(arguments: ["catch_up: none", "catch_up_window: 1h"])
    func `what waited when the daemon ended is not run days later against its settings`(setting: String) async throws {
        let folder = TemporaryFolder()
        let schedule = """
            jobs:
              a: { run: nothing, at: "00:01", group: g }
              b: { run: nothing, at: "00:01", group: g, \(setting) }
              c: { run: nothing, at: "00:01", \(setting) }
            """
        let first = try EngineHarness(schedule, now: "2026-01-01 00:00:00", folder: folder)
        await first.start()
        first.task.hold()
        await first.pass(to: "2026-01-01 00:01:00")
        first.crash()
        let second = try EngineHarness(schedule, now: "2026-01-01 23:00:00", folder: folder)
        await second.start()
        await second.scheduler.waitUntilIdle()
        let rows = try second.rows().filter { !$0.hasPrefix("a") }
        #expect(rows == ["b skipped schedule#1 2026-01-01 00:01:00", "c interrupted schedule#1 2026-01-01 00:01:00"])
        first.task.release()
    }

    @Test func `a pause outlives being disabled, a restart and a restore`() async throws {
        let folder = TemporaryFolder()
        let on = "jobs: { a: { run: nothing, every: 1h } }"
        let off = "jobs: { a: { run: nothing, every: 1h, enabled: false } }"
        let first = try EngineHarness(on, now: "2026-01-01 00:30:00", folder: folder)
        await first.start()
        _ = try await first.scheduler.setPaused("a", JobPause(at: nil))
        _ = try await first.scheduler.reload(try Schedules.read(off))
        _ = try await first.scheduler.reload(try Schedules.read(on))
        await first.live(to: "2026-01-01 01:30:00")
        #expect(first.task.runs == 0)
        await (try EngineHarness(off, now: "2026-01-01 02:30:00", folder: folder)).start()
        let third = try EngineHarness(on, now: "2026-01-01 05:30:00", folder: folder)
        await third.start()
        try third.store.runs.forgetWhatIsOwed(at: moment("2026-01-01 05:40"))
        let fourth = try EngineHarness(on, now: "2026-01-01 05:50:00", folder: folder)
        await fourth.start()
        await fourth.live(to: "2026-01-01 06:30:00")
        #expect(fourth.task.runs == 0)
        let rows = try fourth.rows()
        #expect(
            rows == ["a skipped schedule#1 2026-01-01 01:00:00 ×1", "a skipped schedule#1 2026-01-01 06:00:00 ×1"],
            "\(rows)")
    }

    @Test func `a zone whose rule changes moves the slots that lie ahead`() async throws {
        let folder = TemporaryFolder()
        try folder.copyZone("Europe/Berlin", as: "Here")
        let zones: @Sendable () -> ZoneDatabase = { ZoneDatabase(folder: folder.path, localFile: "/nowhere") }
        let text = "jobs: { a: { run: nothing, at: \"09:00\", timezone: Here } }"
        let harness = try EngineHarness(
            try Schedules.read(text, zones: zones()), now: "2026-01-01 06:00:00", folder: folder)
        await harness.start()
        #expect(harness.timer.setFor == moment("2026-01-01 08:00"))
        #expect(try await harness.scheduler.rezone(zones) == nil)
        try folder.copyZone("Europe/London", as: "Here")
        #expect(try await harness.scheduler.rezone(zones) != nil)
        #expect(harness.timer.setFor == moment("2026-01-01 09:00"))
    }
}

import Leads
import Storage
import TestSupport
import Testing
import Values

@testable import Scheduling

struct EngineTests {
    private let every = "jobs: { a: { run: nothing, every: 5m } }"
    private let daily = "jobs: { a: { run: nothing, at: \"09:00\" } }"

    @Test func `each slot runs once and has its row`() async throws {
        let harness = try EngineHarness(every, now: "2026-01-01 00:01:00")
        await harness.start()
        #expect(harness.timer.setFor == moment("2026-01-01 00:05"))
        await harness.live(to: "2026-01-01 00:16:00")
        #expect(
            try harness.rows() == [
                "a success schedule#1 2026-01-01 00:05:00", "a success schedule#1 2026-01-01 00:10:00",
                "a success schedule#1 2026-01-01 00:15:00",
            ])
        #expect(harness.task.runs == 3)
    }

    @Test func `an alarm that rings early starts nothing`() async throws {
        let harness = try EngineHarness(every, now: "2026-01-01 00:01:00")
        await harness.start()
        await harness.pass(to: "2026-01-01 00:04:59")
        #expect(harness.task.runs == 0)
        #expect(harness.timer.setFor == moment("2026-01-01 00:05"))
    }

    @Test func `a new job owes nothing from before, and neither does one whose time was edited into the past`()
        async throws
    {
        let folder = TemporaryFolder()
        let first = try EngineHarness(daily, now: "2026-01-01 08:00:00", folder: folder)
        await first.start()
        #expect(first.task.runs == 0)
        // Edited while the daemon is not running.
        let second = try EngineHarness(
            "jobs: { a: { run: nothing, at: \"08:30\" } }", now: "2026-01-01 08:45:00", folder: folder)
        await second.start()
        #expect(second.task.runs == 0)
        #expect(second.timer.setFor == moment("2026-01-02 08:30"))
        // Edited while the daemon is running.
        let edited = try Schedules.read("jobs: { a: { run: nothing, at: \"08:40\" } }")
        let report = try await second.scheduler.reload(edited)
        #expect(report.names(.changed) == ["a"])
        #expect(second.task.runs == 0)
        #expect(second.timer.setFor == moment("2026-01-02 08:40"))
    }

    @Test(arguments: [
        ("once", ["a skipped schedule#1 2026-01-02 09:00:00 ×2", "a success catch_up#1 2026-01-04 09:00:00"]),
        ("none", ["a skipped schedule#1 2026-01-02 09:00:00 ×3"]),
        (
            "all",
            [
                "a success catch_up#1 2026-01-02 09:00:00", "a success catch_up#1 2026-01-03 09:00:00",
                "a success catch_up#1 2026-01-04 09:00:00",
            ]
        ),
    ])
    func `slots missed while the daemon was off are accounted for`(catchUp: String, expected: [String]) async throws {
        let schedule = "jobs: { a: { run: nothing, at: \"09:00\", catch_up: \(catchUp) } }"
        let folder = TemporaryFolder()
        let first = try EngineHarness(schedule, now: "2026-01-01 08:00:00", folder: folder)
        await first.start()
        await first.pass(to: "2026-01-01 09:00:00")
        let second = try EngineHarness(schedule, now: "2026-01-04 12:00:00", folder: folder)
        await second.start()
        await second.scheduler.waitUntilIdle()
        #expect(try second.rows() == ["a success schedule#1 2026-01-01 09:00:00"] + expected)
    }

    @Test func `a slot of every second for a week off is two rows, not half a million`() async throws {
        let schedule = "jobs: { a: { run: nothing, every: 1s } }"
        let folder = TemporaryFolder()
        let first = try EngineHarness(schedule, now: "2026-01-01 00:00:00", folder: folder)
        await first.start()
        let second = try EngineHarness(schedule, now: "2026-01-08 00:00:00.500", folder: folder)
        await second.start()
        #expect(
            try second.rows() == [
                "a skipped schedule#1 2026-01-01 00:00:01 ×604799", "a success catch_up#1 2026-01-08 00:00:00",
            ])
    }

    @Test func `catch_up all is bounded, and what is beyond the bound has its row`() async throws {
        let schedule = "jobs: { a: { run: nothing, every: 1m, catch_up: all } }"
        let folder = TemporaryFolder()
        let first = try EngineHarness(schedule, now: "2026-01-01 00:00:00", folder: folder)
        await first.start()
        let second = try EngineHarness(schedule, now: "2026-01-02 00:00:30", folder: folder)
        await second.start()
        await second.scheduler.waitUntilIdle()
        let rows = try second.rows()
        #expect(rows.count == 1_001)
        #expect(rows.first == "a skipped schedule#1 2026-01-01 00:01:00 ×440")
        #expect(rows.last == "a success catch_up#1 2026-01-02 00:00:00")
    }

    @Test func `a slot that comes while the job runs is skipped, and those in a row are one row`() async throws {
        let harness = try EngineHarness(every, now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        for _ in 0..<4 { await harness.pass(.seconds(300)) }
        harness.task.release()
        await harness.settle()
        await harness.pass(.seconds(300))
        #expect(
            try harness.rows() == [
                "a success schedule#1 2026-01-01 00:05:00", "a skipped schedule#1 2026-01-01 00:10:00 ×3",
                "a success schedule#1 2026-01-01 00:25:00",
            ])
        #expect(try harness.errors() == ["overlap: run 1 has not ended"])
    }

    @Test func `a failed run is repeated after the back-off, which doubles, up to its attempts`() async throws {
        let schedule =
            "jobs: { a: { run: nothing, at: \"09:00\", retry: { attempts: 3, backoff: 1m } }, b: { run: nothing, after: a } }"
        let harness = try EngineHarness(schedule, now: "2026-01-01 08:00:00", task: ScriptedTask(failures: 3))
        await harness.start()
        await harness.pass(to: "2026-01-01 09:00:00")
        #expect(harness.timer.setFor == moment("2026-01-01 09:01"))
        await harness.live(to: "2026-01-01 10:00:00")
        #expect(
            try harness.rows() == [
                "a failed schedule#1 2026-01-01 09:00:00", "a failed retry#2 2026-01-01 09:00:00",
                "a failed retry#3 2026-01-01 09:00:00",
            ])
        let last = try #require(try harness.store.runs.find(3))
        #expect(last.retryOf == 2 && last.startedAt == moment("2026-01-01 09:03"))
    }

    @Test func `followers start on success, also that of a later attempt, and know their cause`() async throws {
        let schedule =
            "jobs: { a: { run: nothing, at: \"09:00\", retry: { attempts: 2, backoff: 1m } }, b: { run: nothing, after: a }, c: { run: nothing, after: [b, a], enabled: false } }"
        let harness = try EngineHarness(schedule, now: "2026-01-01 08:00:00", task: ScriptedTask(failures: 1))
        await harness.start()
        await harness.live(to: "2026-01-01 10:00:00")
        await harness.scheduler.waitUntilIdle()
        #expect(
            try harness.rows() == [
                "a failed schedule#1 2026-01-01 09:00:00", "a success retry#2 2026-01-01 09:00:00", "b success after#1",
            ])
        #expect(try harness.store.runs.find(3)?.causedBy == 2)
    }

    @Test func `a new slot takes the place of an attempt that still waits`() async throws {
        let schedule = "jobs: { a: { run: nothing, every: 1m, retry: { attempts: 5, backoff: 30m } } }"
        let harness = try EngineHarness(schedule, now: "2026-01-01 00:00:00", task: ScriptedTask(failures: 1))
        await harness.start()
        await harness.live(to: "2026-01-01 00:02:30")
        #expect(
            try harness.rows() == [
                "a failed schedule#1 2026-01-01 00:01:00", "a cancelled retry#2 2026-01-01 00:01:00",
                "a success schedule#1 2026-01-01 00:02:00",
            ])
    }

    @Test func `a clock set forward makes up for the passed slots`() async throws {
        let harness = try EngineHarness(daily, now: "2026-01-01 08:00:00")
        await harness.start()
        harness.clock.set(to: "2026-01-08 08:00:00")
        await harness.wake()
        #expect(
            try harness.rows() == [
                "a skipped schedule#1 2026-01-01 09:00:00 ×6", "a success catch_up#1 2026-01-07 09:00:00",
            ])
        #expect(try harness.errors()[0].contains("the clock was set forward by 7d"))
    }

    @Test func `a clock set back repeats no fixed time`() async throws {
        let harness = try EngineHarness(daily, now: "2026-01-08 08:00:00")
        await harness.start()
        await harness.pass(to: "2026-01-08 09:00:00")
        harness.clock.set(to: "2026-01-08 08:30:00")
        await harness.wake()
        await harness.live(to: "2026-01-09 08:30:00")
        #expect(harness.task.runs == 1)
        // As if the clock had been a week ahead: the coming days have their slots again.
        harness.clock.set(to: "2026-01-02 08:00:00")
        await harness.wake()
        #expect(harness.timer.setFor == moment("2026-01-02 09:00"))
        await harness.live(to: "2026-01-09 08:30:00")
        #expect(harness.task.runs == 7)
    }

    @Test func `a clock set back does not silence a grid, and slots met again are further attempts`() async throws {
        let harness = try EngineHarness(every, now: "2026-01-08 08:00:00")
        await harness.start()
        await harness.live(to: "2026-01-08 08:11:00")
        harness.clock.set(to: "2026-01-08 08:03:00")
        await harness.wake()
        #expect(harness.timer.setFor == moment("2026-01-08 08:05"))
        await harness.live(to: "2026-01-08 08:16:00")
        #expect(
            try harness.rows() == [
                "a success schedule#1 2026-01-08 08:05:00", "a success schedule#1 2026-01-08 08:10:00",
                "a success schedule#2 2026-01-08 08:05:00", "a success schedule#2 2026-01-08 08:10:00",
                "a success schedule#1 2026-01-08 08:15:00",
            ])
    }

    @Test func `a reload keeps the phase of what did not change, and forgets what is gone`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 5m }, b: { run: nothing, at: \"09:00\" }, c: { run: nothing, every: 1h } }",
            now: "2026-01-01 08:04:00")
        await harness.start()
        let report = try await harness.scheduler.reload(
            try Schedules.read(
                "jobs: { a: { run: nothing, every: 5m, timeout: 1m }, b: { run: nothing, at: \"09:00\", enabled: false }, d: { run: nothing, every: 2m } }"
            ))
        #expect(report.names(.added) == ["d"] && report.names(.removed) == ["c"] && report.names(.changed) == ["b"])
        #expect(report.names(.edited) == ["a"] && report.unchanged == 0)
        let gone = try #require(report.changes.first { $0.job == "c" })
        #expect(gone.before == "every 1h" && gone.after == nil && gone.nextBefore == moment("2026-01-01 09:00"))
        await harness.live(to: "2026-01-01 09:30:00")
        #expect(try harness.rows("a").first == "a success schedule#1 2026-01-01 08:05:00")
        #expect(try harness.rows("b").isEmpty && harness.rows("c").isEmpty)
        #expect(try harness.store.runs.open().states.map(\.job).sorted() == ["a", "b", "d"])
    }

    @Test func `a run by hand is not a slot, is not repeated, and is refused while the job runs`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, at: \"09:00\", retry: { attempts: 3 } } }", now: "2026-01-01 08:00:00",
            task: ScriptedTask(failures: 1))
        await harness.start()
        let ending = try await harness.scheduler.runNow("a", onStart: { _ in }, progress: { _, _ in })
        #expect(ending.status == .failed && ending.error == "it was told to fail")
        #expect(try harness.rows() == ["a failed manual#1"])
        harness.task.hold()
        async let second = harness.scheduler.runNow("a", onStart: { _ in }, progress: { _, _ in })
        try #require(await eventually { await !harness.scheduler.status().running.isEmpty })
        await #expect(throws: RunRefusal.alreadyRunning(job: "a", run: 2)) {
            try await harness.scheduler.runNow("a", onStart: { _ in }, progress: { _, _ in })
        }
        await #expect(throws: RunRefusal.unknown("x")) {
            try await harness.scheduler.runNow("x", onStart: { _ in }, progress: { _, _ in })
        }
        harness.task.release()
        #expect(try await second.status == .success)
    }

    @Test func `slots that are due when the clock is set back stay due`() async throws {
        let harness = try EngineHarness(every, now: "2026-01-01 00:00:00")
        await harness.start()
        harness.clock.pass(to: "2026-01-01 00:05:30")
        harness.clock.set(to: "2026-01-01 00:05:10")
        await harness.wake()
        #expect(try harness.rows() == ["a success schedule#1 2026-01-01 00:05:00"])
    }

    @Test func `years of missed minutes are made up for by no more than the limit, and quickly`() async throws {
        let schedule = "jobs: { a: { run: nothing, cron: \"* * * * *\", catch_up: all } }"
        let folder = TemporaryFolder()
        let first = try EngineHarness(schedule, now: "2020-01-01 00:00:00", folder: folder)
        await first.start()
        first.crash()
        let second = try EngineHarness(schedule, now: "2026-01-01 00:00:30", folder: folder)
        second.task.hold()
        await second.start()
        #expect(try second.store.runs.open().active.count == Scheduler.catchUpLimit)
        #expect(try second.store.runs.open().active.last?.scheduledFor == moment("2026-01-01 00:00"))
        second.crash()
        second.task.release()
    }

    @Test func `while the database is replaced nothing starts, and what came due starts afterwards`() async throws {
        let harness = try EngineHarness(every, now: "2026-01-01 00:00:00")
        await harness.start()
        try await harness.scheduler.withNothingRunning {
            await harness.pass(.seconds(300))
            #expect(harness.task.runs == 0)
            #expect(harness.timer.setFor == nil)
        }
        await harness.settle()
        #expect(try harness.rows() == ["a success schedule#1 2026-01-01 00:05:00"])
        #expect(harness.timer.setFor == moment("2026-01-01 00:10"))
    }
}

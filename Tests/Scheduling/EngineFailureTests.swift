import Leads
import Recurrence
import Storage
import TestSupport
import Testing
import Values

@testable import Scheduling

/// What the engine does when the daemon, the database or a task fails.
struct EngineFailureTests {
    private let every = "jobs: { a: { run: nothing, every: 5m } }"
    private let daily = "jobs: { a: { run: nothing, at: \"09:00\" } }"

    @Test func `what a crash cut off is closed, and made up for once`() async throws {
        let folder = TemporaryFolder()
        let first = try EngineHarness(daily, now: "2026-01-01 08:00:00", folder: folder)
        await first.start()
        first.task.hold()
        await first.pass(to: "2026-01-01 09:00:00")
        first.crash()
        // The job crashes the daemon again, and is then not started any more.
        let second = try EngineHarness(daily, now: "2026-01-01 09:01:00", folder: folder)
        second.task.hold()
        await second.start()
        second.crash()
        let third = try EngineHarness(daily, now: "2026-01-01 09:02:00", folder: folder)
        await third.start()
        #expect(
            try third.rows() == [
                "a interrupted schedule#1 2026-01-01 09:00:00", "a interrupted catch_up#2 2026-01-01 09:00:00",
            ])
        #expect(third.task.runs == 0)
        first.task.release()
        second.task.release()
    }

    @Test(arguments: [true, false])
    func `a start whose commit has an unknown end is recovered as after a crash`(isWritten: Bool) async throws {
        let harness = try EngineHarness(every, now: "2026-01-01 00:00:00")
        await harness.start()
        harness.ledger.loseNextAnswer(isWritten: isWritten)
        await harness.pass(to: "2026-01-01 00:05:00")
        #expect(harness.task.runs == 0)
        await harness.pass(.seconds(2))
        await harness.pass(.seconds(2))
        let rows = try harness.rows()
        #expect(harness.task.runs == 1, "\(rows)")
        #expect(
            try harness.rows()
                == (isWritten
                    ? [
                        "a interrupted schedule#1 2026-01-01 00:05:00", "a success catch_up#2 2026-01-01 00:05:00",
                    ] : ["a success schedule#1 2026-01-01 00:05:00"]))
        await harness.pass(to: "2026-01-01 00:10:00")
        #expect(try harness.rows().last == "a success schedule#1 2026-01-01 00:10:00")
        #expect(try harness.store.runs.open().active.isEmpty)
    }

    @Test(arguments: [true, false])
    func `an end whose commit has an unknown end is written once, and its followers start once`(
        isWritten: Bool
    ) async throws {
        let harness = try EngineHarness(
            """
            jobs:
              a: { run: nothing, every: 5m, retry: { attempts: 2, backoff: 1h } }
              b: { run: nothing, after: a }
              c: { run: nothing, at_start: true }
            """, now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(to: "2026-01-01 00:05:00")
        harness.ledger.loseNextAnswer(isWritten: isWritten)
        harness.task.release()
        await harness.scheduler.waitUntilNothingRuns()
        await harness.pass(.seconds(2))
        await harness.pass(.seconds(2))
        await harness.scheduler.waitUntilIdle()
        #expect(try harness.rows("a") == ["a success schedule#1 2026-01-01 00:05:00"])
        #expect(try harness.rows("b") == ["b success after#1"])
        #expect(try harness.rows("c").count == 1)
        #expect(try harness.store.runs.open().active.isEmpty)
        await harness.pass(to: "2026-01-01 00:10:00")
        #expect(try harness.rows("a").count == 2 && harness.rows("b").count == 2)
    }

    @Test func `an end that comes while nobody knows of another commit is kept`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 5m }, b: { run: nothing, every: 10m } }", now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(to: "2026-01-01 00:10:00")
        harness.ledger.loseNextAnswer(isWritten: false)
        // The slot of job a is lost in the commit; the runs end before the rows can be read.
        await harness.pass(to: "2026-01-01 00:15:00")
        harness.task.release()
        await harness.scheduler.waitUntilNothingRuns()
        for _ in 0..<3 { await harness.pass(.seconds(2)) }
        await harness.scheduler.waitUntilIdle()
        #expect(try harness.store.runs.open().active.isEmpty)
        #expect(try harness.rows("b") == ["b success schedule#1 2026-01-01 00:10:00"])
        await harness.pass(to: "2026-01-01 00:20:00")
        #expect(try harness.rows("b").count == 2)
    }

    @Test func `who runs one thing arms nothing when a commit has an unknown end`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 1m }, c: { run: nothing, at_start: true } }", now: "2026-01-01 00:00:00")
        await harness.scheduler.startManually()
        harness.ledger.loseNextAnswer(isWritten: true)
        await #expect(throws: RunRefusal.self) {
            try await harness.scheduler.runNow("a", onStart: { _ in }, progress: { _, _ in })
        }
        for _ in 0..<4 { await harness.pass(.seconds(60)) }
        #expect(harness.task.runs == 0)
        #expect(try harness.rows() == ["a running manual#1"])
    }

    @Test func `a run that nobody can read what is asked of fails, and does nothing`() async throws {
        let folder = TemporaryFolder()
        let store = try folder.store()
        _ = try store.runs.commit(
            [.open(NewRun(job: "a", type: "nothing", status: .pending, trigger: .manual))], version: "test")
        try SQLiteShell.run(
            folder.data.database, #"UPDATE pipeline_activities SET input_data = '{"dry_run":"certainly"}'"#)
        let harness = try EngineHarness(daily, now: "2026-01-01 08:00:00", folder: folder)
        await harness.start()
        #expect(try harness.rows() == ["a failed manual#1"])
        #expect(try harness.errors() == ["what was asked of this run cannot be read from its row; ask again"])
        #expect(harness.task.runs == 0)
    }

    @Test func `a job with attempts of its own gets all of them over crashes`() async throws {
        let schedule = "jobs: { a: { run: nothing, at: \"09:00\", retry: { attempts: 3 } } }"
        let folder = TemporaryFolder()
        for minute in 0..<5 {
            let harness = try EngineHarness(
                schedule, now: minute == 0 ? "2026-01-01 08:59:00" : "2026-01-01 09:0\(minute):00", folder: folder)
            harness.task.hold()
            await harness.start()
            if minute == 0 { await harness.pass(to: "2026-01-01 09:00:00") }
            harness.crash()
            harness.task.release()
        }
        let harness = try EngineHarness(schedule, now: "2026-01-01 10:00:00", folder: folder)
        await harness.start()
        #expect(try harness.rows().map { $0.split(separator: " ")[2] } == ["schedule#1", "catch_up#2", "catch_up#3"])
        #expect(try harness.store.runs.open().active.isEmpty)
    }

    @Test func `a follower that was owed when the daemon crashed runs at the next start`() async throws {
        let schedule = "jobs: { a: { run: nothing, at: \"09:00\" }, b: { run: nothing, after: a } }"
        let folder = TemporaryFolder()
        let store = try folder.store()
        var cause = NewRun(job: "a", type: "nothing", status: .running, trigger: .schedule)
        cause.scheduledFor = moment("2026-01-01 09:00")
        cause.startedAt = moment("2026-01-01 09:00")
        var follower = NewRun(job: "b", type: "nothing", status: .pending, trigger: .after)
        follower.causedBy = 1
        _ = try store.runs.commit(
            [.open(cause), .close(run: 1, RunEnding(.success, at: moment("2026-01-01 09:01"))), .open(follower)],
            version: "")
        let harness = try EngineHarness(schedule, now: "2026-01-01 09:02:00", folder: folder)
        await harness.start()
        #expect(try harness.rows("b") == ["b success after#1"])
    }

    @Test func `a disk that is full delays jobs, loses no slot and no result, and is told once`() async throws {
        let harness = try EngineHarness(every, now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(.seconds(300))
        harness.ledger.fail(with: StorageError(.full, "x", "the disk is full"))
        harness.task.release()
        await harness.settle()
        for _ in 0..<21 { await harness.pass(.seconds(31)) }
        #expect(harness.task.runs == 1)
        #expect(await harness.scheduler.status().problem?.contains("the disk is full") == true)
        #expect(await harness.scheduler.overdue(by: .seconds(10)) == nil)
        harness.ledger.fail(with: nil)
        await harness.pass(.seconds(31))
        #expect(await harness.scheduler.status().problem == nil)
        #expect(
            try harness.rows() == [
                "a success schedule#1 2026-01-01 00:05:00", "a skipped schedule#1 2026-01-01 00:10:00 ×1",
                "a success catch_up#1 2026-01-01 00:15:00",
            ])
    }

    @Test func `a database that is away at the start delays the start of jobs and nothing else`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 5m }, s: { run: nothing, at_start: true } }", now: "2026-01-01 00:00:00")
        harness.ledger.fail(with: StorageError(.locked, "x", "is locked"))
        await harness.start()
        await harness.pass(.seconds(2))
        harness.ledger.fail(with: nil)
        await harness.pass(.seconds(31))
        #expect(try harness.rows() == ["s success schedule#1 2026-01-01 00:00:33"])
        await harness.live(to: "2026-01-01 00:06:00")
        #expect(try harness.rows("a") == ["a success schedule#1 2026-01-01 00:05:00"])
    }

    @Test func `a stop waits for what runs, then ends it, and the next start makes up for it`() async throws {
        let folder = TemporaryFolder()
        let first = try EngineHarness(daily, now: "2026-01-01 08:00:00", folder: folder)
        await first.start()
        first.task.hold()
        await first.pass(to: "2026-01-01 09:00:00")
        await first.scheduler.drain(grace: .milliseconds(10))
        #expect(try first.store.runs.open().active.allSatisfy { $0.status == .pending })
        let second = try EngineHarness(daily, now: "2026-01-01 09:01:00", folder: folder)
        await second.start()
        #expect(
            try second.rows() == [
                "a interrupted schedule#1 2026-01-01 09:00:00", "a success catch_up#2 2026-01-01 09:00:00",
            ])
    }

    @Test func `a reload that cannot be written changes nothing`() async throws {
        let harness = try EngineHarness(daily, now: "2026-01-01 08:00:00")
        await harness.start()
        harness.ledger.fail(with: StorageError(.full, "x", "full"))
        await #expect(throws: StorageError.self) {
            try await harness.scheduler.reload(try Schedules.read(every))
        }
        harness.ledger.fail(with: nil)
        #expect(await harness.scheduler.current.jobs[0].trigger.text == "at 09:00")
        #expect(harness.timer.setFor == moment("2026-01-01 09:00"))
    }

    @Test func `a task that takes too long is ended and has failed`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 5m, timeout: 1s } }", now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(.seconds(300))
        await harness.scheduler.waitUntilNothingRuns()
        #expect(try harness.errors() == ["timed out after 1s"])
        #expect(try harness.rows() == ["a failed schedule#1 2026-01-01 00:05:00"])
    }

    @Test func `a job that cannot keep up with catch_up all does not fill the memory`() async throws {
        let folder = TemporaryFolder()
        let schedule = "jobs: { a: { run: nothing, every: 1s, catch_up: all } }"
        let first = try EngineHarness(schedule, now: "2026-01-01 00:00:00", folder: folder)
        await first.start()
        first.crash()
        let second = try EngineHarness(schedule, now: "2026-01-01 01:00:00.500", folder: folder)
        second.task.hold()
        await second.start()
        for _ in 0..<50 { await second.pass(.seconds(1)) }
        #expect(try second.store.runs.open().active.count <= Scheduler.catchUpLimit + 1)
        second.crash()
        second.task.release()
    }

    @Test func `a change that contradicts the record is dropped, and all jobs go on`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 5m }, b: { run: nothing, after: a } }", now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(.seconds(300))
        try SQLiteShell.run(harness.folder.data.database, "DELETE FROM pipeline_activities")
        harness.task.release()
        await harness.settle()
        await harness.scheduler.waitUntilIdle()
        #expect(try harness.rows() == ["b success after#1"])
        harness.ledger.fail(with: StorageError(.constraint, "x", "a rule was broken"))
        await harness.pass(.seconds(300))
        harness.ledger.fail(with: nil)
        await harness.pass(.seconds(300))
        #expect(try harness.rows("a") == ["a success schedule#1 2026-01-01 00:15:00"])
        #expect(await harness.scheduler.status().problem == nil)
    }

    @Test func `who waits for a run is told, also when its end cannot be written before the stop`() async throws {
        let harness = try EngineHarness(daily, now: "2026-01-01 08:00:00")
        await harness.start()
        harness.task.hold()
        async let waiting = harness.scheduler.runNow("a", onStart: { _ in }, progress: { _, _ in })
        try #require(await eventually { await !harness.scheduler.status().running.isEmpty })
        harness.ledger.fail(with: StorageError(.full, "x", "full"))
        await harness.scheduler.drain(grace: .zero)
        #expect(try await waiting.status == .interrupted)
    }
}

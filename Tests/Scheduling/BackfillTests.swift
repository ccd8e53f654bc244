import Leads
import Storage
import TestSupport
import Testing
import Values

@testable import Scheduling

/// Slots that are run later, and pauses that end by themselves.
struct BackfillTests {
    private func options(_ from: String, _ through: String? = nil, limit: Int = 100, dry: Bool = false)
        -> BackfillOptions
    {
        BackfillOptions(
            from: moment(from), through: through.map { moment($0) }, limit: limit, isDryRun: dry, author: "cli:ann")
    }

    @Test func `only slots that did not run are run, in order, each as a run of its own`() async throws {
        // Off from 00:10 to 00:41: the slots of 00:20 and 00:30 are one skipped row, made up for by that of 00:40.
        let folder = TemporaryFolder()
        let first = try EngineHarness(
            "jobs: { a: { run: nothing, every: 10m } }", now: "2026-01-01 00:00:00", folder: folder)
        await first.start()
        await first.pass(to: "2026-01-01 00:10:00")
        first.crash()
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 10m } }", now: "2026-01-01 00:41:00", folder: folder)
        await harness.start()
        #expect(
            try harness.rows() == [
                "a success schedule#1 2026-01-01 00:10:00", "a skipped schedule#1 2026-01-01 00:20:00 ×2",
                "a success catch_up#1 2026-01-01 00:40:00",
            ])
        let dry = try await harness.scheduler.backfill("a", options("2026-01-01 00:00:00", dry: true))
        // Midnight itself was before the job was armed, and did not run either.
        let expected = ["2026-01-01 00:00:00", "2026-01-01 00:20:00", "2026-01-01 00:30:00"].map { moment($0) }
        #expect(dry.slots == expected && dry.ran == 2 && dry.runs.isEmpty && dry.isDryRun)
        let result = try await harness.scheduler.backfill("a", options("2026-01-01 00:15:00", "2026-01-01 00:41:00"))
        #expect(result.slots == Array(expected.dropFirst()) && result.runs.count == 2 && result.ran == 1)
        await harness.scheduler.waitUntilIdle()
        #expect(
            try harness.rows().suffix(2) == [
                "a success backfill#2 2026-01-01 00:20:00", "a success backfill#1 2026-01-01 00:30:00",
            ])
        let runs = try result.runs.compactMap { try harness.store.runs.find($0) }
        #expect(
            runs.allSatisfy { $0.author == "cli:ann" }
                && runs[0].startedAt ?? .distantFuture <= runs[1].startedAt ?? .distantPast)
        #expect(try await harness.scheduler.backfill("a", options("2026-01-01 00:15:00")).runs.isEmpty)
    }

    @Test func `a slot that comes due does not wait for what is made up for, nor is it skipped`() async throws {
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 10m } }", now: "2026-01-01 01:00:01")
        await harness.start()
        harness.task.hold()
        let result = try await harness.scheduler.backfill("a", options("2026-01-01 00:10:00", "2026-01-01 00:30:00"))
        #expect(result.slots.count == 3)
        // The first is at work when a slot comes due: that one is next, before the others.
        await harness.pass(to: "2026-01-01 01:10:00")
        #expect(try harness.rows().filter { $0.contains("skipped") }.isEmpty)
        #expect(try harness.rows().contains("a running backfill#1 2026-01-01 00:10:00"))
        #expect(try harness.rows().contains("a pending schedule#1 2026-01-01 01:10:00"))
        let next = await harness.scheduler.startableForTest("a")
        #expect(next?.trigger == .schedule && next?.scheduledFor == moment("2026-01-01 01:10:00"))
        harness.task.release()
        await harness.scheduler.waitUntilIdle()
        let regular = try harness.store.runs.list(RunQueries.Filter()).first { $0.trigger == .schedule }
        #expect(regular?.status == .success)
    }

    @Test func `a restart goes on with what waits, and a paused job is made up for all the same`() async throws {
        let folder = TemporaryFolder()
        let first = try EngineHarness(
            "jobs: { a: { run: nothing, every: 1h, catch_up: none } }", now: "2026-01-01 10:00:01", folder: folder)
        await first.start()
        #expect(try await first.scheduler.setPaused("a", JobPause(at: nil)))
        first.task.hold()
        _ = try await first.scheduler.backfill("a", options("2026-01-01 07:00:00", "2026-01-01 09:00:00"))
        first.crash()
        let second = try EngineHarness(
            "jobs: { a: { run: nothing, every: 1h, catch_up: none } }", now: "2026-01-01 10:30:00", folder: folder)
        await second.start()
        await second.scheduler.waitUntilIdle()
        let slots = try second.store.runs.list(RunQueries.Filter()).filter { $0.status == .success }.compactMap(
            \.scheduledFor)
        #expect(Set(slots) == Set(["07", "08", "09"].map { moment("2026-01-01 \($0):00:00") }))
    }

    @Test func `what cannot be backfilled is refused with a reason`() async throws {
        let harness = try EngineHarness(
            """
            jobs:
              a: { run: nothing, every: 1m }
              b: { run: nothing, after: a }
              c: { run: nothing, every: 1m, enabled: false }
            """, now: "2026-01-02 00:00:00")
        await harness.start()
        for (job, options, word) in [
            ("x", options("2026-01-01 00:00:00"), "there is no job"),
            ("b", options("2026-01-01 00:00:00"), "has no slots of its own"),
            ("c", options("2026-01-01 00:00:00"), "disabled"), ("a", options("2026-01-03 00:00:00"), "begins"),
            ("a", options("2026-01-01 00:00:00"), "1441 slots of a did not run"),
            ("a", options("2020-01-01 00:00:00"), "more than 20000"),
        ] {
            do {
                _ = try await harness.scheduler.backfill(job, options)
                Issue.record("\(job) was backfilled")
            } catch { #expect("\(error)".contains(word), "\(error)") }
        }
        #expect(try harness.rows().isEmpty)
    }

    @Test func `a pause ends by itself, and slots after its end run although the daemon was off at it`() async throws {
        let folder = TemporaryFolder()
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 10m } }", now: "2026-01-01 00:00:01", folder: folder)
        await harness.start()
        let pause = JobPause(
            at: harness.clock.now, until: moment("2026-01-01 00:25:00"), note: "moving", author: "cli:ann")
        #expect(try await harness.scheduler.setPaused("a", pause))
        #expect(try await !harness.scheduler.setPaused("a", pause))
        await harness.live(to: "2026-01-01 00:31:00")
        #expect(
            try harness.rows() == [
                "a skipped schedule#1 2026-01-01 00:10:00 ×2", "a success schedule#1 2026-01-01 00:30:00",
            ])
        #expect(try harness.store.runs.open().states.first?.pause == nil)
        _ = try await harness.scheduler.setPaused(
            "a", JobPause(at: nil, until: moment("2026-01-01 01:05:00"), note: "x"))
        #expect(try harness.store.runs.open().states.first?.pause?.note == "x")
        harness.crash()
        let later = try EngineHarness(
            "jobs: { a: { run: nothing, every: 10m } }", now: "2026-01-01 01:21:00", folder: folder)
        await later.start()
        #expect(
            try later.rows().suffix(3) == [
                "a skipped schedule#1 2026-01-01 00:40:00 ×3", "a skipped schedule#1 2026-01-01 01:10:00 ×1",
                "a success catch_up#1 2026-01-01 01:20:00",
            ])
    }

    @Test func `a job that fails as often as it may is paused, and again only after as many failures`() async throws {
        let task = ScriptedTask(failures: 100)
        let harness = try EngineHarness(
            "jobs: { a: { run: nothing, every: 10m, pause_after_failures: 3 } }", now: "2026-01-01 00:00:01", task: task
        )
        await harness.start()
        await harness.live(to: "2026-01-01 01:01:00")
        #expect(task.runs == 3)
        let pause = try #require(try harness.store.runs.open().states.first?.pause)
        #expect(pause.note == "it has failed 3 times in a row" && pause.author == "schedule")
        #expect(try await harness.scheduler.setPaused("a", nil))
        await harness.live(to: "2026-01-01 02:01:00")
        #expect(task.runs == 6)
    }
}

extension Scheduler {
    /// The waiting run that starts next, once nothing else of the job is at work.
    fileprivate func startableForTest(_ job: String) -> NewRun? {
        guard let entry = entries[job] else { return nil }
        let running = entry.running
        entry.running = nil
        defer { entry.running = running }
        return entry.startable(at: runtime.now)?.run
    }
}

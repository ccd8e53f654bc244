import Leads
import Storage
import Synchronization
import TestSupport
import Testing
import Values

@testable import Scheduling

/// What follows from the end of a run: other jobs, a count of failures, a notification.
struct ConsequenceTests {
    @Test func `followers run on success, on failure once no attempt is left, or on either`() async throws {
        let harness = try EngineHarness(
            """
            jobs:
              a: { run: nothing, at: "00:01", retry: { attempts: 2, backoff: 1m } }
              good: { run: nothing, after: a }
              bad: { run: nothing, after: a, when: failure }
              both: { run: nothing, after: [a], when: either }
            """, now: "2026-01-01 00:00:00", task: ScriptedTask(failures: 2))
        await harness.start()
        await harness.live(to: "2026-01-01 00:01:30")
        #expect(try harness.rows().map { $0.split(separator: " ")[0] } == ["a", "a"])
        await harness.live(to: "2026-01-01 00:30:00")
        await harness.scheduler.waitUntilIdle()
        #expect(
            try harness.rows() == [
                "a failed schedule#1 2026-01-01 00:01:00", "a failed retry#2 2026-01-01 00:01:00",
                "bad success after#1", "both success after#1",
            ])
        await harness.live(to: "2026-01-02 00:01:30")
        await harness.scheduler.waitUntilIdle()
        #expect(try harness.rows().suffix(2) == ["good success after#1", "both success after#1"])
    }

    @Test(arguments: [RunOptions(isDryRun: true), RunOptions(isAside: true)])
    func `nothing follows from a dry run or a look, whether it succeeds or fails`(_ options: RunOptions) async throws {
        let harness = try EngineHarness(
            """
            jobs:
              a: { run: nothing, at: "00:01" }
              next: { run: nothing, after: a, when: either }
            """, now: "2026-01-01 00:00:00", task: ScriptedTask(failures: 2))
        let told = Mutex(0)
        await harness.scheduler.observeRuns { _ in told.withLock { $0 += 1 } }
        await harness.start()
        await harness.live(to: "2026-01-01 00:01:30")
        await harness.scheduler.waitUntilIdle()
        let before = told.withLock { $0 }
        #expect(try harness.store.runs.open().states.first { $0.job == "a" }?.failures == 1)
        for _ in 0..<2 {
            _ = try await harness.scheduler.runNow(
                "a", options: options, onStart: { _ in }, progress: { _, _ in })
        }
        await harness.scheduler.waitUntilIdle()
        #expect(try harness.rows().filter { $0.hasPrefix("next") }.count == 1)
        #expect(try harness.store.runs.open().states.first { $0.job == "a" }?.failures == 1)
        #expect(told.withLock { $0 } == before)
    }

    @Test func `failures in a row are counted over restarts, and told of`() async throws {
        let folder = TemporaryFolder()
        let schedule = "jobs: { a: { run: nothing, every: 1m } }"
        let told = Mutex<[String]>([])
        @Sendable func note(_ notice: RunNotice) {
            guard case .ended(let ending, let outcome) = notice.event else { return }
            told.withLock { $0.append("\(ending.status.rawValue) \(outcome.failuresBefore)→\(outcome.failures)") }
        }
        let first = try EngineHarness(
            schedule, now: "2026-01-01 00:00:00", folder: folder, task: ScriptedTask(failures: 2))
        await first.scheduler.observeRuns(note)
        await first.start()
        await first.live(to: "2026-01-01 00:02:10")
        let second = try EngineHarness(
            schedule, now: "2026-01-01 00:02:20", folder: folder, task: ScriptedTask(failures: 1))
        await second.scheduler.observeRuns(note)
        await second.start()
        await second.live(to: "2026-01-01 00:04:10")
        #expect(told.withLock { $0 } == ["failed 0→1", "failed 1→2", "failed 2→3", "success 3→0"])
        #expect(try second.store.runs.open().states[0].failures == 0)
    }

    @Test func `a failure whose next attempt gives way to a new slot counts, is told of and followed`() async throws {
        let harness = try EngineHarness(
            """
            jobs:
              a: { run: nothing, every: 1m, retry: { attempts: 3, backoff: 30m } }
              alarm: { run: nothing, after: a, when: failure }
            """, now: "2026-01-01 00:00:00", task: ScriptedTask(failures: 1))
        let told = Mutex<[String]>([])
        await harness.scheduler.observeRuns { notice in
            guard case .ended(let ending, let outcome) = notice.event, outcome.isFinal else { return }
            told.withLock { $0.append("\(notice.job.name) \(ending.status.rawValue) \(outcome.failures)") }
        }
        await harness.start()
        await harness.live(to: "2026-01-01 00:02:10")
        await harness.scheduler.waitUntilIdle()
        #expect(told.withLock { $0 }.prefix(1) == ["a failed 1"])
        #expect(try harness.rows("alarm") == ["alarm success after#1"])
    }

    @Test(arguments: ["skip", "queue", "replace"])
    func `causes that end together start their follower once`(overlap: String) async throws {
        let causes = (0..<20).map { "c\($0): { run: nothing, at: \"00:01\" }" }.joined(separator: ", ")
        let names = (0..<20).map { "c\($0)" }.joined(separator: ", ")
        let harness = try EngineHarness(
            "jobs: { \(causes), f: { run: nothing, after: [\(names)], overlap: \(overlap) } }",
            now: "2026-01-01 00:00:00")
        await harness.start()
        harness.task.hold()
        await harness.pass(to: "2026-01-01 00:01:00")
        await harness.scheduler.endAllTogether()
        harness.task.release()
        await harness.scheduler.waitUntilIdle()
        var filter = RunQueries.Filter()
        filter.job = "f"
        filter.limit = 100
        let rows = try harness.store.runs.list(filter)
        #expect(rows.count == 20)
        // Each cause has its row: one says that the job ran, the others why it did not run again.
        #expect(rows.count { $0.status == .success } == 1)
        let others = rows.filter { $0.status == .skipped }
        #expect(others.count == 19)
        #expect(Set(others.map(\.errorMessage)) == ["overlap: the end of another job has just started it"])
        #expect(Set(rows.compactMap(\.causedBy)).count == 20)
    }
}

extension Scheduler {
    /// Ends all runs at the same moment.
    fileprivate func endAllTogether() {
        for entry in entries.values.sorted(by: { $0.job.name < $1.job.name }) {
            guard let running = entry.running else { continue }
            let ending = RunEnding(.success, at: runtime.now, duration: .zero)
            ended.append(EndedRun(running: running, job: entry.job.name, ending: ending, canRetry: false))
        }
        writeEndings()
    }
}

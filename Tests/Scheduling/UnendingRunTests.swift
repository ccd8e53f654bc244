import Leads
import Logging
import Storage
import Synchronization
import SystemPackage
import TestSupport
import Testing
import Values

@testable import Scheduling

/// A task that ignores cancellation, for example because a page keeps a parser busy.
private final class DeafTask: JobTask {
    private struct Gates {
        var waiting: [CheckedContinuation<Void, Never>] = []
        var areOpen = false
    }

    private let gates = Mutex(Gates())

    func run(_ run: RunContext) async throws -> TaskResult {
        await withCheckedContinuation { continuation in
            let isOpen = gates.withLock { gates in
                if !gates.areOpen { gates.waiting.append(continuation) }
                return gates.areOpen
            }
            if isOpen { continuation.resume() }
        }
        return .success(output: nil)
    }

    /// Ends what waits, and also a run whose thread has only been slow to begin.
    func release() {
        let waiting = gates.withLock { gates in
            gates.areOpen = true
            return gates.waiting.drain()
        }
        waiting.forEach { $0.resume() }
    }
}

struct UnendingRunTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock("2026-01-01 00:00:00")

    private func scheduler(_ text: String, _ task: any JobTask, _ store: Store) throws -> Scheduler {
        let timer = ManualTimer()
        return Scheduler(
            schedule: try Schedules.read(text), tasks: Schedules.Registry(task: task),
            ledger: FailingLedger(store), runtime: clock.runtime,
            logger: .silent, patience: .milliseconds(20),
            makeTimer: { _, _ in timer })
    }

    @Test func `a run that is past its time-out is closed, whether its task ends or not`() async throws {
        let (store, task) = (try folder.store(), DeafTask())
        defer { task.release() }
        let scheduler = try scheduler("jobs: { a: { run: nothing, every: 1h, timeout: 1s } }", task, store)
        await scheduler.start()
        let running = Task { await scheduler.run() }
        let ending = try await scheduler.runNow("a", onStart: { _ in }, progress: { _, _ in })
        #expect(ending.status == .failed)
        #expect(ending.error == "timed out after 1s, and did not end when it was asked to; it was left behind")
        // While the work goes on, nothing else of the job starts, and the database cannot be replaced.
        let status = await scheduler.status()
        #expect(
            status.running.isEmpty && status.problem?.hasPrefix("a run of a did not end when it was asked to") == true)
        let refusal = RunRefusal.leftBehind(job: "a", run: 1)
        await #expect(throws: refusal) {
            try await scheduler.runNow("a", onStart: { _ in }, progress: { _, _ in })
        }
        await #expect(throws: refusal) { try await scheduler.withNothingRunning {} }
        clock.pass(.seconds(3_600))
        await scheduler.wake()
        #expect(
            try store.runs.list(.init()).first?.errorMessage
                == "overlap: run 1 was left behind and is still at work; a restart of the daemon ends it")
        // Once the work has ended, the job is free again.
        task.release()
        try #require(await eventually { await scheduler.status().problem == nil })
        try await scheduler.withNothingRunning {}
        await scheduler.drain(grace: .zero)
        await running.value
        #expect(try store.runs.open().active.isEmpty)
    }

    @Test func `a stop does not wait for a task that does not end`() async throws {
        let (store, task) = (try folder.store(), DeafTask())
        defer { task.release() }
        let scheduler = try scheduler("jobs: { a: { run: nothing, at_start: true } }", task, store)
        await scheduler.start()
        let running = Task { await scheduler.run() }
        try #require(await eventually { await !scheduler.status().running.isEmpty })
        await scheduler.drain(grace: .zero)
        await running.value
        let run = try #require(try store.runs.list(.init()).first)
        #expect(run.status == .interrupted)
        #expect(run.errorMessage?.contains("did not end when it was asked to") == true)
    }

    @Test func `a run began when its work did, not when it was handed over`() async throws {
        let store = try folder.store()
        let scheduler = try scheduler("jobs: { a: { run: nothing, at_start: true } }", Schedules.Nothing(), store)
        await scheduler.start()
        #expect(try store.runs.open().active.map(\.startedAt) == [moment("2026-01-01 00:00")])
        // As if no thread were free for a while.
        clock.pass(.seconds(7))
        let running = Task { await scheduler.run() }
        await scheduler.waitUntilIdle()
        #expect(try store.runs.list(.init()).map(\.startedAt) == [moment("2026-01-01 00:00:07")])
        await scheduler.drain(grace: .zero)
        await running.value
    }

    @Test func `a slot that came while the daemon waited for its disk was not missed by a daemon that was off`()
        async throws
    {
        let store = try folder.store()
        let text = "jobs: { a: { run: nothing, every: 10m, catch_up: none } }"
        let first = try scheduler(text, Schedules.Nothing(), store)
        await first.start()
        await first.drain(grace: .zero)
        // The daemon is off until 00:35, then waits until 01:05.
        clock.pass(.seconds(65 * 60))
        let second = try scheduler(text, Schedules.Nothing(), store)
        await second.start(delayed: (moment("2026-01-01 00:35"), "the daemon waited: the disk is full"))
        let reasons = try store.runs.list(.init()).compactMap(\.errorMessage)
        #expect(reasons == ["missed: the daemon waited: the disk is full"])
        await second.drain(grace: .zero)
    }
}

/// The output of a command on its way to the log.
struct CommandOutputTests {
    /// Collects what is logged.
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) { lines.all.withLock { $0.append("\(event.message)") } }
    }

    private func logged(_ command: String, uptime: @escaping @Sendable () -> Duration = { .zero }) async throws
        -> [String]
    {
        let lines = Lines()
        let logger = Logger(label: "", factory: { _ in Handler(lines: lines) })
        let output = try CommandOutput(
            job: "chatty", logger: logger, keeping: 20, characters: 4_000, hiding: [], runtime: .test(uptime: uptime))
        async let collected: Void = output.collect()
        _ = try await Program.run(
            "/bin/sh", ["-c", "exec >/proc/$PPID/fd/\(output.writeEnd.rawValue) 2>/dev/null; \(command)"])
        output.closeWriteEnd()
        await collected
        return lines.all.withLock(\.self)
    }

    @Test func `each line names its job, and a flood is cut to its beginning and its end`() async throws {
        let flood = try await logged("yes flood | head -300000; echo the end")
        #expect(flood.first == "chatty: flood" && flood.last == "chatty: the end")
        #expect(flood.count == 500 + 1 + 20, "\(flood.count)")
        #expect(flood.contains("chatty: \(300_001 - 500 - 20) lines were left out"))
        #expect(try await logged("echo a; echo b") == ["chatty: a", "chatty: b"])
    }

    @Test func `a program that prints now and then is heard for as long as it runs`() async throws {
        // Each line takes a second.
        let seconds = Mutex(0)
        let lines = try await logged("seq 1 2000") {
            .seconds(
                seconds.withLock {
                    $0 += 1
                    return $0
                })
        }
        #expect(lines.count == 2_000 && lines.last == "chatty: 2000")
    }
}

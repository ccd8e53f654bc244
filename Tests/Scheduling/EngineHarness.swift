import Leads
import Logging
import Storage
import Synchronization
import TestSupport
import Testing
import Values

@testable import Scheduling

/// A scheduler over a real database file, with clocks that a test sets and tasks that it ends.
final class EngineHarness: Sendable {
    let folder: TemporaryFolder
    let clock: TestClock
    let timer = ManualTimer()
    let store: Store
    let ledger: FailingLedger
    let task: ScriptedTask
    let scheduler: Scheduler
    private let runner = Mutex<Task<Void, Never>?>(nil)

    convenience init(
        _ schedule: String, now: String, folder: TemporaryFolder = TemporaryFolder(),
        task: ScriptedTask = ScriptedTask()
    ) throws {
        try self.init(try Schedules.read(schedule), now: now, folder: folder, task: task)
    }

    init(
        _ schedule: Schedule, now: String, folder: TemporaryFolder, task: ScriptedTask = ScriptedTask()
    ) throws {
        self.folder = folder
        self.task = task
        clock = TestClock(now)
        store = try folder.store()
        ledger = FailingLedger(store)
        let timer = timer
        scheduler = Scheduler(
            schedule: schedule, tasks: Schedules.Registry(task: task), ledger: ledger, runtime: clock.runtime,
            logger: .silent, makeTimer: { _, _ in timer })
    }

    /// Starts the scheduler and waits until due runs have ended.
    func start() async {
        await scheduler.start()
        runner.withLock { $0 = Task { [scheduler] in await scheduler.run() } }
        await settle()
    }

    /// Advances the clocks, then fires the timer once.
    func pass(_ span: Duration) async {
        clock.pass(span)
        await wake()
    }

    func pass(to moment: String) async {
        clock.pass(to: moment)
        await wake()
    }

    /// Advances the clocks from one timer to the next, as in real time.
    func live(to end: String) async {
        while let at = timer.setFor, at <= moment(end) {
            clock.pass(max(.zero, at.since(clock.now)))
            await wake()
        }
        clock.pass(to: end)
    }

    func wake() async {
        await scheduler.wakeForTest()
        await settle()
    }

    /// Waits until nothing runs, unless the task is held.
    func settle() async {
        if !task.isHeld { await scheduler.waitUntilNothingRuns() }
    }

    /// Does what a crash would do: nothing is closed and nothing is reported.
    func crash() {
        ledger.fail(with: StorageError(.other, "", "the process is gone"))
        runner.withLock { $0?.cancel() }
    }

    /// All rows in the order in which they were created, as text: `a success schedule#1 2026-01-01 00:00:00`.
    func rows(_ job: String? = nil) throws -> [String] {
        var filter = RunQueries.Filter()
        filter.limit = 100_000
        filter.job = job
        return try store.runs.list(filter).reversed().map { row in
            let slot = row.scheduledFor.map { " \($0.description.prefix(19))" } ?? ""
            let range = row.slotCount.map { " ×\($0)" } ?? ""
            return "\(row.jobName) \(row.status.rawValue) \(row.trigger.rawValue)#\(row.attempt)\(slot)\(range)"
        }
    }

    func errors() throws -> [String] {
        var filter = RunQueries.Filter()
        filter.limit = 1_000
        return try store.runs.list(filter).reversed().compactMap(\.errorMessage)
    }
}

extension Scheduler {
    func wakeForTest() { wake() }
}

/// A task that does what a test tells it to, and counts its runs.
final class ScriptedTask: JobTask {
    private let state = Mutex((runs: 0, held: false, failures: 0, gates: [CheckedContinuation<Void, Never>]()))

    init(failures: Int = 0) { state.withLock { $0.failures = failures } }

    var runs: Int { state.withLock(\.runs) }
    var isHeld: Bool { state.withLock(\.held) }

    /// From now on, runs do not end until they are released or cancelled.
    func hold() { state.withLock { $0.held = true } }

    func release() {
        let gates = state.withLock { state in
            state.held = false
            defer { state.gates = [] }
            return state.gates
        }
        gates.forEach { $0.resume() }
    }

    func run(_ run: RunContext) async throws -> TaskResult {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    state.runs += 1
                    if state.held, !Task.isCancelled { state.gates.append(continuation) }
                    return !state.held || Task.isCancelled
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            release()
        }
        try Task.checkCancellation()
        let fails = state.withLock { state in
            guard state.failures > 0 else { return false }
            state.failures -= 1
            return true
        }
        if fails { throw RunProblem("it was told to fail") }
        return .success(output: "{}")
    }
}

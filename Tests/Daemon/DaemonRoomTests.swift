import Dispatch
import Leads
import Logging
@testable import Sandbox
import Storage
import Systemd
import TestSupport
import Testing
import Values

@testable import Daemon
@testable import Scheduling

/// No job of these tests is ever run.
private struct NoTasks: TaskRegistry {
    let catalog = TaskCatalog([])

    func task(for work: JobWork) throws(RunProblem) -> any JobTask { throw RunProblem("there are none") }
}

struct WatchdogTests {
    private func watchdog(_ folder: TemporaryFolder, every: String = "1h") throws -> (
        WatchdogService, FailingLedger
    ) {
        let store = try folder.store()
        let ledger = FailingLedger(store)
        folder.write("schedule.yaml", "jobs: { a: { run: health-check, every: \(every) } }")
        folder.write("4runr.yaml", "log: { level: info }")
        let installation = try Installation(
            settings: "\(folder.path)/4runr.yaml", schedule: nil, data: folder.data.path, environment: [:],
            runtime: .test())
        let logger = Logger.silent
        let scheduler = Scheduler(
            schedule: try installation.loadOrThrow(missingCommand: .isWarning).schedule, tasks: NoTasks(),
            ledger: ledger,
            runtime: .system(), logger: logger)
        return (
            WatchdogService(
                manager: ServiceManager(environment: [:]), scheduler: scheduler, store: store,
                runtime: .system(), logger: logger), ledger
        )
    }

    @Test func `a healthy daemon proves its life`() async throws {
        let folder = TemporaryFolder()
        let (watchdog, _) = try watchdog(folder)
        await watchdog.scheduler.start()
        #expect(await watchdog.proofOfLife(within: .seconds(5)) == nil)
    }

    @Test func `a scheduler's queue that stands still is no life`() async throws {
        let folder = TemporaryFolder()
        let (watchdog, _) = try watchdog(folder)
        let gate = DispatchSemaphore(value: 0)
        watchdog.scheduler.queue.async { gate.wait() }
        #expect(
            await watchdog.proofOfLife(within: .milliseconds(100))?.contains("the scheduler's queue did not answer")
                == true)
        gate.signal()
    }

    @Test func `a database that answers with an error is life`() async throws {
        let folder = TemporaryFolder()
        let (watchdog, ledger) = try watchdog(folder)
        ledger.fail(with: StorageError(.full, "x", "full"))
        await watchdog.scheduler.start()
        try watchdog.store.close()
        #expect(await watchdog.proofOfLife(within: .seconds(5)) == nil)
    }
}

struct StatusTextTests {
    @Test func `the status says what runs, what is next, and what is wrong`() throws {
        let folder = TemporaryFolder()
        folder.write("4runr.yaml", "log: { level: info }")
        folder.write("schedule.yaml", "timezone: America/Toronto\njobs: { backup: { run: backup, at: \"02:30\" } }")
        let installation = try Installation(
            settings: "\(folder.path)/4runr.yaml", schedule: nil, data: nil, environment: [:], runtime: .test())
        let schedule = try installation.loadOrThrow(missingCommand: .isWarning).schedule
        nonisolated(unsafe) var missing: [String] = []
        func text(_ change: (inout SchedulerStatus) -> Void) -> String {
            var status = SchedulerStatus(running: [], nextJob: nil, nextAt: nil, problem: nil, isStopping: false)
            change(&status)
            return StatusSummary(isSandbox: false, missing: { missing }, apiProblem: { nil }).text(status, schedule)
        }
        #expect(text { _ in } == "No job is due")
        #expect(
            text {
                $0.nextJob = "backup"
                $0.nextAt = moment("2026-11-22 07:30")
            } == "Next: backup at 2026-11-22 02:30:00 EST")
        #expect(
            text {
                $0.running = (1...7).map { .init(job: "j\($0)", run: Int64($0), since: moment("2026-01-01 00:00")) }
            } == "Running: j1, j2, j3, j4, j5 and 2 more")
        #expect(text { $0.problem = "no job starts: full" }.hasPrefix("Degraded: no job starts: full"))
        missing = ["serpapi_api_key", "profile"]
        #expect(text { _ in } == "No job is due; Not configured: serpapi_api_key, profile (see 4runr health)")
    }
}

struct InstallationTests {
    @Test(
        arguments: [
            (nil, [:], "/var/lib/4runr"), ("/x/", [:], "/x"),
            (nil, ["STATE_DIRECTORY": "/var/lib/a:/var/lib/b"], "/var/lib/a"),
            ("/x", ["STATE_DIRECTORY": "/y"], "/x"),
        ] as [(String?, [String: String], String)])
    func `the data folder is what was named, else systemd's, else the usual one`(
        named: String?, environment: [String: String], expected: String
    ) {
        #expect(Installation.dataFolder(named, environment: environment).path == expected)
    }
}

struct SandboxModeTests {
    @Test func `the Sandbox sees none of the owner's keys, whichever service they are for`() throws {
        let folder = TemporaryFolder()
        folder.write("4runr.yaml", "log: { level: info }")
        folder.write("sandbox.yaml", "jobs: { b: { run: backup, every: 1h } }")
        var environment = ["CREDENTIALS_DIRECTORY": "/nonexistent"]
        for name in LeadSettings.keyNames { environment[name.uppercased()] = "the-owners-own-key-\(name)" }
        let installation = try Installation(
            settings: "\(folder.path)/4runr.yaml", schedule: nil, data: folder.data.path, isSandbox: true,
            environment: environment, runtime: .test())
        let pointed = installation.pointing(to: Sandbox.Address(port: 1), hosts: [])
        #expect(LeadSettings.keyNames.count >= 4)
        #expect(!pointed.environment.values.contains { $0.contains("the-owners-own-key") })
        let loaded = try pointed.loadOrThrow(missingCommand: .isWarning)
        #expect(!loaded.leads.keys.values.contains { $0.reveal().contains("the-owners-own-key") })
    }
}

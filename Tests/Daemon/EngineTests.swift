import Backups
import Dispatch
import Foundation
import Leads
import Logging
import Operations
import Recurrence
import Scheduling
import Storage
import Synchronization
import Systemd
import TestSupport
import Testing
import Values

@testable import Daemon

/// The engine as a daemon has it, over a real folder.
struct EngineTests {
    private let folder = TemporaryFolder()

    private func installation(_ schedule: String) throws -> Installation {
        folder.write("4runr.yaml", "log: { level: info }")
        folder.write("schedule.yaml", schedule)
        return try Installation(
            settings: "\(folder.path)/4runr.yaml", schedule: nil, data: folder.data.path, environment: [:],
            runtime: .test())
    }

    private func engine(_ installation: Installation) async throws -> (engine: Engine, served: ServedFolder) {
        let served = try await installation.data.serve(socket: "", patience: .zero, logger: .silent)
        let loaded = try installation.loadOrThrow(missingCommand: .isWarning)
        return (Engine(loaded, served, installation, logger: .silent), served)
    }

    @Test func `a backup waits for another that is being made, also after a reload`() async throws {
        let installation = try installation("jobs: { b: { run: backup, every: 1h } }")
        let (engine, served) = try await engine(installation)
        _ = try await engine.reload(try installation.loadOrThrow(missingCommand: .isWarning))
        let (isHalfDone, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let isFirst = Mutex(true)
        let first = Task.detached {
            try await Blocking.run {
                try served.backups.create(of: served.store, .manual) { _ in
                    guard isFirst.withLock({ $0.take() }) else { return }
                    isHalfDone.signal()
                    mayGoOn.wait()
                }
            }
        }
        try await Blocking.run { isHalfDone.wait() }
        let second = Task.detached {
            let backups = engine.assembly.value.backups
            return try await Blocking.run { try backups.create(of: served.store, .scheduled) }
        }
        // Long enough for a backup of this size, if it did not wait.
        try await Task.sleep(for: .milliseconds(300))
        #expect(try served.backups.list().isEmpty)
        mayGoOn.signal()
        let made = [try await first.value.name, try await second.value.name]
        #expect(Set(try served.backups.list().map(\.name)) == Set(made))
    }

    @Test func `of two reloads, the files that were read last are in force`() async throws {
        let installation = try installation("jobs: { a: { run: backup, every: 1h } }")
        let (engine, served) = try await engine(installation)
        let reloader = Reloader(
            installation: installation, engine: engine, manager: ServiceManager(environment: [:]),
            summary: StatusSummary(isSandbox: false, missing: { [] }, apiProblem: { nil }), logger: .silent)
        folder.write(
            "schedule.yaml",
            "jobs:\n" + (0..<2_000).map { "  j\($0): { run: backup, cron: \"\($0 % 60) 9 * * 1-5\" }\n" }.joined())
        let slow = Task.detached { try await reloader.reload() }
        try await Task.sleep(for: .milliseconds(50))
        folder.write("schedule.yaml", "jobs: { last: { run: backup, every: 2h } }")
        let last = try await reloader.reload()
        let first = try await slow.value
        // Whichever of the two came to it.
        #expect((first.comparison.changes + last.comparison.changes).contains { $0.job == "last" })
        #expect(await engine.scheduler.current.jobs.map(\.name) == ["last"])
        withExtendedLifetime(served) {}
    }

    @Test func `another zone of the machine is at once the zone of what runs`() async throws {
        let (engine, served) = try await engine(try installation("jobs: { s: { run: scrape, at: \"08:00\" } }"))
        let comparison = try await engine.rezone { ZoneDatabase(variable: "Asia/Tokyo") }
        #expect(comparison != nil)
        #expect(engine.assembly.value.loaded.schedule.zone.name == "Asia/Tokyo")
        #expect(try await engine.rezone { ZoneDatabase(variable: "Asia/Tokyo") } == nil)
        withExtendedLifetime(served) {}
    }
}

extension Bool {
    /// Returns the value, which is false afterwards.
    fileprivate mutating func take() -> Bool {
        defer { self = false }
        return self
    }
}

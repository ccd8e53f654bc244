import Dispatch
import Foundation
import Storage
import TestSupport

/// Files and folders for one run of the program.
struct TestInstallation {
    let folder = TemporaryFolder()

    init(
        schedule: String = "timezone: \(Zones.atNoon)\njobs: { tick: { command: [/bin/true], every: 1h } }\n",
        settings: String = "log: { level: info }\n"
    ) {
        folder.write("4runr.yaml", settings)
        folder.write("schedule.yaml", schedule)
    }

    var arguments: [String] { ["--config", "\(folder.path)/4runr.yaml", "--data", folder.data.path] }

    func run(_ verb: String..., more: [String] = [], environment: [String: String] = [:]) async throws
        -> Program.Outcome
    {
        try await Program.run(verb + arguments + more, environment: environment)
    }

    func serve(environment: [String: String] = [:]) throws -> DaemonProcess {
        try DaemonProcess(arguments, folder: folder, environment: environment)
    }
}

extension TestInstallation {
    /// Runs a task while another connection holds the write lock.
    func runWhileLocked(_ store: Store) async throws -> Program.Outcome {
        let lock = LockHolder(store)
        defer { lock.release() }
        return try await run("run", "health-check")
    }
}

/// Holds a database's write lock on its own thread until it is released.
final class LockHolder: Sendable {
    private let gate = DispatchSemaphore(value: 0)

    init(_ store: Store) {
        let taken = DispatchSemaphore(value: 0)
        let gate = gate
        Thread.detachNewThread {
            try? store.holdingWriteLock {
                taken.signal()
                gate.wait()
            }
        }
        taken.wait()
    }

    func release() { gate.signal() }
}

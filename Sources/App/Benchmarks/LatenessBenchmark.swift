import AppConfiguration
import Foundation
import Glibc
import Leads
import Logging
import Operations
import Recurrence
import Scheduling
import Storage
import Synchronization
import Values

/// The time from a slot to the first instruction of its task, over a thousand slots of jobs that fire every second. It
/// uses the real timer and the real database, in which each run is recorded before it starts.
enum LatenessBenchmark {
    private static let jobs = 20
    private static let slots = 1_000

    static func run(_ daemon: MeasuredDaemon) async throws {
        let folder = try daemon.prepare(
            schedule: "jobs:\n" + (0..<jobs).map { "  job\($0): { run: note, every: 1s }\n" }.joined())
        defer { daemon.remove(folder) }
        let data = DataFolder("\(folder)/data")
        try data.prepare()
        let store = try Store(path: data.database)
        _ = try store.migrations.up {}
        let task = NoteTask()
        let reader = ScheduleReader(
            catalog: OneTask.catalog, zones: ZoneDatabase(),
            host: CommandHost(
                environment: [:], secrets: SecretStore(environment: [:], folder: nil), runtime: .system()),
            missingCommand: .isWarning, machineID: "", now: Runtime.system().now)
        let diagnostics = Diagnostics()
        guard let schedule = reader.read("\(folder)/schedule.yaml", diagnostics: diagnostics) else {
            throw ConfigurationProblem(diagnostics.all)
        }
        let scheduler = Scheduler(
            schedule: schedule, tasks: OneTask(task: task), ledger: StoreLedger(store: store, version: "benchmark"),
            runtime: .system(),
            logger: Logger(label: "", factory: { _ in SwiftLogNoOpLogHandler() }))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await scheduler.run() }
            await scheduler.start()
            try? await Task.sleep(for: .seconds(slots / jobs + 1))
            await scheduler.drain(grace: .seconds(1))
        }
        let late = task.lateness
        let values = Figure.percentiles(late, [0.5, 0.99, 1])
        try Figure(name: "lateness.slots", value: Double(late.count), unit: "1").report()
        try Figure(name: "lateness.p50", value: values[0], unit: "ms").report()
        try Figure(name: "lateness.p99", value: values[1], unit: "ms", aim: 10).report()
        try Figure(name: "lateness.max", value: values[2], unit: "ms").report()
    }

    /// Records how many milliseconds after its slot it runs.
    private final class NoteTask: JobTask {
        private let values = Mutex<[Double]>([])

        var lateness: [Double] { values.withLock { $0 } }

        func run(_ run: RunContext) async throws -> TaskResult {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            if let slot = run.slot {
                let milliseconds = Double(now.tv_sec - Int(slot.seconds)) * 1_000 + Double(now.tv_nsec) / 1e6
                values.withLock { $0.append(milliseconds) }
            }
            return .success(output: nil)
        }
    }
}

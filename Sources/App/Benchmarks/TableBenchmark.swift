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

/// A schedule with very many jobs: reading, arming and reloading it; and many jobs that are due at the same moment.
enum TableBenchmark {
    private static let jobs = 100_000
    private static let together = 1_000

    static func run(_ daemon: MeasuredDaemon) async throws {
        let lines = (0..<jobs).map { "  job\($0): { run: note, every: \(3_600 + $0 % 1_000)s }\n" }
        let folder = try daemon.prepare(schedule: "jobs:\n" + lines.joined())
        defer { daemon.remove(folder) }
        let clock = ContinuousClock()
        let before = resident()
        var schedule: Schedule?
        let loaded = try clock.measure { schedule = try read(folder) }
        guard let schedule else { return }
        try Figure(name: "table.load", value: loaded.inMilliseconds, unit: "ms", aim: 1_000).report()
        let store = try store(in: folder)
        let scheduler = scheduler(schedule, StartTask(), store)
        let begin = clock.now
        await scheduler.start()
        try Figure(name: "table.arm", value: (clock.now - begin).inMilliseconds, unit: "ms", aim: 1_000).report()
        let other = try read(folder)
        let again = clock.now
        _ = try await scheduler.reload(other)
        try Figure(name: "table.reload", value: (clock.now - again).inMilliseconds, unit: "ms", aim: 1_000).report()
        let each = Double(resident() - before) * 1_024 / Double(jobs)
        try Figure(name: "table.memory", value: each, unit: "B/job").report()
    }

    static func together(_ daemon: MeasuredDaemon) async throws {
        let moment = Int64(Date().timeIntervalSince1970) + 2
        let time = Timestamp(seconds: moment).description.dropFirst(11).prefix(8)
        let lines = (0..<together).map { "  job\($0): { run: note, at: \"\(time)\" }\n" }
        let folder = try daemon.prepare(schedule: "timezone: UTC\njobs:\n" + lines.joined())
        defer { daemon.remove(folder) }
        let task = StartTask()
        let scheduler = scheduler(try read(folder), task, try store(in: folder))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await scheduler.run() }
            await scheduler.start()
            try? await Task.sleep(for: .seconds(4))
            await scheduler.drain(grace: .seconds(1))
        }
        let starts = task.starts.map { Double($0) / 1e6 - Double(moment) * 1_000 }.sorted()
        guard let first = starts.first, let last = starts.last, starts.count == together else {
            throw MeasuredDaemon.Failure(description: "\(starts.count) of \(together) started")
        }
        try Figure(name: "together.first", value: first, unit: "ms").report()
        try Figure(name: "together.spread", value: last - first, unit: "ms", aim: 5).report()
    }

    private static func read(_ folder: String) throws -> Schedule {
        let diagnostics = Diagnostics()
        let reader = ScheduleReader(
            catalog: OneTask.catalog, zones: ZoneDatabase(),
            host: CommandHost(
                environment: [:], secrets: SecretStore(environment: [:], folder: nil), runtime: .system()),
            missingCommand: .isWarning, machineID: "", now: Runtime.system().now)
        guard let schedule = reader.read("\(folder)/schedule.yaml", diagnostics: diagnostics) else {
            throw ConfigurationProblem(Array(diagnostics.all.prefix(5)))
        }
        return schedule
    }

    private static func store(in folder: String) throws -> Store {
        let data = DataFolder("\(folder)/data")
        try data.prepare()
        let store = try Store(path: data.database)
        _ = try store.migrations.up {}
        return store
    }

    private static func scheduler(_ schedule: Schedule, _ task: StartTask, _ store: Store) -> Scheduler {
        Scheduler(
            schedule: schedule, tasks: OneTask(task: task), ledger: StoreLedger(store: store, version: "benchmark"),
            runtime: .system(),
            logger: Logger(label: "", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    /// The resident memory in kilobytes.
    private static func resident() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    /// Records when it starts, in nanoseconds since 1970.
    private final class StartTask: JobTask {
        private let values = Mutex<[Int]>([])

        var starts: [Int] { values.withLock { $0 } }

        func run(_ run: RunContext) async throws -> TaskResult {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            let moment = now.tv_sec * 1_000_000_000 + now.tv_nsec
            values.withLock { $0.append(moment) }
            return .success(output: nil)
        }
    }
}

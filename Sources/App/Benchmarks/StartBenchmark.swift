import Foundation
import Leads
import Storage
import Values

/// The time from the start of the process to READY: with a new database, an existing one, and one with a long history.
enum StartBenchmark {
    private static let schedule = """
        jobs:
          backup: { run: backup, at: "02:30" }
          health: { run: health-check, every: 5m }
        """
    private static let rounds = 11

    static func run(_ daemon: MeasuredDaemon) throws {
        try Figure(name: "start.new-database", value: try median(daemon, rows: nil), unit: "ms", aim: 50).report()
        try Figure(name: "start.existing-database", value: try median(daemon, rows: 0), unit: "ms", aim: 25).report()
        try Figure(name: "start.100000-runs", value: try median(daemon, rows: 100_000), unit: "ms", aim: 25).report()
    }

    /// - Parameter rows: the number of runs in the database; nil to create a new database in each round.
    private static func median(_ daemon: MeasuredDaemon, rows: Int?) throws -> Double {
        let folder = try daemon.prepare(schedule: schedule)
        defer { daemon.remove(folder) }
        if let rows { try fill(DataFolder("\(folder)/data"), rows) }
        var values: [Double] = []
        for _ in 0..<rounds {
            if rows == nil { try? FileManager.default.removeItem(atPath: "\(folder)/data") }
            let instance = try daemon.start(in: folder)
            values.append(instance.readyAfter.inMilliseconds)
            instance.stop()
        }
        return Figure.percentiles(values, [0.5])[0]
    }

    private static func fill(_ folder: DataFolder, _ rows: Int) throws {
        try folder.prepare()
        let store = try Store(path: folder.database)
        _ = try store.migrations.up {}
        for batch in stride(from: 0, to: rows, by: 1_000) {
            var changes: [RunChange] = []
            for row in batch..<min(rows, batch + 1_000) {
                var run = NewRun(job: "health", type: "health-check", status: .success, trigger: .schedule)
                run.scheduledFor = Timestamp(seconds: 1_600_000_000 + Int64(row) * 300)
                run.startedAt = run.scheduledFor
                run.completedAt = run.scheduledFor
                changes.append(.open(run))
            }
            _ = try store.runs.commit(changes, version: "benchmark")
        }
        try store.close()
    }
}

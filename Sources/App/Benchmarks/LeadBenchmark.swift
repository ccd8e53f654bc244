import Foundation
import Glibc
import Values

/// How many leads per second pass through the Intake, and through the whole pipeline with stand-ins that respond at
/// once.
enum LeadBenchmark {
    static func intake(_ daemon: MeasuredDaemon) throws {
        let folder = try daemon.prepare(schedule: "jobs: { health: { run: health-check, every: 1d } }\n")
        defer { daemon.remove(folder) }
        let count = 20_000
        try Bench.people(count, hosts: nil).write(toFile: "\(folder)/people.csv", atomically: true, encoding: .utf8)
        let first = try Bench.run(daemon, ["leads", "import", "\(folder)/people.csv"], folder)
        let again = try Bench.run(daemon, ["leads", "import", "\(folder)/people.csv"], folder)
        try Figure(name: "intake.new", value: Double(count) / first.seconds, unit: "leads/s").report()
        try Figure(name: "intake.known", value: Double(count) / again.seconds, unit: "leads/s").report()
        try Figure(name: "intake.resident", value: first.resident, unit: "MB").report()
    }

    static func pipeline(_ daemon: MeasuredDaemon) throws {
        let folder = try daemon.prepare(schedule: "jobs: { health: { run: health-check, every: 1d } }\n")
        defer { daemon.remove(folder) }
        let sandbox = try Bench.StandIns(daemon)
        defer { sandbox.stop() }
        let count = 2_000
        try Bench.people(count, hosts: sandbox.hosts).write(
            toFile: "\(folder)/people.csv", atomically: true, encoding: .utf8)
        _ = try Bench.run(daemon, ["leads", "import", "\(folder)/people.csv"], folder)
        let outcome = try Bench.run(daemon, ["pipeline"], folder, sandbox.environment)
        let calls = try Bench.run(daemon, ["calls", "--json"], folder)
        let made = try JSONDecoder().decode([Calls].self, from: Data(calls.output.utf8)).map(\.month).reduce(0, +)
        try Figure(name: "pipeline.leads", value: Double(count) / outcome.seconds, unit: "leads/s").report()
        try Figure(name: "pipeline.calls", value: Double(made) / Double(count), unit: "calls/lead").report()
        try Figure(name: "pipeline.resident", value: outcome.resident, unit: "MB").report()
    }

    /// How late jobs start in a daemon while its pipeline is working: from the slot to the row that says `running`.
    static func busy(_ daemon: MeasuredDaemon) throws {
        let ticks = (0..<10).map { "  tick\($0): { run: health-check, every: 1s }\n" }.joined()
        let folder = try daemon.prepare(schedule: "jobs:\n  all: { run: pipeline, at_start: true }\n" + ticks)
        defer { daemon.remove(folder) }
        let sandbox = try Bench.StandIns(daemon)
        defer { sandbox.stop() }
        try Bench.people(4_000, hosts: sandbox.hosts).write(
            toFile: "\(folder)/people.csv", atomically: true, encoding: .utf8)
        _ = try Bench.run(daemon, ["leads", "import", "\(folder)/people.csv"], folder)
        let instance = try daemon.start(in: folder, environment: sandbox.environment)
        Thread.sleep(forTimeInterval: 20)
        instance.stop()
        try lateness(of: "tick", named: "busy", aim: 10, daemon, folder)
    }

    /// Reports how long after their slots the runs of jobs whose name begins with `prefix` began, by their rows.
    static func lateness(
        of prefix: String, named name: String, aim: Double, _ daemon: MeasuredDaemon, _ folder: String
    ) throws {
        let runs = try Bench.run(daemon, ["runs", "--limit", "100000", "--json"], folder)
        let rows = try JSONDecoder().decode([Row].self, from: Data(runs.output.utf8))
        let late = rows.compactMap { row -> Double? in
            guard row.job_name.hasPrefix(prefix), let slot = row.scheduled_for, let start = row.started_at else {
                return nil
            }
            return (Timestamp(parsing: start)?.since(Timestamp(parsing: slot) ?? .distantPast))?.inMilliseconds
        }
        let values = Figure.percentiles(late, [0.5, 0.99, 1])
        try Figure(name: "\(name).slots", value: Double(late.count), unit: "1").report()
        try Figure(name: "\(name).p50", value: values[0], unit: "ms").report()
        try Figure(name: "\(name).p99", value: values[1], unit: "ms", aim: aim).report()
        try Figure(name: "\(name).max", value: values[2], unit: "ms").report()
    }

    private struct Row: Decodable {
        let job_name: String
        let scheduled_for: String?
        let started_at: String?
    }

    private struct Calls: Decodable { let month: Int }
}

import Foundation

/// What a sync costs: calls compared with the minimum, time compared with the pace, memory compared with the number of
/// records.
enum SyncBenchmark {
    private struct Run: Decodable {
        struct Report: Decodable { let counts: [String: Int] }
        let output: Report?
        var calls: Int { output?.counts["calls"] ?? 0 }
    }

    private static func sync(
        _ daemon: MeasuredDaemon, _ folder: String, _ standIns: Bench.StandIns, _ arguments: [String] = []
    ) throws -> (calls: Int, outcome: Bench.Outcome) {
        let outcome = try Bench.run(daemon, ["sync"] + arguments + ["--json"], folder, standIns.environment)
        return (try JSONDecoder().decode(Run.self, from: Data(outcome.output.utf8)).calls, outcome)
    }

    private static func fill(_ daemon: MeasuredDaemon, _ folder: String, _ count: Int) throws {
        try Bench.people(count, hosts: nil).write(toFile: "\(folder)/people.csv", atomically: true, encoding: .utf8)
        _ = try Bench.run(daemon, ["leads", "import", "\(folder)/people.csv"], folder)
    }

    /// Changes this many leads in the database, as another program would.
    private static func change(_ folder: String, _ count: Int, to location: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = [
            "\(folder)/data/leads.db",
            "UPDATE leads SET location = '\(location)', sync_pending = 1, revision = revision + 1 WHERE id <= \(count)",
        ]
        try process.run()
        process.waitUntilExit()
    }

    private static let schedule = "jobs: { health: { run: health-check, every: 1d } }\n"

    /// Syncs ten thousand leads for the first time, then five hundred changed ones, then none.
    static func run(_ daemon: MeasuredDaemon) throws {
        let folder = try daemon.prepare(schedule: schedule)
        defer { daemon.remove(folder) }
        let standIns = try Bench.StandIns(daemon)
        defer { standIns.stop() }
        let count = 10_000
        try fill(daemon, folder, count)
        let first = try sync(daemon, folder, standIns)
        // The schema, one empty page, and the writes.
        try Figure(name: "sync.first.calls", value: Double(first.calls), unit: "calls", aim: Double(count / 10 + 2))
            .report()
        // The first sync's own changes are read back by the next sync.
        let echo = try sync(daemon, folder, standIns)
        try Figure(name: "sync.echo.calls", value: Double(echo.calls), unit: "calls", aim: Double(count / 100)).report()
        try waitForOverlap()
        _ = try sync(daemon, folder, standIns)
        try change(folder, 500, to: "Elsewhere")
        let changed = try sync(daemon, folder, standIns)
        try Figure(name: "sync.changed500.calls", value: Double(changed.calls), unit: "calls", aim: 51).report()
        try Figure(name: "sync.changed500.time", value: changed.outcome.seconds, unit: "s").report()
        try waitForOverlap()
        _ = try sync(daemon, folder, standIns)
        try waitForOverlap()
        let nothing = try sync(daemon, folder, standIns)
        try Figure(name: "sync.nothing.calls", value: Double(nothing.calls), unit: "calls", aim: 1).report()
        try Figure(name: "sync.nothing.time", value: nothing.outcome.seconds, unit: "s").report()
        // Compared with one request for each record at each of the three syncs.
        let made = first.calls + changed.calls + nothing.calls
        try Figure(name: "sync.saved", value: 100 - 100 * Double(made) / Double(3 * count), unit: "%").report()
        let full = try sync(daemon, folder, standIns, ["--full"])
        try Figure(name: "sync.full.calls", value: Double(full.calls), unit: "calls", aim: Double(count / 100 + 1))
            .report()
    }

    /// Waits for longer than a pull looks back beyond the previous one, which is five seconds here.
    private static func waitForOverlap() throws { Thread.sleep(forTimeInterval: 7) }

    /// The first sync of ten thousand leads at Airtable's real pace of four calls per second.
    static func pace(_ daemon: MeasuredDaemon) throws {
        let folder = try daemon.prepare(schedule: schedule)
        defer { daemon.remove(folder) }
        let standIns = try Bench.StandIns(daemon, airtableRate: 5, callsPerSecond: 4)
        defer { standIns.stop() }
        try fill(daemon, folder, 10_000)
        let first = try sync(daemon, folder, standIns)
        let bound = Double(first.calls - 1) / 4
        try Figure(name: "sync.pace.time", value: first.outcome.seconds, unit: "s", aim: bound * 1.05).report()
        try Figure(name: "sync.pace.over", value: 100 * (first.outcome.seconds / bound - 1), unit: "%", aim: 5).report()
    }

    /// The memory of a first sync of 1,000 and of 200,000 leads, in each direction.
    static func memory(_ daemon: MeasuredDaemon) throws {
        for count in [1_000, 200_000] {
            let folder = try daemon.prepare(schedule: schedule)
            let other = try daemon.prepare(schedule: schedule)
            defer {
                daemon.remove(folder)
                daemon.remove(other)
            }
            let standIns = try Bench.StandIns(daemon)
            defer { standIns.stop() }
            try fill(daemon, folder, count)
            let push = try sync(daemon, folder, standIns)
            try Figure(name: "sync.push\(count).resident", value: push.outcome.resident, unit: "MB").report()
            // A second database finds all of them in Airtable.
            let pull = try sync(daemon, other, standIns, ["pull"])
            try Figure(name: "sync.pull\(count).resident", value: pull.outcome.resident, unit: "MB").report()
            try Figure(name: "sync.pull\(count).time", value: pull.outcome.seconds, unit: "s").report()
        }
    }
}

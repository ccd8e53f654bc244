import Foundation

/// How much memory an idle daemon uses, and how often it wakes.
enum MemoryBenchmark {
    static func run(_ daemon: MeasuredDaemon, rest: Int) throws {
        let folder = try daemon.prepare(
            schedule: "jobs: { backup: { run: backup, at: \"02:30\" }, health: { run: health-check, every: 5m } }\n")
        defer { daemon.remove(folder) }
        let instance = try daemon.start(in: folder)
        defer { instance.stop() }
        let pid = instance.process.processIdentifier
        let before = switches(pid)
        Thread.sleep(forTimeInterval: Double(rest))
        let perMinute = Double(switches(pid) - before) * 60 / Double(max(1, rest))
        let memory = try sizes(pid)
        // Memory that no other process could share: written pages, excluding those of the program's file.
        try Figure(name: "idle.private", value: Double(memory["Anonymous"] ?? 0) / 1_024, unit: "MB", aim: 8).report()
        try Figure(name: "idle.resident", value: Double(memory["Rss"] ?? 0) / 1_024, unit: "MB", aim: 30).report()
        try Figure(name: "idle.wakeups", value: perMinute, unit: "1/min", aim: 10).report()
    }

    /// The sizes in smaps_rollup, proc(5), in kilobytes by name.
    private static func sizes(_ pid: Int32) throws -> [String: Int] {
        let text = try String(contentsOfFile: "/proc/\(pid)/smaps_rollup", encoding: .utf8)
        var sizes: [String: Int] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == ":" })
            if words.count >= 2, let number = Int(words[1]) { sizes[String(words[0])] = number }
        }
        return sizes
    }

    /// The voluntary context switches of all threads. Each one is a wake-up.
    private static func switches(_ pid: Int32) -> Int {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
        return tasks.reduce(0) { sum, task in
            let text = (try? String(contentsOfFile: "/proc/\(pid)/task/\(task)/status", encoding: .utf8)) ?? ""
            let line = text.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") }
            return sum + (line.flatMap { Int($0.split(separator: "\t").last ?? "") } ?? 0)
        }
    }
}

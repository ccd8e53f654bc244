import Values
import Foundation
import Glibc

/// How many leads a second go through the Intake, and through the whole pipeline with stand-ins that answer at once.
enum LeadBenchmark {
    static func intake(_ daemon: MeasuredDaemon) throws {
        let folder = try daemon.prepare(schedule: "jobs: { health: { run: health-check, every: 1d } }\n")
        defer { daemon.remove(folder) }
        let count = 20_000
        try people(count, hosts: nil).write(toFile: "\(folder)/people.csv", atomically: true, encoding: .utf8)
        let first = try run(daemon, ["leads", "import", "\(folder)/people.csv"], folder)
        let again = try run(daemon, ["leads", "import", "\(folder)/people.csv"], folder)
        try Figure(name: "intake.new", value: Double(count) / first.seconds, unit: "leads/s").report()
        try Figure(name: "intake.known", value: Double(count) / again.seconds, unit: "leads/s").report()
        try Figure(name: "intake.resident", value: first.resident, unit: "MB").report()
    }

    static func pipeline(_ daemon: MeasuredDaemon) throws {
        let folder = try daemon.prepare(schedule: "jobs: { health: { run: health-check, every: 1d } }\n")
        defer { daemon.remove(folder) }
        let sandbox = try StandIns(daemon)
        defer { sandbox.stop() }
        let count = 2_000
        try people(count, hosts: sandbox.hosts).write(toFile: "\(folder)/people.csv", atomically: true, encoding: .utf8)
        _ = try run(daemon, ["leads", "import", "\(folder)/people.csv"], folder)
        let outcome = try run(daemon, ["pipeline"], folder, sandbox.environment)
        let calls = try run(daemon, ["calls", "--json"], folder)
        let made = try JSONDecoder().decode([Calls].self, from: Data(calls.output.utf8)).map(\.month).reduce(0, +)
        try Figure(name: "pipeline.leads", value: Double(count) / outcome.seconds, unit: "leads/s").report()
        try Figure(name: "pipeline.calls", value: Double(made) / Double(count), unit: "calls/lead").report()
        try Figure(name: "pipeline.resident", value: outcome.resident, unit: "MB").report()
    }

    /// How late jobs start in a daemon whose pipeline is at work meanwhile: from the slot to the row that says `running`.
    static func busy(_ daemon: MeasuredDaemon) throws {
        let ticks = (0..<10).map { "  tick\($0): { run: health-check, every: 1s }\n" }.joined()
        let folder = try daemon.prepare(schedule: "jobs:\n  all: { run: pipeline, at_start: true }\n" + ticks)
        defer { daemon.remove(folder) }
        let sandbox = try StandIns(daemon)
        defer { sandbox.stop() }
        try people(4_000, hosts: sandbox.hosts).write(toFile: "\(folder)/people.csv", atomically: true, encoding: .utf8)
        _ = try run(daemon, ["leads", "import", "\(folder)/people.csv"], folder)
        let instance = try daemon.start(in: folder, environment: sandbox.environment)
        Thread.sleep(forTimeInterval: 20)
        instance.stop()
        let runs = try run(daemon, ["runs", "--limit", "100000", "--json"], folder)
        let rows = try JSONDecoder().decode([Row].self, from: Data(runs.output.utf8))
        let late = rows.compactMap { row -> Double? in
            guard row.job_name.hasPrefix("tick"), let slot = row.scheduled_for, let start = row.started_at else {
                return nil
            }
            return (Timestamp(parsing: start)?.since(Timestamp(parsing: slot) ?? .distantPast))?.inMilliseconds
        }
        let values = Figure.percentiles(late, [0.5, 0.99, 1])
        try Figure(name: "busy.slots", value: Double(late.count), unit: "1").report()
        try Figure(name: "busy.p50", value: values[0], unit: "ms").report()
        try Figure(name: "busy.p99", value: values[1], unit: "ms", aim: 10).report()
        try Figure(name: "busy.max", value: values[2], unit: "ms").report()
    }

    private struct Row: Decodable {
        let job_name: String
        let scheduled_for: String?
        let started_at: String?
    }

    /// Stand-ins for the services outside, in a process of their own.
    private struct StandIns {
        let environment: [String: String]
        private let process: Process

        init(_ daemon: MeasuredDaemon) throws {
            process = Process()
            process.executableURL = URL(fileURLWithPath: daemon.program)
            process.arguments = ["sandbox", "--airtable-rate", "100000"]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            var text = ""
            while !text.contains("SERPAPI_API_KEY="), case let data = pipe.fileHandleForReading.availableData,
                !data.isEmpty
            { text += String(decoding: data, as: UTF8.self) }
            var environment = [
                "FOURRUNR_OPENAI_CALLS_PER_SECOND": "10000", "FOURRUNR_AIRTABLE_CALLS_PER_SECOND": "50",
                "FOURRUNR_MESSAGING_SENDER_NAME": "Robin Sample", "FOURRUNR_MESSAGING_OFFER": "We help.",
            ]
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                guard let mark = line.firstIndex(of: "=") else { continue }
                environment[String(line[..<mark])] = String(line[line.index(after: mark)...])
            }
            self.environment = environment
        }

        var hosts: [String] {
            (environment["FOURRUNR_NETWORK_HOSTS"]?.split(separator: ",") ?? [])
                .map { String($0.prefix { $0 != "=" }) }.filter { !$0.hasPrefix("www.") && !$0.hasPrefix("news") }
        }

        func stop() { kill(process.processIdentifier, SIGKILL) }
    }

    private struct Calls: Decodable { let month: Int }

    private struct Outcome {
        let seconds: Double
        let output: String
        /// The most that it had in memory, in MB.
        let resident: Double
    }

    private static func run(
        _ daemon: MeasuredDaemon, _ arguments: [String], _ folder: String, _ environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: daemon.program)
        process.arguments = arguments + ["--config", "\(folder)/4runr.yaml", "--data", "\(folder)/data"]
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        let clock = ContinuousClock()
        let begin = clock.now
        try process.run()
        let peak = Peak(process.processIdentifier)
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let seconds = (clock.now - begin) / .seconds(1)
        guard process.terminationStatus == 0 else {
            throw MeasuredDaemon.Failure(description: "\(arguments) ended with \(process.terminationStatus): \(output)")
        }
        return Outcome(seconds: seconds, output: output, resident: peak.megabytes)
    }

    /// Watches how large a process becomes: VmHWM of proc(5).
    private final class Peak: @unchecked Sendable {
        // Guarded by `lock`.
        private var kilobytes = 0
        private let lock = NSLock()

        init(_ pid: Int32) {
            Thread.detachNewThread {
                while let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
                    let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM") })
                {
                    self.lock.withLock { self.kilobytes = max(self.kilobytes, Int(line.filter(\.isNumber)) ?? 0) }
                    Thread.sleep(forTimeInterval: 0.02)
                }
            }
        }

        var megabytes: Double { lock.withLock { Double(kilobytes) / 1_024 } }
    }

    /// People who are all different.
    private static func people(_ count: Int, hosts: [String]?) -> String {
        let syllables = [
            "ba", "ke", "lo", "mi", "ra", "sen", "tor", "vil", "ni", "da", "gu", "pe", "shi", "wen", "fri", "mar",
        ]
        func word(_ number: Int, _ length: Int) -> String {
            var (number, text) = (number, "")
            for _ in 0..<length {
                text += syllables[number % 16]
                number /= 16
            }
            return text.capitalized
        }
        var text = "Full Name,Title,Company,Email,LinkedIn URL,Location,Website\n"
        for number in 0..<count {
            let (first, last) = (word(number, 2), word(number &* 31, 3))
            let company = word(number / 20 &* 17, 3)
            let host = hosts.map { $0[number % max(1, $0.count)] } ?? "\(company.lowercased()).example"
            text +=
                "\(first) \(last),Operations Manager,\(company) Ltd,\(first).\(last)\(number)@\(company).example,https://www.linkedin.com/in/\(first)-\(last)-\(number),\"Toronto, Ontario\",https://\(host)\n"
        }
        return text
    }
}

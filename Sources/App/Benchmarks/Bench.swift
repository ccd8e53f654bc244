import Foundation
import Glibc

/// Shared by the benchmarks with leads.
enum Bench {
    /// Stand-ins for the external services, in their own process.
    struct StandIns {
        let environment: [String: String]
        private let process: Process

        /// - Parameters:
        ///   - airtableRate: how many calls per second the stand-in for Airtable accepts.
        ///   - callsPerSecond: how many calls per second the program makes to it.
        init(_ daemon: MeasuredDaemon, airtableRate: Int = 100_000, callsPerSecond: Int = 50) throws {
            process = Process()
            process.executableURL = URL(fileURLWithPath: daemon.program)
            process.arguments = ["sandbox", "--airtable-rate", "\(airtableRate)"]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            var text = ""
            while !text.contains("SERPAPI_API_KEY="), case let data = pipe.fileHandleForReading.availableData,
                !data.isEmpty
            { text += String(decoding: data, as: UTF8.self) }
            var environment = [
                "FOURRUNR_OPENAI_CALLS_PER_SECOND": "10000", "FOURRUNR_AIRTABLE_OVERLAP": "5s",
                "FOURRUNR_AIRTABLE_CALLS_PER_SECOND": "\(callsPerSecond)",
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

    struct Outcome {
        let seconds: Double
        let output: String
        /// The maximum resident memory, in MB.
        let resident: Double
    }

    static func run(
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

    /// Records the maximum size of a process: VmHWM of proc(5).
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

    /// People who all differ from each other, as CSV.
    static func people(_ count: Int, hosts: [String]?) -> String {
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

import ArgumentParser
import Foundation

/// Measures what the program promises. Prints one line of JSON for each figure: name, value, unit, and aim.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measure the program; a line of JSON for each figure.",
        discussion: "Starts the built 4runr from the folder that this program is in, or the one of --program.",
        subcommands: [APIBenchmark.self, FindingBenchmark.self])

    @Option(name: .long, help: ArgumentHelp("The program to measure.", valueName: "file"))
    var program: String?

    @Option(
        name: .long,
        help:
            "Only the group of this name, or those whose name contains it: start, memory, lateness, arithmetic, table, together, busy, intake, people, pipeline, sync, sync-pace, sync-memory."
    )
    var only = ""

    @Option(name: .long, help: "Seconds to let the daemon rest before its memory is read.")
    var rest = 60

    func run() async throws {
        let daemon = MeasuredDaemon(program: program ?? MeasuredDaemon.sibling)
        let groups: [(String, () async throws -> Void)] = [
            ("arithmetic", { try ArithmeticBenchmark.run() }),
            ("start", { try StartBenchmark.run(daemon) }),
            ("memory", { try MemoryBenchmark.run(daemon, rest: rest) }),
            ("lateness", { try await LatenessBenchmark.run(daemon) }),
            ("table", { try await TableBenchmark.run(daemon) }),
            ("together", { try await TableBenchmark.together(daemon) }),
            ("busy", { try LeadBenchmark.busy(daemon) }),
            ("intake", { try LeadBenchmark.intake(daemon) }),
            ("people", { try PeopleBenchmark.run(daemon) }),
            ("pipeline", { try LeadBenchmark.pipeline(daemon) }),
            ("sync", { try SyncBenchmark.run(daemon) }),
            ("sync-pace", { try SyncBenchmark.pace(daemon) }),
            ("sync-memory", { try SyncBenchmark.memory(daemon) }),
        ]
        let isOne = groups.contains { $0.0 == only }
        for (name, group) in groups where isOne ? name == only : name.contains(only) || only.isEmpty {
            try await group()
        }
    }
}

/// One measured value.
struct Figure: Encodable {
    let name: String
    let value: Double
    let unit: String
    /// The value that it should not exceed; nil when there is none.
    var aim: Double?

    func report() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(self), as: UTF8.self))
    }

    /// The values at the given fractions of the sorted list, in the order given.
    static func percentiles(_ values: [Double], _ shares: [Double]) -> [Double] {
        let sorted = values.sorted()
        return shares.map { sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * $0))] }
    }
}

import ArgumentParser
import Daemon
import Scheduling
import Storage
import Values

struct Calls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "Show how often each service outside was called.",
        discussion: """
            Every request counts, also one that is repeated. Days and months are UTC's, as the services bill.

            Exit codes: 0 done; 65 the database is of another version; 69 it may not be read.
            """)

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    private struct Line: Encodable {
        let service: String
        let today: Int
        let month: Int
    }

    func run() async throws {
        try await carryingOut {
            let installation = try location.ownedInstallation()
            let store = try Inspection.currentStore(in: installation)
            let day = String(Surroundings.runtime.now.description.prefix(10))
            let month = try store?.calls.counts(from: "\(day.prefix(8))01", through: day) ?? [:]
            let today = try store?.calls.counts(from: day, through: day) ?? [:]
            let lines = month.keys.sorted().map { Line(service: $0, today: today[$0] ?? 0, month: month[$0] ?? 0) }
            if output.json { return try Terminal.json(lines) }
            guard !lines.isEmpty else { return Terminal.say("no calls this month") }
            var table = Table("SERVICE", "TODAY", "THIS MONTH")
            for line in lines { table.add(.init(line.service, .bold), .init("\(line.today)"), .init("\(line.month)")) }
            table.print()
        }
    }
}

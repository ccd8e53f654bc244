import ArgumentParser
import Daemon
import Operations
import Values

struct Calls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "Show how often each external service was called.",
        discussion: help(
            """
            Every request counts, also one that is repeated. Days and months are those of UTC, as the services
            bill.
            """,
            examples: "sudo 4runr calls",
            exits: [0: "done", 65: "the database is of another version", 69: "the database may not be read"]))

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let request = CountCalls.Request(until: Caller.runtime.now)
            let lines = try await CountCalls.perform(request, in: try location.operations()).lines
            if output.json { return try Terminal.json(lines) }
            guard !lines.isEmpty else { return Terminal.say("no calls this month") }
            var table = Table("SERVICE", "TODAY", "THIS MONTH")
            for line in lines { table.add(.init(line.service, .bold), .init("\(line.today)"), .init("\(line.month)")) }
            table.print()
        }
    }
}

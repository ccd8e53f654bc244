import ArgumentParser
import Operations

struct Health: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Look at the daemon, the database, the disk, jobs and backups, and at what is not configured yet.",
        discussion: help(
            examples: "sudo 4runr health",
            exits: [
                0: "all is well, or there are only warnings", 69: "something is failing",
                78: "the settings or the schedule are wrong",
            ]))

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let report = try await CheckHealth.perform(.init(), in: try location.operations())
            if output.json {
                try Terminal.json(report)
            } else {
                var table = Table("PART", "IS", "")
                for check in report.checks {
                    let style: Terminal.Style =
                        switch check.status {
                        case "ok": .green
                        case "warning": .yellow
                        default: .red
                        }
                    table.add(.init(check.name, .bold), .init(check.status, style), .init(check.message))
                }
                table.print()
            }
            if report.isFailing { throw ExitCode(69) }
        }
    }
}

import ArgumentParser
import Operations

struct ConfigVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look at the settings.",
        discussion: help(
            examples: "4runr config show"), subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print every setting in force, and where it comes from.",
            discussion: help(
                """
                Secrets are not settings and are never printed.
                """,
                examples: "FOURRUNR_LOG_LEVEL=debug 4runr config show",
                exits: [0: "done", 78: "the settings or the schedule are wrong"]))

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let shown = try await ShowSettings.perform(.init(), in: try location.operationsAsCaller())
                if output.json { return try Terminal.json(shown.entries) }
                var table = Table("SETTING", "VALUE", "FROM")
                for entry in shown.entries {
                    table.add(
                        .init(entry.key, .bold), .init(entry.value.isEmpty ? "\"\"" : entry.value),
                        .init(entry.origin, .dim))
                }
                table.print()
                Terminal.say("")
                Terminal.say("schedule  \(shown.scheduleFile)")
                Terminal.say("data      \(shown.dataFolder)")
            }
        }
    }
}

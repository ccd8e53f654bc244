import AppConfiguration
import ArgumentParser
import Daemon
import Scheduling
import Storage

struct ConfigVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look at the settings.", subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print every setting that is in force and where it comes from.",
            discussion: "Secrets are not settings and are never printed.\n\nExit codes: 0 done; 78 the files are wrong."
        )

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let installation = try location.installation()
                let loaded = try installation.loadOrThrow(missingCommand: .isWarning)
                if output.json { return try Terminal.json(loaded.entries) }
                var table = Table("SETTING", "VALUE", "FROM")
                for entry in loaded.entries {
                    table.add(
                        .init(entry.key, .bold), .init(entry.value.isEmpty ? "\"\"" : entry.value),
                        .init(entry.origin, .dim))
                }
                table.print()
                Terminal.say("")
                Terminal.say("schedule  \(installation.files.schedule)")
                Terminal.say("data      \(installation.folder.path)")
            }
        }
    }
}

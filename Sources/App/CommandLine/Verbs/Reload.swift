import ArgumentParser
import Operations

struct Reload: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Have the daemon read its files again.",
        discussion: help(
            """
            Prints each job that has changed, with its next times before and after. The files are checked first.
            If something is wrong it is printed, and the schedule in force stays.

            A job whose trigger was edited is due at its next time from now on, never for a time that has passed.
            The settings of logging and of the stop take effect at the next start.
            """,
            examples: "sudo 4runr reload",
            exits: [0: "the new files are in force", 69: "no daemon is running", 78: "the files are wrong"]))

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let context = try location.operations()
            let result = try await ReloadFiles.perform(.init(), in: context)
            if output.json { return try Terminal.json(result) }
            for warning in result.warnings { Terminal.say(Terminal.paint(warning, .yellow)) }
            Terminal.say("reloaded")
            ComparisonTable.say(result.comparison, on: await context.clock())
        }
    }
}

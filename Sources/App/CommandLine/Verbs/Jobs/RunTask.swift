import ArgumentParser
import Operations

struct RunTask: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a job or a task now and wait for its end.",
        discussion: help(
            """
            NAME is a job of the schedule file, which runs with its settings, or else the name of a task, which
            runs with its defaults. With a daemon it is the daemon that runs it, and interrupting this command
            does not end the run. Without a daemon this process runs it and what follows from it (`after`);
            interrupting it ends the run.
            """,
            examples: "sudo 4runr run backup",
            exits: [
                0: "it succeeded", 1: "it failed", 64: "there is no such job or task",
                69: "it was skipped, as when a key is missing", 75: "it is running already, or was cancelled",
                78: "the settings or the schedule are wrong",
            ]))

    @Argument(help: "A job or a task.")
    var name: String

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let context = try location.operations().reporting(showProgress)
            try RunOutput.finish(try await RunJob.perform(.init(name), in: context), output)
        }
    }
}

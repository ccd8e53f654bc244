import ArgumentParser
import Operations

struct RunTask: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a job or a task now and wait for its end.",
        discussion: """
            NAME is a job of the schedule file, run with its settings, or else the name of a task, run with its defaults.
            With a daemon it is the daemon that runs it, and interrupting this command does not end the run. Without one,
            this process runs it, and what follows from it (`after`); interrupting it ends the run.

            Exit codes: 0 it succeeded; 1 it failed; 69 it was skipped, as when a key is not configured; 64 there is no
            such job or task; 75 it is running already, or was cancelled; 78 the files are wrong.
            """)

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

import ArgumentParser
import Daemon
import Leads
import Operations
import Scheduling
import Values

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
            try await RunTask.perform(name, RunOptions(), try location.ownedInstallation(), output)
        }
    }

    /// As programs read it: what the run said is a value, and no text with one in it.
    private struct Readable: Encodable {
        let id: Int64
        let job: String
        let status: ActivityStatus
        let seconds: Double
        let output: JSONValue?
        let error: String?

        init(_ result: RunResult) {
            (id, job, status, seconds) = (result.id, result.job, result.status, result.seconds)
            output = JSONValue(stored: result.output)
            error = result.error
        }
    }

    /// Runs something by the folder's executor and says how it ended; throws the exit code of that.
    static func perform(
        _ name: String, _ options: RunOptions, _ installation: Installation, _ output: OutputFormat
    ) async throws {
        let answer = try await Executors.perform(.run(name: name, options: options), in: installation) { event in
            switch event {
            case .runStarted(let id): Terminal.progress("run \(id)", nil)
            case .progress(let text, let share): Terminal.progress(text, share)
            }
        }
        Terminal.endProgress()
        guard case .ran(let result) = answer else { throw answer.isNotExpected }
        if output.json { try Terminal.json(Readable(result)) } else { RunOutput.say(result) }
        switch result.status {
        case .success: break
        case .skipped: throw ExitCode(69)
        case .cancelled, .interrupted: throw ExitCode(75)
        default: throw ExitCode(1)
        }
    }
}

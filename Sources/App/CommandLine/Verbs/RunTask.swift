import ArgumentParser
import Daemon
import Leads
import Operations
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
            let answer = try await Executors.perform(.run(name: name), in: try location.ownedInstallation()) { event in
                switch event {
                case .runStarted(let id): Terminal.progress("run \(id)", nil)
                case .progress(let text, let share): Terminal.progress(text, share)
                }
            }
            Terminal.endProgress()
            guard case .ran(let result) = answer else { return }
            if output.json {
                try Terminal.json(result)
            } else {
                let took = Duration.milliseconds(Int64(result.seconds * 1_000)).brief
                Terminal.say(
                    "\(result.job): \(Terminal.paint(result.status.rawValue, result.status.style)) after \(took) (run \(result.id))"
                )
                if let text = result.output, result.status == .success { Terminal.say(text) }
                if let error = result.error { Terminal.complain("\(result.job): \(error)") }
            }
            switch result.status {
            case .success: break
            case .skipped: throw ExitCode(69)
            case .cancelled, .interrupted: throw ExitCode(75)
            default: throw ExitCode(1)
            }
        }
    }
}

import ArgumentParser
import AppConfiguration
import Daemon
import Scheduling

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the settings and the schedule.",
        discussion: """
            Reports everything that is wrong with settings, schedule and field names at once, each as file:line:column: what, and what was meant.
            What is not configured yet, of what the jobs need, is listed and is no error. As root it also looks whether the
            daemon's user can read the files. Changes nothing, and needs no daemon.

            Exit codes: 0 the files are right (warnings may be shown); 78 something is wrong.
            """)

    @Flag(
        name: .long,
        help: "Only warn of what a start of the daemon only warns of, such as a folder that is not mounted.")
    var forStart = false

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    private struct Finding: Encodable {
        let severity: String
        let file: String
        let line: Int?
        let column: Int?
        let message: String
        let hint: String?
    }

    func run() async throws {
        try await carryingOut {
            let installation = try location.installation()
            let diagnostics = Diagnostics()
            var loaded = installation.load(missingCommand: forStart ? .isWarning : .isError, diagnostics: diagnostics)
            installation.unreadableFiles(loaded).forEach(diagnostics.add)
            if diagnostics.hasErrors { loaded = nil }
            if let loaded { Inspection.advice(on: loaded, of: installation).forEach(diagnostics.add) }
            if output.json {
                try Terminal.json(
                    diagnostics.all.map {
                        Finding(
                            severity: $0.severity.rawValue, file: $0.position.source, line: $0.position.line,
                            column: $0.position.column, message: $0.message, hint: $0.hint)
                    })
            } else {
                for diagnostic in diagnostics.all {
                    Terminal.say(Terminal.paint(diagnostic.description, diagnostic.severity == .error ? .red : .yellow))
                }
                if let loaded {
                    for gap in loaded.missing { Terminal.say(Terminal.paint("not configured yet: \(gap)", .yellow)) }
                    let jobs = loaded.schedule.jobs
                    let disabled = jobs.count { !$0.isEnabled }
                    Terminal.say(
                        "\(installation.files.settings) and \(installation.files.schedule) are right: \(jobs.count) jobs"
                            + (disabled > 0 ? ", \(disabled) of them disabled" : ""))
                }
            }
            guard loaded != nil else { throw ExitCode(78) }
        }
    }
}

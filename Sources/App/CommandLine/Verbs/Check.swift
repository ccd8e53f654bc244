import ArgumentParser
import Operations

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

    func run() async throws {
        try await carryingOut {
            let found = try await CheckFiles.perform(.init(isForStart: forStart), in: try location.operationsAsCaller())
            if output.json {
                try Terminal.json(found.findings)
            } else {
                for (finding, line) in zip(found.findings, found.lines) {
                    Terminal.say(Terminal.paint(line, finding.severity == "error" ? .red : .yellow))
                }
                if let jobs = found.jobs {
                    for gap in found.missing { Terminal.say(Terminal.paint("not configured yet: \(gap)", .yellow)) }
                    Terminal.say(
                        "\(found.settingsFile) and \(found.scheduleFile) are right: \(jobs.count) jobs"
                            + (jobs.disabled > 0 ? ", \(jobs.disabled) of them disabled" : ""))
                }
            }
            guard found.jobs != nil else { throw ExitCode(78) }
        }
    }
}

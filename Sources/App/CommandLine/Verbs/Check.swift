import ArgumentParser
import Operations

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the settings and the schedule.",
        discussion: help(
            """
            Reports everything that is wrong with settings, schedule and field names at once: file:line:column,
            what is wrong, and what was probably meant. What the jobs need and is not configured yet is listed; it
            is not an error. As root it also reports files that the daemon's user cannot read. Changes nothing,
            and needs no daemon.
            """,
            examples: "4runr check --schedule new.yaml",
            exits: [0: "the files are right; there may be warnings", 78: "something is wrong"]))

    @Flag(
        name: .long,
        help: "Only warn about what the daemon only warns about at its start, such as a folder that is not mounted.")
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

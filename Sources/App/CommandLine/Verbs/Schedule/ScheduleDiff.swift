import ArgumentParser
import Operations
import Values

struct ScheduleDiff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what another schedule file would change.",
        discussion: help(
            """
            Compares the schedule file with FILE, job by job: what is added, removed and changed, with the next
            times before and after. Changes nothing, and needs no daemon.
            """,
            examples: "4runr schedule diff new.yaml",
            exits: [0: "nothing would change", 1: "something would change", 78: "one of the files is wrong"]))

    @Argument(help: ArgumentHelp("The other schedule file.", valueName: "file"))
    var file: String

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let context = try location.operationsAsCaller()
            let comparison = try await CompareSchedules.perform(.init(file), in: context).difference
            if output.json {
                try Terminal.json(comparison)
            } else {
                ComparisonTable.say(comparison, on: await context.clock())
            }
            if !comparison.changes.isEmpty { throw ExitCode(1) }
        }
    }
}

/// Prints the differences between two schedules for people.
enum ComparisonTable {
    static func say(_ comparison: ScheduleDifference, on clock: LocalClock) {
        let now = Caller.runtime.now
        var table = Table("JOB", "", "BEFORE", "NEXT WAS", "AFTER", "NEXT IS")
        for change in comparison.changes {
            let style: Terminal.Style =
                switch change.kind {
                case "added": .green
                case "removed": .red
                case "changed": .yellow
                default: .dim
                }
            table.add(
                .init(change.job, .bold), .init(change.kind, style), .init(change.before ?? "-"),
                .init(Moment.text(change.nextBefore, on: clock, now: now)), .init(change.after ?? "-"),
                .init(Moment.text(change.nextAfter, on: clock, now: now)))
        }
        if !comparison.changes.isEmpty { table.print() }
        let count = comparison.unchanged
        Terminal.say("\(count) \(count == 1 ? "job" : "jobs") as before")
    }
}

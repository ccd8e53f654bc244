import ArgumentParser
import Daemon
import Leads
import Operations
import Scheduling
import Values

struct Jobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "List the jobs: what they do, when they are next due, how they last ended.",
        discussion:
            "Reads the schedule file and the database; needs no daemon.\n\nExit codes: 0 done; 65 the database is of another version; 69 it may not be read; 78 the files are wrong."
    )

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let (installation, inspection) = try location.inspection()
            let lines = try inspection.listings.jobs()
            if output.json { return try Terminal.json(lines) }
            let (now, zone) = (SystemClock().now, inspection.loaded.schedule.zone)
            var table = Table("JOB", "RUNS", "WHEN", "STATE", "NEXT", "", "LAST", "")
            for line in lines {
                table.add(
                    .init(line.name, .bold), .init(line.runs), .init(line.trigger),
                    .init(line.state, line.state == "running" ? .cyan : line.state == "disabled" ? .dim : nil),
                    .init(Moment.text(line.nextAt, in: zone, now: now)),
                    .init(line.nextAt == nil ? "" : Moment.distance(line.nextAt, now: now), .dim),
                    .init(line.lastStatus?.rawValue ?? "-", line.lastStatus?.style),
                    .init(line.lastStatus == nil ? "" : Moment.distance(line.lastAt, now: now), .dim))
            }
            table.print()
            if try Executors.daemon(of: installation) == nil {
                Terminal.complain("no daemon is running, so no job will start")
            }
        }
    }
}

import ArgumentParser
import Leads
import Operations
import Values

struct JobsVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "List the jobs; run, pause, resume, cancel and backfill them.",
        discussion: help(
            """
            Without a subcommand, the jobs are listed.
            """,
            examples: "sudo 4runr jobs", "sudo 4runr jobs pause sync",
            exits: [0: "done; for the others see the help of each subcommand"]),
        subcommands: [JobList.self, JobRun.self, JobPause.self, JobResume.self, JobCancel.self, JobBackfill.self],
        defaultSubcommand: JobList.self)
}

struct JobList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the jobs: what they do, when they are due next, how they last ended.",
        discussion: help(
            """
            TAKES is the median of the last runs that succeeded. Reads the schedule file and the database; needs
            no daemon.
            """,
            examples: "sudo 4runr jobs list --json",
            exits: [
                0: "done", 65: "the database is of another version", 69: "the database may not be read",
                78: "the settings or the schedule are wrong",
            ]))

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let context = try location.operations()
            let found = try await ListJobs.perform(.init(), in: context)
            if output.json { return try Terminal.json(found.jobs) }
            let (now, clock) = (Caller.runtime.now, await context.clock())
            var table = Table("JOB", "RUNS", "WHEN", "STATE", "NEXT", "", "LAST", "", "TAKES")
            for line in found.jobs {
                table.add(
                    .init(line.name, .bold), .init(line.runs), .init(line.trigger),
                    .init(state(of: line, clock, now), style(of: line)),
                    .init(Moment.text(line.nextAt, on: clock, now: now)),
                    .init(line.nextAt == nil ? "" : Moment.distance(line.nextAt, now: now), .dim),
                    .init(last(line), line.lastStatus?.style),
                    .init(line.lastStatus == nil ? "" : Moment.distance(line.lastAt, now: now), .dim),
                    .init(line.usualSeconds.map { Duration(inSeconds: $0).brief } ?? "-", .dim))
            }
            table.print()
            for line in found.jobs {
                guard line.state == "paused", let note = line.pausedNote else { continue }
                Terminal.note("\(line.name) is paused by \(line.pausedBy ?? "somebody"): \(note)")
            }
            if found.isDaemonRunning == false {
                Terminal.complain("no daemon is running, so no job will start")
            }
        }
    }

    private func state(of line: ListJobs.Line, _ clock: LocalClock, _ now: Timestamp) -> String {
        guard let until = line.pausedUntil else { return line.state }
        return "paused until \(Moment.text(until, on: clock, now: now))"
    }

    private func style(of line: ListJobs.Line) -> Terminal.Style? {
        switch line.state {
        case "running": .cyan
        case "paused": .yellow
        case "disabled": .dim
        default: nil
        }
    }

    private func last(_ line: ListJobs.Line) -> String {
        guard let status = line.lastStatus else { return "-" }
        return line.failures > 1 ? "\(status.rawValue) ×\(line.failures)" : status.rawValue
    }
}

struct JobRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a job now and wait for its end; the same as `4runr run`.",
        discussion: RunTask.configuration.discussion)

    @OptionGroup var task: RunTask

    func run() async throws { try await task.run() }
}

struct JobPause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Keep a job from running by its schedule until it is resumed.",
        discussion: help(
            """
            Slots that come in the meantime are skipped and recorded; they are not made up for. A run that is
            under way goes on to its end, and `4runr run` still runs the job. A restart or a reload does not end
            the pause. With --until it ends by itself.
            """,
            examples: "sudo 4runr jobs pause sync",
            "sudo 4runr jobs pause sync --until \"2026-03-09 08:00\" --note \"Airtable is being rearranged\"",
            exits: [
                0: "it is paused", 64: "there is no such job, it is disabled, or --until has passed",
                75: "the daemon is stopping",
            ]))

    @Argument(help: "The job.")
    var name: String

    @Option(name: .long, help: "When the pause ends by itself, in UTC: \"2026-03-08 06:00:00\".")
    var until: Timestamp?

    @Option(name: .long, help: "Why, for those who wonder.")
    var note: String?

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        var request = PauseJob.Request(name, isPaused: true)
        (request.until, request.note) = (until, note)
        try await JobPause.perform(request, location, output)
    }

    static func perform(_ request: PauseJob.Request, _ location: Location, _ output: OutputFormat) async throws {
        try await carryingOut {
            let result = try await PauseJob.perform(request, in: try location.operations())
            if output.json { return try Terminal.json(result) }
            let state = result.paused ? "paused" : "not paused"
            let end = result.until.map { " until \($0) UTC" } ?? ""
            Terminal.say("\(result.job) is \(state)\(end)\(result.changed ? "" : ", as it was")")
        }
    }
}

struct JobResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Let a paused job run by its schedule again, from its next slot on.",
        discussion: help(
            examples: "sudo 4runr jobs resume sync",
            exits: [0: "it is not paused", 64: "there is no such job, or it is disabled", 75: "the daemon is stopping"])
    )

    @Argument(help: "The job.")
    var name: String

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws { try await JobPause.perform(.init(name, isPaused: false), location, output) }
}

struct JobCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End the run of a job that is under way, and drop the runs that wait.",
        discussion: help(
            """
            Waits until the run has ended. A command gets SIGTERM, and SIGKILL five seconds later. No other
            attempt is made, and what follows the job does not run. Its next slot comes as usual; see `4runr jobs
            pause`.
            """,
            examples: "sudo 4runr jobs cancel pipeline",
            exits: [0: "done", 64: "there is no such job, or nothing of it runs or waits", 69: "no daemon is running"]))

    @Argument(help: "The job.")
    var name: String

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            Terminal.progress("waiting for \(name) to end", nil)
            defer { Terminal.endProgress() }
            let result = try await CancelJob.perform(.init(name), in: try location.operations())
            Terminal.endProgress()
            if output.json { return try Terminal.json(result) }
            if let run = result.run {
                Terminal.say("run \(run) of \(name): " + Terminal.paint(result.status.rawValue, result.status.style))
            }
            if !result.waiting.isEmpty {
                let runs = result.waiting.prefix(20).map { "\($0)" }.joined(separator: ", ")
                let more = result.waiting.count > 20 ? " and \(result.waiting.count - 20) more" : ""
                Terminal.say(
                    "waiting runs \(runs)\(more): "
                        + Terminal.paint(ActivityStatus.cancelled.rawValue, ActivityStatus.cancelled.style))
            }
        }
    }
}

struct JobBackfill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backfill", abstract: "Run the slots of a range that did not run.",
        discussion: help(
            """
            Slots that were skipped, missed, cancelled or cut off are run, and those from before the job was there; what ran
            is not run again, whether it succeeded or not. Each becomes a run of its own, with the trigger `backfill`. They
            run one after the other, in order, and give way to slots that come due. `4runr runs --follow` shows how they end.
            """,
            examples: "sudo 4runr jobs backfill report --from 2026-03-01 --to 2026-03-08 --dry-run",
            exits: [
                0: "they wait to run",
                64: "there is no such job, it has no slots of its own, or the range has too many",
                69: "no daemon is running", 75: "the daemon is stopping",
            ]))

    @Argument(help: "The job.")
    var name: String

    @Option(name: .long, help: "The start of the range, in UTC: \"2026-03-08 06:00:00\".")
    var from: Timestamp

    @Option(name: .long, help: "The end of the range, in UTC; the default is now.")
    var to: Timestamp?

    @Option(name: .long, help: "A range with more slots to run is refused.")
    var limit = 100

    @Flag(name: .long, help: "List the slots that would be run, and run none.")
    var dryRun = false

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            var request = BackfillJob.Request(name, from: from)
            (request.through, request.limit, request.isDryRun) = (to, limit, dryRun)
            let result = try await BackfillJob.perform(request, in: try location.operations())
            if output.json { return try Terminal.json(result) }
            if dryRun { for slot in result.slots { Terminal.say("\(slot) UTC") } }
            let what = dryRun ? "would run" : "run"
            Terminal.note("\(result.slots.count) slots of \(name) \(what); \(result.ran) have run already, or wait")
        }
    }
}

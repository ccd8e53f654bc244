import ArgumentParser
import Leads
import Operations
import Values

struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "List what ran, and what did not run and why; the newest first.",
        discussion: help(
            """
            There is a line for each run, and one for each row of skipped slots. LATE is how long after its slot a
            run started, and TOOK is how long it ran. Reads the database; needs no daemon.

            --missed shows what did not run: skipped slots, and runs that were cut off or cancelled with no later
            attempt. --follow goes on with a line for each run that starts or ends and each slot that is skipped,
            until you interrupt it.
            """,
            examples: "sudo 4runr runs --job sync --status failed", "sudo 4runr runs --steps 230",
            exits: [
                0: "done", 64: "there is no such status or job", 65: "the database is of another version",
                69: "the database may not be read", 78: "there is no settings file",
            ]))

    @Option(name: .long, help: "Only this job.")
    var job: String?

    @Option(name: .long, help: "Only runs with this status.")
    var status: ActivityStatus?

    @Option(name: .long, help: ArgumentHelp("List the steps of this run, in order, instead of runs.", valueName: "run"))
    var steps: Int64?

    @Flag(name: .long, help: "Only what did not run, and why.")
    var missed = false

    @Flag(name: .long, help: "Go on with new runs, the newest last.")
    var follow = false

    @Option(name: .long, help: "How many.")
    var limit = 20

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func validate() throws {
        guard steps == nil || !follow else { throw ValidationError("--follow goes with runs, not with steps.") }
    }

    func run() async throws {
        try await carryingOut {
            let context = try location.operations()
            if let steps {
                let found = try await ListSteps.perform(.init(of: steps, limit: limit), in: context).steps
                if output.json { return try Terminal.json(found.map(RunView.init)) }
                guard !found.isEmpty else { return Terminal.say("run \(steps) has no steps") }
                return StepTable.say(found, on: await context.clock())
            }
            var request = ListRuns.Request()
            request.job = job
            request.status = status
            request.missedOnly = missed
            request.limit = limit
            if follow {
                let lines = RunLines(clock: await context.clock(), isJSON: output.json)
                for try await run in FollowRuns.stream(request, in: context) { try lines.say(run) }
                return
            }
            let runs = try await ListRuns.perform(request, in: context).runs
            if output.json { return try Terminal.json(runs.map(RunView.init)) }
            guard !runs.isEmpty else {
                let isNarrow = status != nil
                return Terminal.say(missed ? "nothing was missed" : isNarrow ? "no runs like that" : "no runs yet")
            }
            RunTable.say(runs, on: await context.clock())
        }
    }
}

/// Prints runs for people.
enum RunTable {
    static func say(_ runs: [Activity], on clock: LocalClock) {
        let now = Caller.runtime.now
        var table = Table("RUN", "JOB", "STATUS", "SLOT", "LATE", "TOOK", "WHY", "")
        for run in runs {
            let isByHand = run.jobName == Step.byHand
            let why =
                isByHand
                ? run.author ?? ""
                : run.trigger.rawValue + (run.attempt > 1 ? " #\(run.attempt)" : "")
                    + (run.isDryRun ? ", dry run" : "")
            table.add(
                .init("\(run.id)", .dim), .init(isByHand ? "\(run.jobName): \(run.type)" : run.jobName, .bold),
                .init(run.status.rawValue, run.status.style),
                .init(slot(of: run, on: clock, now: now)), .init(run.lateness?.brief ?? "-"),
                .init(run.durationSeconds.map { Duration(inSeconds: $0).brief } ?? "-"),
                .init(why, .dim), .init(run.errorMessage?.shortened(to: 160) ?? ""))
        }
        table.print()
    }

    static func slot(of run: Activity, on clock: LocalClock, now: Timestamp) -> String {
        let first = Moment.text(run.scheduledFor ?? run.startedAt, on: clock, now: now)
        guard let count = run.slotCount, count > 1 else { return first }
        return "\(first) … \(Moment.text(run.scheduledThrough, on: clock, now: now)) (\(count))"
    }
}

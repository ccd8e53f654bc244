import ArgumentParser
import Operations
import Values

struct ScheduleVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Look at what the schedule will do.",
        discussion: help(
            examples: "sudo 4runr schedule next"),
        subcommands: [Next.self, ScheduleExplain.self, ScheduleDiff.self])

    struct Next: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "next", abstract: "List the next slots.",
            discussion: help(
                """
                Each is shown on the clock of its job's zone. Reads the schedule file; needs no daemon.
                """,
                examples: "sudo 4runr schedule next --job backup --count 3",
                exits: [
                    0: "done", 64: "there is no such job, or --from is not a time",
                    78: "the settings or the schedule are wrong",
                ]))

        @Option(name: .long, help: "How many.")
        var count = 10

        @Option(name: .long, help: "Only this job.")
        var job: String?

        @Option(name: .long, help: "The start, in UTC: \"2026-03-08 06:00:00\"; the default is now.")
        var from: Timestamp?

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let request = ListSlots.Request(
                    job: job, count: count, from: from)
                let slots = try await ListSlots.perform(request, in: try location.operations()).slots
                if output.json { return try Terminal.json(slots) }
                guard !slots.isEmpty else { return Terminal.say("no slot comes") }
                let now = Caller.runtime.now
                var table = Table("JOB", "AT", "ZONE", "")
                for slot in slots {
                    table.add(
                        .init(slot.job, .bold), .init(slot.local), .init(slot.timezone, .dim),
                        .init(distance(slot, now), .dim))
                }
                table.print()
            }
        }

        /// How far away the start is, and how much of that is the job's jitter.
        private func distance(_ slot: ListSlots.Slot, _ now: Timestamp) -> String {
            if slot.paused == true { return "paused" }
            let delay = slot.startsAt.since(slot.at)
            let jitter = delay > .zero ? "starts \(delay.brief) later, by its jitter" : ""
            guard from == nil else { return jitter }
            let start = Moment.distance(slot.startsAt, now: now)
            return jitter.isEmpty ? start : "\(start); \(jitter)"
        }
    }
}

import ArgumentParser
import Operations
import Values

struct ScheduleExplain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explain what an expression means and when it comes.",
        discussion: help(
            """
            EXPRESSION is what the schedule file has after every, at, cron or calendar. The word itself may come
            first. Without it, a length of time is read as every, five fields or @daily and its kin as cron, and
            anything else as calendar. Needs neither files nor a daemon.

            With --batch, each line of standard input is a question: expression, tab, time zone, tab, start in
            seconds since 1970, tab, count. The answer is a line of seconds since 1970, separated by commas, or
            `error: …`.
            """,
            examples: "4runr schedule explain 'at 09:00, 17:30 mon-fri'",
            "4runr schedule explain 'Sat *-*-1..7 18:00' --timezone America/Toronto",
            exits: [0: "done", 64: "--from is not a time", 65: "the expression or the time zone is wrong"]))

    @Argument(help: "When, as the schedule file has it.")
    var expression: String?

    @Option(name: .long, help: "The time zone of an expression that names none; the default is the system's.")
    var timezone: String?

    @Option(name: .long, help: "The start, in UTC: \"2026-03-08 06:00:00\"; the default is now.")
    var from: Timestamp?

    @Option(name: .long, help: "How many times.")
    var count = 5

    @Flag(name: .long, help: "Answer questions from standard input, one a line.")
    var batch = false

    @OptionGroup var output: OutputFormat

    func validate() throws {
        guard batch != (expression != nil) else {
            throw ValidationError(batch ? "--batch takes no expression." : "An expression is missing.")
        }
    }

    func run() async throws {
        guard let expression else { return answer() }
        try await carryingOut {
            let now = Caller.runtime.now
            var request = ExplainExpression.Request(expression)
            (request.timezone, request.from) = (timezone, from)
            request.count = count
            let found = try ExplainExpression.perform(request, timezone: Caller.environment["TZ"], now: now)
            let explanation = found.explanation
            if output.json { return try Terminal.json(explanation) }
            var table = Table("", "")
            for (name, text) in [
                ("kind", explanation.kind), ("normal form", explanation.normalized),
                ("in words", explanation.description),
                ("time zone", explanation.timezone),
            ] { table.add(.init(name, .dim), .init(text, name == "normal form" ? .bold : nil)) }
            for line in found.clockChanges { table.add(.init("clocks", .dim), .init(line)) }
            for (place, slot) in explanation.next.enumerated() {
                let distance = from == nil ? "  \(Moment.distance(slot, now: now))" : ""
                table.add(
                    .init(place == 0 ? "next" : "", .dim), .init(found.local[place] + distance))
            }
            if explanation.next.isEmpty, count > 0 { table.add(.init("next", .dim), .init("never again")) }
            table.print()
        }
    }

    private func answer() {
        let answers = ExplanationBatch(timezone: Caller.environment["TZ"])
        while let line = readLine() { Terminal.say(answers.answer(line)) }
    }
}

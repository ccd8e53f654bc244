import ArgumentParser
import Operations
import Values

struct ScheduleExplain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say what an expression means and when it comes.",
        discussion: """
            EXPRESSION is what stands behind every, at, cron or calendar in the schedule file. The word may come first, as in
            'at 09:00, 17:30 mon-fri'; without it a length of time is every, five fields or @daily and its kin are cron, and
            all else is calendar. Needs neither files nor a daemon.

            With --batch each line of standard input is a question: expression, tab, time zone, tab, start in seconds since
            1970, tab, count. Its answer is a line of seconds since 1970 with commas between them, or `error: …`.

            Exit codes: 0 done; 64 --from is no time; 65 the expression or the time zone is none.
            """)

    @Argument(help: "When, in the schedule file's words.")
    var expression: String?

    @Option(name: .long, help: "The time zone, where the expression names none. Without it: the system's.")
    var timezone: String?

    @Option(name: .long, help: "From when on, in UTC: \"2026-03-08 06:00:00\". Without it: from now on.")
    var from: String?

    @Option(name: .long, help: "How many times.")
    var count = 5

    @Flag(name: .long, help: "Answer questions from standard input, a line each.")
    var batch = false

    @OptionGroup var output: OutputFormat

    func validate() throws {
        guard (0...100_000).contains(count) else { throw ValidationError("--count must be from 0 to 100000.") }
        guard batch != (expression != nil) else {
            throw ValidationError(batch ? "--batch takes no expression." : "An expression is missing.")
        }
        if let from, Timestamp(parsing: from) == nil {
            throw ValidationError("--from must be a time in UTC such as \"2026-03-08 06:00:00\", not \"\(from)\".")
        }
    }

    func run() async throws {
        guard let expression else { return answer() }
        try await carryingOut {
            let now = Caller.runtime.now
            var request = ExplainExpression.Request(expression)
            (request.timezone, request.from) = (timezone, from.flatMap(Timestamp.init(parsing:)))
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

import ArgumentParser
import Leads
import Operations
import Values

struct SyncStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the sync with Airtable stands.",
        discussion: help(
            """
            Airtable is not asked.
            """,
            examples: "sudo 4runr sync status",
            exits: [0: "done", 75: "the database is locked", 78: "the settings or the schedule are wrong"]))

    @Option(name: .long, help: "How many of the last syncs are listed.")
    var limit = 5

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let status = try await ShowSyncStatus.perform(.init(entries: limit), in: try location.operations())
            if output.json { return try Terminal.json(status) }
            say(status)
        }
    }

    private func say(_ status: ShowSyncStatus.Response) {
        let (standing, counts, now) = (status.standing, status.standing.counts, Caller.runtime.now)
        func ago(_ moment: Timestamp?) -> String { moment.map { Moment.distance($0, now: now) } ?? "never" }
        if let advice = status.advice { Terminal.complain(advice) }
        var table = Table("", "")
        func row(_ name: String, _ text: String, _ style: Terminal.Style? = nil) {
            table.add(.init(name, .dim), .init(text, style))
        }
        row("in step with", standing.base.map { "table \"\(standing.table ?? "")\" of base \($0)" } ?? "nothing yet")
        row(
            "last pull",
            "\(ago(standing.lastPull)); of all records \(ago(standing.lastFull))\(standing.usesWebhook ? "; by webhook" : "")"
        )
        row("last push", ago(standing.lastPush))
        row("leads with a record", "\(counts.linked)")
        row("waiting to go out", "\(counts.pending)", counts.pending > 0 ? .yellow : nil)
        row("refused, tried again", "\(counts.refused)", counts.refused > 0 ? .yellow : nil)
        row("given up", "\(counts.givenUp)", counts.givenUp > 0 ? .red : nil)
        row("conflicts", "\(counts.conflicts)", counts.conflicts > 0 ? .yellow : nil)
        if counts.duplicates > 0 { row("second records", "\(counts.duplicates)") }
        if counts.missing > 0 { row("records gone, held", "\(counts.missing)", .red) }
        let most = standing.monthlyCalls
        let isMuch = most > 0 && standing.callsThisMonth * 5 >= most * 4
        row("calls this month", "\(standing.callsThisMonth)\(most > 0 ? " of \(most)" : "")", isMuch ? .yellow : nil)
        if let until = standing.blockedUntil, until > now { row("spent", "asked again \(ago(until))", .red) }
        table.print()
        for finding in standing.findings {
            Terminal.say(
                "field \"\(finding.name)\" (\(finding.column)): \(finding.state)\(finding.hint.map { "; \($0)" } ?? "")"
            )
        }
        guard !standing.log.isEmpty else { return }
        Terminal.say("")
        var log = Table("WHEN", "WAY", "STATUS", "NEW", "CHANGED", "FAILED", "CALLS", "")
        for entry in standing.log {
            let style: Terminal.Style? =
                switch entry.status {
                case "success": .green
                case "failed": .red
                case "partial", "interrupted", "held": .yellow
                default: .dim
                }
            log.add(
                .init(ago(entry.startedAt)), .init(entry.type, .bold), .init(entry.status, style),
                .init("\(entry.created)"), .init("\(entry.updated)"), .init("\(entry.failed)"),
                .init("\(entry.calls)"), .init(entry.error == nil ? "" : "see below"))
        }
        log.print()
        // Printed in full, because the advice is at the end.
        let errors = standing.log.compactMap(\.error)
        for (index, error) in errors.enumerated() where !errors[..<index].contains(error) {
            Terminal.say("- \(error.singleLine)")
        }
    }
}

import ArgumentParser
import Leads
import Operations
import Values

struct LeadShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all that is known about a lead, and where it is from.",
        discussion: help(
            examples: "sudo 4runr leads show 17", "sudo 4runr leads show ada@engines.example --json",
            exits: [0: "done", 64: "there is no such lead"]))

    @Argument(help: "Its number, uuid or email.")
    var lead: String

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let known = try await ShowLead.perform(.init(lead), in: try location.operations())
            let (lead, subject, enrichment) = (known.view.lead, known.view.subject, known.enrichment)
            if output.json { return Terminal.sayJSON(known.view.json) }
            var rows: [(String, String?)] = [("lead", "\(lead.id)  \(lead.uuid)")]
            rows += LeadField.allCases.map { ($0.rawValue, lead.fields[$0]) }
            rows += [
                (
                    "status",
                    "\(lead.status.rawValue), \(lead.processing.rawValue)\(lead.deletedAt == nil ? "" : ", deleted")"
                ),
                ("verified", lead.isVerified ? "yes" : "no"),
                ("missing", lead.fields.missing.map(\.rawValue).joined(separator: ", ").nonEmpty),
                ("source", lead.source), ("scraped", lead.scrapedAt?.description),
                ("enriched", lead.enrichedAt.map { "\($0)  by \(enrichment?.method ?? "-")" }),
                ("company says", enrichment?.companyDescription),
                ("also found", enrichment?.insights?.replacing("\n", with: ", ")),
                ("airtable", "\(lead.airtableID ?? "not there yet")  \(LeadTable.sync(of: lead))"),
                ("last in touch", lead.lastSyncedAt?.description),
                ("sync error", lead.syncError), ("created", lead.createdAt.description),
                ("changed", lead.updatedAt.description),
                ("opted out", lead.optOut.map { "\($0.at), \($0.by)\($0.how.isEmpty ? "" : ", \($0.how)")" }),
                ("part of", lead.mergedInto.map { "lead \($0)" }),
            ]
            for (stage, error) in known.troubles { rows.append(("trouble, \(stage.rawValue)", error)) }
            let width = rows.map(\.0.count).max() ?? 0
            for (name, value) in rows {
                guard let value else { continue }
                let padding = String(repeating: " ", count: width - name.count)
                Terminal.say("\(Terminal.paint(name, .dim))\(padding)  \(value.singleLine)")
            }
            if let message = lead.message { say("message", subject, message) }
            if let held = known.held {
                say("held back: \(held.reason.singleLine)", held.subject, held.body)
                Terminal.note("to let it go on as it is: 4runr leads release \(lead.id)")
            }
        }
    }
}

extension LeadShow {
    private func say(_ title: String, _ subject: String?, _ message: String) {
        Terminal.say("")
        Terminal.say(Terminal.paint(title, .dim))
        if let subject { Terminal.say("  Subject: \(subject.singleLine)") }
        for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
            Terminal.say("  \(String(line).singleLine)")
        }
    }
}

struct LeadHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List what happened to a lead, the newest first.",
        discussion: help(
            """
            Steps are kept for as long as the job `prune` says.
            """,
            examples: "sudo 4runr leads history 17",
            exits: [0: "done", 64: "there is no such lead"]))

    @Argument(help: "Its number, uuid or email.")
    var lead: String

    @Option(name: .long, help: "How many.")
    var limit = 50

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let request = ShowLeadHistory.Request(lead, limit: limit)
            let context = try location.operations()
            let found = try await ShowLeadHistory.perform(request, in: context)
            let steps = found.steps
            if output.json { return try Terminal.json(steps.map(RunView.init)) }
            guard !steps.isEmpty else { return Terminal.say("nothing is written down of lead \(found.lead)") }
            StepTable.say(steps, on: await context.clock())
        }
    }
}

/// Prints steps as a list.
enum StepTable {
    static func say(_ steps: [Activity], on clock: LocalClock) {
        let now = Caller.runtime.now
        var table = Table("WHEN", "STEP", "STATUS", "LEAD", "RUN", "TOOK", "")
        for step in steps {
            let detail = step.errorMessage ?? step.outputData ?? step.inputData ?? ""
            table.add(
                .init(Moment.text(step.startedAt, on: clock, now: now)), .init(step.type, .bold),
                .init(step.status.rawValue, step.status.style), .init(step.leadID.map { "\($0)" } ?? "-"),
                .init(step.parentID.map { "\($0)" } ?? "-", .dim),
                .init(step.durationSeconds.map { Duration(inSeconds: $0).brief } ?? "-"),
                .init(String(detail.prefix(200))))
        }
        table.print()
    }
}

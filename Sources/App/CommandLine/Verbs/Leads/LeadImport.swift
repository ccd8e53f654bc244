import ArgumentParser
import Daemon
import Glibc
import Leads
import Operations
import Values

struct LeadImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import people from a file: CSV, JSON, or JSON lines.",
        discussion: help(
            """
            Columns are recognised by their names (Full Name, Email, Company, Work Email, …). --map FIELD=COLUMN
            names others, and --map FIELD= leaves one out. Fields: \(FieldAssignment.help).

            Columns that are not a field are kept with the lead. A person who is there already is not added twice:
            what is new is merged into what is known, and importing a file again changes nothing. Use - for
            standard input. Ctrl-C ends the import between two records, and it reports what is in and what is not.

            Columns that say that somebody does not want to be written to (Unsubscribed, Do Not Email, HasOptedOutOfEmail,
            a Status of unsubscribed, …) are honoured. --map opted_out=COLUMN and --map status=COLUMN name others.
            """,
            examples: "sudo 4runr leads import people.csv --dry-run",
            "sudo 4runr leads import people.csv --map title=Job",
            exits: [
                0: "done, also when records were refused (the report says why)",
                64: "no column is recognised as a person's", 65: "the file cannot be read, or not to its end",
                75: "interrupted, locked, replaced by a backup, or the disk is full",
            ]))

    @Argument(help: "The file, or - for standard input.")
    var file: String

    @Option(name: .long, help: "The file's format; else by its name.")
    var format: LeadFileFormat?

    @Option(name: .long, help: ArgumentHelp("Which column holds a field; can be repeated.", valueName: "field=column"))
    var map: [String] = []

    @Flag(name: .long, help: "Report what would become of each record, and change nothing.")
    var dryRun = false

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func validate() throws { _ = try FieldAssignment.parse(map, called: "--map", also: ImportLeads.standingNames) }

    func run() async throws {
        try await carryingOut {
            let installation = try location.installation()
            // Opened before the process becomes the data's owner, who may not be allowed to read the caller's files.
            let descriptor = try InputFile.open(file, for: installation)
            try installation.becomeOwner(handingOver: descriptor)
            var request = ImportLeads.Request(file == "-" ? "standard input" : file)
            request.format = format
            request.map = try FieldAssignment.parse(map, called: "--map", also: ImportLeads.standingNames)
            request.isDryRun = dryRun
            Interruption.trap()
            let report = try await ImportLeads.perform(
                request, reading: descriptor, isInterrupted: { Interruption.isWished },
                in: installation.makeOperations().reporting(showProgress))
            Terminal.endProgress()
            if output.json { try Terminal.json(report) } else { say(report) }
            if let problem = report.problem {
                throw report.isInterrupted
                    ? OperationProblem(.temporary, "\(report.file): \(problem)") : OperationProblem(.data, problem)
            }
        }
    }

    private func say(_ report: ImportLeads.Response) {
        for refusal in report.refusals.prefix(20) {
            Terminal.complain("\(report.file):\(refusal.line): refused: \(refusal.reason.singleLine)")
        }
        if report.refused > 20 { Terminal.complain("and \(report.refused - 20) more; --json lists a hundred") }
        let took = Duration(inSeconds: report.seconds).brief
        Terminal.say(
            "\(report.file): \(report.read) records in \(took)\(report.isDryRun ? ", nothing was changed (dry run)" : "")"
        )
        let would = report.isDryRun ? "would be " : ""
        var table = Table("", "")
        table.add(.init("\(report.new)", .green), .init("\(would)new"))
        table.add(.init("\(report.merged)"), .init("\(would)merged into leads that are there"))
        table.add(.init("\(report.known)", .dim), .init("known already"))
        if report.removed > 0 { table.add(.init("\(report.removed)", .yellow), .init("were deleted here and stay so")) }
        if report.suppressed > 0 {
            table.add(.init("\(report.suppressed)", .yellow), .init("are suppressed and not added"))
        }
        table.add(.init("\(report.refused)", report.refused > 0 ? .red : .dim), .init("\(would)refused"))
        table.print()
        if report.optedOut > 0 { Terminal.say("\(report.optedOut) do not want to be written to") }
        if report.joined > 0 {
            Terminal.say("\(report.joined) leads were shown to be one with another; see leads explain")
        }
        for (field, dropped) in report.dropped.sorted(by: { $0.key < $1.key }) {
            Terminal.complain("\(dropped.count) without \(field), which was left out:")
            for one in dropped.first.prefix(3) { Terminal.complain("  line \(one.line): \(one.reason.singleLine)") }
        }
        for key in report.shared.prefix(5) {
            Terminal.complain("no key, since people with different names have it: \(key.singleLine)")
        }
        if report.shared.count > 5 { Terminal.complain("and \(report.shared.count - 5) more; --json lists a hundred") }
        Terminal.note(
            "columns: \(report.columns.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", "))"
        )
        if !report.standing.isEmpty { Terminal.note("standing: \(report.standing.joined(separator: ", "))") }
        if !report.others.isEmpty { Terminal.note("kept as raw data: \(report.others.joined(separator: ", "))") }
    }
}

import ArgumentParser
import Operations
import Values

/// The options of every stage that is run by hand.
struct StageOptions: ParsableArguments {
    @Option(name: .long, help: "At most this many leads.")
    var limit: Int?

    @Option(
        name: .customLong("id"),
        help: ArgumentHelp(
            "Only this lead (number, uuid or email), whether or not it is due; can be repeated.", valueName: "lead")
    )
    var ids: [String] = []

    @Flag(name: .long, help: "Print what would be done, and do nothing.")
    var dryRun = false

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run(_ task: String) async throws {
        try await carryingOut {
            var request = RunJob.Request(task)
            (request.limit, request.leads, request.isDryRun) = (limit, ids, dryRun)
            let context = try location.operations().reporting(showProgress)
            try RunOutput.finish(try await RunJob.perform(request, in: context), output)
        }
    }
}

struct Scrape: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scrape", abstract: "Find people by web search and take them in.",
        discussion: help(
            """
            The settings say who is wanted (profile) and how many a day (scraping). --limit asks for that many
            now, whatever the day has brought. --dry-run shows the searches, what each is expected to bring, and what
            that costs; --report shows what each has brought.
            """,
            examples: "sudo 4runr scrape --dry-run", "sudo 4runr scrape --report",
            exits: stageExits, note: stageNote))

    @Flag(name: .long, help: "Print what each search strategy has brought in the last 90 days.")
    var report = false

    @OptionGroup var options: StageOptions

    func validate() throws {
        if report, options.dryRun || options.limit != nil {
            throw ValidationError("--report only shows what was found; leave --dry-run and --limit out.")
        }
        if !options.ids.isEmpty { throw ValidationError("--id names leads that are there already; use enrich --id.") }
    }

    func run() async throws {
        guard report else { return try await options.run("scrape") }
        try await carryingOut {
            let found = try await ListSearchYields.perform(.init(), in: try options.location.operations())
            if options.output.json { return try Terminal.json(found) }
            guard !found.strategies.isEmpty else {
                return Terminal.say("no paid search was made in the last \(found.days) days")
            }
            var table = Table("STRATEGY", "SEARCHES", "PEOPLE", "NEW", "A SEARCH", "LAST")
            for item in found.strategies {
                table.add(
                    .init(item.strategy.shortened(to: 60), .bold), .init("\(item.searches)"), .init("\(item.people)"),
                    .init("\(item.newLeads)"), .init(item.perSearch.map { "\($0)" } ?? "-"), .init(item.lastDay, .dim))
            }
            table.print()
        }
    }
}

struct Enrich: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrich", abstract: "Fill the gaps of leads from their companies' sites.",
        discussion: help(
            examples: "sudo 4runr enrich --id 17",
            exits: stageExits, note: stageNote))

    @OptionGroup var options: StageOptions

    func run() async throws { try await options.run("enrich") }
}

struct WriteMessages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write-messages", abstract: "Write a message to each lead that is due for one.",
        discussion: help(
            """
            With --id, another message is written in place of the one that is there.
            """,
            examples: "sudo 4runr write-messages --limit 10",
            exits: stageExits, note: stageNote))

    @OptionGroup var options: StageOptions

    func run() async throws { try await options.run("write-messages") }
}

struct PipelineVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline", abstract: "Run all stages, one after the other, in one run.",
        discussion: help(
            """
            --limit counts new leads.
            """,
            examples: "sudo 4runr pipeline --dry-run",
            exits: stageExits, note: stageNote))

    @OptionGroup var options: StageOptions

    func run() async throws { try await options.run("pipeline") }
}

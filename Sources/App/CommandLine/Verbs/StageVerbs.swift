import ArgumentParser
import Operations

/// What every stage can be told when it is run by hand.
struct StageOptions: ParsableArguments {
    @Option(name: .long, help: "At most so many leads.")
    var limit: Int?

    @Option(
        name: .customLong("id"),
        help: ArgumentHelp("Only this lead, due or not; can be repeated. Its number, uuid or email.", valueName: "lead")
    )
    var ids: [String] = []

    @Flag(name: .long, help: "Say what would be done, and do nothing.")
    var dryRun = false

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func validate() throws {
        if let limit, !(1...1_000_000).contains(limit) { throw ValidationError("--limit must be from 1 to 1000000.") }
    }

    func run(_ task: String) async throws {
        try await carryingOut {
            var request = RunJob.Request(task)
            (request.limit, request.leads, request.isDryRun) = (limit, ids, dryRun)
            let context = try location.operations().reporting(showProgress)
            try RunOutput.finish(try await RunJob.perform(request, in: context), output)
        }
    }
}

let stageExitCodes = """
    With a daemon it is the daemon that does it; without one this process does. What follows the job of this name in the \
    schedule follows here, too, but not after a dry run.

    Exit codes: 0 done; 1 it failed; 64 there is no such lead; 69 a key is missing or a budget is spent, the message says which; 75 it is at \
    work already; 78 the files are wrong.
    """

struct Scrape: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scrape", abstract: "Find people by web search and take them in.",
        discussion: """
            Who is wanted stands in the settings under profile, and how many a day under scraping. --limit asks for so many \
            now, whatever the day has brought.

            \(stageExitCodes)
            """)

    @OptionGroup var options: StageOptions

    func validate() throws {
        if !options.ids.isEmpty { throw ValidationError("--id names leads that are there already; use enrich --id.") }
    }

    func run() async throws { try await options.run("scrape") }
}

struct Enrich: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrich", abstract: "Fill the gaps of leads from their companies' sites.",
        discussion: stageExitCodes)

    @OptionGroup var options: StageOptions

    func run() async throws { try await options.run("enrich") }
}

struct WriteMessages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write-messages", abstract: "Write a message to each lead that is due for one.",
        discussion: "With --id another message is written in the place of one that is there.\n\n\(stageExitCodes)")

    @OptionGroup var options: StageOptions

    func run() async throws { try await options.run("write-messages") }
}

struct PipelineVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline", abstract: "All stages, one after the other, in one run.",
        discussion: "--limit is for new leads.\n\n\(stageExitCodes)")

    @OptionGroup var options: StageOptions

    func run() async throws { try await options.run("pipeline") }
}

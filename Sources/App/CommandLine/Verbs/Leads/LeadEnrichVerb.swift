import ArgumentParser
import Operations

struct LeadEnrichVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrich", abstract: "Look up what some leads lack, due or not.",
        discussion: help(
            """
            A company's pages are read once for all of its leads, and again after enrichment.pages_last. --force reads them
            now. --explain says what was asked for, what was found where, and why something was not taken.
            """,
            examples: "sudo 4runr leads enrich 17 23", "sudo 4runr leads enrich ada@engines.example --force --explain",
            exits: stageExits, note: stageNote))

    @Argument(help: "Their numbers, uuids or emails.")
    var leads: [String]

    @Flag(name: .long, help: "Read the pages again, even if they were read lately.")
    var force = false

    @Flag(name: .long, help: "Say for each lead what was done.")
    var explain = false

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            var request = EnrichLeads.Request(leads)
            (request.isForced, request.explains) = (force, explain)
            let context = try location.operations().reporting(showProgress)
            try RunOutput.finish(try await EnrichLeads.perform(request, in: context), output)
        }
    }
}

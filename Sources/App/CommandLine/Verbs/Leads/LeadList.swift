import ArgumentParser
import Leads
import Operations

struct LeadList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List leads, the newest first.",
        discussion: help(
            """
            Reads the database; needs no daemon.
            """,
            examples: "sudo 4runr leads list --status ready --limit 50",
            exits: [0: "done", 64: "there is no such status", 69: "the database may not be read"]))

    @Option(name: .long, help: "Only leads with this status.")
    var status: LeadStatus?

    @Flag(name: .long, help: "Only leads with a message that passed the checks.")
    var ready = false

    @Flag(name: .long, help: "Only leads with a gap.")
    var needsEnrichment = false

    @Flag(name: .long, help: "Only leads with changes that Airtable does not have yet.")
    var syncPending = false

    @Option(name: .long, help: "Only from this source, such as serpapi or csv:people.csv.")
    var source: String?

    @Flag(name: .long, help: "Deleted leads, too.")
    var deleted = false

    @Option(name: .long, help: "Only leads with a smaller number: the next page.")
    var before: Int64?

    @Option(name: .long, help: "How many.")
    var limit = 20

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            var request = ListLeads.Request()
            request.status = status
            request.isReady = ready ? true : nil
            request.needsEnrichment = needsEnrichment ? true : nil
            request.isSyncPending = syncPending ? true : nil
            request.source = source
            request.withRemoved = deleted
            request.before = before
            request.limit = limit
            let leads = try await ListLeads.perform(request, in: try location.operations()).leads
            guard !leads.isEmpty || output.json else {
                return Terminal.say(
                    request.isNarrow
                        ? "no leads like that" : "no leads; bring some: 4runr leads import FILE, or 4runr scrape")
            }
            LeadTable.say(leads, json: output.json)
            if !output.json, leads.count == limit, let last = leads.last {
                Terminal.note("more: 4runr leads list --before \(last.lead.id)")
            }
        }
    }
}

struct LeadSearch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find leads by words of name, company, title, place or industry, or by address.",
        discussion: help(
            """
            All words must be found; the last one may be the beginning of a word. Parts of words are found in
            name, company and address.
            """,
            examples: "sudo 4runr leads search acme toronto",
            exits: [0: "done, also when nothing is found", 69: "the database may not be read"]))

    @Argument(help: "Words.")
    var words: [String]

    @Option(name: .long, help: "How many.")
    var limit = 20

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let request = SearchLeads.Request(words.joined(separator: " "), limit: limit)
            let leads = try await SearchLeads.perform(request, in: try location.operations()).leads
            if leads.isEmpty, !output.json { return Terminal.say("nobody found") }
            LeadTable.say(leads, json: output.json)
        }
    }
}

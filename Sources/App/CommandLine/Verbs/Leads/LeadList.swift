import ArgumentParser
import Leads
import Operations

struct LeadList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List leads, the newest first.",
        discussion:
            "Reads the database; needs no daemon.\n\nExit codes: 0 done; 64 an unknown status; 69 it may not be read.")

    @Option(name: .long, help: "Only in this status: \(LeadStatus.allCases.map(\.rawValue).joined(separator: ", ")).")
    var status: String?

    @Flag(name: .long, help: "Only those with a message that can go out.")
    var ready = false

    @Flag(name: .long, help: "Only those with a gap.")
    var needsEnrichment = false

    @Flag(name: .long, help: "Only those with changes that Airtable does not have.")
    var syncPending = false

    @Option(name: .long, help: "Only from this source, such as serpapi or csv:people.csv.")
    var source: String?

    @Flag(name: .long, help: "Deleted ones too.")
    var deleted = false

    @Option(name: .long, help: "Only smaller numbers: the next page.")
    var before: Int64?

    @Option(name: .long, help: "How many.")
    var limit = 20

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func validate() throws {
        if let status, LeadStatus(rawValue: status) == nil {
            throw ValidationError(
                "There is no status \"\(status)\"; there are \(LeadStatus.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000.") }
    }

    func run() async throws {
        try await carryingOut {
            var request = ListLeads.Request()
            request.status = status.flatMap(LeadStatus.init(rawValue:))
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
        commandName: "search", abstract: "Find leads by words of name, company, title, place, industry, or by address.",
        discussion: """
            All words must be there; the last may be a beginning. Parts of words are found in name, company and address.

            Exit codes: 0 done, also when nothing is found; 69 the database may not be read.
            """)

    @Argument(help: "Words.")
    var words: [String]

    @Option(name: .long, help: "How many.")
    var limit = 20

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func validate() throws {
        guard (1...1_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000.") }
    }

    func run() async throws {
        try await carryingOut {
            let request = SearchLeads.Request(words.joined(separator: " "), limit: limit)
            let leads = try await SearchLeads.perform(request, in: try location.operations()).leads
            if leads.isEmpty, !output.json { return Terminal.say("nobody found") }
            LeadTable.say(leads, json: output.json)
        }
    }
}

import ArgumentParser
import Daemon

struct SandboxVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run the stand-ins for SerpAPI, Airtable, OpenAI and company sites alone.",
        discussion: """
            They listen on loopback and answer as the services do; their people are made up, the same for the same seed.
            What a daemon needs to use them is printed as environment variables. `4runr serve --sandbox` does both at once.

            GET /sandbox/state tells what was called and paid for. POST /sandbox/faults/SERVICE makes the next calls fail:
            SERVICE is serpapi, airtable, openai or sites, and the body {"kind": "status", "status": 429, "count": 3}, or
            the kind slow (with milliseconds), cut, malformed, html, hang, drip (a byte a second), echo (the key is repeated), of
            OpenAI placeholder or filter (a prompt is refused), of Airtable expire (a list that is given up). DELETE mends it. Of Airtable, 402 is a spent month.

            GET /sandbox/requests lists what the services were sent, without keys, and DELETE begins the list anew.
            GET /sandbox/records shows Airtable's records, and POST /sandbox/airtable does what somebody does in its window:
            {"action": "create", "fields": {"Full Name": "Ada King"}}, update (record, fields), delete (record), restore
            (record), rename-field (field, to), add-field (field, type, choices), remove-field (field).

            Exit codes: 0 stopped as asked; 69 the port is taken.
            """)

    @Option(name: .long, help: "The port; 0 for any free one.")
    var port = 0

    @Option(name: .long, help: "The same seed makes the same people.")
    var seed: UInt64 = 1

    @Option(
        name: .long,
        help: ArgumentHelp("Where Airtable's records are kept; else they are forgotten.", valueName: "file"))
    var records: String?

    @Option(name: .long, help: "Calls a second that the stand-in of Airtable allows.")
    var airtableRate = 5

    @Option(name: .long, help: "Seconds that it answers 429 once there were more.")
    var airtablePenalty = 30.0

    @Option(name: .long, help: "Its calls a month; without it there is no end.")
    var airtableMonth: Int?

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
        guard airtableRate > 0, airtableMonth ?? 1 > 0 else {
            throw ValidationError("--airtable-rate and --airtable-month must be positive.")
        }
        guard (0...600).contains(airtablePenalty) else {
            throw ValidationError("--airtable-penalty must be from 0 to 600.")
        }
    }

    func run() async throws {
        try await carryingOut {
            var options = SandboxMode.Options()
            options.port = port
            options.seed = seed
            options.records = records
            options.airtableRate = airtableRate
            options.airtablePenalty = airtablePenalty
            options.airtableMonth = airtableMonth
            try await SandboxMode.serveAlone(options) { lines in lines.forEach(Terminal.say) }
        }
    }
}

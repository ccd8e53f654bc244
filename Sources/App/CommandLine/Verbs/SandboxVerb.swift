import ArgumentParser
import Daemon

struct SandboxVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Run only the stand-ins for SerpAPI, Airtable, OpenAI and company sites.",
        discussion: help(
            """
            They listen on loopback and answer as the services do. Their people are made up, the same ones for the
            same seed. What a daemon needs in order to use them is printed as environment variables. `4runr serve
            --sandbox` does both at once.

            GET /sandbox/state shows what was called and paid for. GET /sandbox/requests lists what the services
            were sent, without keys; DELETE empties the list. GET /sandbox/records shows the records of Airtable.

            POST /sandbox/faults/SERVICE makes the next calls fail; DELETE ends that. SERVICE is serpapi,
            airtable, openai or sites. The body is {"kind": "status", "status": 429, "count": 3}, or names another
            kind: slow (with milliseconds), cut, malformed, html, hang, drip (a byte a second), echo (the key is
            repeated); for OpenAI also placeholder and filter (a prompt is refused); for Airtable also expire (a
            list that is given up). Status 402 of Airtable means that the month's calls are used up.

            POST /sandbox/airtable does what somebody does in Airtable's window: {"action": "create", "fields":
            {"Full Name": "Ada King"}}, update (record, fields), delete (record), restore (record), rename-field
            (field, to), add-field (field, type, choices), remove-field (field).
            """,
            examples: "4runr sandbox --port 8090",
            exits: [0: "stopped as asked", 69: "the port is taken"]))

    @Option(name: .long, help: "The port; 0 for any free one.")
    var port = 0

    @Option(name: .long, help: "The seed of the made-up people.")
    var seed: UInt64 = 1

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The file that keeps Airtable's records; without it they are lost at the end.", valueName: "file"))
    var records: String?

    @Option(name: .long, help: "Calls a second that the stand-in for Airtable allows.")
    var airtableRate = 5

    @Option(name: .long, help: "Seconds for which it answers 429 after too many calls.")
    var airtablePenalty = 30.0

    @Option(name: .long, help: "Its calls a month; without it there is no limit.")
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
            try await SandboxMode.serveAlone(
                port: port, seed: seed, records: records, airtableRate: airtableRate,
                airtablePenalty: airtablePenalty, airtableMonth: airtableMonth
            ) { lines in lines.forEach(Terminal.say) }
        }
    }
}

import ArgumentParser
import Daemon
import Glibc
import Leads
import Operations
import Values

struct SuppressVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suppress", abstract: "Keep addresses and domains that nobody is written to at.",
        discussion: help(
            """
            No lead is taken in with such an address or domain, nothing is searched for it, and no message is written;
            one that is ready is withdrawn.
            """,
            examples: "sudo 4runr suppress add ada@acme.example competitor.example"),
        subcommands: [Add.self, List.self, Remove.self, Import.self, Export.self])

    static let targets = "Addresses and domains, such as ada@acme.example and acme.example."

    static func say(_ response: AddSuppressions.Response) {
        Terminal.say("\(response.added) suppressed\(response.known > 0 ? ", \(response.known) were before" : "")")
        for text in response.refused.prefix(10) {
            Terminal.complain("left out, since it is neither an address nor a domain: \(text.singleLine)")
        }
        if !response.withdrawn.isEmpty {
            Terminal.say("withdrew the message of lead \(response.withdrawn.map(String.init).joined(separator: ", "))")
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Suppress addresses and domains.",
            discussion: help(
                """
                A domain is suppressed with all its subdomains.
                """,
                examples: "sudo 4runr suppress add ada@acme.example --reason \"asked by phone\"",
                exits: [0: "done", 64: "it is neither an address nor a domain", 75: "the database is locked"]))

        @Argument(help: ArgumentHelp(SuppressVerb.targets))
        var targets: [String]

        @Option(name: .long, help: "Why, for people.")
        var reason: String?

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let request = AddSuppressions.Request(targets, reason: reason)
                let response = try await AddSuppressions.perform(request, in: try location.operations())
                if output.json { return try Terminal.json(response) }
                SuppressVerb.say(response)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List what is suppressed.",
            discussion: help(
                examples: "sudo 4runr suppress list",
                exits: [0: "done", 69: "the database may not be read"]))

        @Option(name: .long, help: "How many.")
        var limit = 100

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let context = try location.operations()
                let found = try await ListSuppressions.perform(.init(limit: limit), in: context)
                if output.json { return try Terminal.json(found.suppressions) }
                guard found.count > 0 else { return Terminal.say("nothing is suppressed") }
                let (clock, now) = (await context.clock(), Caller.runtime.now)
                var table = Table("ADDRESS OR DOMAIN", "SINCE", "BY", "WHY")
                for one in found.suppressions {
                    table.add(
                        .init(one.target.written, .bold), .init(Moment.text(one.at, on: clock, now: now)),
                        .init(one.author.rawValue), .init(one.reason ?? "-"))
                }
                table.print()
                if found.count > found.suppressions.count {
                    Terminal.note("\(found.count) in all; to have them all: 4runr suppress export")
                }
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Lift suppressions.",
            discussion: help(
                """
                All of them are lifted, or none. Messages that were withdrawn are not written again by themselves.
                """,
                examples: "sudo 4runr suppress remove acme.example",
                exits: [0: "done", 64: "it is not suppressed", 75: "the database is locked"]))

        @Argument(help: ArgumentHelp(SuppressVerb.targets))
        var targets: [String]

        @OptionGroup var location: Location

        func run() async throws {
            try await carryingOut {
                let removed = try await RemoveSuppressions.perform(.init(targets), in: try location.operations())
                for target in removed.removed { Terminal.say("\(target) is no longer suppressed") }
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Suppress the addresses and domains of a file.",
            discussion: help(
                """
                The file has one a line, or is a CSV or JSON file with a column called email, address or domain. Use - for
                standard input. What is neither an address nor a domain is left out and named.
                """,
                examples: "sudo 4runr suppress import unsubscribed.csv",
                "sudo 4runr suppress import list.csv --column Recipient",
                exits: [
                    0: "done", 64: "no column can be told", 65: "the file cannot be read", 75: "the database is locked",
                ]))

        @Argument(help: "The file, or - for standard input.")
        var file: String

        @Option(name: .long, help: "The file's format; else by its name.")
        var format: LeadFileFormat?

        @Option(name: .long, help: "The column.")
        var column: String?

        @Option(name: .long, help: "Why, for people.")
        var reason: String?

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let installation = try location.installation()
                let descriptor = try InputFile.open(file, for: installation)
                try installation.becomeOwner(handingOver: descriptor)
                var request = ImportSuppressions.Request(file == "-" ? "standard input" : file)
                request.format = format ?? (file == "-" ? .csv : nil)
                request.column = column
                request.reason = reason
                let response = try await ImportSuppressions.perform(
                    request, reading: descriptor, in: installation.makeOperations())
                if output.json { return try Terminal.json(response) }
                SuppressVerb.say(response)
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Write all suppressions to standard output, as CSV.",
            discussion: help(
                """
                `suppress import` reads it.
                """,
                examples: "sudo 4runr suppress export > suppressions.csv",
                exits: [0: "done", 69: "the database may not be read"]))

        @OptionGroup var location: Location

        func run() async throws {
            try await carryingOut {
                let context = try location.operations()
                Terminal.raw("address,since,by,reason\r\n")
                var request = ListSuppressions.Request(limit: 1_000)
                while true {
                    let page = try await ListSuppressions.perform(request, in: context).suppressions
                    guard let last = page.last else { return }
                    for one in page { Terminal.raw(one.csv) }
                    request.after = last.target
                }
            }
        }
    }
}

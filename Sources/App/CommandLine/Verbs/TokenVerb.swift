import ArgumentParser
import Leads
import Operations
import Values

struct TokenVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, list and revoke tokens for programs that use the API.",
        discussion: help(
            """
            A token says what its holder may do, and each scope contains those before it. With read, to see leads, messages,
            jobs, runs, the schedule and the sync. With write, to change leads and messages, suppress addresses and import.
            With run, to start, pause, cancel and backfill jobs, and to sync. With admin, to make and restore backups, and to
            see the settings.

            config/README.md shows the API with examples; the daemon serves a page of it at /docs.
            """,
            examples: "sudo 4runr token create crm --scope write --expires 90d",
            exits: [0: "done; for the others see the help of each subcommand"]),
        subcommands: [Create.self, List.self, Revoke.self], defaultSubcommand: List.self)

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Make a token, and print it once.",
            discussion: help(
                """
                Only a hash of it is kept, so it can't be shown again. What is done with it is recorded under its name.

                With --person, what comes with it is a person's word: it overrules what machines say, and lifts opt-outs and
                suppressions. Use it where a person acts through the program.
                """,
                examples: "sudo 4runr token create crm --scope write --expires 90d",
                "sudo 4runr token create desk --scope write --person",
                exits: [
                    0: "done", 64: "a token in force has the name, or it is not a name for a token",
                    75: "the database is locked",
                ]))

        @Argument(help: "Its name, for lists and for the record of what it did.")
        var name: String

        @Option(name: .long, help: "What it may do: read, write, run or admin.")
        var scope: AccessScope

        @Option(
            name: .long,
            help: ArgumentHelp("How long it may be used, like 90d; the default is for ever.", valueName: "span"))
        var expires: Duration?

        @Flag(name: .long, help: "What comes with it is a person's word.")
        var person = false

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                var request = CreateToken.Request(name, scope: scope)
                request.seconds = expires?.inSeconds
                request.isPerson = person
                let made = try await CreateToken.perform(request, in: try location.operations())
                if output.json { return try Terminal.json(made) }
                Terminal.say(made.secret)
                Terminal.note("keep it now: it is not shown again")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the tokens: what they may do, and when they were last used.",
            discussion: help(
                examples: "sudo 4runr token list", exits: [0: "done", 69: "the database may not be read"]))

        @Flag(name: .long, help: "List those that were revoked, too.")
        var all = false

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let context = try location.operations()
                var request = ListTokens.Request()
                request.withRevoked = all
                let lines = try await ListTokens.perform(request, in: context).tokens
                if output.json { return try Terminal.json(lines) }
                guard !lines.isEmpty else { return Terminal.say("there is no token") }
                let (now, clock) = (Caller.runtime.now, await context.clock())
                var table = Table("TOKEN", "SCOPE", "IS", "MADE", "BY", "EXPIRES", "LAST USED")
                for line in lines {
                    let token = line.token
                    table.add(
                        .init(token.name, .bold), .init(token.scope.rawValue + (token.isPerson ? ", a person" : "")),
                        .init(line.state, line.state == "in force" ? .green : .dim),
                        .init(Moment.text(token.createdAt, on: clock, now: now)), .init(token.createdBy, .dim),
                        .init(Moment.text(token.expiresAt, on: clock, now: now)),
                        .init(Moment.text(token.usedAt, on: clock, now: now), .dim))
                }
                table.print()
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Revoke a token: what comes with it from now on is refused.",
            discussion: help(
                examples: "sudo 4runr token revoke crm",
                exits: [0: "done", 64: "no token in force has the name", 75: "the database is locked"]))

        @Argument(help: "Its name.")
        var name: String

        @OptionGroup var location: Location

        func run() async throws {
            try await carryingOut {
                let revoked = try await RevokeToken.perform(.init(name), in: try location.operations())
                Terminal.say("\(revoked.name) is revoked")
            }
        }
    }
}

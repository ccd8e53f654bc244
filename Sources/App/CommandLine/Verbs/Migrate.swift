import ArgumentParser
import Operations

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Show or change the schema of the database.",
        discussion: help(
            """
            The daemon migrates up by itself when it starts. This is for looking, and for going back.
            """,
            examples: "sudo 4runr migrate status"),
        subcommands: [Status.self, Up.self, Down.self, New.self])

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new", abstract: "Begin with an empty database where the old one is gone.",
            discussion: help(
                """
                A daemon does not do this by itself where there are backups, because restoring one is nearly
                always what is wanted (4runr backup list). What is left of the old database is kept under another
                name.
                """,
                examples: "sudo 4runr migrate new",
                exits: [
                    0: "done", 69: "a daemon is at work on the folder", 70: "there is a database",
                    75: "the disk is full",
                ]))

        @OptionGroup var location: Location

        func run() async throws {
            try await carryingOut {
                report(try await ChangeSchema.perform(.new, in: try location.operations()).changed, "applied")
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "List the migrations and which of them are applied.",
            discussion: help(
                examples: "sudo 4runr migrate status",
                exits: [
                    0: "done", 65: "the database is damaged or of a newer version", 69: "the database may not be read",
                ]))

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let status = try await ListMigrations.perform(.init(), in: try location.operations()).migrations
                if output.json { return try Terminal.json(status) }
                var table = Table("NUMBER", "NAME", "APPLIED")
                for migration in status {
                    table.add(
                        .init("\(migration.number)"), .init(migration.name, .bold),
                        .init(migration.applied ? "yes" : "no", migration.applied ? .green : .yellow))
                }
                table.print()
            }
        }
    }

    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "up", abstract: "Apply the migrations that are missing; a backup is made first.",
            discussion: help(
                examples: "sudo 4runr migrate up",
                exits: [0: "done", 69: "a daemon is at work on the folder", 75: "the disk is full"]))

        @Option(name: .long, help: "The number to stop at.")
        var to: Int?

        @OptionGroup var location: Location

        func validate() throws { if let to { try checkNumber(to) } }

        func run() async throws {
            try await carryingOut {
                report(try await ChangeSchema.perform(.up(to: to), in: try location.operations()).changed, "applied")
            }
        }
    }

    struct Down: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "down", abstract: "Take migrations back; a backup is made first.",
            discussion: help(
                """
                The tables that go take their data with them; the backup keeps it. Stop the daemon first: it
                migrates up when it starts.
                """,
                examples: "sudo 4runr migrate down --to 8",
                exits: [0: "done", 69: "a daemon is at work on the folder", 75: "the disk is full"]))

        @Option(name: .long, help: "The number to stop at; 0 for an empty database.")
        var to: Int

        @OptionGroup var location: Location

        func validate() throws { try checkNumber(to) }

        func run() async throws {
            try await carryingOut {
                report(
                    try await ChangeSchema.perform(.down(to: to), in: try location.operations()).changed, "taken back")
            }
        }
    }
}

private func report(_ changed: [MigrationView], _ what: String) {
    for migration in changed { Terminal.say("\(migration.number) \(migration.name): \(what)") }
    if changed.isEmpty { Terminal.say("nothing to do") }
}

private func checkNumber(_ number: Int) throws {
    guard (0...MigrationView.latest).contains(number) else {
        throw ValidationError("--to must be from 0 to \(MigrationView.latest), not \(number).")
    }
}

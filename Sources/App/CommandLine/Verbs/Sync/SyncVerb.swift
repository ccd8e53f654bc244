import ArgumentParser
import Operations

struct SyncVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Keep Airtable in step, and see how it stands.",
        discussion: help(
            """
            Without a subcommand it is `both`: what changed in Airtable comes here, then what changed here goes
            there. The file airtable-fields.yaml says which column is which field.
            """,
            examples: "sudo 4runr sync --dry-run"),
        subcommands: [
            SyncBoth.self, SyncPull.self, SyncPush.self, SyncSetup.self, SyncStatus.self, SyncConflicts.self,
            SyncResolve.self,
        ], defaultSubcommand: SyncBoth.self)
}

/// What the verbs of all directions say.
private let dryRunHelp = """
    --dry-run reads Airtable and prints the plan: what would be created, changed (old → new) or deleted, what is in
    conflict, and the calls it would cost. Nothing is written on either side.
    """

/// The options of a sync in any direction.
struct SyncOptions: ParsableArguments {
    @Flag(name: .long, help: "Read all records, not only those that changed.")
    var full = false

    @Flag(name: .long, help: "Allow any number of deletes at once.")
    var allowDeletes = false

    @OptionGroup var stage: StageOptions

    func run(_ direction: RunSync.Direction, onlyRefused: Bool = false) async throws {
        try await carryingOut {
            var request = RunSync.Request()
            request.onlyRefused = onlyRefused
            (request.direction, request.isFull, request.allowsDeletes) = (direction, full, allowDeletes)
            (request.limit, request.leads, request.isDryRun) = (stage.limit, stage.ids, stage.dryRun)
            let context = try stage.location.operations().reporting(showProgress)
            try RunOutput.finish(try await RunSync.perform(request, in: context), stage.output)
        }
    }
}

struct SyncBoth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "both", abstract: "Pull, then push.",
        discussion: help(
            dryRunHelp, examples: "sudo 4runr sync both --dry-run",
            exits: stageExits, note: stageNote))

    @OptionGroup var options: SyncOptions

    func run() async throws { try await options.run(.both) }
}

struct SyncPull: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Take over what changed in Airtable.",
        discussion: help(
            dryRunHelp, examples: "sudo 4runr sync pull --full",
            exits: stageExits, note: stageNote))

    @OptionGroup var options: SyncOptions

    func run() async throws { try await options.run(.pull) }
}

struct SyncPush: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Send Airtable what changed here.",
        discussion: help(
            """
            A sync by hand also tries what Airtable refused before; --refused sends nothing else.

            \(dryRunHelp)
            """, examples: "sudo 4runr sync push --id 17", "sudo 4runr sync push --refused",
            exits: stageExits, note: stageNote))

    @Flag(name: .long, help: "Send only the leads that Airtable refused.")
    var refused = false

    @OptionGroup var options: SyncOptions

    func run() async throws { try await options.run(.push, onlyRefused: refused) }
}

struct SyncSetup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup", abstract: "Look at the table's fields, and create those that are missing.",
        discussion: help(
            """
            The token needs the scope schema.bases:read, and schema.bases:write for --create-fields. What is
            learnt is kept: a field that is renamed in Airtable is still found. A first field called Name stands for
            the full name. With --create-fields, Airtable also adds the options that a select field lacks, when a lead
            needs them. What was refused before is tried again at the next sync.
            """,
            examples: "sudo 4runr sync setup --create-fields",
            exits: [
                0: "done", 1: "it failed, or a sync cannot begin",
                69: "a key is missing or the month's calls are spent", 75: "a sync is at work, or it was cancelled",
                78: "the settings or the schedule are wrong",
            ]))

    @Flag(name: .long, help: "Create the fields that the table lacks.")
    var createFields = false

    @Flag(
        name: .long,
        help: "Switch to the base or table in the settings, although the database is in step with another one.")
    var switchBase = false

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            var request = SetUpSync.Request()
            (request.createsFields, request.switchesBase) = (createFields, switchBase)
            let context = try location.operations().reporting(showProgress)
            try RunOutput.finish(try await SetUpSync.perform(request, in: context), output)
        }
    }
}

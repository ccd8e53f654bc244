import ArgumentParser
import Operations

struct SyncVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Keep Airtable in step, and see how it stands.",
        discussion: """
            Without a verb it is `both`: what changed in Airtable comes here, then what changed here goes there. Which field
            is which stands in airtable-fields.yaml.
            """,
        subcommands: [
            SyncBoth.self, SyncPull.self, SyncPush.self, SyncSetup.self, SyncStatus.self, SyncConflicts.self,
            SyncResolve.self,
        ], defaultSubcommand: SyncBoth.self)
}

/// What each way of the sync can be told.
struct SyncOptions: ParsableArguments {
    @Flag(name: .long, help: "Delete however many are gone or deleted on the other side.")
    var allowDeletes = false

    @OptionGroup var stage: StageOptions

    func run(_ direction: RunSync.Direction, isFull: Bool) async throws {
        try await carryingOut {
            var request = RunSync.Request()
            (request.direction, request.isFull, request.allowsDeletes) = (direction, isFull, allowDeletes)
            (request.limit, request.leads, request.isDryRun) = (stage.limit, stage.ids, stage.dryRun)
            let context = try stage.location.operations().reporting(showProgress)
            try RunOutput.finish(try await RunSync.perform(request, in: context), stage.output)
        }
    }
}

private let dryRunHelp = """
    --dry-run reads Airtable and prints the plan: what would be made, changed (old → new), deleted, what is in conflict, and
    the calls it would cost. Nothing is written on either side.
    """

struct SyncBoth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "both", abstract: "Pull, then push.", discussion: "\(dryRunHelp)\n\n\(stageExitCodes)")

    @Flag(name: .long, help: "Read all records, not only those that changed.")
    var full = false

    @OptionGroup var options: SyncOptions

    func run() async throws { try await options.run(.both, isFull: full) }
}

struct SyncPull: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Take over what changed in Airtable.",
        discussion: "\(dryRunHelp)\n\n\(stageExitCodes)")

    @Flag(name: .long, help: "Read all records, not only those that changed.")
    var full = false

    @OptionGroup var options: SyncOptions

    func run() async throws { try await options.run(.pull, isFull: full) }
}

struct SyncPush: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Tell Airtable what changed here.",
        discussion: "\(dryRunHelp)\n\n\(stageExitCodes)")

    @Flag(name: .long, help: "Read all records first, not only those that changed.")
    var full = false

    @OptionGroup var options: SyncOptions

    func run() async throws { try await options.run(.push, isFull: full) }
}

struct SyncSetup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup", abstract: "Look at the table's fields, and make those that are missing.",
        discussion: """
            The token needs the scope schema.bases:read, and schema.bases:write for --create-fields. What is learnt is kept: a
            field that is renamed in Airtable is still found.

            Exit codes: 0 done; 1 it failed, or a sync cannot begin; 69 a key is missing or the month's calls are spent, the
            message says which; 75 a sync is at work; 78 the files are wrong.
            """)

    @Flag(name: .long, help: "Make the fields that the table lacks.")
    var createFields = false

    @Flag(
        name: .long,
        help: "The base or table in the settings is meant from now on, although the database is in step with another.")
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

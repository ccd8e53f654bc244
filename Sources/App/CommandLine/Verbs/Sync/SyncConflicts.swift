import ArgumentParser
import Operations
import Values

struct SyncConflicts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts", abstract: "List fields that were changed on both sides.",
        discussion: help(
            """
            Lists the conflicts that wait for a person: those of fields with the rule `manual`. With --all also
            those that a rule decided.
            """,
            examples: "sudo 4runr sync conflicts --all",
            exits: [0: "done", 75: "the database is locked", 78: "the settings or the schedule are wrong"]))

    @Flag(name: .long, help: "Also conflicts that are over.")
    var all = false

    @Option(name: .long, help: "How many.")
    var limit = 50

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let request = ListConflicts.Request(all: all, limit: limit)
            let conflicts = try await ListConflicts.perform(request, in: try location.operations()).conflicts
            if output.json { return try Terminal.json(conflicts) }
            guard !conflicts.isEmpty else { return Terminal.say(all ? "no conflicts" : "no conflicts wait") }
            let now = Caller.runtime.now
            var table = Table("ID", "LEAD", "NAME", "FIELD", "BEFORE", "HERE", "AIRTABLE", "FOUND", "ENDED")
            for entry in conflicts {
                let conflict = entry.conflict
                func text(_ value: String?) -> String { (value ?? "-").singleLine.shortened(to: 40) }
                let end =
                    switch conflict.resolution {
                    case nil: "waits"
                    case "settled": "both agree"
                    case "local", "airtable": "\(conflict.resolution ?? "") kept"
                    case let other?: other
                    }
                table.add(
                    .init("\(conflict.id)", .bold), .init("\(conflict.lead)", .dim),
                    .init(entry.name.shortened(to: 28)), .init(conflict.column), .init(text(conflict.base), .dim),
                    .init(
                        text(conflict.resolution == nil && conflict.column != "record" ? entry.present : conflict.local)
                    ),
                    .init(text(conflict.airtable)),
                    .init(Moment.distance(conflict.foundAt, now: now)),
                    .init(
                        end, conflict.resolution == nil ? .yellow : .dim))
            }
            table.print()
            if conflicts.contains(where: { $0.conflict.resolution == nil }) {
                Terminal.note("decide: 4runr sync resolve ID --keep local|airtable")
            }
        }
    }
}

struct SyncResolve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Decide conflicts.",
        discussion: help(
            """
            `local` sends our value at the next sync; `airtable` takes over Airtable's at once. For another value,
            edit the lead and keep local.
            """,
            examples: "sudo 4runr sync resolve 3 --keep local",
            exits: [
                0: "done", 64: "there is no such conflict, it is over, or its field is not synced",
                75: "the database is locked", 78: "the settings or the schedule are wrong",
            ]))

    @Argument(help: "Conflicts' numbers.")
    var conflicts: [Int64]

    @Option(name: .long, help: "Whose value is kept: local or airtable.")
    var keep: ResolveConflicts.Side

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func run() async throws {
        try await carryingOut {
            let request = ResolveConflicts.Request(conflicts, keeping: keep)
            let decided = try await ResolveConflicts.perform(request, in: try location.operations())
            if output.json { return try Terminal.json(decided) }
            for id in decided.resolved {
                Terminal.say(
                    "conflict \(id): \(keep == .local ? "ours is kept, and Airtable is told at the next sync" : "Airtable's is taken over")"
                )
            }
        }
    }
}

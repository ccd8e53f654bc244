import ArgumentParser
import Daemon
import Leads
import Operations
import Values

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Make, list and restore backups of the database.",
        discussion: help(
            examples: "sudo 4runr backup list"),
        subcommands: [Create.self, List.self, Restore.self, Confirm.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Copy the database into backups/ while it stays in use.",
            discussion: help(
                """
                The copy gets its name only after it was checked.
                """,
                examples: "sudo 4runr backup create",
                exits: [0: "done", 65: "the database is damaged", 75: "the disk is full or the database locked"]))

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let context = try location.operations().reporting(showProgress)
                let file = try await CreateBackup.perform(.init(), in: context)
                Terminal.endProgress()
                if output.json { return try Terminal.json(file) }
                Terminal.say("\(file.name)  \(Size.text(file.size))")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the backups, the newest first.",
            discussion: help(
                examples: "sudo 4runr backup list",
                exits: [0: "done", 69: "the folder may not be read"]))

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let found = try await ListBackups.perform(.init(), in: try location.operations())
                let files = found.backups
                if output.json { return try Terminal.json(files) }
                guard !files.isEmpty else { return Terminal.say("no backups in \(found.folder)") }
                let now = Caller.runtime.now
                var table = Table("NAME", "SIZE", "WHY", "AGE")
                for file in files {
                    table.add(
                        .init(file.name, .bold), .init(Size.text(file.size)), .init(file.reason),
                        .init(Moment.distance(file.createdAt, now: now), .dim))
                }
                table.print()
            }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore", abstract: "Replace the data with a backup.",
            discussion: help(
                """
                The backup is checked before anything is changed, and the present data is kept as a backup of its
                own. Opt-outs, deletions and suppressions of the present data stay in force. It works with and without
                a daemon, and whatever state the database is in: gone, damaged, or of a newer version. While a job runs or another process writes, such as an import, it is refused;
                with --wait it waits for them.
                """,
                examples: "sudo 4runr backup restore leads-2026-11-21T02-30-00.000Z-scheduled.db --wait",
                exits: [
                    0: "done", 65: "the backup is damaged or of a newer version", 69: "there is no such backup",
                    75: "somebody is at work (the message says who), or the disk is full",
                ]))

        @Argument(help: "A name that 'backup list' shows, or the path of a file.")
        var name: String

        @Flag(name: .long, help: "Wait until nobody is at work on the data.")
        var wait = false

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let context = try location.operations().reporting(showProgress)
                let result: RestoreResult
                do { result = try await RestoreBackup.perform(.init(name, waits: wait), in: context) } catch {
                    let problem = OperationProblem(any: error)
                    guard problem.errorKind == .busy else { throw error }
                    throw OperationProblem(.busy, "\(problem.message), or wait for that: --wait")
                }
                Terminal.endProgress()
                if output.json { return try Terminal.json(result) }
                let kept = result.keptAs.map { "; what it replaced is kept as \($0)" } ?? ""
                Terminal.say("restored \(result.name)\(kept)")
                guard let carried = result.carried else {
                    return Terminal.complain(
                        "what it replaced could not be read, so who opted out or was deleted since is not known: no message is written until you have looked, then: 4runr backup confirm"
                    )
                }
                let count = carried.optOuts + carried.deletions + carried.suppressions
                guard count > 0 else { return }
                Terminal.say(
                    "stays in force since: \(carried.optOuts) opt-outs, \(carried.deletions) deletions, \(carried.suppressions) suppressions"
                )
            }
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm", abstract: "Let messages be written again after a restore.",
            discussion: help(
                """
                A restore keeps opt-outs and deletions of the database that it replaces. Where that cannot be read, no
                message is written until you confirm: delete or opt out first whom you know of.
                """,
                examples: "sudo 4runr backup confirm",
                exits: [0: "done", 64: "no restore waits to be confirmed", 75: "the database is locked"]))

        @OptionGroup var location: Location

        func run() async throws {
            try await carryingOut {
                let done = try await ConfirmRestore.perform(.init(), in: try location.operations())
                Terminal.say("messages are written again; they were held back: \(done.reason)")
            }
        }
    }
}

enum Size {
    /// `512 B`, `1.4 MB`: powers of 1024.
    static func text(_ bytes: Int) -> String {
        var value = Double(bytes)
        for unit in ["B", "kB", "MB", "GB"] {
            if value < 1_024 || unit == "GB" {
                return unit == "B" ? "\(bytes) B" : "\((value * 10).rounded() / 10) \(unit)"
            }
            value /= 1_024
        }
        return "\(bytes) B"
    }
}

import ArgumentParser
import Backups
import Daemon
import Operations
import Scheduling
import Storage
import Values

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Make, list and restore backups of the database.",
        subcommands: [Create.self, List.self, Restore.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Copy the database into backups/ while it stays in use.",
            discussion: """
                The copy has its name only once it was checked.

                Exit codes: 0 done; 65 the database is damaged; 75 the disk is full or the database locked.
                """)

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let answer = try await Executors.perform(
                    .createBackup, in: try location.ownedInstallation(), onEvent: showProgress)
                Terminal.endProgress()
                guard case .backedUp(let file) = answer else { throw answer.isNotExpected }
                if output.json { return try Terminal.json(file) }
                Terminal.say("\(file.name)  \(Size.text(file.size))")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the backups, the newest first.",
            discussion: "Exit codes: 0 done; 69 the folder may not be read.")

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let folder = try location.ownedInstallation().folder
                let files = try BackupService(folder: folder, runtime: Surroundings.runtime).list()
                if output.json { return try Terminal.json(files) }
                guard !files.isEmpty else { return Terminal.say("no backups in \(folder.backups)") }
                let now = Surroundings.runtime.now
                var table = Table("NAME", "SIZE", "WHY", "AGE")
                for file in files {
                    table.add(
                        .init(file.name, .bold), .init(Size.text(file.size)), .init(file.reason.rawValue),
                        .init(Moment.distance(file.createdAt, now: now), .dim))
                }
                table.print()
            }
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore", abstract: "Replace the data by a backup's.",
            discussion: """
                The backup is checked before anything is changed, and the present data is kept as a backup of its own. Works
                with and without a daemon, and whatever state the database is in: gone, damaged, or of a newer version. While
                a job runs or somebody writes, such as an import, it is refused; with --wait it waits for them.

                Exit codes: 0 done; 65 the backup is damaged or of a newer version; 69 there is no such backup; 75 somebody is
                at work, the message says who, or the disk is full.
                """)

        @Argument(help: "A name that 'backup list' shows, or the path of a file.")
        var name: String

        @Flag(name: .long, help: "Wait until nobody is at work on the data, instead of refusing.")
        var wait = false

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                // A path is meant from here, not from where the daemon stands.
                let name = name.contains("/") ? DataFolder(name).path : name
                let installation = try location.ownedInstallation()
                let result = try await restore(name, installation)
                if output.json { return try Terminal.json(result) }
                let kept = result.keptAs.map { "; what it replaced is kept as \($0)" } ?? ""
                Terminal.say("restored \(result.name)\(kept)")
            }
        }

        /// Asks again until nobody is at work, if that is wanted: so a wait that is interrupted restores nothing later.
        private func restore(_ name: String, _ installation: Installation) async throws -> RestoreResult {
            while true {
                let answer = try await Executors.perform(
                    .restoreBackup(name: name), in: installation, onEvent: showProgress)
                Terminal.endProgress()
                switch answer {
                case .restored(let result): return result
                case .busy(let who) where wait:
                    Terminal.progress("waiting: \(who)", nil)
                    try await Surroundings.runtime.sleep(for: .milliseconds(300))
                case .busy(let who): throw OperationProblem(.temporary, "\(who); or wait for it: --wait")
                default: throw answer.isNotExpected
                }
            }
        }
    }
}

@Sendable private func showProgress(_ event: ExecutorEvent) {
    if case .progress(let text, let share) = event { Terminal.progress(text, share) }
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

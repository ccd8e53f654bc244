import ArgumentParser
import Backups
import Daemon
import Operations
import Scheduling
import Storage

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
                guard case .backedUp(let file) = answer else { return }
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
                let files = try BackupService(folder: folder, now: { SystemClock().now }).list()
                if output.json { return try Terminal.json(files) }
                guard !files.isEmpty else { return Terminal.say("no backups in \(folder.backups)") }
                let now = SystemClock().now
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
                with and without a daemon; refused while a job runs.

                Exit codes: 0 done; 65 the backup is damaged or of a newer version; 69 there is no such backup; 75 a job is
                running, or the disk is full.
                """)

        @Argument(help: "A name that 'backup list' shows, or the path of a file.")
        var name: String

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                // A path is meant from here, not from where the daemon stands.
                let name = name.contains("/") ? DataFolder(name).path : name
                let answer = try await Executors.perform(
                    .restoreBackup(name: name), in: try location.ownedInstallation(), onEvent: showProgress)
                Terminal.endProgress()
                guard case .restored(let result) = answer else { return }
                if output.json { return try Terminal.json(result) }
                Terminal.say("restored \(result.name); what it replaced is kept as \(result.keptAs)")
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

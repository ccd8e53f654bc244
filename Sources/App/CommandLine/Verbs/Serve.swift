import ArgumentParser
import Daemon

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the daemon in the foreground.",
        discussion: help(
            """
            It runs the jobs of the schedule until SIGTERM or SIGINT. SIGHUP reloads the files. Under systemd
            (Type=notify) it reports when it is ready, what comes next, and that it is alive.
            """,
            examples: "4runr serve --sandbox --data .data/run",
            exits: [
                0: "stopped as asked", 65: "the data is damaged or of a newer version",
                69: "the folder cannot be used, or another daemon is at work on it",
                75: "the database stayed locked or the disk full", 78: "the settings or the schedule are wrong",
            ]))

    @OptionGroup var location: Location

    func run() async throws {
        try await carryingOut {
            try await Daemon.serve(try location.ownedInstallation())
        }
    }
}

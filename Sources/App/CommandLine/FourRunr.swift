import ArgumentParser
import Daemon

@main
enum Main {
    static func main() async {
        // A daemon should be ready at once, and setting up the tree of all commands takes longer than the rest of its
        // start. Arguments that `serve` does not understand are left to the tree, which reports what is wrong with
        // them.
        let arguments = CommandLine.arguments
        if arguments.dropFirst().first == "serve", let serve = try? Serve.parse(Array(arguments.dropFirst(2))) {
            do { try await serve.run() } catch { end(with: error) }
            return
        }
        do {
            var command = try FourRunr.parseAsRoot()
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch { end(with: error) }
    }

    /// Ends like ArgumentParser does. But its message may repeat arguments, so it is printed like any other foreign
    /// text.
    private static func end(with error: any Error) -> Never {
        let code = FourRunr.exitCode(for: error)
        let text = FourRunr.fullMessage(for: error)
        if !text.isEmpty { code.isSuccess ? Terminal.raw(text + "\n") : Terminal.explain(text) }
        FourRunr.exit(withError: code)
    }
}

/// The `4runr` command.
struct FourRunr: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Program.name,
        abstract: "Find leads, write to them, and keep them in step with Airtable, on a schedule.",
        discussion: """
            The daemon runs the jobs of the schedule file. The other commands look at what it did, and ask it to do things.

            FILES
              /etc/4runr/4runr.yaml     settings (--config; else ./config/4runr.yaml)
              /etc/4runr/schedule.yaml  schedule (--schedule; else beside the settings)
              /var/lib/4runr            data (--data; else $STATE_DIRECTORY)

            EXAMPLES
              4runr check
              sudo 4runr pipeline --dry-run
              sudo 4runr leads list --ready

            EXIT CODES
              0   done
              1   the run that was asked for failed
              64  wrong usage, or what was asked for does not exist
              65  the data is damaged, another program's, or of a newer version
              69  something that is needed is not there or may not be used
              70  an error of the program itself
              74  the output could not be written
              75  temporary: the same may succeed later
              78  the settings or the schedule are wrong
            """,
        version: Program.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Daemon", subcommands: [Serve.self, Reload.self, Check.self, Health.self, SandboxVerb.self]),
            CommandGroup(
                name: "Leads",
                subcommands: [
                    LeadsVerb.self, PipelineVerb.self, Scrape.self, Enrich.self, WriteMessages.self, SyncVerb.self,
                    SuppressVerb.self,
                ]),
            CommandGroup(name: "Jobs", subcommands: [RunTask.self, JobsVerb.self, Runs.self, ScheduleVerb.self]),
            CommandGroup(name: "Data", subcommands: [Backup.self, Migrate.self, Calls.self]),
            CommandGroup(name: "Program", subcommands: [KeysVerb.self, TokenVerb.self, ConfigVerb.self, Version.self]),
        ])
}

/// The files and the folder that every command works with.
struct Location: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The settings file.", valueName: "file"))
    var config: String?

    @Option(name: .long, help: ArgumentHelp("The schedule file.", valueName: "file"))
    var schedule: String?

    @Option(name: .long, help: ArgumentHelp("The data folder.", valueName: "dir"))
    var data: String?

    @Flag(name: .long, help: "Use stand-ins for the external services, and a data folder of their own.")
    var sandbox = false
}

/// Output for programs.
struct OutputFormat: ParsableArguments {
    @Flag(name: .long, help: "Print JSON; times are UTC.")
    var json = false
}

import AirtableSync
import AppConfiguration
import Glibc
import LeadSources
import Messaging
import Monitoring
import Recurrence
import Scheduling
import Transport
import Values
import WebAPI

/// The settings and the schedule, read and checked.
struct LoadedConfiguration: Sendable {
    var schedule: Schedule
    let health: HealthSettings
    let daemon: DaemonSettings
    let leads: LeadSettings
    let api: APISettings
    /// Every setting with its value and its origin.
    let entries: [Settings.Entry]
    let warnings: [Diagnostic]
    /// What the enabled jobs need and is not configured yet.
    let gaps: [Gap]
    /// What commands get from this machine.
    let commandHost: CommandHost
}

/// Settings of the daemon itself.
struct DaemonSettings: Sendable, Equatable {
    enum LogFormat: String, CaseIterable, Sendable {
        /// The journal under systemd, otherwise text.
        case auto
        case text
        case json
        case journal
    }

    enum LogLevel: String, CaseIterable, Sendable {
        case debug
        case info
        case notice
        case warning
        case error
    }

    /// How long a stop waits for runs under way before it ends them.
    let shutdownGrace: Duration
    let logLevel: LogLevel
    let logFormat: LogFormat
    /// The folder in which JSON lines are also kept, one file per day; empty for none.
    let logFolder: String
    let logKeepDays: Int

    init(_ settings: Settings) {
        shutdownGrace = settings.duration(
            "daemon.shutdown_grace", in: Duration.seconds(0)...Duration.seconds(3_600), default: .seconds(20))
        logLevel = settings.choice("log.level", default: .info)
        logFormat = settings.choice("log.format", default: .auto)
        logFolder = settings.string("log.directory", default: "")
        logKeepDays = settings.int("log.keep_days", in: 1...3_650, default: 14)
    }
}

extension Installation {
    /// Reads the settings and the schedule. All problems of both go to `diagnostics`. Returns nil when one of them is
    /// an error.
    ///
    /// - Parameters:
    ///   - sent: a schedule that somebody sent, to take in place of the file.
    ///   - missingCommand: how to treat a command, a file or a folder that does not exist on this machine.
    func load(
        schedule sent: [UInt8]? = nil, missingCommand: ScheduleReader.MissingCommand, diagnostics: Diagnostics
    ) -> LoadedConfiguration? {
        let settings = Settings.load(files, environment: environment, diagnostics: diagnostics)
        let health = HealthSettings(settings)
        let daemon = DaemonSettings(settings)
        let secretsFolder = settings.string("secrets.directory", default: "")
        let absence: Diagnostic.Severity = missingCommand == .isError ? .error : .warning
        let secrets = secrets(secretsFolder)
        if !secretsFolder.isEmpty, !secretsFolder.hasPrefix("/") {
            settings.error(
                "secrets.directory", "must be an absolute path: the daemon's folder is not the one it is written in")
        } else if !secretsFolder.isEmpty, access(secretsFolder, F_OK) != 0, !isSandbox {
            settings.absent("secrets.directory", "there is no folder \(secretsFolder)", severity: absence)
        }
        if !daemon.logFolder.isEmpty, !Self.canBeFolder(daemon.logFolder) {
            settings.absent("log.directory", "\(daemon.logFolder) is no folder and cannot be made", severity: absence)
        }
        // Done first, so that no later error message shows a secret.
        let secretProblems = secrets.problems()
        let leads = LeadSettings(
            settings, mappingFile: files.airtableFields, secrets: secrets, absence: absence, diagnostics: diagnostics)
        let api = APISettings(settings)
        settings.reportUnknown()
        secretProblems.forEach(diagnostics.add)
        let host = CommandHost(environment: environment, secrets: secrets, runtime: runtime)
        let reader = ScheduleReader(
            catalog: ShippedTasks.catalog, zones: zones, host: host, missingCommand: missingCommand,
            machineID: Machine.id, now: runtime.now)
        let schedule =
            if let sent { reader.read(sent: sent, diagnostics: diagnostics) } else {
                reader.read(files.schedule, diagnostics: diagnostics)
            }
        guard let schedule, !diagnostics.hasErrors else { return nil }
        return LoadedConfiguration(
            schedule: schedule, health: health, daemon: daemon, leads: leads, api: api, entries: settings.entries,
            warnings: diagnostics.warnings, gaps: LoadedConfiguration.gaps(of: schedule, leads), commandHost: host)
    }

    /// The lead settings, whether or not they are valid.
    func leadSettings(_ diagnostics: Diagnostics) -> LeadSettings {
        let settings = Settings.load(files, environment: environment, diagnostics: diagnostics)
        let folder = settings.string("secrets.directory", default: "")
        return LeadSettings(
            settings, mappingFile: files.airtableFields, secrets: secrets(folder.hasPrefix("/") ? folder : ""),
            absence: .warning,
            diagnostics: diagnostics)
    }

    /// Where this installation's secrets are kept.
    ///
    /// - Parameter folder: the setting `secrets.directory`; empty for the folder beside the settings.
    func secrets(_ folder: String) -> SecretStore {
        // The owner's keys are never sent to a stand-in.
        SecretStore(
            environment: environment, installed: isSandbox ? nil : files.credentials,
            folder: folder.isEmpty ? files.secrets : folder)
    }

    /// The time zones. `TZ` applies where nothing else is set.
    var zones: ZoneDatabase { ZoneDatabase(variable: environment["TZ"]) }

    /// Whether a path is a folder, or could be created in an existing one.
    private static func canBeFolder(_ path: String) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFDIR }
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return stat(parent.isEmpty ? "/" : parent, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Like `load`, but throws a `ConfigurationProblem` with all errors.
    func loadOrThrow(
        missingCommand: ScheduleReader.MissingCommand
    ) throws(ConfigurationProblem) -> LoadedConfiguration {
        let diagnostics = Diagnostics()
        guard let loaded = load(missingCommand: missingCommand, diagnostics: diagnostics) else {
            throw ConfigurationProblem(diagnostics.errors)
        }
        return loaded
    }
}

/// A missing setting or secret that an enabled job needs. The job's runs end as skipped until it is set.
struct Gap {
    /// The name of the setting or the secret.
    let name: String
    /// What to do about it.
    let advice: String
}

extension LeadSettings {
    /// The gap that a missing key is; none if it is set.
    func gaps(ofKey name: String) -> [Gap] {
        keys[name] == nil ? [Gap(name: name, advice: secrets.advice(for: name))] : []
    }
}

extension LoadedConfiguration {
    /// What the enabled jobs need and is not configured yet.
    static func gaps(of schedule: Schedule, _ leads: LeadSettings) -> [Gap] {
        let jobs = schedule.jobs.filter(\.isEnabled)
        let types = Set(jobs.map(\.type))
        let stages = StageKind.all.filter {
            types.contains($0.task.name) || types.contains(ShippedTask.pipeline.kind.name)
        }
        let secrets = Schedule.secretNames(of: jobs).filter { name in
            !leads.serviceKeys.contains { $0.name == name } && (try? leads.secrets.find(name)) == .some(nil)
        }
        return stages.flatMap { $0.gaps(leads) }
            + secrets.map { Gap(name: $0, advice: leads.secrets.advice(for: $0)) }
    }

    /// The gaps as text, one clause each.
    var missing: [String] { gaps.map { "\($0.name) (\($0.advice))" } }
}

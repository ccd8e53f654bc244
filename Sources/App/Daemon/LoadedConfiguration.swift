import Transport
public import Recurrence
import AirtableSync
public import AppConfiguration
import Glibc
import Messaging
public import Monitoring
public import Scheduling
import LeadSources
import Values

/// The settings and the schedule, read and checked.
public struct LoadedConfiguration: Sendable {
    public let schedule: Schedule
    public let health: HealthSettings
    public let daemon: DaemonSettings
    public let leads: LeadSettings
    /// Every setting with its value and its origin.
    public let entries: [Settings.Entry]
    public let warnings: [Diagnostic]
    /// What commands get from this machine.
    let commandHost: CommandHost
}

/// Settings of the daemon itself.
public struct DaemonSettings: Sendable, Equatable {
    public enum LogFormat: String, CaseIterable, Sendable {
        /// The journal under systemd, otherwise text.
        case auto
        case text
        case json
        case journal
    }

    public enum LogLevel: String, CaseIterable, Sendable {
        case debug
        case info
        case notice
        case warning
        case error
    }

    /// How long a stop waits for runs under way before it ends them.
    public let shutdownGrace: Duration
    public let logLevel: LogLevel
    public let logFormat: LogFormat
    /// The folder in which JSON lines are also kept, one file per day; empty for none.
    public let logFolder: String
    public let logKeepDays: Int

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
    ///   - missingCommand: how to treat a command, a file or a folder that does not exist on this machine.
    public func load(
        missingCommand: ScheduleReader.MissingCommand, diagnostics: Diagnostics
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
        settings.reportUnknown()
        secretProblems.forEach(diagnostics.add)
        let host = CommandHost(environment: environment, secrets: secrets, runtime: runtime)
        let reader = ScheduleReader(
            catalog: ShippedTasks.catalog, zones: zones, host: host, missingCommand: missingCommand,
            machineID: Machine.id, now: runtime.now)
        let schedule = reader.read(files.schedule, diagnostics: diagnostics)
        guard let schedule, !diagnostics.hasErrors else { return nil }
        return LoadedConfiguration(
            schedule: schedule, health: health, daemon: daemon, leads: leads, entries: settings.entries,
            warnings: diagnostics.warnings, commandHost: host)
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
    public var zones: ZoneDatabase { ZoneDatabase(variable: environment["TZ"]) }

    /// Whether a path is a folder, or could be created in an existing one.
    private static func canBeFolder(_ path: String) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFDIR }
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return stat(parent.isEmpty ? "/" : parent, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Like `load`, but throws a `ConfigurationProblem` with all errors.
    public func loadOrThrow(
        missingCommand: ScheduleReader.MissingCommand
    ) throws(ConfigurationProblem) -> LoadedConfiguration {
        let diagnostics = Diagnostics()
        guard let loaded = load(missingCommand: missingCommand, diagnostics: diagnostics) else {
            throw ConfigurationProblem(diagnostics.errors)
        }
        return loaded
    }
}

extension LoadedConfiguration {
    /// A missing setting or secret that an enabled job needs. The job's runs end as skipped until it is set.
    struct Gap {
        /// The name of the setting or the secret.
        let name: String
        /// What to do about it.
        let advice: String
    }

    /// What the enabled jobs need and is not configured yet.
    var gaps: [Gap] {
        let types = Set(schedule.jobs.filter(\.isEnabled).map(\.type))
        func runs(_ task: String) -> Bool { types.contains(task) || types.contains("pipeline") }
        func secret(_ name: String) -> [Gap] {
            leads.keys[name] == nil ? [Gap(name: name, advice: leads.secrets.advice(for: name))] : []
        }
        var gaps: [Gap] = []
        if runs("scrape") {
            gaps += secret(SerpAPISettings.keyName)
            if leads.profile.queries.isEmpty {
                gaps.append(Gap(name: "profile", advice: "say who is wanted: titles, industries, locations"))
            }
        }
        if runs("write-messages"), let advice = leads.messaging.advice(secrets: leads.keys) {
            gaps.append(Gap(name: "messaging", advice: advice))
        }
        if runs("sync") {
            gaps += secret(AirtableSettings.keyName)
            if leads.airtable.baseID.isEmpty {
                gaps.append(
                    Gap(name: "airtable.base_id", advice: "the part of the base's address that begins with app"))
            }
        }
        for name in Schedule.secretNames(of: schedule.jobs.filter(\.isEnabled))
        where !leads.serviceKeys.contains(where: { $0.name == name }) {
            if (try? leads.secrets.find(name)) == .some(nil) {
                gaps.append(Gap(name: name, advice: leads.secrets.advice(for: name)))
            }
        }
        return gaps
    }

    /// The gaps as text, one clause each.
    public var missing: [String] { gaps.map { "\($0.name) (\($0.advice))" } }
}

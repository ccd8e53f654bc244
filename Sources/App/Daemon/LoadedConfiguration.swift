public import AppConfiguration
public import Monitoring
public import Scheduling
import Values

/// Both files, read and checked.
public struct LoadedConfiguration: Sendable {
    public let schedule: Schedule
    public let health: HealthSettings
    public let daemon: DaemonSettings
    public let leads: LeadSettings
    /// Every setting with its value and origin.
    public let entries: [Settings.Entry]
    public let warnings: [Diagnostic]
}

/// How the daemon itself behaves.
public struct DaemonSettings: Sendable, Equatable {
    public enum LogFormat: String, CaseIterable, Sendable {
        /// The journal under systemd, else text.
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

    /// How long a stop waits for what runs before it ends it.
    public let shutdownGrace: Duration
    public let logLevel: LogLevel
    public let logFormat: LogFormat
    /// Where JSON lines are kept as well, a file a day; empty for nowhere.
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
    /// Reads settings and schedule, and answers what they say, with everything that is wrong with both in `diagnostics`.
    /// Nil when something is an error.
    ///
    /// - Parameters:
    ///   - services: what tasks work with once the daemon has it; for a check they are never run.
    ///   - missingCommand: how a command that is not on this machine is taken.
    public func load(
        services: ServiceBox = ServiceBox(), missingCommand: ScheduleReader.MissingCommand, diagnostics: Diagnostics
    ) -> LoadedConfiguration? {
        let settings = Settings.load(files, environment: environment, diagnostics: diagnostics)
        let health = HealthSettings(settings)
        let daemon = DaemonSettings(settings)
        let secretsFolder = settings.string("secrets.directory", default: "")
        let secrets = SecretStore(
            environment: environment, folder: secretsFolder.isEmpty ? files.secrets : secretsFolder)
        let leads = LeadSettings(
            settings, mappingFile: files.airtableFields, secrets: secrets, diagnostics: diagnostics)
        settings.reportUnknown()
        secrets.problems().forEach(diagnostics.add)
        let reader = ScheduleReader(
            catalog: .shipped(services), zones: ZoneDatabase(),
            host: CommandHost(environment: environment, secrets: secrets),
            missingCommand: missingCommand, machineID: Machine.id, now: SystemClock().now)
        let schedule = reader.read(files.schedule, diagnostics: diagnostics)
        guard let schedule, !diagnostics.hasErrors else { return nil }
        return LoadedConfiguration(
            schedule: schedule, health: health, daemon: daemon, leads: leads, entries: settings.entries,
            warnings: diagnostics.warnings)
    }

    /// As `load`, but throws a `ConfigurationProblem` with all errors.
    public func loadOrThrow(
        services: ServiceBox = ServiceBox(), missingCommand: ScheduleReader.MissingCommand
    ) throws(ConfigurationProblem) -> LoadedConfiguration {
        let diagnostics = Diagnostics()
        guard let loaded = load(services: services, missingCommand: missingCommand, diagnostics: diagnostics) else {
            throw ConfigurationProblem(diagnostics.errors)
        }
        return loaded
    }
}

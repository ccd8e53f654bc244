public import AppConfiguration
public import Storage
public import Values

/// The files and the folder that a process works with, from the command line and the environment.
public struct Installation: Sendable {
    public let files: ConfigurationFiles
    public let folder: DataFolder
    /// The process's environment variables.
    public let environment: [String: String]
    /// The machine's clocks and random source.
    public let runtime: Runtime
    /// Whether stand-ins take the place of the external services.
    public let isSandbox: Bool

    /// Where data is kept by default.
    static let defaultDataFolder = "/var/lib/4runr"

    /// - Parameters:
    ///   - settings: `--config`, or nil.
    ///   - schedule: `--schedule`, or nil.
    ///   - data: `--data`, or nil for `$STATE_DIRECTORY`, else `/var/lib/4runr`.
    ///   - isSandbox: `--sandbox`: the data is in a separate folder within the data folder, and the schedule is
    ///     `sandbox.yaml`.
    /// Throws a `ConfigurationProblem` when there is no settings file.
    public init(
        settings: String?, schedule: String?, data: String?, isSandbox: Bool = false, environment: [String: String],
        runtime: Runtime
    ) throws(ConfigurationProblem) {
        let files = try ConfigurationFiles.locate(settings: settings, schedule: schedule)
        let folder = Installation.dataFolder(data, environment: environment)
        guard isSandbox else {
            self.init(files: files, folder: folder, environment: environment, runtime: runtime, isSandbox: false)
            return
        }
        self.init(
            files: ConfigurationFiles(settings: files.settings, schedule: schedule ?? files.sandboxSchedule),
            folder: folder.sandbox, environment: environment, runtime: runtime, isSandbox: true)
    }

    init(
        files: ConfigurationFiles, folder: DataFolder, environment: [String: String], runtime: Runtime, isSandbox: Bool
    ) {
        self.files = files
        self.folder = folder
        self.environment = environment
        self.runtime = runtime
        self.isSandbox = isSandbox
    }

    /// The same installation with another schedule file.
    func with(schedule: String) -> Installation {
        Installation(
            files: ConfigurationFiles(settings: files.settings, schedule: schedule), folder: folder,
            environment: environment, runtime: runtime, isSandbox: isSandbox)
    }

    /// The variable that overrides a setting.
    static func variable(for key: String) -> String { Settings.variable(for: key) }

    /// The data folder, for commands that need no settings.
    static func dataFolder(_ named: String?, environment: [String: String]) -> DataFolder {
        // systemd lists several state folders, separated by colons; the first one is the program's.
        let state = environment["STATE_DIRECTORY"]?.split(separator: ":").first.map(String.init)
        return DataFolder(named ?? state ?? defaultDataFolder)
    }

    /// The keys in the folder that the unit loads, if this process may read them: root may, the data's owner may not.
    var installedKeys: [String: String] {
        guard !isSandbox else { return [:] }
        let store = SecretStore(environment: [:], installed: files.credentials, folder: nil)
        let names = SecretStore.names(in: files.credentials)
        let found = names.compactMap { name in ((try? store.find(name)) ?? nil).map { (name, $0.reveal()) } }
        return Dictionary(found) { first, _ in first }
    }

    /// The path of the daemon's control socket: in systemd's runtime folder, otherwise in the data folder.
    var controlSocket: String {
        let runtime = environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first.map(String.init)
        return "\(runtime ?? folder.path)/\(isSandbox ? "sandbox" : "control").sock"
    }
}

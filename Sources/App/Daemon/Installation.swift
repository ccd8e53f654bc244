public import AppConfiguration
public import Storage
import Values

/// Which files and which folder a process works with, from the command line and the environment.
public struct Installation: Sendable {
    public let files: ConfigurationFiles
    public let folder: DataFolder
    /// The process's own variables.
    public let environment: [String: String]

    /// Where data is kept when nothing else is said.
    public static let defaultDataFolder = "/var/lib/4runr"

    /// - Parameters:
    ///   - settings: `--config`, or nil.
    ///   - schedule: `--schedule`, or nil.
    ///   - data: `--data`, or nil for `$STATE_DIRECTORY`, else `/var/lib/4runr`.
    /// Throws a `ConfigurationProblem` when there is no settings file.
    public init(
        settings: String?, schedule: String?, data: String?, environment: [String: String]
    ) throws(ConfigurationProblem) {
        files = try ConfigurationFiles.locate(settings: settings, schedule: schedule)
        folder = Installation.dataFolder(data, environment: environment)
        self.environment = environment
    }

    /// The data folder alone, for what needs no settings.
    public static func dataFolder(_ named: String?, environment: [String: String]) -> DataFolder {
        // systemd lists several state folders with colons between them; ours is the first.
        let state = environment["STATE_DIRECTORY"]?.split(separator: ":").first.map(String.init)
        return DataFolder(named ?? state ?? defaultDataFolder)
    }

    /// Where the daemon's control socket is made: systemd's runtime folder, else the data folder.
    var controlSocket: String {
        let runtime = environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first.map(String.init)
        return "\(runtime ?? folder.path)/control.sock"
    }
}

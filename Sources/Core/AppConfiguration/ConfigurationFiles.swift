import Glibc

/// The configuration files in use: those named on the command line, else those in `/etc/4runr`, else those in
/// `./config`.
public struct ConfigurationFiles: Sendable, Equatable {
    public let settings: String
    public let schedule: String

    /// The folders to search when no file is named, in this order.
    public static let folders = ["/etc/4runr", "config"]

    public init(settings: String, schedule: String) {
        self.settings = settings
        self.schedule = schedule
    }

    /// Finds the configuration files. Throws a `ConfigurationProblem` when no settings file is named and none is found.
    ///
    /// - Parameters:
    ///   - settings: the argument of `--config`; nil to look for `4runr.yaml`.
    ///   - schedule: the argument of `--schedule`; nil for the `schedule.yaml` next to the settings.
    ///   - folders: where to look.
    public static func locate(
        settings: String?, schedule: String?, in folders: [String] = ConfigurationFiles.folders
    ) throws(ConfigurationProblem) -> ConfigurationFiles {
        let found = settings ?? folders.map { "\($0)/4runr.yaml" }.first { access($0, F_OK) == 0 }
        guard let found else {
            let looked = folders.map { "\($0)/4runr.yaml" }.joined(separator: " and ")
            throw ConfigurationProblem(
                at: Position("4runr.yaml"), "no settings file: looked for \(looked)",
                hint: "name one with --config FILE")
        }
        return ConfigurationFiles(settings: found, schedule: schedule ?? "\(folder(of: found))/schedule.yaml")
    }

    /// The overlay for an environment, next to the settings: `environments/production.yaml`.
    public func overlay(_ environment: String) -> String {
        "\(ConfigurationFiles.folder(of: settings))/environments/\(environment).yaml"
    }

    /// The secrets folder next to the settings.
    public var secrets: String { "\(ConfigurationFiles.folder(of: settings))/secrets" }

    /// The folder next to the settings from which the systemd unit loads its credentials, if the program is installed.
    public var credentials: String { "\(ConfigurationFiles.folder(of: settings))/credentials" }

    /// The mapping of Airtable's fields, next to the settings.
    public var airtableFields: String { "\(ConfigurationFiles.folder(of: settings))/airtable-fields.yaml" }

    /// The Sandbox's schedule, next to the settings.
    public var sandboxSchedule: String { "\(ConfigurationFiles.folder(of: settings))/sandbox.yaml" }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

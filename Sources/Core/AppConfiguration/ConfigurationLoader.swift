import Glibc
import Values

extension Settings {
    /// The possible values of `FOURRUNR_ENVIRONMENT`. Each has an overlay file, which may be missing.
    public enum EnvironmentName: String, CaseIterable, Sendable {
        case development
        case staging
        case production
    }

    /// Reads the settings file, and then the overlay that `FOURRUNR_ENVIRONMENT` names. Problems with the files are
    /// added to `diagnostics`. Returns the settings with everything that could be read.
    public static func load(
        _ files: ConfigurationFiles, environment: [String: String], diagnostics: Diagnostics
    ) -> Settings {
        var layers: [YAMLValue] = []
        func add(_ path: String, required: Bool) {
            do throws(ConfigurationProblem) {
                if let value = try YAMLValue.load(path) {
                    layers.append(value)
                } else if required {
                    diagnostics.error(
                        at: Position(path, line: 1, column: 1), "is empty",
                        hint: "copy the default 4runr.yaml, in which every key is explained")
                }
            } catch { error.diagnostics.forEach(diagnostics.add) }
        }
        add(files.settings, required: true)
        if let name = environment["FOURRUNR_ENVIRONMENT"] {
            if EnvironmentName(rawValue: name) != nil {
                if access(files.overlay(name), F_OK) == 0 { add(files.overlay(name), required: false) }
            } else {
                diagnostics.error(
                    at: Position("environment variable FOURRUNR_ENVIRONMENT"),
                    "must be development, staging or production, not \"\(name.shortened(to: 60))\"",
                    hint: Suggestion.hint(for: name, among: EnvironmentName.allCases.map(\.rawValue)))
            }
        }
        return Settings(files: layers, environment: environment, diagnostics: diagnostics)
    }
}

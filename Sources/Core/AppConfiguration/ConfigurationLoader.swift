import Values
import Glibc

extension Settings {
    /// The names that `FOURRUNR_ENVIRONMENT` may have; each has an overlay file, which may be missing.
    public enum EnvironmentName: String, CaseIterable, Sendable {
        case development
        case staging
        case production
    }

    /// Reads the settings file, and over it the overlay that `FOURRUNR_ENVIRONMENT` names. What is wrong with the files
    /// goes to `diagnostics`; the settings that come back hold what could be read.
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

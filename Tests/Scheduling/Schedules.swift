import AppConfiguration
import Testing

@testable import Scheduling

/// Schedules for tests, with a task that a test hands in.
enum Schedules {
    struct Nothing: JobTask {
        func run(_ run: RunContext) async throws -> RunReport { .success(output: nil) }
    }

    static func reader(_ task: any JobTask = Nothing(), missingCommand: ScheduleReader.MissingCommand = .isError)
        -> ScheduleReader
    {
        ScheduleReader(
            catalog: TaskCatalog([
                TaskKind("nothing", summary: "") { _, _ in task },
                TaskKind("backup", summary: "") { with, _ in
                    _ = with?.int("keep_daily", in: 1...10)
                    return task
                },
            ]), zones: ZoneDatabase(),
            host: CommandHost(
                environment: ["PATH": "/usr/bin:/bin"], secrets: SecretStore(environment: [:], folder: nil)),
            missingCommand: missingCommand)
    }

    static func read(_ text: String, _ task: any JobTask = Nothing()) throws -> Schedule {
        let diagnostics = Diagnostics()
        let schedule = reader(task).read(
            try YAMLValue.parse(text, file: "s.yaml"), file: "s.yaml", diagnostics: diagnostics)
        return try #require(schedule, "\(diagnostics.all)")
    }

    /// What is said of a text.
    static func diagnostics(_ text: String) -> [String] {
        let diagnostics = Diagnostics()
        do throws(ConfigurationProblem) {
            _ = reader().read(try YAMLValue.parse(text, file: "s.yaml"), file: "s.yaml", diagnostics: diagnostics)
        } catch { return error.diagnostics.map(\.description) }
        return diagnostics.all.map(\.description)
    }
}

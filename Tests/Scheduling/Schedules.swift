import Recurrence
import TestSupport
import AppConfiguration
import Testing

@testable import Scheduling

/// Schedules for tests, with a task that a test hands in.
enum Schedules {
    struct Nothing: JobTask {
        func run(_ run: RunContext) async throws -> RunReport { .success(output: nil) }
    }

    static func reader(
        _ task: any JobTask = Nothing(), missingCommand: ScheduleReader.MissingCommand = .isError,
        zones: ZoneDatabase = ZoneDatabase()
    ) -> ScheduleReader {
        ScheduleReader(
            catalog: TaskCatalog([
                TaskKind("nothing", summary: "") { _, _ in task },
                TaskKind("backup", summary: "") { with, _ in
                    _ = with?.int("keep_daily", in: 1...10)
                    return task
                },
            ]), zones: zones,
            host: CommandHost(
                environment: ["PATH": "/usr/bin:/bin"], secrets: SecretStore(environment: [:], folder: nil),
                runtime: .test()),
            missingCommand: missingCommand, machineID: "machine", now: moment("2026-01-01 00:00:00"))
    }

    static func read(
        _ text: String, _ task: any JobTask = Nothing(), zones: ZoneDatabase = ZoneDatabase()
    ) throws -> Schedule {
        let diagnostics = Diagnostics()
        let schedule = reader(task, zones: zones).read(
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

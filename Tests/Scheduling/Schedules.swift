import AppConfiguration
import Recurrence
import TestSupport
import Testing

@testable import Scheduling

/// Schedules for tests, with a task that the test provides.
enum Schedules {
    struct Nothing: JobTask {
        func run(_ run: RunContext) async throws -> TaskResult { .success(output: nil) }
    }

    static let catalog = TaskCatalog([
        TaskKind("nothing", summary: "", isOverLeads: true),
        TaskKind("backup", summary: "", parameters: [TaskParameter("keep_daily", .number(1...10))]),
    ])

    static let host = CommandHost(
        environment: ["PATH": "/usr/bin:/bin"], secrets: SecretStore(environment: [:], folder: nil), runtime: .test())

    /// Uses the same task for every job that is not a command.
    struct Registry: TaskRegistry {
        let task: any JobTask

        var catalog: TaskCatalog { Schedules.catalog }

        func task(for work: JobWork) throws(RunProblem) -> any JobTask {
            if case .command(let command) = work { return CommandTask(command, on: Schedules.host) }
            return task
        }
    }

    static func reader(
        missingCommand: ScheduleReader.MissingCommand = .isError, zones: ZoneDatabase = ZoneDatabase()
    ) -> ScheduleReader {
        ScheduleReader(
            catalog: catalog, zones: zones, host: host, missingCommand: missingCommand, machineID: "machine",
            now: moment("2026-01-01 00:00:00"))
    }

    static func read(
        _ text: String, zones: ZoneDatabase = ZoneDatabase()
    ) throws -> Schedule {
        let diagnostics = Diagnostics()
        let schedule = reader(zones: zones).read(
            try YAMLValue.parse(text, file: "s.yaml"), file: "s.yaml", diagnostics: diagnostics)
        return try #require(schedule, "\(diagnostics.all)")
    }

    /// The diagnostics for a text.
    static func diagnostics(_ text: String) -> [String] {
        let diagnostics = Diagnostics()
        do throws(ConfigurationProblem) {
            _ = reader().read(try YAMLValue.parse(text, file: "s.yaml"), file: "s.yaml", diagnostics: diagnostics)
        } catch { return error.diagnostics.map(\.description) }
        return diagnostics.all.map(\.description)
    }
}

import Logging
import Monitoring
import Scheduling
import Storage
import Values

/// Looks at database, disk, backups and jobs; fails when one of them does.
struct HealthCheckTask: JobTask {
    let services: ServiceBox

    static func kind(_ services: ServiceBox) -> TaskKind {
        TaskKind("health-check", summary: "look at database, disk, backups and jobs") { _, _ in
            HealthCheckTask(services: services)
        }
    }

    func run(_ run: RunContext) async throws -> RunReport {
        let services = try services.current()
        return try await Blocking.run {
            let report = services.health.run(
                services.store, canWrite: true, makesBackups: services.makesBackups, integrity: services.integrity)
            let output = RunReport.json(report)
            for check in report.checks where check.status == .warning {
                run.logger.warning("\(check.name): \(check.message)")
            }
            guard report.status != .failing else {
                let reasons = report.checks.filter { $0.status == .failing }.map { "\($0.name): \($0.message)" }
                throw RunProblem(reasons.joined(separator: "; "), output: output)
            }
            return .success(output: output)
        }
    }
}

import Logging
import Monitoring
import Operations
import Scheduling
import Storage
import Values

extension ShippedTask {
    static let healthCheck = ShippedTask(
        kind: TaskKind("health-check", summary: "look at database, disk, backups and jobs")
    ) { HealthCheckTask($1, $0) }
}

/// Checks the database, the disk, backups and jobs. Fails when one of the checks fails.
struct HealthCheckTask: JobTask {
    private let store: Store
    private let health: HealthChecks
    private let makesBackups: Bool
    private let integrity: IntegrityRecord

    init(_ parameters: TaskParameters, _ assembly: Assembly) {
        store = assembly.store
        health = assembly.health
        makesBackups = assembly.loaded.schedule.makesBackups
        integrity = assembly.shared.integrity
    }

    func run(_ run: RunContext) async throws -> TaskResult {
        let (store, health, makesBackups, integrity) = (store, health, makesBackups, integrity)
        return try await Blocking.run {
            let report = health.run(store, canWrite: true, makesBackups: makesBackups, integrity: integrity)
            let output = TaskResult.json(report)
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

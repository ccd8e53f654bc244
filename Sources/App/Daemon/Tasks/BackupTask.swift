import AppConfiguration
import Backups
import Logging
import Scheduling
import Storage
import Values

/// Copies the database into `backups/` and removes copies that are too old.
struct BackupTask: JobTask {
    let services: ServiceBox
    /// Days of 24 hours.
    let keepDays: Int

    static func kind(_ services: ServiceBox) -> TaskKind {
        TaskKind("backup", summary: "copy the database and remove old copies; with: { keep_daily: days }") { with, _ in
            BackupTask(services: services, keepDays: with?.int("keep_daily", in: 1...3_650) ?? 30)
        }
    }

    private struct Output: Encodable {
        let file: String
        let bytes: Int
        let removed: [String]
    }

    func run(_ run: RunContext) async throws -> RunReport {
        let services = try services.current()
        let keepDays = keepDays
        return try await Blocking.run {
            let reason: BackupFile.Reason = run.slot == nil ? .manual : .scheduled
            let file = try services.backups.create(of: services.store, reason) { run.progress("copying", $0) }
            let removed = try services.backups.rotate(keepingDays: keepDays)
            run.logger.info("backup \(file.name): \(file.size) bytes; \(removed.count) old ones removed")
            let output = Output(file: file.name, bytes: file.size, removed: removed.map(\.name))
            return .success(output: RunReport.json(output))
        }
    }
}

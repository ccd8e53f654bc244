import Backups
import Logging
import Scheduling
import Storage
import Values

extension ShippedTask {
    static let backup = ShippedTask(
        kind: TaskKind(
            "backup", summary: "copy the database and remove old copies; with: { keep_daily: days }",
            parameters: [TaskParameter("keep_daily", .number(1...3_650)), TaskParameter("keep_all", .flag)])
    ) { BackupTask($1, $0) }
}

/// Copies the database into `backups/` and removes old copies.
struct BackupTask: JobTask {
    private let store: Store
    private let backups: BackupService
    /// Days of 24 hours.
    private let keepDays: Int
    /// Whether no old copy is removed.
    private let keepsAll: Bool

    init(_ parameters: TaskParameters, _ assembly: Assembly) {
        store = assembly.store
        backups = assembly.backups
        keepDays = parameters.number("keep_daily") ?? 30
        keepsAll = parameters.flag("keep_all")
    }

    private struct Output: Encodable {
        let file: String
        let bytes: Int
        let removed: [String]
    }

    func run(_ run: RunContext) async throws -> TaskResult {
        let (store, backups, keepDays, keepsAll) = (store, backups, keepDays, keepsAll)
        return try await Blocking.run {
            let reason: BackupFile.Reason = run.slot == nil ? .manual : .scheduled
            let file = try backups.create(of: store, reason) { run.progress("copying", $0) }
            let removed = keepsAll ? [] : try backups.rotate(keepingDays: keepDays)
            run.logger.info("backup \(file.name): \(file.size) bytes; \(removed.count) old ones removed")
            let output = Output(file: file.name, bytes: file.size, removed: removed.map(\.name))
            return .success(output: TaskResult.json(output))
        }
    }
}

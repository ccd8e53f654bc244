public import Backups
public import Monitoring
public import Scheduling
import Storage
import Values

extension Schedule {
    /// Whether some job makes backups.
    public var makesBackups: Bool { jobs.contains { $0.type == "backup" && $0.isEnabled } }
}

extension BackupSummary {
    public init(_ backups: BackupService) {
        do throws(StorageError) {
            let all = try backups.list()
            let newest = all.first { !backups.isFromTheFuture($0) }
            self.init(
                newest: newest?.createdAt, ahead: all.first { backups.isFromTheFuture($0) }?.name,
                problem: newest.flatMap(backups.obviousProblem))
        } catch { self.init(newest: nil, ahead: nil, problem: error.description) }
    }
}

public import AppConfiguration
import Glibc
import Leads
public import Storage
public import Values

/// From when on the health check warns.
public struct HealthSettings: Sendable {
    /// Megabytes that must be free on the data folder's file system.
    public let minimumFreeDisk: Int
    /// The newest backup may be this old.
    public let maximumBackupAge: Duration

    public init(_ settings: Settings) {
        minimumFreeDisk = settings.int("health.min_free_disk_mb", in: 1...10_000_000, default: 500)
        maximumBackupAge = settings.duration(
            "health.max_backup_age", in: Duration.seconds(3_600)...Duration.seconds(366 * 86_400),
            default: .seconds(50 * 3_600))
    }
}

/// Looks at the parts that can go wrong without anybody noticing. Blocks on the disk.
public struct HealthChecks: Sendable {
    let folder: DataFolder
    let settings: HealthSettings
    let newestBackup: @Sendable () -> Timestamp?
    let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - newestBackup: when the newest backup was made; nil when there is none.
    ///   - now: the wall clock.
    public init(
        folder: DataFolder, settings: HealthSettings, newestBackup: @escaping @Sendable () -> Timestamp?,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.folder = folder
        self.settings = settings
        self.newestBackup = newestBackup
        self.now = now
    }

    /// - Parameters:
    ///   - store: the open database.
    ///   - canWrite: whether writing is tried, which only the folder's executor does.
    ///   - makesBackups: whether the schedule has a job that makes them.
    public func run(_ store: Store, canWrite: Bool, makesBackups: Bool) -> HealthReport {
        var checks = [database(store, canWrite: canWrite), disk(), jobs(store)]
        if makesBackups { checks.append(backup()) }
        return HealthReport(checks)
    }

    private func database(_ store: Store, canWrite: Bool) -> HealthReport.Check {
        guard store.isInPlace else {
            return .init(
                "database", .failing,
                "\(store.path) was removed or replaced under the daemon; rescue its data with 4runr backup create, then restart it"
            )
        }
        do throws(StorageError) {
            if canWrite { try store.proveWritable() }
            let version = try store.migrations.current()
            return .init("database", .ok, "answers\(canWrite ? " and can be written" : ""), schema \(version)")
        } catch {
            return .init("database", error.canRetry ? .warning : .failing, "\(error)")
        }
    }

    private func disk() -> HealthReport.Check {
        var status = statvfs()
        guard statvfs(folder.path, &status) == 0 else {
            return .init(
                "disk", .warning, "\(folder.path): the free space is not known: \(String(cString: strerror(errno)))")
        }
        // Some network file systems report more than there can be.
        let (bytes, isTooMuch) = status.f_bavail.multipliedReportingOverflow(by: UInt(status.f_frsize))
        let free = isTooMuch ? Int.max >> 20 : Int(bytes >> 20)
        guard free >= settings.minimumFreeDisk else {
            return .init(
                "disk", .failing,
                "\(free) MB free on \(folder.path), less than \(settings.minimumFreeDisk) MB; free some space")
        }
        return .init("disk", .ok, "\(free) MB free")
    }

    private func jobs(_ store: Store) -> HealthReport.Check {
        do throws(StorageError) {
            let failing = try store.runs.lastFinished().values.filter { $0.status == .failed }.map(\.jobName).sorted()
            return failing.isEmpty
                ? .init("jobs", .ok, "no job failed when it last ran")
                : .init(
                    "jobs", .warning,
                    "failed when last run: \(failing.joined(separator: ", ")); see: 4runr runs --status failed")
        } catch { return .init("jobs", .warning, "\(error)") }
    }

    private func backup() -> HealthReport.Check {
        guard let newest = newestBackup() else {
            return .init("backup", .ok, "none yet; make one now: 4runr backup create")
        }
        let age = now().since(newest)
        guard age <= settings.maximumBackupAge else {
            return .init("backup", .warning, "the newest is \(age.brief) old; see: 4runr runs --job backup")
        }
        return .init("backup", .ok, "the newest is \(age.brief) old")
    }
}

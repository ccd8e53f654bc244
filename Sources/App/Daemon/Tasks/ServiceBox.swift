import Backups
import Monitoring
import Scheduling
import Storage
import Synchronization

/// What tasks work with; it is there once the database is open.
struct TaskServices: Sendable {
    let store: Store
    let backups: BackupService
    let health: HealthChecks
    /// Whether some job of the schedule makes backups.
    let makesBackups: Bool
    let leads: LeadServices
}

extension TaskServices {
    init(
        _ loaded: LoadedConfiguration, _ folder: DataFolder, _ workplace: Workplace, _ clock: SystemClock,
        _ shared: SharedConnections
    ) {
        let backups = workplace.backups
        self.init(
            store: workplace.store, backups: backups,
            health: HealthChecks(
                folder: folder, settings: loaded.health, newestBackup: { backups.newest?.createdAt },
                now: { clock.now }),
            makesBackups: loaded.schedule.jobs.contains { $0.type == "backup" && $0.isEnabled },
            leads: LeadServices(loaded, store: workplace.store, clock: clock, shared: shared))
    }
}

/// Holds the services for tasks that are read from the schedule before there are any, and across reloads.
public final class ServiceBox: Sendable {
    private let content = Mutex<TaskServices?>(nil)

    public init() {}

    func fill(_ services: TaskServices) { content.withLock { $0 = services } }

    func current() throws(RunProblem) -> TaskServices {
        guard let services = content.withLock({ $0 }) else { throw RunProblem("the daemon is not ready yet") }
        return services
    }
}

public import Recurrence
import AirtableSync
import Glibc
import Backups
public import AppConfiguration
public import Monitoring
public import Operations
import Scheduling
public import Storage
import Values

/// What is read without being the executor, for the command line.
public struct Inspection: Sendable {
    public let loaded: LoadedConfiguration
    /// Nil when there is no database yet.
    public let store: Store?
    public let listings: Listings
    private let folder: DataFolder

    /// Throws a `ConfigurationProblem` or a `StorageError`.
    public init(_ installation: Installation) throws {
        loaded = try installation.loadOrThrow(missingCommand: .isWarning)
        folder = installation.folder
        store = try installation.data.read()
        listings = Listings(store: store, schedule: loaded.schedule, now: installation.runtime.now)
    }

    /// What the runs so far say about the schedule, where this user may read them.
    public static func advice(on loaded: LoadedConfiguration, of installation: Installation) -> [Diagnostic] {
        // Another user's look would leave files beside the database that its owner cannot open.
        let (now, airtable) = (installation.runtime.now, loaded.leads.airtable)
        let costly = ScheduleAdvice.costlySyncs(
            of: loaded.schedule, calls: airtable.monthlyCalls, idleSkip: airtable.idleSkip, now: now)
        guard installation.folder.owner?.user == geteuid(), let store = try? installation.data.read()
        else { return costly }
        return costly + ((try? ScheduleAdvice.slowJobs(of: loaded.schedule, in: store, now: now)) ?? [])
    }

    /// A look at the whole, without writing anything: also at a database that cannot be opened.
    ///
    /// - Parameter daemon: what the daemon says of itself; nil when there is none, a failure when it does not answer.
    /// Throws a `ConfigurationProblem`.
    public static func health(
        of installation: Installation, daemon: Result<DaemonStatus?, OperationProblem>
    ) throws(ConfigurationProblem) -> HealthReport {
        let loaded = try installation.loadOrThrow(missingCommand: .isWarning)
        let folder = installation.folder
        let daemonCheck: HealthReport.Check =
            switch daemon {
            case .success(let status?):
                (status.databaseProblem ?? status.scheduler.problem).map { .init("daemon", .failing, $0) }
                    ?? .init("daemon", .ok, "runs as process \(status.processID)")
            case .success(nil): .init("daemon", .failing, "is not running; start it: systemctl start 4runr")
            case .failure(let problem): .init("daemon", .failing, problem.description)
            }
        let backups = BackupService(folder: folder, runtime: installation.runtime)
        let checks = HealthChecks(
            folder: folder, settings: loaded.health, backups: { BackupSummary(backups) }, runtime: installation.runtime)
        let setup = HealthReport.Check(missing: loaded.missing)
        let store: Store?
        do throws(StorageError) { store = try installation.data.read() } catch {
            return HealthReport([daemonCheck, .init("database", .failing, error.description), setup])
        }
        guard let store else {
            return HealthReport([
                daemonCheck,
                .init("database", .failing, "\(folder.database): there is none; it is made when the daemon starts"),
                setup,
            ])
        }
        let makesBackups = loaded.schedule.jobs.contains { $0.type == "backup" && $0.isEnabled }
        let report = checks.run(
            store, canWrite: false, makesBackups: makesBackups, integrity: IntegrityRecord(includesLarge: false))
        return HealthReport([daemonCheck] + report.checks + [setup])
    }

    /// The zone that lists are shown in when the schedule cannot be read: the system's.
    public static func systemZone(_ zones: ZoneDatabase) -> TimeZoneRules {
        zones.zone(zones.systemZoneName) ?? .utc
    }
}

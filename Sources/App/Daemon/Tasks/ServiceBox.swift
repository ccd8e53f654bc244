import AppConfiguration
import Backups
import Monitoring
import Operations
import Scheduling
import Storage
import Synchronization
import Values

/// What tasks work with; it is there once the database is open.
struct TaskServices: Sendable {
    let store: Store
    let backups: BackupService
    let health: HealthChecks
    let integrity: IntegrityRecord
    /// Whether some job of the schedule makes backups.
    let makesBackups: Bool
    /// What the enabled jobs lack, a word each.
    let missing: [String]
    fileprivate let lazyLeads: Lazy<LeadServices>
    fileprivate let lazyContacts: Lazy<Contacts>

    /// Put together when the first task asks for it: a daemon is ready before.
    var leads: LeadServices { lazyLeads.value }
    /// Likewise.
    var contacts: Contacts { lazyContacts.value }
}

/// Who is told of what happens.
struct Contacts: Sendable {
    let pinger: Pinger
    /// Nil when no webhook is set.
    let notifier: Notifier?
    let secrets: SecretStore
}

extension TaskServices {
    init(
        _ loaded: LoadedConfiguration, _ folder: DataFolder, _ served: ServedFolder, _ runtime: Runtime,
        _ shared: SharedConnections
    ) {
        let backups = served.backups
        self.init(
            store: served.store, backups: backups,
            health: HealthChecks(
                folder: folder, settings: loaded.health, backups: { BackupSummary(backups) }, runtime: runtime),
            integrity: shared.integrity,
            makesBackups: loaded.schedule.jobs.contains { $0.type == "backup" && $0.isEnabled },
            missing: loaded.gaps.map(\.name),
            lazyLeads: Lazy { LeadServices(loaded, store: served.store, runtime: runtime, shared: shared) },
            lazyContacts: Lazy {
                let client = LeadServices.client(loaded.leads, store: served.store, runtime: runtime, shared: shared)
                return Contacts(
                    pinger: Pinger(client: client),
                    notifier: loaded.leads.keys["notify_webhook_url"].map {
                        Notifier(client: client, url: $0.reveal())
                    },
                    secrets: loaded.leads.secrets)
            })
    }
}

/// A value that is made when it is first asked for.
final class Lazy<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)
    private let make: @Sendable () -> Value

    init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    var value: Value {
        made.withLock { made in
            let value = made ?? make()
            made = value
            return value
        }
    }
}

/// Holds the services for tasks that are read from the schedule before there are any, and across reloads.
public final class ServiceBox: Sendable {
    private let content = Mutex<TaskServices?>(nil)

    public init() {}

    func fill(_ services: TaskServices) { content.withLock { $0 = services } }

    /// What the settings in force lack, a word each; none before there are any.
    var missing: [String] { content.withLock { $0?.missing ?? [] } }

    func current() throws(RunProblem) -> TaskServices {
        guard let services = content.withLock({ $0 }) else { throw RunProblem("the daemon is not ready yet") }
        return services
    }
}

extension BackupSummary {
    init(_ backups: BackupService) {
        do throws(StorageError) {
            let all = try backups.list()
            let newest = all.first { !backups.isFromTheFuture($0) }
            self.init(
                newest: newest?.createdAt, ahead: all.first { backups.isFromTheFuture($0) }?.name,
                problem: newest.flatMap(backups.obviousProblem))
        } catch { self.init(newest: nil, ahead: nil, problem: error.description) }
    }
}

import Logging
import Operations
import Recurrence
import Scheduling
import Storage
import Values

/// A scheduler over an open data folder, with the program's tasks and an executor for requests. A daemon uses it, and
/// so does a command that does its work itself.
struct Engine: Sendable {
    let scheduler: Scheduler
    /// The components, built from the settings in force.
    let assembly: InForce<Assembly>
    private let served: ServedFolder
    private let installation: Installation
    private let shared = SharedState()

    init(_ loaded: LoadedConfiguration, _ served: ServedFolder, _ installation: Installation, logger: Logger) {
        self.served = served
        self.installation = installation
        let assembly = InForce(Assembly(loaded, served, installation, shared))
        self.assembly = assembly
        scheduler = Scheduler(
            schedule: loaded.schedule, tasks: ShippedTasks(assembly: assembly),
            ledger: StoreLedger(store: served.store, version: Program.version), runtime: installation.runtime,
            logger: logger)
    }

    /// - Parameters:
    ///   - reload: reads the files again and applies them.
    ///   - apiProblem: why the API does not serve; nil when nothing is wrong.
    func executor(
        apiProblem: @escaping @Sendable () -> String? = { nil },
        reload: @escaping @Sendable () async throws -> ReloadResult
    ) -> LocalExecutor {
        LocalExecutor(
            scheduler: scheduler, store: served.store, backups: served.backups,
            writers: Writers(of: installation.folder), version: Program.version, reload: reload, apiProblem: apiProblem)
    }

    /// Applies newly loaded files. Rethrows what the ledger throws; nothing is changed then.
    func reload(_ loaded: LoadedConfiguration) async throws -> ScheduleComparison {
        let (assembly, next) = (assembly, Assembly(loaded, served, installation, shared))
        // Replaced before the scheduler starts anything that has become due.
        return try await scheduler.reload(loaded.schedule) { assembly.value = next }
    }

    /// Computes the next slots again where the rules of a time zone have changed. Returns nil when none have.
    func rezone(_ makeZones: @escaping @Sendable () -> ZoneDatabase) async throws -> ScheduleComparison? {
        let (assembly, served, installation, shared) = (assembly, served, installation, shared)
        return try await scheduler.rezone(makeZones) { schedule in
            var loaded = assembly.value.loaded
            loaded.schedule = schedule
            assembly.value = Assembly(loaded, served, installation, shared)
        }
    }
}

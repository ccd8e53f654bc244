import AirtableSync
import Backups
import Cleaning
import Enrichment
import LeadSources
import Messaging
import Monitoring
import Notifications
import Operations
import Pipeline
import Storage
import Transport
import Values

/// The components, built from the settings over one database. Each is created when it is requested, so that a daemon is
/// ready sooner.
struct Assembly: Sendable {
    let loaded: LoadedConfiguration
    let store: Store
    let folder: DataFolder
    let runtime: Runtime
    let shared: SharedState
    /// The same for all that make backups of the folder, because it lets only one be made at a time.
    let backups: BackupService
    let unclearRefusals = UnclearRefusals()

    init(_ loaded: LoadedConfiguration, _ served: ServedFolder, _ installation: Installation, _ shared: SharedState) {
        self.init(
            loaded, store: served.store, folder: installation.folder, runtime: installation.runtime, shared: shared,
            backups: served.backups)
    }

    init(
        _ loaded: LoadedConfiguration, store: Store, folder: DataFolder, runtime: Runtime,
        shared: SharedState = SharedState(), backups: BackupService? = nil
    ) {
        self.loaded = loaded
        self.store = store
        self.folder = folder
        self.runtime = runtime
        self.shared = shared
        self.backups = backups ?? BackupService(folder: folder, runtime: runtime)
    }

    var settings: LeadSettings { loaded.leads }

    /// What the enabled jobs lack, a word each.
    var missing: [String] { loaded.gaps.map(\.name) }

    var client: HTTPClient {
        settings.network.client(
            connections: shared.connections, counter: StoredCallCounter(store: store, runtime: runtime),
            runtime: runtime)
    }

    var intake: Intake {
        Intake(store: store, cleaner: Cleaner(country: settings.enrichment.country), runtime: runtime)
    }

    /// Nil without a key.
    var serpAPI: SerpAPIClient? { settings.serpAPI.client(client, secrets: settings.keys) }

    /// The sync. It needs a token only when it runs.
    var sync: AirtableSync {
        let (settings, client, runtime) = (settings, client, runtime)
        let token = settings.keys[AirtableSettings.keyName] ?? Secret("")
        return AirtableSync(
            store: store, settings: settings.airtable, mapping: settings.mapping, intake: intake, runtime: runtime,
            delay: { Backoff.ofLeads(settings.backoff).delay(ofLeadAfter: $0, runtime) },
            client: { admit in
                AirtableClient(settings: settings.airtable, token: token, admit: admit) { try await client.send($0) }
            })
    }

    var writers: [any MessageWriter] { settings.messaging.writers(client, secrets: settings.keys) }

    var channels: [any NotificationChannel] { settings.notifications.channels(client, secrets: settings.keys) }

    func pipeline(_ stages: [any Stage]) -> LeadPipeline {
        LeadPipeline(stages, store: store, lock: shared.stageLock, runtime: runtime)
    }

    var health: HealthChecks {
        let backups = backups
        return HealthChecks(
            folder: folder, settings: loaded.health, backups: { BackupSummary(backups) }, runtime: runtime)
    }
}

/// Counts calls in the database. If a call cannot be counted, for example because the disk is full, it is made all the
/// same.
struct StoredCallCounter: CallCounter {
    /// Nil to count nothing.
    let store: Store?
    let runtime: Runtime

    func count(_ service: String) async {
        let now = runtime.now
        try? await store?.write { try $0.calls.count(service, at: now) }
    }

    func takeBack(_ service: String) async {
        let now = runtime.now
        try? await store?.write { try $0.calls.takeBack(service, at: now) }
    }
}

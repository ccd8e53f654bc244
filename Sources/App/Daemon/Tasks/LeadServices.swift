import Recurrence
import AirtableSync
import AppConfiguration
import Cleaning
import Enrichment
import FoundationEssentials
import Messaging
import Monitoring
import Pipeline
import Scheduling
import LeadSources
import Storage
import Transport
import Values

/// The rooms of the leads, put together from the settings.
struct LeadServices: Sendable {
    let pipeline: LeadPipeline
    let prune: Prune
    let intake: Intake

    init(_ loaded: LoadedConfiguration, store: Store, runtime: Runtime, shared: SharedConnections) {
        let settings = loaded.leads
        let zone = loaded.schedule.zone
        let client = LeadServices.client(settings, store: store, runtime: runtime, shared: shared)
        let intake = LeadServices.intake(loaded, store: store, runtime: runtime)
        let serpAPI = settings.keys["serpapi_api_key"].map {
            SerpAPIClient(
                client: client, baseURL: settings.serpAPI.baseURL, key: $0, country: settings.serpAPI.country,
                language: settings.serpAPI.language, timeout: settings.serpAPI.timeout)
        }
        let finder = serpAPI.map { WebsiteSearchFinder(store: store, client: $0, runtime: runtime) }
        let scrape = ScrapeStage(
            intake: intake, store: store, client: serpAPI, advice: settings.secrets.advice(for: "serpapi_api_key"),
            profile: settings.profile, settings: settings.scrape, runtime: runtime,
            startOfDay: { moment in
                let local = zone.local(moment.seconds)
                return Timestamp(seconds: moment.seconds - local + local.flooredDivision(by: 86_400) * 86_400)
            })
        let enrich = EnrichStage(
            store: store, settings: settings.enrichment, backoff: settings.backoff, runtime: runtime,
            enricher: {
                Enricher(
                    client: client, finder: finder, settings: settings.enrichment,
                    profileSources: [SerpAPIClient.service], runtime: runtime)
            })
        let model =
            settings.hasModel
            ? ChatModel(client: client, settings: settings.messaging, key: settings.keys["openai_api_key"]) : nil
        let messages = MessageStage(
            store: store, model: model, templates: settings.templates, settings: settings.messaging,
            backoff: settings.backoff, runtime: runtime)
        let advice = LeadServices.syncAdvice(settings)
        let sync = SyncStage(
            sync: advice == nil
                ? LeadServices.sync(loaded, store: store, runtime: runtime, intake: intake, client: client) : nil,
            advice: advice.map { "\($0). If it is set: a daemon sees it once it is restarted" } ?? "")
        self.intake = intake
        prune = Prune(store: store, runtime: runtime)
        pipeline = LeadPipeline(
            scrape: scrape, enrich: enrich, messages: messages, sync: sync, store: store, lock: shared.lock,
            runtime: runtime)
    }

    /// - Parameter store: where calls are counted; nil for nowhere.
    static func client(
        _ settings: LeadSettings, store: Store?, runtime: Runtime, shared: SharedConnections
    ) -> HTTPClient {
        HTTPClient(
            connections: shared.connections,
            runtime: runtime,
            counter: store.map { StoredCallCounter(store: $0, runtime: runtime) } ?? UncountedCalls(),
            userAgent: "4runr/\(Program.version)", proxy: settings.network.proxy,
            caFile: settings.network.caFile.isEmpty ? nil : settings.network.caFile, hostMap: settings.network.hosts)
    }

    static func intake(_ loaded: LoadedConfiguration, store: Store, runtime: Runtime) -> Intake {
        Intake(
            store: store, cleaner: Cleaner(country: loaded.leads.enrichment.country), runtime: runtime)
    }

    /// What to set before anything can be in step with Airtable; nil when all is there.
    static func syncAdvice(_ settings: LeadSettings) -> String? {
        guard settings.keys["airtable_token"] != nil else {
            return "no token for Airtable (airtable_token): \(settings.secrets.advice(for: "airtable_token"))"
        }
        guard !settings.airtable.baseID.isEmpty else {
            return "no base is named (airtable.base_id): it is the part of the base's address that begins with app"
        }
        return nil
    }

    /// The sync, of which only a run needs a token.
    static func sync(
        _ loaded: LoadedConfiguration, store: Store, runtime: Runtime, intake: Intake, client: HTTPClient
    ) -> AirtableSync {
        let settings = loaded.leads
        let token = settings.keys["airtable_token"] ?? Secret("")
        let backoff = settings.backoff
        return AirtableSync(
            store: store, settings: settings.airtable, mapping: settings.mapping, intake: intake,
            runtime: runtime,
            delay: { Backoff.ofLeads(backoff).delay(ofLeadAfter: $0, runtime) },
            client: { admit in
                AirtableClient(settings: settings.airtable, token: token, admit: admit) { try await client.send($0) }
            })
    }
}

/// What outlives a reload.
struct SharedConnections: Sendable {
    let connections = HTTPConnections()
    let lock = KeyedLock()
    /// What the health check knows of the database file.
    let integrity = IntegrityRecord()
}

/// For who has no database to count in.
private struct UncountedCalls: CallCounter {
    func count(_ service: String) async {}
    func takeBack(_ service: String) async {}
}

/// Counts calls in the database. One that cannot be counted is made all the same: the disk may be full.
private struct StoredCallCounter: CallCounter {
    let store: Store
    let runtime: Runtime

    func count(_ service: String) async {
        let now = runtime.now
        try? await store.write { try $0.calls.count(service, at: now) }
    }

    func takeBack(_ service: String) async {
        let now = runtime.now
        try? await store.write { try $0.calls.takeBack(service, at: now) }
    }
}

import AirtableSync
import AppConfiguration
import Enrichment
import LeadSources
import Messaging
import Notifications
import Pipeline
import Transport
import Values

/// All settings for leads. Each module reads its own part.
struct LeadSettings: Sendable {
    let profile: SearchProfile
    let serpAPI: SerpAPISettings
    let enrichment: EnrichmentSettings
    let messaging: MessagingSettings
    let airtable: AirtableSettings
    let mapping: FieldMapping
    let notifications: NotificationSettings
    let network: NetworkSettings
    /// How long a lead waits after a stage's first failure.
    let backoff: Duration
    let secrets: SecretStore
    /// Keys by the secret's name. A missing one is not configured.
    let keys: [String: Secret]
    private let stages: [any StageSettings]

    /// - Parameter absence: the severity of a file or folder that does not exist.
    init(
        _ settings: Settings, mappingFile: String, secrets: SecretStore, absence: Diagnostic.Severity,
        diagnostics: Diagnostics
    ) {
        profile = SearchProfile(settings)
        stages = StageKind.all.compactMap { $0.settings?.init(settings) }
        enrichment = EnrichmentSettings(settings)
        messaging = MessagingSettings(settings)
        airtable = AirtableSettings(settings)
        mapping = FieldMapping.load(mappingFile, diagnostics: diagnostics)
        serpAPI = SerpAPISettings(settings)
        notifications = NotificationSettings(settings)
        network = NetworkSettings(settings, absence: absence, diagnostics: diagnostics)
        backoff = settings.duration(
            "pipeline.backoff", in: Duration.seconds(1)...Duration.seconds(86_400), default: .seconds(300))
        self.secrets = secrets
        var keys: [String: Secret] = [:]
        for name in Self.serviceKeys(serpAPI, messaging, airtable, notifications).map(\.name) {
            do throws(ConfigurationProblem) { keys[name] = try secrets.find(name) } catch {
                error.diagnostics.forEach(diagnostics.add)
            }
        }
        self.keys = keys
    }

    /// The keys that the program itself uses. Commands may use others, which the schedule file names.
    var serviceKeys: [ServiceKey] { Self.serviceKeys(serpAPI, messaging, airtable, notifications) }

    private static func serviceKeys(
        _ serpAPI: SerpAPISettings, _ messaging: MessagingSettings, _ airtable: AirtableSettings,
        _ notifications: NotificationSettings
    ) -> [ServiceKey] { [serpAPI.key] + messaging.keys + [airtable.key] + notifications.keys }

    /// The settings that only one stage has.
    func of<Own: StageSettings>(_ type: Own.Type) -> Own {
        let read = stages.lazy.compactMap { $0 as? Own }.first
        return read ?? Own(Settings(files: [], environment: [:], diagnostics: Diagnostics()))
    }

    /// The names of the keys of every kind, whatever the settings say.
    static var keyNames: [String] {
        let none = Settings(files: [], environment: [:], diagnostics: Diagnostics())
        return serviceKeys(
            SerpAPISettings(none), MessagingSettings(none), AirtableSettings(none), NotificationSettings(none)
        ).map(\.name)
    }

    /// What to set before the sync with Airtable can run; nil when nothing is missing.
    var syncAdvice: String? {
        let name = AirtableSettings.keyName
        return airtable.advice(token: keys[name] == nil ? secrets.advice(for: name) : nil)
    }
}

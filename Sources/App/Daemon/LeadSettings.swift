import AirtableSync
import AppConfiguration
import Enrichment
import Glibc
import Messaging
import Pipeline
import Scraping
import Values

/// Everything that the settings say of leads, each room's own part by the room itself.
public struct LeadSettings: Sendable {
    let profile: SearchProfile
    let scrape: ScrapeSettings
    let enrichment: EnrichmentSettings
    let messaging: MessagingSettings
    let templates: TemplateWriter?
    let airtable: AirtableSettings
    let mapping: FieldMapping
    let serpAPI: (baseURL: String, country: String, language: String, timeout: Duration)
    let network: NetworkSettings
    /// How long a lead waits after a stage's first failure.
    let backoff: Duration
    let secrets: SecretStore
    /// By the secret's name; what is not there is not configured.
    let keys: [String: Secret]

    static let secretNames = ["serpapi_api_key", "openai_api_key", "airtable_token", "notify_webhook_url"]

    init(_ settings: Settings, mappingFile: String, secrets: SecretStore, diagnostics: Diagnostics) {
        profile = SearchProfile(settings)
        scrape = ScrapeSettings(settings)
        enrichment = EnrichmentSettings(settings)
        let messaging = MessagingSettings(settings)
        self.messaging = messaging
        do throws(MessageTemplate.Problem) { templates = try TemplateWriter(messaging) } catch {
            templates = nil
            diagnostics.error(at: Position("messaging.template or messaging.subject"), error.description)
        }
        airtable = AirtableSettings(settings)
        mapping = FieldMapping.load(mappingFile, diagnostics: diagnostics)
        serpAPI = (
            settings.string("serpapi.base_url", default: "https://serpapi.com"),
            settings.string("serpapi.country", default: ""), settings.string("serpapi.language", default: ""),
            settings.duration("serpapi.timeout", in: .seconds(1)...Duration.seconds(600), default: .seconds(60))
        )
        network = NetworkSettings(settings, diagnostics: diagnostics)
        backoff = settings.duration(
            "pipeline.backoff", in: Duration.seconds(1)...Duration.seconds(86_400), default: .seconds(300))
        self.secrets = secrets
        var keys: [String: Secret] = [:]
        for name in LeadSettings.secretNames {
            do throws(ConfigurationProblem) { keys[name] = try secrets.find(name) } catch {
                error.diagnostics.forEach(diagnostics.add)
            }
        }
        self.keys = keys
    }

    /// Whether messages are written by a model: OpenAI with a key, or any other server, which may want none.
    var hasModel: Bool { keys["openai_api_key"] != nil || !messaging.baseURL.contains("api.openai.com") }
}

/// How servers outside are reached.
struct NetworkSettings: Sendable, Equatable {
    let proxy: String
    /// Empty for the system's certificates alone.
    let caFile: String
    /// By host name, `address:port` in its place.
    let hosts: [String: String]

    init(_ settings: Settings, diagnostics: Diagnostics) {
        proxy = settings.string("network.proxy", default: "")
        caFile = settings.string("network.ca_file", default: "")
        if !caFile.isEmpty, access(caFile, R_OK) != 0 {
            diagnostics.error(
                at: Position("network.ca_file"), "\(caFile) cannot be read",
                hint: "a file of certificates in PEM is expected")
        }
        var hosts: [String: String] = [:]
        for entry in settings.strings("network.hosts") {
            let parts = entry.split(separator: "=").map { String($0) }
            guard parts.count == 2, WebAddress.isDomain(parts[0]), parts[1].contains(":") else {
                diagnostics.error(
                    at: Position("network.hosts"), "\"\(entry.shortened(to: 80))\" is not NAME=ADDRESS:PORT",
                    hint: "for example: acme.example=127.0.0.1:8080")
                continue
            }
            hosts[parts[0].lowercased()] = parts[1]
        }
        self.hosts = hosts
    }
}

import AirtableSync
import AppConfiguration
import Enrichment
import FoundationEssentials
import Glibc
import Messaging
import Pipeline
import LeadSources
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

    /// - Parameter absence: how a file or folder is taken that is not there now.
    init(
        _ settings: Settings, mappingFile: String, secrets: SecretStore, absence: Diagnostic.Severity,
        diagnostics: Diagnostics
    ) {
        profile = SearchProfile(settings)
        scrape = ScrapeSettings(settings)
        enrichment = EnrichmentSettings(settings)
        let messaging = MessagingSettings(settings)
        self.messaging = messaging
        do throws(MessageTemplate.Problem) { templates = try TemplateWriter(messaging) } catch {
            templates = nil
            let isSubject = (try? MessageTemplate(messaging.subjectTemplate)) == nil
            settings.error(isSubject ? "messaging.subject" : "messaging.template", error.description)
        }
        airtable = AirtableSettings(settings)
        mapping = FieldMapping.load(mappingFile, diagnostics: diagnostics)
        serpAPI = (
            settings.baseURL("serpapi.base_url", default: "https://serpapi.com"),
            settings.string("serpapi.country", default: ""), settings.string("serpapi.language", default: ""),
            settings.duration("serpapi.timeout", in: .seconds(1)...Duration.seconds(600), default: .seconds(60))
        )
        network = NetworkSettings(settings, absence: absence, diagnostics: diagnostics)
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

    init(_ settings: Settings, absence: Diagnostic.Severity, diagnostics: Diagnostics) {
        proxy = settings.proxy("network.proxy")
        caFile = settings.string("network.ca_file", default: "")
        if !caFile.isEmpty, !caFile.hasPrefix("/") {
            settings.error(
                "network.ca_file", "must be an absolute path: the daemon's folder is not the one it is written in")
        } else if !caFile.isEmpty {
            do throws(ConfigurationProblem) {
                if !NetworkSettings.holdsCertificate(try TextFile.read(caFile)) {
                    settings.error(
                        "network.ca_file", "\(caFile) holds no certificate in PEM",
                        hint: "it begins with -----BEGIN CERTIFICATE-----")
                }
            } catch {
                for diagnostic in error.diagnostics {
                    settings.absent("network.ca_file", "\(caFile) \(diagnostic.message)", severity: absence)
                }
            }
        }
        var hosts: [String: String] = [:]
        for entry in settings.strings("network.hosts") {
            let parts = entry.split(separator: "=").map { String($0) }
            guard parts.count == 2, WebAddress.isDomain(parts[0]), hosts[parts[0].lowercased()] == nil,
                AddressText.problem(with: "http://\(parts[1])", schemes: ["http"]) == nil,
                NetworkSettings.isAddress(parts[1])
            else {
                diagnostics.error(
                    at: settings.position(of: "network.hosts"),
                    "\"\(entry.shortened(to: 80))\" is not NAME=ADDRESS:PORT",
                    hint: "for example: acme.example=127.0.0.1:8080, each name once")
                continue
            }
            hosts[parts[0].lowercased()] = parts[1]
        }
        self.hosts = hosts
    }

    /// `127.0.0.1:80` or `[::1]:80`.
    private static func isAddress(_ text: String) -> Bool {
        guard let colon = text.lastIndex(of: ":"), !text[text.index(after: colon)...].isEmpty else { return false }
        let host = String(text[..<colon].filter { $0 != "[" && $0 != "]" })
        var address = in6_addr()
        return inet_pton(text.hasPrefix("[") ? AF_INET6 : AF_INET, host, &address) == 1
    }

    /// Whether there is at least one certificate in the text, RFC 7468.
    private static func holdsCertificate(_ text: String) -> Bool {
        for label in ["CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE"] {
            guard let begin = text.firstRange(of: "-----BEGIN \(label)-----"),
                let end = text[begin.upperBound...].firstRange(of: "-----END \(label)-----")
            else { continue }
            let body = text[begin.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
            // DER: a sequence as long as it says.
            guard let bytes = Data(base64Encoded: body).map(Array.init), bytes.count > 100,
                bytes.starts(with: [0x30, 0x82])
            else { return false }
            return Int(bytes[2]) << 8 | Int(bytes[3]) == bytes.count - 4
        }
        return false
    }
}

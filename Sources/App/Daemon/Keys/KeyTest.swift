import AirtableSync
import AppConfiguration
import FoundationEssentials
import Operations
import Messaging
import Scheduling
import LeadSources
import Storage
import Transport
import Values

extension Keys {
    /// What a service said to a key.
    public struct TestLine: Sendable, Codable, Equatable {
        public let name: String
        /// `works`, `refused`, `unreachable` or `not set`.
        public let result: String
        public let detail: String
    }

    /// Asks each service once whether it takes its key; the webhook gets a message that says that it is a test. Throws an
    /// `OperationProblem` when the files are wrong.
    public static func test(_ installation: Installation) async throws -> [TestLine] {
        DaemonSettings.bootstrapQuietLogging(installation)
        return try await SandboxMode.within(installation, logger: SandboxMode.quiet) { installation in
            let loaded = try installation.loadOrThrow(missingCommand: .isWarning)
            let runtime = installation.runtime
            let store = try? await Blocking.run {
                try Store(path: installation.folder.database, access: .existing)
            }
            let client = LeadServices.client(loaded.leads, store: store, runtime: runtime, shared: SharedConnections())
            let questions = KeyQuestions(client: client, settings: loaded.leads)
            var lines: [TestLine] = []
            for form in KeyForm.known {
                guard let key = loaded.leads.keys[form.name] else {
                    lines.append(
                        TestLine(
                            name: form.name, result: "not set", detail: loaded.leads.secrets.advice(for: form.name)))
                    continue
                }
                lines.append(await questions.ask(form.name, key))
            }
            return lines
        }
    }
}

/// The one question for each service: what costs nothing and needs the key.
private struct KeyQuestions: Sendable {
    let client: HTTPClient
    let settings: LeadSettings

    func ask(_ name: String, _ key: Secret) async -> Keys.TestLine {
        var request: HTTPRequest
        switch name {
        case "serpapi_api_key":
            // https://serpapi.com/account-api, which is free.
            let query = URLReference.query([("api_key", key.reveal())])
            request = HTTPRequest(
                .get, "\(settings.serpAPI.baseURL)/account.json?\(query)", service: SerpAPIClient.service)
        case "airtable_token":
            // https://airtable.com/developers/web/api/get-user-id-scopes
            request = HTTPRequest(.get, "\(settings.airtable.baseURL)/v0/meta/whoami", service: AirtableClient.service)
            request.headers["Authorization"] = "Bearer \(key.reveal())"
        case "openai_api_key":
            // https://platform.openai.com/docs/api-reference/models/list
            request = HTTPRequest(.get, "\(settings.messaging.baseURL)/models", service: "openai")
            request.headers["Authorization"] = "Bearer \(key.reveal())"
        default:
            request = HTTPRequest(.post, key.reveal(), service: "webhook")
            request.headers["Content-Type"] = "application/json"
            request.body = Array("{\"text\":\"4runr: this is a test of the webhook; nothing is wrong.\"}".utf8)
        }
        request.timeout = .seconds(20)
        request.retry.attempts = 1
        do {
            let response = try await client.send(request)
            guard response.isSuccess else {
                return Keys.TestLine(
                    name: name, result: [400, 401, 403].contains(response.status) ? "refused" : "unreachable",
                    detail: "answered with status \(response.status)\(Self.said(response))")
            }
            return Keys.TestLine(name: name, result: "works", detail: detail(name, response))
        } catch { return Keys.TestLine(name: name, result: "unreachable", detail: "\(error)") }
    }

    private struct Answer: Decodable {
        struct Model: Decodable { let id: String }
        let total_searches_left: Int?
        let plan_name: String?
        let id: String?
        let scopes: [String]?
        let data: [Model]?
    }

    private func detail(_ name: String, _ response: HTTPResponse) -> String {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body)) else { return "" }
        switch name {
        case "serpapi_api_key": return answer.total_searches_left.map { "\($0) searches left" } ?? ""
        case "airtable_token":
            guard let scopes = answer.scopes else { return "" }
            let missing = ["data.records:read", "data.records:write", "schema.bases:read"].filter {
                !scopes.contains($0)
            }
            return missing.isEmpty
                ? "with all scopes that it needs" : "but lacks the scopes \(missing.joined(separator: ", "))"
        case "openai_api_key":
            guard let models = answer.data else { return "" }
            let model = settings.messaging.model
            return models.contains { $0.id == model }
                ? "and has the model \(model)" : "but lists no model \"\(model)\" (openai.model)"
        default: return "a test message was sent"
        }
    }

    /// The service's own reason, in one line.
    private static func said(_ response: HTTPResponse) -> String {
        let text = response.text.tidied(limit: 4_000).withoutSecrets.tidied(limit: 160)
        return text.isEmpty || text.hasPrefix("<") ? "" : ": \(text)"
    }
}

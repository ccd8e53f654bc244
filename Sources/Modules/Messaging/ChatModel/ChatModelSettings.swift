public import AppConfiguration
import FoundationEssentials
public import Transport
public import Values

/// How to reach a model that writes messages.
public struct ChatModelSettings: MessageWriterSettings {
    public static let keyName = "openai_api_key"

    let instructions: String
    let baseURL: String
    let model: String
    let maxTokens: Int
    /// From 0 to 2; nil for the model's default.
    let temperature: Double?
    let timeout: Duration
    let callsPerSecond: Double

    private static let defaultInstructions = """
        You write short first messages from one person to another, for a sales team. Plain words, friendly, at most 90 \
        words, one question at the end, no flattery, no emoji. Use only the facts given; invent nothing, and leave no \
        placeholder. Sign with the sender's name.
        """

    public init(_ settings: Settings) {
        let told = settings.string("messaging.instructions", default: "")
        let language = settings.string("messaging.language", default: "en")
        let said = told.isEmpty ? Self.defaultInstructions : told
        instructions =
            language == "en" ? said : "\(said) Write in \(MessageLanguage.names[language] ?? "English")."
        baseURL = settings.baseURL("openai.base_url", default: "https://api.openai.com/v1")
        if baseURL.hasSuffix("/chat/completions") {
            settings.error(
                "openai.base_url", "ends with /chat/completions, which is added to it",
                hint: "write \(baseURL.dropLast("/chat/completions".count))")
        }
        model = settings.string("openai.model", default: "gpt-5-mini")
        if model.isEmpty || model.contains(where: \.isWhitespace) || model.singleLine != model {
            settings.error("openai.model", "\"\(model.singleLine.shortened(to: 60))\" is not the name of a model")
        }
        maxTokens = settings.int("openai.max_tokens", in: 50...100_000, default: 2_000)
        temperature = settings.number("openai.temperature", in: 0...2)
        timeout = settings.duration("openai.timeout", in: .seconds(1)...Duration.seconds(900), default: .seconds(90))
        callsPerSecond = Double(settings.int("openai.calls_per_second", in: 1...10_000, default: 5))
    }

    /// OpenAI's own server requires a key; others may not, and their keys have other forms.
    private var isOpenAI: Bool { baseURL.contains("api.openai.com") }

    public func advice(secrets: [String: Secret], sender: Sender) -> String? {
        isOpenAI && secrets[Self.keyName] == nil ? "a model's key: \(Self.keyName)" : nil
    }

    public func writer(
        _ client: HTTPClient, secrets: [String: Secret], sender: Sender
    ) -> (any MessageWriter)? {
        advice(secrets: secrets, sender: sender) == nil
            ? ChatModelWriter(client: client, settings: self, key: secrets[Self.keyName]) : nil
    }

    private struct Models: Decodable {
        struct Model: Decodable { let id: String }
        let data: [Model]?
    }

    public var keys: [ServiceKey] {
        let (baseURL, model, isOpenAI) = (baseURL, model, isOpenAI)
        return [
            ServiceKey(
                Self.keyName, purpose: "the model's server: writes messages",
                formProblem: { key in
                    !isOpenAI || key.hasPrefix("sk-") && key.utf8.count >= 20
                        ? nil : "OpenAI's keys begin with sk-; see https://platform.openai.com/api-keys"
                },
                question: { key in
                    // https://platform.openai.com/docs/api-reference/models/list
                    var request = HTTPRequest(.get, "\(baseURL)/models", service: ChatModelWriter.service)
                    request.headers["Authorization"] = "Bearer \(key.reveal())"
                    return request
                },
                reading: { response in
                    guard let models = try? JSONDecoder().decode(Models.self, from: Data(response.body)).data else {
                        return ""
                    }
                    return models.contains { $0.id == model }
                        ? "and has the model \(model)" : "but lists no model \"\(model)\" (openai.model)"
                })
        ]
    }
}

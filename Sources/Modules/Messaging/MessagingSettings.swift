import Values
public import AppConfiguration

/// Who writes, what is offered, and with what it is written.
public struct MessagingSettings: Sendable, Equatable {
    public let senderName: String
    public let senderCompany: String
    /// What is offered, in a sentence or two.
    public let offer: String
    public let subjectTemplate: String
    public let bodyTemplate: String
    /// What a model is told beside the facts.
    public let instructions: String
    public let baseURL: String
    public let model: String
    public let maxTokens: Int
    /// From 0 to 2; nil for the model's own.
    public let temperature: Double?
    public let timeout: Duration
    public let callsPerSecond: Double
    /// How often a lead is tried whose message could not be written.
    public let attempts: Int

    public static let defaultSubject = "A question about {{company|your work}}"
    public static let defaultBody = """
        Hi {{first_name}},

        I came across {{company|your work}} and wondered how you handle this today. {{offer}}

        Would a short call next week suit you?

        {{sender_name}}
        """
    public static let defaultInstructions = """
        You write short first messages from one person to another, for a sales team. Plain words, friendly, at most 90 \
        words, one question at the end, no flattery, no emoji. Use only the facts given; invent nothing, and leave no \
        placeholder. Sign with the sender's name.
        """

    public init(_ settings: Settings) {
        senderName = settings.string("messaging.sender_name", default: "")
        senderCompany = settings.string("messaging.sender_company", default: "")
        offer = settings.string("messaging.offer", default: "")
        subjectTemplate = settings.string("messaging.subject", default: Self.defaultSubject)
        bodyTemplate = settings.string("messaging.template", default: Self.defaultBody)
        let told = settings.string("messaging.instructions", default: "")
        instructions = told.isEmpty ? Self.defaultInstructions : told
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
        attempts = settings.int("messaging.attempts", in: 1...20, default: 5)
    }
}

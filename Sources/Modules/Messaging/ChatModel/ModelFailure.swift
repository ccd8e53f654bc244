import FoundationEssentials
import Values

/// Why a model's server refuses a request, in the forms that servers use: an object, a text or a list under `error`, or
/// no JSON at all.
///
/// A problem of one prompt concerns only that lead; a problem of a setting concerns all. The forms are those of OpenAI,
/// Azure, Anthropic, Gemini, OpenRouter, llama.cpp and vLLM.
struct ModelFailure {
    /// The server's own message; empty when it gave no reason.
    private(set) var message = ""
    /// The server's codes and types, in lower case.
    private var codes: [String] = []
    /// The parameter that the server names; empty for none.
    private var parameter = ""
    /// The whole body, in lower case.
    private let all: String

    init(_ body: [UInt8]) {
        all = String(decoding: body.prefix(8_000), as: UTF8.self).lowercased()
        guard var value = try? JSONDecoder().decode(JSONValue.self, from: Data(body)) else { return }
        if case .list(let list) = value, let first = list.first { value = first }
        guard case .object(let top) = value else { return }
        switch top["error"] ?? value {
        case .text(let text):
            message = text
            codes = [text.lowercased()]
        case .object(let detail):
            message = detail["message"]?.words.first ?? ""
            parameter = detail["param"]?.words.first ?? ""
            codes = ["code", "type", "status"].flatMap { detail[$0]?.words ?? [] }.map { $0.lowercased() }
        default: break
        }
    }

    /// Whether the prompt is at fault: a filter rejected it, or it is too long.
    var isOfPrompt: Bool {
        [
            "content_filter", "content filter", "contentfilter", "content_policy", "content policy",
            "content management policy", "moderation", "invalid_prompt", "context_length", "context length", "n_ctx",
            "string_above_max_length", "safety", "responsibleaipolicy", "flagged", "blocked", "prompt is too long",
        ].contains { all.contains($0) }
    }

    /// Whether the settings are at fault: the model, the key, or a parameter that every request has.
    var isOfSettings: Bool {
        let words = [
            "model_not_found", "invalid_model", "unknown_model", "invalid_api_key", "authentication_error",
            "api key not valid", "invalid api key", "incorrect api key", "invalid model", "model not found",
            "unknown model", "not a valid model", "model does not exist", "does not exist or you do not have access",
        ]
        let name = parameter.prefix { $0 != "." && $0 != "[" }
        let settings = [
            "model", "temperature", "max_tokens", "max_completion_tokens", "response_format", "stream", "n",
        ]
        return settings.contains(String(name)) || words.contains { all.contains($0) }
    }

    /// Whether the account's credit is used up, as opposed to calls that are too fast.
    var isOfQuota: Bool {
        codes.contains { $0.contains("insufficient_quota") || $0.contains("insufficient_credit") }
            || message.lowercased().contains("insufficient credit")
    }
}

extension JSONValue {
    /// The texts in the value: itself, or those of a list.
    fileprivate var words: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let list): list.flatMap(\.words)
        default: []
        }
    }
}

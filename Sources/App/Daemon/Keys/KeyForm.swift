import AppConfiguration
import Values

/// What is known of a key by its name: whose it is, and what it looks like.
public struct KeyForm: Sendable {
    public let name: String
    /// The service, and what it is for, in a clause.
    public let purpose: String
    /// What is wrong with the form of a text that is to be the key; nil when it can be one.
    let problem: @Sendable (String) -> String?

    /// The keys that the program itself uses. A command can name others in the schedule file.
    static let known: [KeyForm] = [
        KeyForm(name: "serpapi_api_key", purpose: "SerpAPI: finds people and companies' sites") { key in
            key.utf8.count == 64 && key.allSatisfy(\.isHexDigit)
                ? nil
                : "SerpAPI's keys are 64 characters from 0 to 9 and a to f; see https://serpapi.com/manage-api-key"
        },
        KeyForm(name: "openai_api_key", purpose: "the model's server: writes messages") { key in
            key.hasPrefix("sk-") && key.utf8.count >= 20
                ? nil : "OpenAI's keys begin with sk-; see https://platform.openai.com/api-keys"
        },
        KeyForm(name: "airtable_token", purpose: "Airtable: keeps the base in step") { key in
            if key.hasPrefix("key"), key.utf8.count == 17 {
                return
                    "this is an API key of the old kind, which Airtable does not take any more; make a personal access token"
            }
            let parts = key.split(separator: ".", omittingEmptySubsequences: false)
            let isToken =
                parts.count == 2 && parts[0].hasPrefix("pat") && parts[0].utf8.count == 17 && parts[1].utf8.count == 64
                && parts[1].allSatisfy(\.isHexDigit)
            return isToken
                ? nil
                : "Airtable's tokens are pat, 14 characters, a full stop and 64 more; see https://airtable.com/create/tokens"
        },
        KeyForm(name: "notify_webhook_url", purpose: "a webhook: people hear of failures") { key in
            AddressText.problem(with: key, schemes: ["http", "https"]) == nil
                ? nil : "a webhook's address begins with https://, such as https://hooks.slack.com/services/…"
        },
    ]

    static func of(_ name: String) -> KeyForm? { known.first { $0.name == name } }

    /// What is wrong with a text as a secret of this name; nil when nothing is.
    ///
    /// - Parameter isOpenAI: whether models are OpenAI's own; other servers have keys of other forms.
    public static func problem(with text: String, as name: String, isOpenAI: Bool) -> String? {
        if text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F || $0.value > 0x7E })
        {
            return "it has a character in it that no key has; was more pasted than the key?"
        }
        guard let form = of(name) else { return nil }
        if text.contains(where: \.isWhitespace) {
            return "it has a blank or a line break in it; was more pasted than the key?"
        }
        return name == "openai_api_key" && !isOpenAI ? nil : form.problem(text)
    }
}

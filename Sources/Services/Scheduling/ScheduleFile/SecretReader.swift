import AppConfiguration
import Values

/// Reads a text that may be kept as a secret: `text`, or `{ secret: NAME }`.
struct SecretReader {
    let secrets: SecretStore
    let diagnostics: Diagnostics

    /// - Parameter name: what the value is, for messages: `environment of KEY`.
    func read(_ value: YAMLValue, called name: String) -> TextOrSecret? {
        if let text = value.text { return .text(text) }
        guard let inner = YAMLMapping(value, called: name, diagnostics: diagnostics) else { return nil }
        defer { inner.reportUnknownKeys(in: name) }
        guard let secret = inner.string("secret") else {
            diagnostics.error(at: value.position, "\(name) names no secret", hint: "write a text, or { secret: NAME }")
            return nil
        }
        guard SecretStore.isName(secret) else {
            diagnostics.error(
                at: value.position, "\"\(secret.shortened(to: 60))\" is not a secret's name",
                hint: "use letters, digits and underscores")
            return nil
        }
        if (try? secrets.find(secret)) == .some(nil) {
            diagnostics.warning(
                at: value.position, "secret \(secret) of \(name) is not set here", hint: secrets.advice(for: secret))
        }
        return .secret(secret)
    }
}

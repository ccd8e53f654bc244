import FoundationEssentials
public import Transport
import Values

extension AirtableSettings {
    public static let keyName = "airtable_token"

    private struct Account: Decodable { let scopes: [String]? }

    private static let neededScopes = ["data.records:read", "data.records:write", "schema.bases:read"]

    public var key: ServiceKey {
        let baseURL = baseURL
        return ServiceKey(
            Self.keyName, purpose: "Airtable: keeps the base in step",
            formProblem: Self.problem(withToken:),
            question: { key in
                // https://airtable.com/developers/web/api/get-user-id-scopes
                var request = HTTPRequest(.get, "\(baseURL)/v0/meta/whoami", service: AirtableClient.service)
                request.headers["Authorization"] = "Bearer \(key.reveal())"
                return request
            },
            reading: { response in
                guard let scopes = try? JSONDecoder().decode(Account.self, from: Data(response.body)).scopes else {
                    return ""
                }
                let missing = Self.neededScopes.filter { !scopes.contains($0) }
                return missing.isEmpty
                    ? "with all scopes that it needs" : "but lacks the scopes \(missing.joined(separator: ", "))"
            })
    }

    /// What is wrong with the form of a token; nil when it can be one.
    private static func problem(withToken token: String) -> String? {
        if token.hasPrefix("key"), token.utf8.count == 17 {
            return
                "this is an API key of the old kind, which Airtable does not take any more; make a personal access token"
        }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        let isToken =
            parts.count == 2 && parts[0].hasPrefix("pat") && parts[0].utf8.count == 17 && parts[1].utf8.count == 64
            && parts[1].allSatisfy(\.isHexDigit)
        return isToken
            ? nil
            : "Airtable's tokens are pat, 14 characters, a full stop and 64 more; see https://airtable.com/create/tokens"
    }

    /// What to set before anything can be in step with Airtable; nil when all is there.
    ///
    /// - Parameter tokenAdvice: where the token is put; nil when it is set.
    public func advice(token tokenAdvice: String?) -> String? {
        if let tokenAdvice { return "no token for Airtable (\(Self.keyName)): \(tokenAdvice)" }
        guard !baseID.isEmpty else {
            return "no base is named (airtable.base_id): it is the part of the base's address that begins with app"
        }
        return nil
    }
}

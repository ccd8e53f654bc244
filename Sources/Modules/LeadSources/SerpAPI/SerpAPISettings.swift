public import AppConfiguration
import FoundationEssentials
public import Transport
public import Values

/// How SerpAPI is reached.
public struct SerpAPISettings: Sendable {
    public static let keyName = "serpapi_api_key"

    public let baseURL: String
    /// Google's `gl`; empty for none.
    public let country: String
    /// Google's `hl`; empty for none.
    public let language: String
    public let timeout: Duration

    public init(_ settings: Settings) {
        baseURL = settings.baseURL("serpapi.base_url", default: "https://serpapi.com")
        country = settings.string("serpapi.country", default: "")
        language = settings.string("serpapi.language", default: "")
        timeout = settings.duration("serpapi.timeout", in: .seconds(1)...Duration.seconds(600), default: .seconds(60))
    }

    private struct Account: Decodable { let total_searches_left: Int? }

    public var key: ServiceKey {
        let baseURL = baseURL
        return ServiceKey(
            Self.keyName, purpose: "SerpAPI: finds people and companies' sites",
            formProblem: { key in
                key.utf8.count == 64 && key.allSatisfy(\.isHexDigit)
                    ? nil
                    : "SerpAPI's keys are 64 characters from 0 to 9 and a to f; see https://serpapi.com/manage-api-key"
            },
            question: { key in
                // https://serpapi.com/account-api, which is free.
                let query = URLReference.query([("api_key", key.reveal())])
                return HTTPRequest(.get, "\(baseURL)/account.json?\(query)", service: SerpAPIClient.service)
            },
            reading: { response in
                let account = try? JSONDecoder().decode(Account.self, from: Data(response.body))
                return account?.total_searches_left.map { "\($0) searches left" } ?? ""
            })
    }

    /// The client; nil without a key.
    public func client(_ client: HTTPClient, secrets: [String: Secret]) -> SerpAPIClient? {
        secrets[Self.keyName].map { SerpAPIClient(client: client, settings: self, key: $0) }
    }
}

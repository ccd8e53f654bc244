import AppConfiguration
import FoundationEssentials
import Transport
public import Values

/// A page of results.
public struct SearchPage: Sendable, Equatable {
    public let results: [SearchResult]
    /// Whether another page follows.
    public let hasMore: Bool
}

/// Why a search returned no results.
public struct SearchProblem: PresentableError, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The key was not accepted.
        case key
        /// The account's searches are used up.
        case quota
        /// Too many searches at once, or in this hour.
        case rate
        /// A temporary failure; it may work later.
        case unavailable
        /// The response does not match the service's documentation.
        case malformed
    }

    public let kind: Kind
    public let message: String

    public var errorKind: ErrorKind {
        switch kind {
        case .key: .configuration
        case .quota: .unavailable
        case .rate, .unavailable, .malformed: .temporary
        }
    }

    /// Whether nothing was paid for it: SerpAPI charges only searches that succeed.
    public let costsNothing: Bool

    /// - Parameter costsNothing: nil if it follows from the kind: only an answer that cannot be read was paid for.
    public init(_ kind: Kind, _ message: String, costsNothing: Bool? = nil) {
        self.kind = kind
        self.message = message
        self.costsNothing = costsNothing ?? (kind != .malformed)
    }
}

/// Searches Google through SerpAPI: https://serpapi.com/search-api.
public struct SerpAPIClient: Sendable {
    /// The name under which its calls are counted.
    public static let service = "serpapi"

    let client: HTTPClient
    let settings: SerpAPISettings
    let key: Secret

    private struct Answer: Decodable {
        struct Paging: Decodable { let next: String? }
        struct Metadata: Decodable { let status: String? }

        /// Read one by one: an odd one does not spoil the others.
        let organic_results: [JSONValue]?
        let serpapi_pagination: Paging?
        let search_metadata: Metadata?
        let error: String?
    }

    /// Requests a page of ten results from `start`. Throws a `SearchProblem`, or a `CancellationError`.
    public func search(_ query: String, start: Int) async throws -> SearchPage {
        var parameters = [("engine", "google"), ("q", query), ("start", "\(start)"), ("output", "json")]
        if !settings.country.isEmpty { parameters.append(("gl", settings.country)) }
        if !settings.language.isEmpty { parameters.append(("hl", settings.language)) }
        parameters.append(("api_key", key.reveal()))
        var request = HTTPRequest(
            .get, "\(settings.baseURL)/search.json?\(URLReference.query(parameters))", service: SerpAPIClient.service)
        // Within an hour a repeat comes from SerpAPI's cache and costs nothing.
        request.isRepeatable = true
        request.timeout = settings.timeout
        request.rate = RateLimit(key: Self.service, perSecond: 2, burst: 2)
        request.isFinal = { SerpAPIClient.isQuota($0.text) }
        let response: HTTPResponse
        do { response = try await client.send(request) } catch let error as TransportError {
            throw SearchProblem(.unavailable, "SerpAPI: \(error)", costsNothing: !error.mayHaveBeenDone)
        }
        return try SerpAPIClient.read(response)
    }

    /// The number of searches that the account has left; nil if the service does not say. Asking is free.
    public func searchesLeft() async throws -> Int? {
        struct Account: Decodable { let total_searches_left: Int? }
        let query = URLReference.query([("api_key", key.reveal())])
        var request = HTTPRequest(.get, "\(settings.baseURL)/account.json?\(query)", service: "serpapi account")
        request.timeout = min(settings.timeout, .seconds(15))
        request.retry.attempts = 1
        guard let response = try? await client.send(request), response.isSuccess else {
            try Task.checkCancellation()
            return nil
        }
        return (try? JSONDecoder().decode(Account.self, from: Data(response.body)))?.total_searches_left
    }

    static func read(_ response: HTTPResponse) throws(SearchProblem) -> SearchPage {
        let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
        let said = answer?.error ?? ""
        switch response.status {
        case 401, 403:
            throw SearchProblem(.key, "SerpAPI does not accept the key; see https://serpapi.com/manage-api-key")
        case 429 where isQuota(said): throw SearchProblem(.quota, "SerpAPI: the account has run out of searches")
        case 429:
            throw SearchProblem(
                .rate, "SerpAPI: too many searches in this hour\(said.isEmpty ? "" : ": \(said.shortened(to: 160))")")
        case 200: break
        default:
            let detail = said.isEmpty ? "" : ": \(said.shortened(to: 200))"
            throw SearchProblem(.unavailable, "SerpAPI answered with status \(response.status)\(detail)")
        }
        guard let answer else { throw SearchProblem(.malformed, "SerpAPI's answer is not the JSON that it documents") }
        if !said.isEmpty, answer.organic_results == nil {
            if said.contains("hasn't returned any results") { return SearchPage(results: [], hasMore: false) }
            if isQuota(said) { throw SearchProblem(.quota, "SerpAPI: \(said.shortened(to: 200))") }
            throw SearchProblem(.unavailable, "SerpAPI: \(said.shortened(to: 200))")
        }
        guard let items = answer.organic_results else {
            guard answer.search_metadata?.status == "Success" else {
                throw SearchProblem(.malformed, "SerpAPI's answer holds neither results nor a reason")
            }
            return SearchPage(results: [], hasMore: false)
        }
        let results = items.compactMap { SearchResult($0) }
        return SearchPage(results: results, hasMore: answer.serpapi_pagination?.next != nil && !items.isEmpty)
    }

    /// Whether the account is used up. The status code varies.
    private static func isQuota(_ text: String) -> Bool {
        let text = text.lowercased()
        return text.contains("run out of searches") || text.contains("are exhausted")
    }
}

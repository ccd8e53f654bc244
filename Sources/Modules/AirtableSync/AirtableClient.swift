public import AppConfiguration
import FoundationEssentials
import Synchronization
public import Transport

/// Why Airtable did not do what it was asked to.
public struct AirtableProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// The token, the base, the table, or a field of the mapping: nothing can be sent until a person mends it.
        case configuration
        /// One of the records cannot be taken.
        case badRecord
        /// The month's calls are used up.
        case quota
        /// It may work later.
        case unavailable
    }

    public let kind: Kind
    public let description: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        description = message
    }
}

/// How the base is reached.
public struct AirtableSettings: Sendable, Equatable {
    public let baseURL: String
    public let baseID: String
    public let table: String
    public let perSecond: Double
    /// What is waited after a 429; Airtable asks for 30 seconds.
    public let pause: Duration
    public let attempts: Int
    public let timeout: Duration

    public init(_ settings: Settings) {
        baseURL = settings.string("airtable.base_url", default: "https://api.airtable.com")
        baseID = settings.string("airtable.base_id", default: "")
        table = settings.string("airtable.table", default: "Leads")
        perSecond = Double(settings.int("airtable.calls_per_second", in: 1...50, default: 4))
        pause = settings.duration(
            "airtable.pause_after_429", in: .seconds(0)...Duration.seconds(600), default: .seconds(30))
        attempts = settings.int("airtable.attempts", in: 1...20, default: 5)
        timeout = settings.duration("airtable.timeout", in: .seconds(1)...Duration.seconds(600), default: .seconds(60))
    }
}

/// Airtable's Web API, as far as the sync uses it: https://airtable.com/developers/web/api
public final class AirtableClient: Sendable {
    /// The name that its calls are counted under.
    public static let service = "airtable"
    /// Airtable's limit for one request.
    public static let batchSize = 10

    private let client: HTTPClient
    private let settings: AirtableSettings
    private let token: Secret
    private let retry: RequestRetry
    private let made = Mutex(0)

    public init(client: HTTPClient, settings: AirtableSettings, token: Secret) {
        self.client = client
        self.settings = settings
        self.token = token
        var retry = RequestRetry()
        retry.pauseAfterRateLimit = settings.pause
        retry.longestWait = max(retry.longestWait, settings.pause * 2)
        self.retry = retry
    }

    /// Requests that were answered or given up, repeats of one not counted.
    public var calls: Int { made.withLock { $0 } }

    /// A record as Airtable answers it.
    struct Record: Decodable {
        let id: String
        let fields: [String: Cell]
    }

    struct Upserted: Decodable {
        let records: [Record]
        let createdRecords: [String]?
    }

    private struct UpsertBody: Encodable {
        struct Upsert: Encodable { let fieldsToMergeOn: [String] }
        struct Record: Encodable { let fields: [String: Cell?] }
        let performUpsert: Upsert
        let records: [Record]
    }

    /// Creates or changes up to ten records by the value of the field `key`. Doing it twice changes nothing, so it is
    /// repeated when its end is not known. Throws an `AirtableProblem`, or a `CancellationError`.
    func upsert(_ records: [[String: Cell?]], key: String) async throws -> Upserted {
        let table = URLReference.encode(settings.table)
        var request = HTTPRequest(
            .patch, "\(settings.baseURL)/v0/\(URLReference.encode(settings.baseID))/\(table)", service: Self.service)
        request.isRepeatable = true
        request.headers = ["Authorization": "Bearer \(token.reveal())", "Content-Type": "application/json"]
        request.timeout = settings.timeout
        request.retry = retry
        request.rate = RateLimit(key: "airtable:\(settings.baseID)", perSecond: settings.perSecond)
        request.isFinal = { $0.text.contains("PUBLIC_API_BILLING_LIMIT_EXCEEDED") }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = UpsertBody(performUpsert: .init(fieldsToMergeOn: [key]), records: records.map { .init(fields: $0) })
        request.body = Array((try? encoder.encode(body)) ?? Data())
        made.withLock { $0 += 1 }
        let response: HTTPResponse
        do { response = try await client.send(request) } catch let error as TransportError {
            throw AirtableProblem(.unavailable, "Airtable: \(error)")
        }
        guard response.isSuccess else { throw problem(response) }
        guard let answer = try? JSONDecoder().decode(Upserted.self, from: Data(response.body)) else {
            throw AirtableProblem(.unavailable, "Airtable's answer is not the JSON that it documents")
        }
        return answer
    }

    /// What an error answer means. Three envelopes are in use.
    private func problem(_ response: HTTPResponse) -> AirtableProblem {
        let envelope = (try? JSONDecoder().decode(Envelope.self, from: Data(response.body))) ?? Envelope()
        let said = envelope.message.map { ": \($0.shortened(to: 300).singleLine)" } ?? ""
        let type = envelope.type ?? ""
        switch response.status {
        case 401: return AirtableProblem(.configuration, "Airtable does not accept the token (airtable_token)")
        case 403, 404:
            return AirtableProblem(
                .configuration,
                "Airtable finds no table \"\(settings.table)\" in base \"\(settings.baseID)\" that the token may write (airtable.base_id, airtable.table)\(said)"
            )
        case 422 where type == "UNKNOWN_FIELD_NAME":
            return AirtableProblem(
                .configuration,
                "Airtable\(said.isEmpty ? " does not know a field" : said); make the field in the table, or change its name in airtable-fields.yaml"
            )
        case 413, 422:
            return AirtableProblem(
                .badRecord, "Airtable refused it (\(type.isEmpty ? "\(response.status)" : type))\(said)")
        case 429 where type == "PUBLIC_API_BILLING_LIMIT_EXCEEDED":
            return AirtableProblem(.quota, "the month's calls of the Airtable workspace are used up")
        default:
            return AirtableProblem(.unavailable, "Airtable answered with status \(response.status)\(said)")
        }
    }

    private struct Envelope: Decodable {
        var type: String?
        var message: String?

        init() {}

        private enum Keys: String, CodingKey { case error, errors, type, message }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            if let text = try? container.decode(String.self, forKey: .error) {
                type = text
            } else if let inner = try? container.nestedContainer(keyedBy: Keys.self, forKey: .error) {
                type = try? inner.decode(String.self, forKey: .type)
                message = try? inner.decode(String.self, forKey: .message)
            } else if var list = try? container.nestedUnkeyedContainer(forKey: .errors),
                let inner = try? list.nestedContainer(keyedBy: Keys.self)
            {
                type = try? inner.decode(String.self, forKey: .error)
                message = try? inner.decode(String.self, forKey: .message)
            }
        }
    }
}

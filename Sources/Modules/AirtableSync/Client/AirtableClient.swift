import AppConfiguration
import FoundationEssentials
import Synchronization
public import Transport
public import Values

/// Airtable's Web API, as far as the sync uses it: https://airtable.com/developers/web/api
///
/// Requests share one rate limit per base; each caller waits for its turn.
public final class AirtableClient: Sendable {
    public typealias Send = @Sendable (HTTPRequest) async throws -> HTTPResponse

    /// The name under which its calls are counted.
    public static let service = "airtable"
    /// Airtable's limit for one request that writes.
    public static let batchSize = 10
    /// Airtable's limit for one page.
    public static let pageSize = 100
    /// The longest address of a request. A list whose address would be longer is requested by POST.
    static let longestURL = 15_000

    let settings: AirtableSettings
    private let send: Send
    private let token: Secret
    private let retry: RequestRetry
    /// Called before each request. Throws if no call may be made.
    private let admit: @Sendable () async throws -> Void
    private let made = Mutex(0)

    public init(
        settings: AirtableSettings, token: Secret, admit: @escaping @Sendable () async throws -> Void = {},
        send: @escaping Send
    ) {
        self.settings = settings
        self.token = token
        self.admit = admit
        self.send = send
        var retry = RequestRetry()
        retry.pauseAfterRateLimit = settings.pause
        retry.longestWait = max(retry.longestWait, settings.pause * 2)
        self.retry = retry
    }

    /// How many requests were made. Automatic repeats of a request are not counted.
    public var calls: Int { made.withLock { $0 } }

    var baseAddress: String { "\(settings.baseURL)/v0/\(URLReference.encode(settings.baseID))" }
    var tableAddress: String { "\(baseAddress)/\(URLReference.encode(settings.table))" }

    /// Sends a request and decodes its response as `Answer`.
    ///
    /// Throws an `AirtableProblem`, or a `CancellationError`.
    func perform<Answer: Decodable>(
        _ method: HTTPRequest.Method, _ address: String, _ body: (some Encodable)?, isRepeatable: Bool,
        recheck: (@Sendable () async throws -> Void)? = nil, as type: Answer.Type
    ) async throws -> (answer: Answer, date: Timestamp?) {
        var request = HTTPRequest(method, address, service: Self.service)
        request.isRepeatable = isRepeatable
        request.recheck = recheck
        request.headers = ["Authorization": "Bearer \(token.reveal())"]
        request.timeout = settings.timeout
        request.retry = retry
        request.rate = RateLimit(key: "airtable:\(settings.baseID)", perSecond: settings.perSecond)
        request.isFinal = { $0.text.contains("PUBLIC_API_BILLING_LIMIT_EXCEEDED") }
        request.sizeLimit = 64 << 20
        if let body {
            request.headers["Content-Type"] = "application/json"
            request.body = StableJSON.text(of: body).map { Array($0.utf8) }
        }
        try await admit()
        made.withLock { $0 += 1 }
        let response: HTTPResponse
        do { response = try await send(request) } catch let error as TransportError {
            if error.neverLeft { made.withLock { $0 -= 1 } }
            throw AirtableProblem(.unavailable, "Airtable: \(error)")
        }
        guard response.isSuccess else {
            throw problem(response, isWrite: method != .get && !address.hasSuffix("/listRecords"))
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body)) else {
            throw AirtableProblem(.unavailable, "Airtable's answer is not the JSON that it documents")
        }
        return (answer, response.date)
    }

    /// Interprets an error response. Airtable uses three envelope formats.
    private func problem(_ response: HTTPResponse, isWrite: Bool) -> AirtableProblem {
        let envelope = (try? JSONDecoder().decode(Envelope.self, from: Data(response.body))) ?? Envelope()
        let message = envelope.message ?? ""
        let said = message.isEmpty ? "" : ": \(message.shortened(to: 300).singleLine)"
        let type = (envelope.type ?? "").shortened(to: 100).singleLine
        func problem(_ kind: AirtableProblem.Kind, _ text: String) -> AirtableProblem {
            AirtableProblem(kind, text, type: type, said: message.shortened(to: 500).singleLine)
        }
        if let record = missingRecord(response.status, type, message) {
            return problem(.noSuchRecord(record), "Airtable has no record \(record)")
        }
        switch response.status {
        case 401:
            return problem(.configuration, "Airtable does not accept the token (\(AirtableSettings.keyName))")
        case 403 where message.contains("in field "):
            let field = message.components(after: "in field ", before: " (")
            return problem(.lockedField(field), "the token may not write the field \"\(field)\"")
        case 403 where isWrite:
            return problem(
                .forbidden,
                "the token may not write this to the table \"\(settings.table)\": it needs the scope data.records:write, and its owner the right to create and edit records there\(said)"
            )
        case 403, 404:
            return problem(
                .configuration,
                "Airtable finds no table \"\(settings.table)\" in base \"\(settings.baseID)\" that the token may read and write (airtable.base_id, airtable.table)\(said)"
            )
        case 422 where type == "UNKNOWN_FIELD_NAME":
            let field = AirtableProblem.quoted(message) ?? ""
            return problem(.noSuchField(field), "Airtable has no field \"\(field)\"")
        case 422 where ["LIST_RECORDS_ITERATOR_NOT_AVAILABLE", "INVALID_OFFSET_VALUE"].contains(type):
            return problem(.listExpired, "Airtable gave up the list that was being read\(said)")
        case 413, 422:
            return problem(.badRecord, "Airtable refused it (\(type.isEmpty ? "\(response.status)" : type))\(said)")
        case 429 where type == "PUBLIC_API_BILLING_LIMIT_EXCEEDED":
            return problem(.quota, "the month's calls of the Airtable workspace are used up")
        default: return problem(.unavailable, "Airtable answered with status \(response.status)\(said)")
        }
    }

    private func missingRecord(_ status: Int, _ type: String, _ message: String) -> String? {
        guard type == "ROW_DOES_NOT_EXIST" || (status == 404 && message.contains("record with ID")) else { return nil }
        return message.split { !$0.isLetter && !$0.isNumber }.map(String.init).first {
            $0.hasPrefix("rec") && $0.count > 3 && $0 != "record"
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

    /// The body type of a request without a body.
    struct Nothing: Encodable {}
}

extension String {
    fileprivate func components(after start: String, before end: String) -> String {
        guard let begin = firstRange(of: start) else { return "" }
        let rest = self[begin.upperBound...]
        // The field name itself may contain the text that follows it.
        return String(rest.ranges(of: end).last.map { rest[..<$0.lowerBound] } ?? rest)
    }
}

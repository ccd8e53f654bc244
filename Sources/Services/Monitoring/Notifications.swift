import FoundationEssentials
public import Transport
public import Values

/// Tells people that something happened, through an incoming webhook: `{"text": …}` as Slack, Mattermost and others take it.
public struct Notifier: Sendable {
    private let client: HTTPClient
    private let url: String

    /// - Parameter url: the webhook's address, which is a secret.
    public init(client: HTTPClient, url: String) {
        self.client = client
        self.url = url
    }

    private struct Message: Encodable {
        let text: String
    }

    /// Throws a `TransportError`, or a `NotificationProblem` when the webhook refuses. Neither shows the address.
    public func send(_ text: String) async throws {
        var request = HTTPRequest(.post, url, service: "webhook")
        request.headers["Content-Type"] = "application/json"
        request.body = try Array(JSONEncoder().encode(Message(text: text)))
        request.timeout = .seconds(20)
        // A message twice is better than none.
        request.isRepeatable = true
        let response = try await client.send(request)
        guard response.isSuccess else { throw NotificationProblem("the webhook answered \(response.status)") }
    }
}

/// A notification was refused.
public struct NotificationProblem: PresentableError {
    public let message: String
    public var errorKind: ErrorKind { .unavailable }

    init(_ message: String) { self.message = message }
}

/// Tells a dead-man's switch, such as healthchecks.io, that a job began and how it ended.
public struct Pinger: Sendable {
    /// What is said by the end of the address.
    public enum Signal: String, Sendable {
        case start = "/start"
        case success = ""
        case failure = "/fail"
    }

    private let client: HTTPClient

    public init(client: HTTPClient) { self.client = client }

    /// - Parameters:
    ///   - url: the address of the check, which is a secret of sorts.
    ///   - text: what is kept with the signal; empty for nothing.
    /// Throws a `TransportError`, or a `NotificationProblem` when it is refused. Neither shows the address.
    public func send(_ signal: Signal, to url: String, text: String) async throws {
        var request = HTTPRequest(.post, Self.address(url, signal), service: "ping")
        request.body = Array(text.utf8)
        request.timeout = .seconds(10)
        request.isRepeatable = true
        let response = try await client.send(request)
        guard response.isSuccess else { throw NotificationProblem("the ping was answered with \(response.status)") }
    }

    static func address(_ url: String, _ signal: Signal) -> String {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let base = path.hasSuffix("/") ? path.dropLast() : path
        return "\(signal == .success ? path : base)\(signal.rawValue)\(url.dropFirst(path.count))"
    }
}

/// Which of many failures in a row people are told of: the first, and then ever fewer.
public enum FailureNotices {
    /// Whether the latest of so many failures in a row is told: the 1st, 2nd, 4th, 8th and so on.
    public static func isDue(failures: Int) -> Bool { failures > 0 && failures & (failures - 1) == 0 }
}

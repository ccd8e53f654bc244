public import AppConfiguration
import Leads
public import Transport
public import Values

/// Notifies a job's dead-man's switch, such as healthchecks.io, that a run began and how it ended. Only the job's own
/// `ping` in the schedule file has to be set.
public struct PingSettings: NotificationChannelSettings {
    public init(_ settings: Settings) {}

    public var keys: [ServiceKey] { [] }

    public func channel(_ client: HTTPClient, secrets: [String: Secret]) -> (any NotificationChannel)? {
        PingChannel(client: client)
    }
}

/// https://healthchecks.io/docs/http_api/
struct PingChannel: NotificationChannel {
    let client: HTTPClient

    let name = "ping"

    /// The signal, which is appended to the address.
    enum Signal: String, Sendable {
        case start = "/start"
        case success = ""
        case failure = "/fail"
    }

    func tell(_ notification: JobNotification) async throws {
        guard let (signal, text) = Self.signal(for: notification.event), let url = try notification.pingURL() else {
            return
        }
        var request = HTTPRequest(.post, Self.address(url, signal), service: "ping")
        request.body = Array(text.utf8)
        request.timeout = .seconds(10)
        request.isRepeatable = true
        let response = try await client.send(request)
        guard response.isSuccess else { throw NotificationProblem("the ping was answered with \(response.status)") }
    }

    /// The signal for an event and the text stored with it; nil for an end after which another attempt follows.
    static func signal(for event: JobNotification.Event) -> (Signal, text: String)? {
        switch event {
        case .started: (.start, "")
        case .ended(let ending):
            switch ending.status {
            case .success: (.success, "")
            case .failed, .interrupted, .cancelled, .skipped: ending.isFinal ? (.failure, ending.error ?? "") : nil
            case .pending, .running: nil
            }
        }
    }

    static func address(_ url: String, _ signal: Signal) -> String {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let base = path.hasSuffix("/") ? path.dropLast() : path
        return "\(signal == .success ? path : base)\(signal.rawValue)\(url.dropFirst(path.count))"
    }
}

import FoundationEssentials
import Transport
import Values

/// Notifies people of failures through an incoming webhook: `{"text": …}`, as Slack, Mattermost and others accept it.
struct WebhookChannel: NotificationChannel {
    let client: HTTPClient
    /// The address, which is a secret.
    let url: Secret

    let name = "webhook"

    private struct Message: Encodable {
        let text: String
    }

    func tell(_ notification: JobNotification) async throws {
        guard let text = notification.text else { return }
        let response = try await client.send(Self.request(text, to: url))
        guard response.isSuccess else { throw NotificationProblem("the webhook answered \(response.status)") }
    }

    static func request(_ text: String, to url: Secret) -> HTTPRequest {
        var request = HTTPRequest(.post, url.reveal(), service: "webhook")
        request.headers["Content-Type"] = "application/json"
        request.body = (try? Array(JSONEncoder().encode(Message(text: text)))) ?? []
        request.timeout = .seconds(20)
        // Sending a message twice is better than not at all.
        request.isRepeatable = true
        return request
    }
}

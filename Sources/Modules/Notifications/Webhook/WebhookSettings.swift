public import AppConfiguration
public import Transport
public import Values

/// The webhook that notifies people of failures. Its address is a key, and there is nothing else to configure.
public struct WebhookSettings: NotificationChannelSettings {
    static let keyName = "notify_webhook_url"

    public init(_ settings: Settings) {}

    public var keys: [ServiceKey] {
        [
            ServiceKey(
                Self.keyName, purpose: "a webhook: people hear of failures",
                formProblem: { key in
                    AddressText.problem(with: key, schemes: ["http", "https"]) == nil
                        ? nil
                        : "a webhook's address begins with https://, such as https://hooks.slack.com/services/…"
                },
                question: { url in
                    WebhookChannel.request("4runr: this is a test of the webhook; nothing is wrong.", to: url)
                }, reading: { _ in "a test message was sent" })
        ]
    }

    public func channel(_ client: HTTPClient, secrets: [String: Secret]) -> (any NotificationChannel)? {
        secrets[Self.keyName].map { WebhookChannel(client: client, url: $0) }
    }
}

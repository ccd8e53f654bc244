public import AppConfiguration
public import Transport
public import Values

/// A way to send notifications of jobs to the outside.
public protocol NotificationChannel: Sendable {
    /// The name used in logs: `ping`, `webhook`.
    var name: String { get }

    /// Sends the notification, or does nothing if it is not meant for this channel. Throws a `TransportError`, or a
    /// `NotificationProblem` when it is refused. Neither contains an address, which is a secret.
    func tell(_ notification: JobNotification) async throws
}

/// The settings of one kind of channel, from which a channel is created. The kinds are listed in
/// `NotificationChannels`.
public protocol NotificationChannelSettings: Sendable {
    /// Reads the settings. Errors go to the diagnostics of `settings`.
    init(_ settings: Settings)

    /// The keys that the channel uses.
    var keys: [ServiceKey] { get }

    /// Creates the channel. Returns nil when it is not configured.
    ///
    /// - Parameter secrets: the keys that are set, by name.
    func channel(_ client: HTTPClient, secrets: [String: Secret]) -> (any NotificationChannel)?
}

/// The kinds of channels.
public enum NotificationChannels {
    public static let kinds: [any NotificationChannelSettings.Type] = [PingSettings.self, WebhookSettings.self]
}

/// The settings for notifications.
public struct NotificationSettings: Sendable {
    private let kinds: [any NotificationChannelSettings]

    public init(_ settings: Settings) { kinds = NotificationChannels.kinds.map { $0.init(settings) } }

    public var keys: [ServiceKey] { kinds.flatMap(\.keys) }

    /// The channels that are configured.
    public func channels(_ client: HTTPClient, secrets: [String: Secret]) -> [any NotificationChannel] {
        kinds.compactMap { $0.channel(client, secrets: secrets) }
    }
}

/// A notification was refused.
public struct NotificationProblem: PresentableError {
    public let message: String
    public var errorKind: ErrorKind { .unavailable }

    init(_ message: String) { self.message = message }
}

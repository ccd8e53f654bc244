public import AppConfiguration
public import Transport
public import Values

/// A way to tell somebody outside what happens to jobs.
public protocol NotificationChannel: Sendable {
    /// What a log calls it: `ping`, `webhook`.
    var name: String { get }

    /// Tells of it, or does nothing when it is not this channel's concern. Throws a `TransportError`, or a
    /// `NotificationProblem` when it is refused; neither shows an address, which is a secret.
    func tell(_ notification: JobNotification) async throws
}

/// The settings of one kind of channel, and what makes a channel of them. The kinds are listed in `NotificationChannels`.
public protocol NotificationChannelSettings: Sendable {
    /// Reads its settings; what is wrong with them goes to the diagnostics behind `settings`.
    init(_ settings: Settings)

    /// The keys it uses.
    var keys: [ServiceKey] { get }

    /// Nil when it is not configured.
    ///
    /// - Parameter secrets: by the key's name, those that are set.
    func channel(_ client: HTTPClient, secrets: [String: Secret]) -> (any NotificationChannel)?
}

/// The kinds of channels.
public enum NotificationChannels {
    public static let kinds: [any NotificationChannelSettings.Type] = [PingSettings.self, WebhookSettings.self]
}

/// What the settings say of notifications.
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

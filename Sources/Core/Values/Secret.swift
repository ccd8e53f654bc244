/// A key or token. It prints as `<secret>` wherever it is interpolated, dumped or reflected, so that it cannot reach a
/// log by accident. Only `reveal()` returns its text. Creating one adds it to `KnownSecrets`, which removes it from
/// text that others return.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    public init(_ text: String) {
        self.text = text
        KnownSecrets.add(text)
    }

    /// The secret itself, for the request or child process that needs it.
    public func reveal() -> String { text }

    public var description: String { "<secret>" }
    public var debugDescription: String { "<secret>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

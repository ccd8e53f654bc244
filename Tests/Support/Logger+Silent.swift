public import Logging

extension Logger {
    /// Discards everything.
    public static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
}

import Logging
import Values

/// Rewrites events before they reach another handler.
struct RewritingLogHandler: LogHandler {
    var inner: any LogHandler
    let rewrite: @Sendable (inout LogEvent) -> Void

    var logLevel: Logger.Level {
        get { inner.logLevel }
        set { inner.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { inner.metadata }
        set { inner.metadata = newValue }
    }

    var metadataProvider: Logger.MetadataProvider? {
        get { inner.metadataProvider }
        set { inner.metadataProvider = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { inner[metadataKey: key] }
        set { inner[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        var event = event
        rewrite(&event)
        inner.log(event: event)
    }

    /// Wraps every handler, so that what a server, a page or a program said reaches no log with a key in it, nor with
    /// characters that break a line or change how it looks.
    static func harmless(_ inner: any LogHandler) -> Self {
        @Sendable func harmless(_ text: String) -> String { text.withoutSecrets.singleLine }
        return Self(inner: inner) { event in
            event.message = "\(harmless("\(event.message)"))"
            event.metadata = event.metadata?.mapValues { .string(harmless("\($0)")) }
        }
    }

    /// Marks every message as the Sandbox's.
    static func sandbox(_ inner: any LogHandler) -> Self {
        Self(inner: inner) { $0.message = "sandbox: \($0.message)" }
    }
}

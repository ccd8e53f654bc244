import Monitoring
import Synchronization
import Transport
import Values

/// State that is kept when the files are read again.
struct SharedState: Sendable {
    let connections = HTTPConnections()
    /// Held by each stage while it works.
    let stageLock = KeyedLock()
    /// What the health check knows about the database file.
    let integrity = IntegrityRecord()
}

/// A value that can be replaced, for example when the files are read again.
final class InForce<Value: Sendable>: Sendable {
    private let content: Mutex<Value>

    init(_ value: Value) { content = Mutex(value) }

    var value: Value {
        get { content.withLock { $0 } }
        set { content.withLock { $0 = newValue } }
    }
}

import Glibc
import Synchronization
import Values

/// The distinct statements that stores prepare, for tests that look at their plans or give them to another engine.
public final class StatementLog: Sendable {
    private let state = Mutex((known: Set<String>(), descriptor: Int32(-1)))

    /// Of all stores of this process; nil, as it is unless somebody asks for it, for none.
    public static var process: StatementLog? {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    private static let current = Mutex<StatementLog?>(nil)

    /// - Parameter path: a file that each statement is added to as a JSON string a line; nil to keep them in memory alone.
    public init(path: String? = nil) {
        guard let path else { return }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        state.withLock { $0.descriptor = descriptor }
    }

    /// Those so far.
    public var statements: [String] { state.withLock { $0.known.sorted() } }

    func note(_ sql: String) {
        state.withLock { state in
            guard state.known.insert(sql).inserted, state.descriptor >= 0, let line = StableJSON.text(of: sql) else {
                return
            }
            // One write, so that processes do not mix their lines.
            let bytes = Array((line + "\n").utf8)
            _ = write(state.descriptor, bytes, bytes.count)
        }
    }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }
}

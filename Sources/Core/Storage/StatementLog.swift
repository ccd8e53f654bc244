import Glibc
import Synchronization
import Values

/// The distinct statements that stores prepare, for tests that check their query plans or run them on another engine.
public final class StatementLog: Sendable {
    private let state = Mutex((known: Set<String>(), descriptor: Int32(-1)))

    /// The log of all stores of this process; nil, the default, for none.
    public static var process: StatementLog? {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    private static let current = Mutex<StatementLog?>(nil)

    /// - Parameter path: a file to which each statement is added as a JSON string, one per line; nil to keep them in
    ///   memory only.
    public init(path: String? = nil) {
        guard let path else { return }
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        state.withLock { $0.descriptor = descriptor }
    }

    /// The statements so far.
    public var statements: [String] { state.withLock { $0.known.sorted() } }

    func note(_ sql: String) {
        state.withLock { state in
            guard state.known.insert(sql).inserted, state.descriptor >= 0, let line = StableJSON.text(of: sql) else {
                return
            }
            // A single write, so that the lines of several processes do not mix.
            let bytes = Array((line + "\n").utf8)
            _ = write(state.descriptor, bytes, bytes.count)
        }
    }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }
}

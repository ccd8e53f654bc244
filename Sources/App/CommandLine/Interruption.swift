import Glibc
import Synchronization

/// Ctrl-C, and SIGTERM, as a wish that long work looks at between two of its steps. The second one ends the process.
enum Interruption {
    private static let wished = Atomic(false)

    static var isWished: Bool { wished.load(ordering: .relaxed) }

    /// From here on the signals are a wish.
    static func trap() {
        _ = isWished
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                // Nothing else may be done here, signal-safety(7).
                Interruption.wished.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }
}

import Glibc
import Synchronization

/// Turns Ctrl-C and SIGTERM into a request that long work checks between two steps. The second signal ends the process.
enum Interruption {
    private static let wished = Atomic(false)

    static var isWished: Bool { wished.load(ordering: .relaxed) }

    /// From now on the first signal is a request.
    static func trap() {
        _ = isWished
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                // Nothing else is allowed here, signal-safety(7).
                Interruption.wished.store(true, ordering: .relaxed)
                signal(number, SIG_DFL)
            }
        }
    }
}

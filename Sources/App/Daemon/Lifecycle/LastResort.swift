import CProcess
import Dispatch
import Glibc
import Logging
import Synchronization
import Values

/// Ends the process when a stop takes too long, whatever its tasks do. The stop itself may be waiting for a task that
/// does not end, or for a thread that such a task blocks.
///
/// Listens for the signals on its own thread, independently of the service group.
final class LastResort: Sendable {
    /// How long a stop may take beyond the grace period of runs.
    static let margin = Duration.seconds(45)

    private let sources: Mutex<[any DispatchSourceSignal]>

    /// - Parameter limit: counted from the first SIGTERM or SIGINT.
    init(after limit: Duration, logger: Logger) {
        let queue = DispatchQueue(label: "4runr.last-resort")
        let sources = [SIGTERM, SIGINT].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                queue.asyncAfter(deadline: .now() + .milliseconds(Int(limit.wholeMilliseconds))) {
                    logger.critical("the stop took longer than \(limit.brief); the process is ended as it stands")
                    cprocess_exit_now(0)
                }
            }
            source.activate()
            return source
        }
        self.sources = Mutex(sources)
    }

    deinit { sources.withLock { $0.forEach { $0.cancel() } } }
}

import CProcess
import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the files again at SIGHUP.
struct ReloadService: NamedService {
    let reloader: Reloader
    /// Trapped before the daemon says that it is ready: untrapped, the signal would end it.
    let hangups: UnixSignalsSequence

    func run() async throws {
        // One that came before anybody listened for it asks for what the start has read, perhaps a moment too early.
        if cprocess_take_hangup() { _ = try? await reloader.reload() }
        for await _ in hangups.cancelOnGracefulShutdown() {
            // What is wrong was logged; the running schedule stays in force.
            _ = try? await reloader.reload()
        }
    }
}

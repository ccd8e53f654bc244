import CProcess
import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the files again on SIGHUP.
struct ReloadService: NamedService {
    let reloader: Reloader
    /// Trapped before the daemon announces that it is ready: an untrapped signal would end the daemon.
    let hangups: UnixSignalsSequence

    func run() async throws {
        // A signal that came before this service listened: the files may have changed after the start had read them.
        if cprocess_take_hangup() { _ = try? await reloader.reload() }
        for await _ in hangups.cancelOnGracefulShutdown() {
            // Errors have been logged; the current schedule stays in force.
            _ = try? await reloader.reload()
        }
    }
}

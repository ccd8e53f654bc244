import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the files again at SIGHUP.
struct ReloadService: Service {
    let reloader: Reloader

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            // What is wrong was logged; the running schedule stays in force.
            _ = try? await reloader.reload()
        }
    }
}

import CProcess
import ServiceLifecycle

/// Announces that the daemon is ready. By then the service group has trapped the signals that stop it, because whoever
/// sees the announcement may send one at once.
struct ReadyService: NamedService {
    let announce: @Sendable () -> Void

    func run() async throws {
        announce()
        // The memory used to read the files and to migrate the database is not needed again for days.
        cprocess_trim_memory()
        try? await gracefulShutdown()
    }
}

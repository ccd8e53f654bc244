import CProcess
import ServiceLifecycle

/// Says that the daemon is ready, once the group that it is part of has trapped the signals that stop it: who was told
/// may send one at once.
struct ReadyService: NamedService {
    let announce: @Sendable () -> Void

    func run() async throws {
        announce()
        // What reading the files and migrating the database took is not needed again for days.
        cprocess_trim_memory()
        try? await gracefulShutdown()
    }
}

import ServiceLifecycle

/// Says that the daemon is ready, once the group that it is part of has trapped the signals that stop it: who was told
/// may send one at once.
struct ReadyService: NamedService {
    let announce: @Sendable () -> Void

    func run() async throws {
        announce()
        try? await gracefulShutdown()
    }
}

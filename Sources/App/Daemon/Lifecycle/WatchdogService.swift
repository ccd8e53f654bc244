import Logging
import Scheduling
import ServiceLifecycle
import Storage
import Systemd
import Values

/// Feeds systemd's watchdog, but only after proof of life: the scheduler's queue responds, no job is overdue, and the
/// database responds in time. An error from the database counts as a response, because a restart would not fix it.
struct WatchdogService: NamedService {
    let manager: ServiceManager
    let scheduler: Scheduler
    let store: Store
    let runtime: Runtime
    let logger: Logger

    func run() async throws {
        guard let interval = manager.watchdogInterval else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            // The watchdog is fed at half of systemd's interval. Each proof may take a quarter of it.
            repeat {
                if let failure = await proofOfLife(within: interval / 4) {
                    logger.critical("no sign of life is given: \(failure)", metadata: ["event": "proof-of-life-failed"])
                } else {
                    manager.keepAlive()
                }
            } while (try? await runtime.sleep(for: interval / 2)) != nil
        }
    }

    /// What is wrong; nil when all is well.
    func proofOfLife(within limit: Duration) async -> String? {
        let (scheduler, store) = (scheduler, store)
        let overdueLimit = limit
        let scheduling = await Deadline.run(within: limit) {
            await scheduler.overdue(by: max(.seconds(10), overdueLimit))
        }
        guard case .answer(let overdue) = scheduling else {
            return "the scheduler's queue did not answer within \(limit)"
        }
        if let overdue { return overdue }
        let database = await Deadline.run(within: limit) {
            _ = try? await Blocking.run { try store.proveReadable() }
        }
        guard case .answer = database else { return "the database did not answer within \(limit)" }
        return nil
    }
}

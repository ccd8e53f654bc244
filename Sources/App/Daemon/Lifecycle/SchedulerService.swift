import Logging
import Scheduling
import ServiceLifecycle
import Systemd
import Values

/// Runs the scheduler until the daemon is told to stop, then lets the runs under way finish.
struct SchedulerService: NamedService {
    let scheduler: Scheduler
    let manager: ServiceManager
    let grace: Duration
    let runtime: Runtime
    let logger: Logger

    func run() async throws {
        let (scheduler, manager, grace, logger, runtime) = (scheduler, manager, grace, logger, runtime)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await scheduler.run() }
            group.addTask {
                guard (try? await gracefulShutdown()) != nil else { return }
                logger.notice("stopping", metadata: ["event": "daemon-stopping"])
                manager.stopping(status: "Stopping: waiting for what runs, at most \(grace.brief)")
                await withTaskGroup(of: Void.self) { inner in
                    inner.addTask {
                        // systemd gives up on a stop that does not extend its timeout.
                        while (try? await runtime.sleep(for: .seconds(5))) != nil {
                            manager.extendTimeout(by: .seconds(15))
                        }
                    }
                    manager.extendTimeout(by: .seconds(15))
                    await scheduler.drain(grace: grace)
                    inner.cancelAll()
                }
            }
            await group.next()
            group.cancelAll()
        }
    }
}

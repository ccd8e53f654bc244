import Operations
import ServiceLifecycle

/// Serves the control socket until everything else has stopped.
struct ControlService: NamedService {
    let server: ControlServer
    let executor: any Executor

    func run() async throws {
        await withGracefulShutdownHandler {
            await server.run(executor)
        } onGracefulShutdown: {
            server.stop()
        }
    }
}

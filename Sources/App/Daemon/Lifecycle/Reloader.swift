import AppConfiguration
import Logging
import Operations
import Scheduling
import Storage
import Systemd
import Values

/// Takes changed files into force, or says what is wrong with them and leaves everything as it is.
struct Reloader: Sendable {
    let installation: Installation
    let services: ServiceBox
    let scheduler: Scheduler
    let manager: ServiceManager
    let makeServices: @Sendable (LoadedConfiguration) -> TaskServices
    let logger: Logger

    /// Throws an `OperationProblem` with every error of both files; the running schedule is then still in force.
    func reload() async throws -> ReloadResult {
        manager.reloading()
        let result: Result<ReloadResult, OperationProblem>
        do {
            let (installation, services) = (installation, services)
            let loaded = try await Blocking.run {
                try installation.loadOrThrow(services: services, missingCommand: .isErrorOfCommands)
            }
            let comparison = try await scheduler.reload(loaded.schedule)
            services.fill(makeServices(loaded))
            logger.notice(
                "reloaded: \(comparison.names(.added).count) jobs added, \(comparison.names(.removed).count) removed, \(comparison.names(.changed).count) at other times, \(comparison.names(.edited).count) edited otherwise, \(comparison.unchanged) as before",
                metadata: ["event": "reloaded"])
            let advice = try? await Blocking.run { Inspection.advice(on: loaded, of: installation) }
            let warnings = loaded.warnings + (advice ?? [])
            for warning in warnings { logger.warning("\(warning)") }
            result = .success(ReloadResult(comparison: comparison, warnings: warnings.map(\.description)))
        } catch {
            let problem = OperationProblem(any: error)
            for line in problem.lines { logger.error("reload refused: \(line)", metadata: ["event": "reload-refused"]) }
            result = .failure(problem)
        }
        let status = await scheduler.status()
        let summary = StatusSummary(isSandbox: installation.isSandbox, missing: { services.missing })
        manager.ready(status: summary.text(status, await scheduler.current))
        return try result.get()
    }
}

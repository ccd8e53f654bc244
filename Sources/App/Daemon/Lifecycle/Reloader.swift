import AppConfiguration
import Logging
import Operations
import Scheduling
import Storage
import Systemd
import Values

/// Applies changed files, or reports what is wrong with them and changes nothing. One reload at a time, so that the
/// files that were read last are the ones in force.
struct Reloader: Sendable {
    let installation: Installation
    let engine: Engine
    let manager: ServiceManager
    let summary: StatusSummary
    let logger: Logger
    private let turn = KeyedLock()

    init(
        installation: Installation, engine: Engine, manager: ServiceManager, summary: StatusSummary, logger: Logger
    ) {
        self.installation = installation
        self.engine = engine
        self.manager = manager
        self.summary = summary
        self.logger = logger
    }

    /// Throws an `OperationProblem` with all errors of both files. The current schedule then stays in force.
    func reload() async throws -> ReloadResult { try await turn.withLock("reload") { try await readAndApply() } }

    private func readAndApply() async throws -> ReloadResult {
        manager.reloading()
        let result: Result<ReloadResult, OperationProblem>
        do {
            let installation = installation
            let loaded = try await Blocking.run { try installation.loadOrThrow(missingCommand: .isErrorOfCommands) }
            let comparison = try await engine.reload(loaded)
            logger.notice(
                "reloaded: \(comparison.names(.added).count) jobs added, \(comparison.names(.removed).count) removed, \(comparison.names(.changed).count) at other times, \(comparison.names(.edited).count) edited otherwise, \(comparison.unchanged) as before",
                metadata: ["event": "reloaded"])
            let advice = try? await Blocking.run {
                CheckFiles.advice(
                    on: InstalledConfiguration(loaded: loaded, installation: installation), in: installation.data,
                    now: installation.runtime.now)
            }
            let warnings = loaded.warnings + (advice ?? [])
            for warning in warnings { logger.warning("\(warning)") }
            result = .success(ReloadResult(comparison: comparison, warnings: warnings.map(\.description)))
        } catch {
            let problem = OperationProblem(any: error)
            for line in problem.lines { logger.error("reload refused: \(line)", metadata: ["event": "reload-refused"]) }
            result = .failure(problem)
        }
        let scheduler = engine.scheduler
        manager.ready(status: summary.text(await scheduler.status(), await scheduler.current))
        return try result.get()
    }
}

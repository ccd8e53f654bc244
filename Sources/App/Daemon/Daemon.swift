import AppConfiguration
import CProcess
import Glibc
import Leads
import Logging
public import Operations
import Scheduling
import ServiceLifecycle
import Storage
import Systemd
import UnixSignals
import Values
import WebAPI

/// The composition root: turns the settings into stores, tasks and services, all in one service group.
public struct Daemon {
    private let installation: Installation
    private let manager: ServiceManager
    private let loaded: LoadedConfiguration
    private let logger: Logger

    /// Reads the files and sets up logging. Throws a `ConfigurationProblem` with all errors.
    init(_ installation: Installation) throws(ConfigurationProblem) {
        self.installation = installation
        manager = ServiceManager(environment: installation.environment)
        loaded = try installation.loadOrThrow(missingCommand: .isWarning)
        let problem = loaded.daemon.bootstrapLogging(
            environment: installation.environment, runtime: installation.runtime, isSandbox: installation.isSandbox)
        logger = Logger(label: "daemon")
        if let problem { logger.warning("\(problem)") }
    }

    /// Runs a daemon until it is told to stop. Throws an `OperationProblem` when it cannot start.
    public static func serve(_ installation: Installation) async throws(OperationProblem) {
        do {
            try await SandboxMode.within(installation, logger: SandboxMode.quiet) { installation in
                try await Daemon(installation).run()
            }
        } catch { throw OperationProblem(any: error) }
    }

    /// Runs until it is told to stop. Throws an `OperationProblem` when it cannot start.
    private func run() async throws(OperationProblem) {
        do {
            let began = installation.runtime.now
            for warning in loaded.warnings { logger.warning("\(warning)") }
            let served = try await installation.data.serve(
                socket: installation.controlSocket, patience: .seconds(600), logger: logger
            ) { reason in
                manager.extendTimeout(by: .seconds(60))
                manager.status("Waiting: \(reason)")
            }
            try await run(in: served, since: began)
        } catch { throw OperationProblem(any: error) }
    }

    /// - Parameter began: when this process began. It may have waited for its database since.
    private func run(in served: ServedFolder, since began: Timestamp) async throws {
        let runtime = installation.runtime
        let store = served.store
        let engine = Engine(loaded, served, installation, logger: Logger(label: "scheduler"))
        let (scheduler, assembly) = (engine.scheduler, engine.assembly)
        let (changes, change) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await scheduler.observe { change.yield() }
        let (notices, notice) = AsyncStream.makeStream(of: RunNotice.self)
        await scheduler.observeRuns { notice.yield($0) }
        let api = InForce<APIServer?>(nil)
        let summary = StatusSummary(
            isSandbox: installation.isSandbox, missing: { assembly.value.missing }, apiProblem: { api.value?.problem })
        let reloader = Reloader(
            installation: installation, engine: engine, manager: manager, summary: summary, logger: logger)
        let executor = engine.executor(apiProblem: { api.value?.problem }) { try await reloader.reload() }
        let interface = APIServer(
            settings: { assembly.value.loaded.api },
            context: OperationContext(
                data: FolderAccess(installation.folder, runtime: runtime, served: served),
                files: FilesInForce(installation: installation, assembly: assembly), executor: executor,
                runtime: runtime, version: Program.version, author: LeadAuthor(rawValue: "api"),
                logger: Logger(label: "api")),
            version: Program.version, logger: Logger(label: "api"), onChange: { change.yield() })
        api.value = interface
        let server = try ControlServer(
            path: installation.controlSocket, version: Program.version, logger: Logger(label: "control"))
        let lastResort = LastResort(after: loaded.daemon.shutdownGrace + LastResort.margin, logger: logger)

        await scheduler.start(delayed: served.waitedFor.map { (began, "the daemon waited: \($0)") })
        let clockSet = ClockSetSource(queue: scheduler.queue) { scheduler.assumeIsolated { $0.clockWasSet() } }
        let status = summary.text(await scheduler.status(), loaded.schedule)
        let announce: @Sendable () -> Void = { [manager, loaded, logger, installation] in
            manager.ready(status: status)
            logger.notice(
                "ready: \(loaded.schedule.jobs.count) jobs, data in \(installation.folder.path). \(status)",
                metadata: ["event": "daemon-ready"])
        }
        let hangups = await UnixSignalsSequence(trapping: .sighup)

        // Services are stopped in reverse order: the scheduler first, those that watch and respond last.
        var configuration = ServiceGroupConfiguration(
            services: [
                StatusService(
                    scheduler: scheduler, manager: manager, changes: changes, summary: summary),
                WatchdogService(manager: manager, scheduler: scheduler, store: store, runtime: runtime, logger: logger),
                ControlService(server: server, executor: executor),
                interface,
                RunNoticeService(
                    notices: notices, stop: { notice.finish() }, assembly: assembly, host: Machine.name,
                    runtime: runtime, logger: Logger(label: "notices")),
                ZoneWatchService(
                    engine: engine, makeZones: { [installation] in installation.zones }, runtime: runtime,
                    logger: logger),
                SchedulerService(
                    scheduler: scheduler, manager: manager, grace: loaded.daemon.shutdownGrace, runtime: runtime,
                    logger: logger),
                ReloadService(reloader: reloader, hangups: hangups),
                ReadyService(announce: announce),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "lifecycle", factory: { _ in SwiftLogNoOpLogHandler() }))
        configuration.maximumGracefulShutdownDuration = loaded.daemon.shutdownGrace + .seconds(30)
        try await ServiceGroup(configuration: configuration).run()
        withExtendedLifetime((clockSet, served, lastResort)) {}
        try? await Blocking.run { try store.close() }
    }
}

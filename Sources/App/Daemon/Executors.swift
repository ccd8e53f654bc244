import Backups
import Glibc
import Logging
public import Operations
import Scheduling
import Storage
import UnixSignals
import Values

/// Finds who carries requests out for a data folder.
public enum Executors {
    /// Does something by the folder's executor: the daemon that listens, or this process, which takes the lock for as
    /// long and serves nobody else.
    ///
    /// Throws an `OperationProblem`.
    public static func perform(
        _ request: ExecutorRequest, in installation: Installation, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer {
        do {
            if let holder = try ExecutorLock.holder(of: installation.folder) {
                guard !holder.socket.isEmpty else {
                    let who =
                        "\(installation.folder.path): process \(holder.processID) is at work on this folder; try again when it is done"
                    if case .restoreBackup = request { return .busy(who) }
                    throw OperationProblem(.temporary, who)
                }
                return try await client(of: holder).perform(request, onEvent: onEvent)
            }
            guard case .restoreBackup(let name) = request else {
                return try await performHere(request, installation, onEvent)
            }
            if let answer = try await installation.data.replaceDatabase(with: name) { return answer }
            do { return try await performHere(request, installation, onEvent) } catch {
                // Damage comes in more kinds than are looked for; the way back is not to depend on what is left behind.
                guard OperationProblem(any: error).errorKind != .temporary,
                    let answer = try await installation.data.replaceDatabase(with: name, whateverItIs: true)
                else { throw error }
                return answer
            }
        } catch { throw OperationProblem(any: error) }
    }

    private static func client(of holder: ExecutorLock.Holder) -> ControlClient {
        ControlClient(path: holder.socket, version: Program.version)
    }

    /// What the daemon of the folder says of itself; nil when there is none. Throws an `OperationProblem` when it does
    /// not answer.
    public static func daemonStatus(of installation: Installation) async throws(OperationProblem) -> DaemonStatus? {
        do {
            guard let holder = try ExecutorLock.holder(of: installation.folder), !holder.socket.isEmpty else {
                return nil
            }
            let answer = await Deadline.run(within: .seconds(8)) {
                await Result { () async throws(OperationProblem) in
                    try await client(of: holder).perform(.status) { _ in }
                }
            }
            guard case .answer(let result) = answer else {
                throw OperationProblem(.temporary, "process \(holder.processID) does not answer")
            }
            let said = try result.get()
            guard case .status(let status) = said else { throw said.isNotExpected }
            return status
        } catch { throw OperationProblem(any: error) }
    }

    /// The process of the folder's daemon; nil when there is none.
    public static func daemon(of installation: Installation) throws -> Int32? {
        try ExecutorLock.holder(of: installation.folder).flatMap { $0.socket.isEmpty ? nil : $0.processID }
    }

    private static func performHere(
        _ request: ExecutorRequest, _ installation: Installation, _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws -> ExecutorAnswer {
        switch request {
        case .reload, .status, .cancel:
            throw OperationProblem(
                .unavailable,
                "no daemon is at work on \(installation.folder.path); start it: systemctl start 4runr, or 4runr serve")
        case .run, .pause, .createBackup, .restoreBackup: break
        }
        DaemonSettings.bootstrapQuietLogging(installation)
        return try await SandboxMode.within(installation, logger: Logger(label: "local")) { installation in
            try await performHere(request, as: installation, onEvent)
        }
    }

    private static func performHere(
        _ request: ExecutorRequest, as installation: Installation,
        _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws -> ExecutorAnswer {
        let services = ServiceBox()
        let loaded = try installation.loadOrThrow(services: services, missingCommand: .isWarning)
        let logger = Logger(label: "local")
        let served = try await installation.data.serve(socket: "", patience: .zero, logger: logger)
        let runtime = installation.runtime
        services.fill(TaskServices(loaded, installation.folder, served, runtime, SharedConnections()))
        let scheduler = Scheduler(
            schedule: loaded.schedule, ledger: StoreLedger(store: served.store, version: Program.version),
            runtime: runtime, logger: logger)
        await scheduler.startManually()
        let catalog = TaskCatalog.shipped(services)
        let executor = LocalExecutor(
            scheduler: scheduler, store: served.store, backups: served.backups,
            writers: Writers(of: installation.folder), version: Program.version,
            adHocJob: { Job(adHoc: $0, catalog: catalog) },
            reload: { throw OperationProblem(.unavailable, "no daemon is running") })
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await scheduler.run() }
            group.addTask {
                // Whoever interrupts this process ends the run with it, down to its children.
                for await _ in signals {
                    await scheduler.drain(grace: .zero)
                    break
                }
            }
            defer { group.cancelAll() }
            let answer = try await executor.perform(request, onEvent: onEvent)
            // What follows from the run is part of it.
            await scheduler.waitUntilIdle()
            await scheduler.drain(grace: .zero)
            withExtendedLifetime(served) {}
            return answer
        }
    }
}

import AirtableSync
import AppConfiguration
import Backups
import Glibc
import Leads
import Logging
import Monitoring
public import Operations
import Pipeline
import Recurrence
import Scheduling
import Storage
import Transport
import UnixSignals
import Values
import WebAPI

extension Installation {
    /// Access to the data folder.
    var data: FolderAccess { FolderAccess(folder, runtime: runtime) }

    /// The context of use cases that are run by a person's command. Sets up logging for such a command.
    public func makeOperations() -> OperationContext {
        DaemonSettings.bootstrapQuietLogging(self)
        return OperationContext(
            data: data, files: InstallationFiles(installation: self),
            executor: FolderExecutor(data, version: Program.version) { try await perform($0, $1) }, runtime: runtime,
            version: Program.version, author: author, logger: Logger(label: "local"))
    }

    /// The person who called the program; behind sudo, not root.
    private var author: LeadAuthor {
        let names = ["SUDO_USER", "LOGNAME", "USER"].lazy.compactMap { environment[$0]?.tidied(limit: 60).nonEmpty }
        return .person(names.first ?? "uid \(getuid())")
    }

    /// Carries out a request in this process, which holds the folder's lock meanwhile.
    private func perform(
        _ request: ExecutorRequest, _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws -> ExecutorAnswer {
        let logger = Logger(label: "local")
        return try await SandboxMode.within(self, logger: logger) { installation in
            let loaded = try installation.loadOrThrow(missingCommand: .isWarning)
            let served = try await installation.data.serve(socket: "", patience: .zero, logger: logger)
            let engine = Engine(loaded, served, installation, logger: logger)
            let answer = try await engine.performOnce(request, onEvent)
            withExtendedLifetime(served) {}
            return answer
        }
    }
}

extension Engine {
    /// Carries out one request and what follows from it. Interrupting this process ends the run too, including its
    /// child processes.
    fileprivate func performOnce(
        _ request: ExecutorRequest, _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws -> ExecutorAnswer {
        let scheduler = scheduler
        await scheduler.startManually()
        let executor = executor { throw OperationProblem(.unavailable, "no daemon is running") }
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await scheduler.run() }
            group.addTask {
                for await _ in signals {
                    await scheduler.drain(grace: .zero)
                    break
                }
            }
            defer { group.cancelAll() }
            let answer = try await executor.perform(request, onEvent: onEvent)
            // Runs that follow from this one are part of the request.
            await scheduler.waitUntilIdle()
            await scheduler.drain(grace: .zero)
            return answer
        }
    }
}

/// An installation's files, for the use cases.
private struct InstallationFiles: ConfigurationSource {
    let installation: Installation

    var settingsFile: String { installation.files.settings }
    var scheduleFile: String { installation.files.schedule }
    var zones: ZoneDatabase { installation.zones }

    func load(schedule: OtherSchedule?, absence: Absence, diagnostics: Diagnostics) -> (any Configuration)? {
        var (installation, sent): (Installation, [UInt8]?) = (installation, nil)
        switch schedule {
        case .file(let path): installation = installation.with(schedule: path)
        case .sent(let bytes): sent = bytes
        case nil: break
        }
        let own = installation
        return own.load(schedule: sent, missingCommand: absence, diagnostics: diagnostics).map {
            InstalledConfiguration(loaded: $0, installation: own)
        }
    }

    func unreadableFiles(_ loaded: (any Configuration)?) -> [Diagnostic] {
        installation.unreadableFiles(loaded?.schedule)
    }

    var keys: KeyRing {
        let loaded = installation.load(missingCommand: .isWarning, diagnostics: Diagnostics())
        let leads = loaded?.leads ?? installation.leadSettings(Diagnostics())
        return KeyRing(
            services: leads.serviceKeys, scheduleNames: loaded?.schedule.secretNames, store: leads.secrets,
            installed: installation.files.credentials,
            isInstalled: installation.files.settings == "/etc/4runr/4runr.yaml", data: installation.folder)
    }

    func reachingServices<Value: Sendable>(
        _ body: @escaping @Sendable (any ConfigurationSource) async throws -> Value
    ) async throws -> Value {
        try await SandboxMode.within(installation, logger: SandboxMode.quiet) {
            try await body(InstallationFiles(installation: $0))
        }
    }

    func client(countingIn store: Store?) throws(ConfigurationProblem) -> HTTPClient {
        let loaded = try installation.loadOrThrow(missingCommand: .isWarning)
        return loaded.leads.network.client(
            connections: HTTPConnections(), counter: StoredCallCounter(store: store, runtime: installation.runtime),
            runtime: installation.runtime)
    }
}

/// The files as a daemon has read them, for the use cases that it carries out itself. Other files are read when they are
/// asked for.
struct FilesInForce: ConfigurationSource {
    let installation: Installation
    let assembly: InForce<Assembly>

    private var files: InstallationFiles { InstallationFiles(installation: installation) }
    var settingsFile: String { installation.files.settings }
    var scheduleFile: String { installation.files.schedule }
    var zones: ZoneDatabase { installation.zones }
    var keys: KeyRing { files.keys }

    func load(schedule: OtherSchedule?, absence: Absence, diagnostics: Diagnostics) -> (any Configuration)? {
        guard schedule == nil else { return files.load(schedule: schedule, absence: absence, diagnostics: diagnostics) }
        return AssembledConfiguration(assembly: assembly.value, installation: installation)
    }

    func unreadableFiles(_ loaded: (any Configuration)?) -> [Diagnostic] { files.unreadableFiles(loaded) }

    func reachingServices<Value: Sendable>(
        _ body: @escaping @Sendable (any ConfigurationSource) async throws -> Value
    ) async throws -> Value { try await body(self) }

    func client(countingIn store: Store?) throws(ConfigurationProblem) -> HTTPClient { assembly.value.client }
}

/// The configuration that a daemon works with.
private struct AssembledConfiguration: Configuration {
    let assembly: Assembly
    let installation: Installation

    private var installed: InstalledConfiguration {
        InstalledConfiguration(loaded: assembly.loaded, installation: installation)
    }
    var schedule: Schedule { installed.schedule }
    var health: HealthSettings { installed.health }
    var entries: [Settings.Entry] { installed.entries }
    var missing: [String] { installed.missing }
    var airtable: AirtableSettings { installed.airtable }
    var exposure: Exposure? { installed.exposure }
    var syncAdvice: String? { installed.syncAdvice }

    func intake(over store: Store) -> Intake {
        store === assembly.store ? assembly.intake : installed.intake(over: store)
    }
    func sync(over store: Store) -> AirtableSync {
        store === assembly.store ? assembly.sync : installed.sync(over: store)
    }
}

/// The configuration in an installation's files, for the use cases.
struct InstalledConfiguration: Configuration {
    let loaded: LoadedConfiguration
    let installation: Installation

    var schedule: Schedule { loaded.schedule }
    var health: HealthSettings { loaded.health }
    var entries: [Settings.Entry] { loaded.entries }
    var missing: [String] { loaded.missing }
    var airtable: AirtableSettings { loaded.leads.airtable }
    var exposure: Exposure? {
        loaded.api.isEnabled && !loaded.api.address.isLocal
            ? Exposure(address: loaded.api.address.description, position: loaded.api.position) : nil
    }
    // The stand-ins have their own keys.
    var syncAdvice: String? { installation.isSandbox ? nil : loaded.leads.syncAdvice }

    func intake(over store: Store) -> Intake { assembly(over: store).intake }
    func sync(over store: Store) -> AirtableSync { assembly(over: store).sync }

    private func assembly(over store: Store) -> Assembly {
        Assembly(loaded, store: store, folder: installation.folder, runtime: installation.runtime)
    }
}

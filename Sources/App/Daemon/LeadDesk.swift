import AppConfiguration
import Backups
import Logging
public import Operations
import Pipeline
import Scheduling
import Storage
import Values

/// Where people's own work on leads gets its database: beside a daemon that runs, or with the folder's lock.
public enum LeadDesk {
    /// Runs a blocking piece of work with the folder's leads, on a thread that may block.
    ///
    /// A folder without a database gets one. Throws an `OperationProblem`, a `StorageError`, or what the work throws.
    ///
    /// - Parameters:
    ///   - onCopy: works on a copy of the database, which is thrown away.
    ///   - what: what is done, for a person who has to wait for it.
    public static func with<Value: Sendable>(
        _ installation: Installation, onCopy: Bool = false, _ what: String = "leads by hand",
        _ work: @escaping @Sendable (LeadOperations) throws -> Value
    ) async throws -> Value {
        try await withStore(installation, onCopy: onCopy, what) {
            try work(operations($0, $1, installation.runtime, writer: $2))
        }
    }

    /// The same for the sync's conflicts and state.
    public static func withSync<Value: Sendable>(
        _ installation: Installation, _ work: @escaping @Sendable (SyncOperations) throws -> Value
    ) async throws -> Value {
        try await withStore(installation, onCopy: false, "the sync's conflicts") { loaded, store, _ in
            let runtime = installation.runtime
            let client = LeadServices.client(loaded.leads, store: store, runtime: runtime, shared: SharedConnections())
            let intake = LeadServices.intake(loaded, store: store, runtime: runtime)
            let sync = LeadServices.sync(loaded, store: store, runtime: runtime, intake: intake, client: client)
            return try work(
                SyncOperations(
                    store: store, sync: sync,
                    // The stand-ins bring their own keys.
                    advice: installation.isSandbox ? nil : LeadServices.syncAdvice(loaded.leads)))
        }
    }

    private static func withStore<Value: Sendable>(
        _ installation: Installation, onCopy: Bool, _ what: String,
        _ work: @escaping @Sendable (LoadedConfiguration, Store, String) throws -> Value
    ) async throws -> Value {
        let loaded = try installation.loadOrThrow(missingCommand: .isWarning)
        DaemonSettings.bootstrapQuietLogging(installation)
        let folder = installation.folder
        if onCopy {
            return try await Blocking.run { try withCopy(of: installation, loaded, work) }
        }
        if try ExecutorLock.holder(of: folder) == nil {
            // Nobody is at work on it: a daemon that starts now waits until this is done.
            let workplace = try await Workplace.open(
                installation, socket: "", patience: .zero, logger: Logger(label: "local"))
            let value = try await Blocking.run {
                let writer = try Writers(of: folder).register(what)
                defer { withExtendedLifetime(writer) {} }
                return try work(loaded, workplace.store, writer.name)
            }
            try? await Blocking.run { try workplace.store.close() }
            withExtendedLifetime(workplace) {}
            return value
        }
        return try await Blocking.run {
            let writers = Writers(of: folder)
            let writer = try writers.register(what)
            defer { withExtendedLifetime(writer) {} }
            guard try Inspection.currentStore(in: installation) != nil else {
                throw OperationProblem(.temporary, "\(folder.database): the daemon is still making it")
            }
            let store = try Store(path: folder.database, access: .existing)
            try store.runs.closeAbandoned(except: writers.living, at: installation.runtime.now)
            return try work(loaded, store, writer.name)
        }
    }

    private static func operations(
        _ loaded: LoadedConfiguration, _ store: Store, _ runtime: Runtime, writer: String
    ) -> LeadOperations {
        LeadOperations(
            store: store, intake: LeadServices.intake(loaded, store: store, runtime: runtime), writer: writer,
            version: Program.version,
            runtime: runtime)
    }

    private static func withCopy<Value>(
        of installation: Installation, _ loaded: LoadedConfiguration,
        _ work: (LoadedConfiguration, Store, String) throws -> Value
    ) throws -> Value {
        let folder = installation.folder
        try folder.prepare()
        let copy = try ScratchCopy(of: try Inspection.currentStore(in: installation), beside: folder.database)
        defer { copy.discard() }
        _ = try copy.store.migrations.up {}
        return try work(loaded, copy.store, "")
    }
}

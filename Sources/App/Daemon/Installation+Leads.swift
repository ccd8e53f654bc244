import Logging
public import Operations
import Pipeline
import Scheduling
import Storage
import Values

extension Installation {
    /// The ways into the data folder.
    public var data: FolderAccess { FolderAccess(folder, runtime: runtime) }

    /// Runs a blocking piece of work with the folder's leads, on a thread that may block: beside a daemon that runs, or with
    /// the folder's lock.
    ///
    /// Throws an `OperationProblem`, a `StorageError`, or what the work throws.
    ///
    /// - Parameters:
    ///   - onCopy: works on a copy of the database, which is thrown away.
    ///   - what: what is done, for a person who has to wait for it.
    public func withLeads<Value: Sendable>(
        onCopy: Bool = false, _ what: String = "leads by hand",
        _ work: @escaping @Sendable (LeadOperations) throws -> Value
    ) async throws -> Value {
        let loaded = try prepared()
        let runtime = runtime
        @Sendable func operations(_ store: Store, _ writer: String) -> LeadOperations {
            LeadOperations(
                store: store, intake: LeadServices.intake(loaded, store: store, runtime: runtime), writer: writer,
                version: Program.version, runtime: runtime)
        }
        guard !onCopy else { return try await data.writeOnCopy { try work(operations($0, "")) } }
        return try await data.write(what, logger: Logger(label: "local")) { try work(operations($0, $1)) }
    }

    /// The same for the sync's conflicts and state.
    public func withSync<Value: Sendable>(
        _ work: @escaping @Sendable (SyncOperations) throws -> Value
    ) async throws -> Value {
        let loaded = try prepared()
        let (runtime, isSandbox) = (runtime, isSandbox)
        return try await data.write("the sync's conflicts", logger: Logger(label: "local")) { store, _ in
            let client = LeadServices.client(loaded.leads, store: store, runtime: runtime, shared: SharedConnections())
            let intake = LeadServices.intake(loaded, store: store, runtime: runtime)
            let sync = LeadServices.sync(loaded, store: store, runtime: runtime, intake: intake, client: client)
            return try work(
                SyncOperations(
                    store: store, sync: sync,
                    // The stand-ins bring their own keys.
                    advice: isSandbox ? nil : LeadServices.syncAdvice(loaded.leads)))
        }
    }

    private func prepared() throws -> LoadedConfiguration {
        let loaded = try loadOrThrow(missingCommand: .isWarning)
        DaemonSettings.bootstrapQuietLogging(self)
        return loaded
    }
}

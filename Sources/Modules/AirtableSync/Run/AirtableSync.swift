import Leads
public import Storage
public import Values

/// Keeps the database and a table of Airtable's in step, both ways.
///
/// What both sides last agreed on is kept field by field; a side has changed where it differs from that. Changes of one
/// side go to the other, changes of both are a conflict, and a rule decides it. Whatever is sent can be sent twice, and
/// what was read is written in one transaction with what it means, so that a crash anywhere is made good by the next run.
public struct AirtableSync: Sendable {
    let store: Store
    let settings: AirtableSettings
    let mapping: FieldMapping
    let intake: any PulledLeadIntake
    let runtime: Runtime
    /// How long a lead waits after so many refusals.
    let delay: @Sendable (Int) -> Duration
    private let makeClient: @Sendable (_ admit: @escaping @Sendable () async throws -> Void) -> AirtableClient

    /// - Parameters:
    ///   - delay: how long a lead waits after so many refusals.
    ///   - client: made anew for each run; it asks before each call whether there may be one.
    public init(
        store: Store, settings: AirtableSettings, mapping: FieldMapping, intake: any PulledLeadIntake,
        runtime: Runtime, delay: @escaping @Sendable (Int) -> Duration,
        client: @escaping @Sendable (_ admit: @escaping @Sendable () async throws -> Void) -> AirtableClient
    ) {
        self.store = store
        self.settings = settings
        self.mapping = mapping
        self.intake = intake
        self.runtime = runtime
        self.delay = delay
        makeClient = client
    }

    /// Brings both sides in step. Throws an `AirtableProblem` when nothing more can be done, a `StorageError`, or a
    /// `CancellationError`.
    ///
    /// - Parameter progress: what is being done, and the share done from 0 to 1 where it is known.
    public func run(
        _ request: SyncRequest, progress: @escaping @Sendable (String, Double?) -> Void = { _, _ in }
    ) async throws -> SyncReport {
        try await exclusively { store in
            guard request.isDryRun else { return try await SyncRun(self, request, store, progress).perform() }
            // What a dry run works out, it works out on a copy: exactly what would happen, and nothing of it happens.
            let copy = try await Blocking.run { try ScratchCopy(of: store, beside: store.path) }
            let result: Result<SyncReport, any Error>
            do {
                result = .success(try await SyncRun(self, request, copy.store, progress).perform())
            } catch { result = .failure(error) }
            try await Blocking.run { copy.discard() }
            return try result.get()
        }
    }

    func exclusively<Value>(_ work: (Store) async throws -> Value) async throws -> Value {
        let store = store
        guard let lock = try await Blocking.run({ try FileLock.take("\(store.path).sync-lock") }) else {
            throw AirtableProblem(.busy, "another sync is at work on \(store.path)")
        }
        defer { withExtendedLifetime(lock) {} }
        return try await work(store)
    }

    func client(_ budget: CallBudget) -> AirtableClient { makeClient { try await budget.admit() } }
}

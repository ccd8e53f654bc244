import Leads
public import Storage
public import Values

/// Keeps the database and one table in Airtable in sync, in both directions.
///
/// For each field, the value that both sides last agreed on is stored. A side has changed if it differs from that
/// value. A change on one side goes to the other; changes on both sides are a conflict, which a rule decides. Sending
/// the same thing twice does no harm, and what was read is stored in the same transaction as its effects. After a crash
/// at any point, the next run therefore puts things right.
public struct AirtableSync: Sendable {
    let store: Store
    let settings: AirtableSettings
    let mapping: FieldMapping
    let intake: any PulledLeadIntake
    let runtime: Runtime
    /// How long a lead waits after this many refusals.
    let delay: @Sendable (Int) -> Duration
    private let makeClient: @Sendable (_ admit: @escaping @Sendable () async throws -> Void) -> AirtableClient

    /// - Parameters:
    ///   - delay: how long a lead waits after this many refusals.
    ///   - client: creates the client of a run. The client calls `admit` before each request; it throws if no call may
    ///     be made.
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

    /// Brings both sides in sync. Throws an `AirtableProblem` when it cannot continue, a `StorageError`, or a
    /// `CancellationError`.
    ///
    /// - Parameter progress: receives what is being done, and the share done, from 0 to 1, if it is known.
    public func run(
        _ request: SyncRequest, progress: @escaping @Sendable (String, Double?) -> Void = { _, _ in }
    ) async throws -> SyncResult {
        try await exclusively { store in
            var request = request
            if request.onlyRefused {
                let refused = try await store.read { try $0.sync.refused(limit: 100_000) }
                guard !refused.isEmpty else {
                    var result = SyncResult()
                    result.note("Airtable has refused nothing")
                    return result
                }
                request.leads = refused
            }
            guard request.isDryRun else { return try await SyncRun(self, request, store, progress).perform() }
            // A dry run does everything on a copy, so it shows exactly what would happen, and changes nothing.
            let copy = try await Blocking.run { try ScratchCopy(of: store, beside: store.path) }
            let result: Result<SyncResult, any Error>
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

import FoundationEssentials
import Glibc
public import Leads
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
    let environment: Environment
    private let makeClient: @Sendable (_ admit: @escaping @Sendable () async throws -> Void) -> AirtableClient

    /// What it is handed from outside.
    public struct Environment: Sendable {
        let now: @Sendable () -> Timestamp
        /// How long a lead waits after so many refusals.
        let delay: @Sendable (Int) -> Duration

        public init(now: @escaping @Sendable () -> Timestamp, delay: @escaping @Sendable (Int) -> Duration) {
            self.now = now
            self.delay = delay
        }
    }

    /// - Parameter client: made anew for each run; it asks before each call whether there may be one.
    public init(
        store: Store, settings: AirtableSettings, mapping: FieldMapping, intake: any PulledLeadIntake,
        environment: Environment,
        client: @escaping @Sendable (_ admit: @escaping @Sendable () async throws -> Void) -> AirtableClient
    ) {
        self.store = store
        self.settings = settings
        self.mapping = mapping
        self.intake = intake
        self.environment = environment
        makeClient = client
    }

    /// Brings both sides in step. Throws an `AirtableProblem` when nothing more can be done, a `StorageError`, or a
    /// `CancellationError`.
    ///
    /// - Parameters:
    ///   - step: makes the row that tells of what was done with some leads.
    ///   - progress: what is being done, and the share done from 0 to 1 where it is known.
    public func run(
        _ request: SyncRequest, step: @escaping @Sendable (SyncStep) -> Step,
        progress: @escaping @Sendable (String, Double?) -> Void = { _, _ in }
    ) async throws -> SyncReport {
        try await exclusively { store in
            guard request.isDryRun else { return try await perform(request, store, step, progress) }
            // What a dry run works out, it works out on a copy: exactly what would happen, and nothing of it happens.
            let folder = String(store.path.prefix(upTo: store.path.lastIndex(of: "/") ?? store.path.startIndex))
            let path = "\(folder)/dry-run-\(getpid())-sync.db"
            defer { for ending in ["", "-wal", "-shm", ".sync-lock"] { unlink(path + ending) } }
            let copy = try await Store.onBlockingThread {
                for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
                try store.snapshot(to: path, isChecked: false)
                return try Store(path: path)
            }
            let report = try await perform(request, copy, step, progress)
            try await Store.onBlockingThread { try copy.close() }
            return report
        }
    }

    func exclusively<Value>(_ work: (Store) async throws -> Value) async throws -> Value {
        let store = store
        guard let lock = try await Store.onBlockingThread({ try SyncLock.take(beside: store.path) }) else {
            throw AirtableProblem(.busy, "another sync is at work on \(store.path)")
        }
        defer { withExtendedLifetime(lock) {} }
        return try await work(store)
    }

    private func perform(
        _ request: SyncRequest, _ store: Store, _ step: @escaping @Sendable (SyncStep) -> Step,
        _ progress: @escaping @Sendable (String, Double?) -> Void
    ) async throws -> SyncReport {
        let run = try await SyncRun(self, request, store, step, progress)
        return try await run.perform()
    }

    func client(_ budget: CallBudget) -> AirtableClient { makeClient { try await budget.admit() } }
}

/// What a sync did with some leads, for the row that tells of it.
public struct SyncStep: Sendable {
    public let leads: [Int64]
    /// `pull`, `push`, `delete`.
    public let type: String
    public let changes: [SyncChange]
    public let error: String?
    public let begun: Timestamp
    public let ended: Timestamp
}

public import Leads
public import Scheduling
public import Storage
public import Values

/// The scheduler's ledger, stored in the database.
public struct StoreLedger: RunLedger {
    private let store: Store
    private let version: String

    /// - Parameter version: the program's version, which is stored in each run's row.
    public init(store: Store, version: String) {
        self.store = store
        self.version = version
    }

    /// Leaves out the runs of other writers, because the scheduler does not end what it did not start.
    public func open() throws -> (active: [Activity], states: [JobState]) {
        let open = try store.runs.open()
        return (open.active.filter { $0.type != WriterRun.type }, open.states)
    }

    public func slots(of job: String, from first: Timestamp, through last: Timestamp) throws -> Set<Timestamp> {
        try store.runs.slots(of: job, from: first, through: last)
    }

    public func commit(_ changes: [RunChange]) throws -> [Int64?] {
        do throws(StorageError) { return try store.runs.commit(changes, version: version) } catch {
            switch error.kind {
            case .constraint: throw LedgerRejection(error.description)
            case .uncertain: throw LedgerUncertainty(error.description)
            default: throw error
            }
        }
    }
}

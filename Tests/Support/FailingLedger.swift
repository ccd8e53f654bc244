public import Leads
import Operations
public import Scheduling
public import Storage
import Synchronization
public import Values

/// The ledger over a database, with switches that make it fail as with a full disk or a broken connection.
public final class FailingLedger: RunLedger {
    public let store: Store
    private let ledger: StoreLedger
    private let state = Mutex((failure: StorageError?.none, isUncertain: false, isWritten: true))

    public init(_ store: Store) {
        self.store = store
        ledger = StoreLedger(store: store, version: "test")
    }

    /// The error that every later call throws; nil for none.
    public func fail(with error: StorageError?) { state.withLock { $0.failure = error } }

    /// Makes the outcome of the next commit unknown to the caller.
    public func loseNextAnswer(isWritten: Bool) {
        state.withLock { ($0.isUncertain, $0.isWritten) = (true, isWritten) }
    }

    public func open() throws -> (active: [Activity], states: [JobState]) {
        if let error = state.withLock(\.failure) { throw error }
        return try ledger.open()
    }

    public func slots(of job: String, from first: Timestamp, through last: Timestamp) throws -> Set<Timestamp> {
        if let error = state.withLock(\.failure) { throw error }
        return try ledger.slots(of: job, from: first, through: last)
    }

    public func commit(_ changes: [RunChange]) throws -> [Int64?] {
        if let error = state.withLock(\.failure) {
            if error.kind == .constraint { throw LedgerRejection(error.description) }
            throw error
        }
        let (isUncertain, isWritten) = state.withLock { state in
            defer { state.isUncertain = false }
            return (state.isUncertain, state.isWritten)
        }
        guard isUncertain else { return try ledger.commit(changes) }
        if isWritten { _ = try ledger.commit(changes) }
        throw LedgerUncertainty("the connection broke")
    }
}

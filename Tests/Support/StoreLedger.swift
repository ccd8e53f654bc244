public import Leads
public import Scheduling
public import Storage
import Synchronization

/// The ledger over a database, with a switch that makes it fail as a full disk does.
public final class StoreLedger: RunLedger {
    public let store: Store
    private let failure = Mutex<StorageError?>(nil)

    public init(_ store: Store) { self.store = store }

    /// What every later commit throws; nil for none.
    public func fail(with error: StorageError?) { failure.withLock { $0 = error } }

    public func open() throws -> (active: [Activity], states: [JobState]) {
        if let error = failure.withLock({ $0 }) { throw error }
        return try store.runs.open()
    }

    public func commit(_ changes: [RunChange]) throws -> [Int64?] {
        if let error = failure.withLock({ $0 }) {
            if error.kind == .constraint { throw LedgerRejection(error.description) }
            throw error
        }
        do throws(StorageError) { return try store.runs.commit(changes, version: "test") } catch {
            if error.kind == .constraint { throw LedgerRejection(error.description) }
            throw error
        }
    }
}

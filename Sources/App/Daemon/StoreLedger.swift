import Leads
import Scheduling
import Storage

/// The scheduler's ledger over the database.
struct StoreLedger: RunLedger {
    let store: Store

    func open() throws -> (active: [Activity], states: [JobState]) { try store.runs.open() }

    func commit(_ changes: [RunChange]) throws -> [Int64?] {
        do throws(StorageError) { return try store.runs.commit(changes, version: Program.version) } catch {
            if error.kind == .constraint { throw LedgerRejection(error.description) }
            throw error
        }
    }
}

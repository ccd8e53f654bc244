import Leads
import Scheduling
import Storage

/// The scheduler's ledger over the database.
struct StoreLedger: RunLedger {
    let store: Store

    func open() throws -> (active: [Activity], states: [JobState]) { try store.runs.open() }

    func commit(_ changes: [RunChange]) throws -> [Int64?] { try store.runs.commit(changes, version: Program.version) }
}

import Leads
import Scheduling
import Storage

/// The scheduler's ledger over the database.
struct StoreLedger: RunLedger {
    let store: Store

    /// Without the runs of those who write beside the scheduler: it does not end what it did not begin.
    func open() throws -> (active: [Activity], states: [JobState]) {
        let open = try store.runs.open()
        return (open.active.filter { $0.type != WriterRun.type }, open.states)
    }

    func commit(_ changes: [RunChange]) throws -> [Int64?] {
        do throws(StorageError) { return try store.runs.commit(changes, version: Program.version) } catch {
            if error.kind == .constraint { throw LedgerRejection(error.description) }
            throw error
        }
    }
}

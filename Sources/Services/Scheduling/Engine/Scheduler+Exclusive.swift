import Leads
import Logging
import Values

extension Scheduler {
    /// Does something to the ledger's database that requires that no run is under way, such as replacing it. Nothing
    /// starts meanwhile; what comes due is started afterwards.
    ///
    /// The database may be from another time afterwards, so its open runs are closed, and slots are owed only from now
    /// on. Throws `RunRefusal.alreadyRunning` or `leftBehind` when a run is under way, and rethrows what `work` throws,
    /// which must then have changed nothing.
    public func withNothingRunning<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        guard phase != .exclusive else { throw RunRefusal.unavailable("another backup is being restored") }
        guard phase == .running || phase == .manual else { throw RunRefusal.stopping }
        for entry in entries.values {
            if let running = entry.running { throw RunRefusal.alreadyRunning(job: entry.job.name, run: running.id) }
            if let run = entry.leftBehind { throw RunRefusal.leftBehind(job: entry.job.name, run: run) }
        }
        let before = phase
        phase = .exclusive
        defer {
            if phase == .exclusive { phase = before }
            wake()
        }
        let value = try await work()
        adoptLedger()
        return value
    }

    private func adoptLedger() {
        let now = runtime.now
        var plan = Plan()
        let open = try? ledger.open()
        for row in open?.active ?? [] {
            plan.add(
                .close(
                    run: row.id, RunEnding(.interrupted, at: now, error: "it was under way when this backup was made")))
        }
        plan.add(.interruptSteps(at: now))
        for state in open?.states ?? [] where entries[state.job]?.isArmed != true { plan.add(.disarm(job: state.job)) }
        for entry in entries.values where entry.isArmed {
            entry.state.effectiveSince = now
            entry.state.lastSlot = nil
            entry.pending = []
            entry.skipRow = nil
            plan.add(.arm(entry.state))
            index(entry)
        }
        groupQueues.rebuild(from: entries.values)
        if !commit(plan) { ledgerFailure?.needsRecovery = true }
    }
}

import Recurrence
import Logging
public import Leads
import Values

extension Scheduler {
    /// Keeps a job from running by its schedule, or lets it run again. It can still be run by hand, and what runs ends.
    ///
    /// Slots that come meanwhile are skipped, and nothing of them is made up for. Answers whether anything changed.
    public func setPaused(_ name: String, _ isPaused: Bool) throws(RunRefusal) -> Bool {
        try checkPhase()
        guard let job = schedule.job(name) else { throw .unknown(name) }
        guard job.isEnabled else { throw .disabled(name) }
        // What has come until now still goes by what was said before.
        wake()
        if let failure = ledgerFailure { throw .unavailable(failure.message) }
        let entry = entries[name] ?? JobEntry(job: job, state: freshState(of: job), isArmed: false)
        entries[name] = entry
        var plan = Plan()
        if phase == .manual {
            // Nothing is armed in this process; what the daemon was told last stands in the ledger.
            if let remembered = try? ledger.open().states.first(where: { $0.job == name }) { entry.state = remembered }
            if entry.state.paused, !isPaused { planPausedSlots(of: entry, into: &plan) }
        }
        guard entry.state.paused != isPaused else { return false }
        var state = entry.state
        state.paused = isPaused
        plan.add(.pause(state), .paused(job: name, isPaused))
        guard commit(plan) else { throw .unavailable(ledgerFailure?.message ?? "it could not be written down") }
        logger.notice(
            "\(name) is \(isPaused ? "paused" : "no longer paused")",
            metadata: ["event": isPaused ? "job-paused" : "job-resumed", "job": "\(name)"])
        wake()
        return true
    }

    /// Slots that came while neither the daemon nor the job was to run: they were paused as well, and nothing is owed.
    private func planPausedSlots(of entry: JobEntry, into plan: inout Plan) {
        let now = runtime.now
        guard entry.state.triggerHash == entry.job.triggerHash,
            let first = entry.job.trigger.next(
                after: entry.state.lastSlot ?? entry.state.effectiveSince, in: entry.job.zone),
            let span = SlotSpan(of: entry.job.trigger, from: first, through: now, in: entry.job.zone)
        else { return }
        planSkip(span.first, span.last, span.count, Self.pausedReason, of: entry, at: now, into: &plan)
        plan.add(
            .advance(job: entry.job.name, lastSlot: span.last),
            .advanced(job: entry.job.name, last: span.last, next: span.next))
    }

    /// Ends what runs of a job and takes back what waits of it. Returns once the run has ended, with how; nil when only
    /// waiting runs were taken back.
    ///
    /// Another attempt, or a follower, does not come of a run that was cancelled.
    public func cancel(_ name: String) async throws(RunRefusal) -> (run: Int64, ending: RunEnding)? {
        try checkPhase()
        guard let entry = entries[name], entry.running != nil || !entry.pending.isEmpty else {
            throw schedule.job(name) == nil ? .unknown(name) : .notRunning(name)
        }
        var plan = Plan()
        for waiting in entry.pending {
            plan.add(
                .close(run: waiting.id, RunEnding(.cancelled, at: runtime.now, error: "cancelled by hand")),
                .drop(job: name, run: waiting.id))
        }
        guard commit(plan) else { throw .unavailable(ledgerFailure?.message ?? "it could not be written down") }
        entry.lineRank = nil
        index(entry)
        rearm()
        guard let running = entry.running, !running.isOver else { return nil }
        running.control.end(.cancelled)
        return (running.id, await ending(of: running.id))
    }
}

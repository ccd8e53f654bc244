public import Leads
import Logging
import Recurrence
import Values

extension Scheduler {
    /// Pauses a job, so that its schedule does not start it, or resumes it. It can still be run by hand, and a run that
    /// is under way goes on.
    ///
    /// Slots that come while it is paused are skipped and never made up for. Returns whether anything changed.
    ///
    /// Throws a `RunRefusal` when there is no such job, it is disabled, or it cannot be written down.
    ///
    /// - Parameters:
    ///   - pause: nil to resume it.
    ///   - author: who asks.
    ///   - isDryRun: returns whether it would change anything, and changes nothing.
    public func setPaused(
        _ name: String, _ pause: JobPause?, by author: LeadAuthor? = nil, isDryRun: Bool = false
    ) throws(RunRefusal) -> Bool {
        try checkPhase()
        guard let job = schedule.job(name) else { throw .unknown(name) }
        guard job.isEnabled else { throw .disabled(name) }
        // Slots that have come until now are still handled by the previous state.
        wake()
        if let failure = ledgerFailure { throw .unavailable(failure.message) }
        let entry = entries[name] ?? JobEntry(job: job, state: freshState(of: job), isArmed: false)
        var plan = Plan()
        if phase == .manual {
            // Nothing is armed in this process, so the state that the daemon last wrote is read from the ledger.
            if let remembered = try? ledger.open().states.first(where: { $0.job == name }) { entry.state = remembered }
            if entry.state.pause != nil, pause == nil { planPausedSlots(of: entry, into: &plan) }
        }
        let known = entry.state.pause
        guard (known == nil) != (pause == nil) || known?.until != pause?.until || known?.note != pause?.note else {
            return false
        }
        guard !isDryRun else { return true }
        entries[name] = entry
        var state = entry.state
        state.pause = pause
        plan.add(.pause(state), .paused(job: name, pause))
        if let author {
            struct Asked: Encodable {
                let job: String
                let until: Timestamp?
                let note: String?
            }
            let asked = Asked(job: name, until: pause?.until, note: pause?.note)
            plan.add(.note(Step(byHand: pause == nil ? "resume" : "pause", asked, by: author, at: runtime.now)))
        }
        guard commit(plan) else { throw .unavailable(ledgerFailure?.message ?? "it could not be written down") }
        wake()
        return true
    }

    /// Accounts for slots that came while the job was paused and no daemon ran. They count as paused too, so that
    /// nothing is owed.
    private func planPausedSlots(of entry: JobEntry, into plan: inout Plan) {
        let now = min(runtime.now, entry.state.pause?.until.map { $0 - .milliseconds(1) } ?? .distantFuture)
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

    /// Which runs of a job were cancelled.
    public struct Cancellation: Sendable {
        /// The one that was under way; nil if none was.
        public var run: Int64?
        /// Those that waited.
        public let waiting: [Int64]
        /// How the one that was under way ended; nil if none was, or for a dry run.
        public var ending: RunEnding?
    }

    /// Cancels the running and waiting runs of a job, and returns once they have ended.
    ///
    /// A cancelled run is neither retried nor followed by other jobs.
    ///
    /// - Parameters:
    ///   - author: who asks.
    ///   - isDryRun: returns what would be cancelled, and cancels nothing.
    public func cancel(
        _ name: String, by author: String? = nil, isDryRun: Bool = false
    ) async throws(RunRefusal) -> Cancellation {
        try checkPhase()
        let running = entries[name]?.running.flatMap { $0.isOver ? nil : $0 }
        guard let entry = entries[name], running != nil || !entry.pending.isEmpty else {
            throw schedule.job(name) == nil ? .unknown(name) : .notRunning(name)
        }
        var cancelled = Cancellation(run: running?.id, waiting: entry.pending.map(\.id))
        guard !isDryRun else { return cancelled }
        var plan = Plan()
        for waiting in entry.pending {
            plan.add(
                .close(run: waiting.id, RunEnding(.cancelled, at: runtime.now, error: Self.cancelled(by: author))),
                .drop(job: name, run: waiting.id))
        }
        guard commit(plan) else { throw .unavailable(ledgerFailure?.message ?? "it could not be written down") }
        entry.lineRank = nil
        index(entry)
        rearm()
        guard let running else { return cancelled }
        running.control.end(.cancelled(by: author))
        cancelled.ending = await ending(of: running.id)
        return cancelled
    }

    static func cancelled(by author: String?) -> String { "cancelled by \(author ?? "hand")" }
}

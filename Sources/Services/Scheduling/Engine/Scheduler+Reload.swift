import Leads
import Values

/// What a reload changed, by the names of jobs.
public struct ReloadReport: Sendable, Codable, Equatable {
    public var added: [String] = []
    public var removed: [String] = []
    /// Those whose trigger, zone or state of being enabled is another.
    public var changed: [String] = []
    public var unchanged = 0
}

extension Scheduler {
    /// Takes another schedule in place of the present one.
    ///
    /// A job whose trigger stayed keeps its next slot; one that is new or was edited is due at its next time from now,
    /// never for a time of day that has passed. What runs is left to end. Throws what the ledger threw; the present
    /// schedule then stays in force.
    public func reload(_ new: Schedule) throws -> ReloadReport {
        let now = clock.now
        var plan = Plan()
        var report = ReloadReport()
        var next: [(job: Job, state: JobState)] = []
        for job in new.jobs {
            let old = schedule.job(job.name)
            let known = entries[job.name]
            let isSame = old?.triggerHash == job.triggerHash && old?.isEnabled == job.isEnabled
            if old == nil {
                report.added.append(job.name)
            } else if !isSame {
                report.changed.append(job.name)
            } else {
                report.unchanged += 1
            }
            guard job.isEnabled else { continue }
            if isSame, let known, known.isArmed {
                next.append((job, known.state))
            } else {
                var state = freshState(of: job)
                state.paused = known?.state.paused ?? false
                next.append((job, state))
                plan.add(.arm(state))
            }
        }
        report.removed = schedule.jobs.map(\.name).filter { new.job($0) == nil }
        let kept = Set(next.map(\.job.name))
        for entry in entries.values where entry.isArmed && !kept.contains(entry.job.name) {
            plan.add(.disarm(job: entry.job.name))
            for waiting in entry.pending {
                let ending = RunEnding(.cancelled, at: now, error: "the job is no longer in the schedule")
                plan.add(.close(run: waiting.id, ending), .drop(job: entry.job.name, run: waiting.id))
            }
        }
        // While the ledger is down recovery is still to come, and arms from the new schedule.
        if ledgerFailure?.needsRecovery != true, !plan.isEmpty {
            let rows = try ledger.commit(plan.changes)
            assert(rows.count == plan.changes.count)
        }
        schedule = new
        if ledgerFailure?.needsRecovery != true { replaceEntries(with: next, at: now) }
        wake()
        return report
    }

    private func replaceEntries(with next: [(job: Job, state: JobState)], at now: Timestamp) {
        let kept = Set(next.map(\.job.name))
        for entry in entries.values where !kept.contains(entry.job.name) {
            entry.isArmed = false
            entry.pending = []
            entry.generation += 1
            if entry.running == nil { entries[entry.job.name] = nil }
        }
        for (job, state) in next {
            let entry = entries[job.name] ?? JobEntry(job: job, state: state, isArmed: true)
            let isSame = entry.isArmed && entry.state == state && entry.nextSlot != nil
            // The zone's rules may be others, so a slot that lies ahead is computed anew; one that has come stays due.
            if !isSame || entry.nextSlot ?? now > now {
                entry.nextSlot = job.trigger.next(after: max(state.lastSlot ?? state.effectiveSince, now), in: job.zone)
            }
            entry.job = job
            entry.state = state
            entry.isArmed = true
            entries[job.name] = entry
            index(entry)
        }
    }
}

import Leads
public import Recurrence
import Values

extension Scheduler {
    /// Replaces the schedule.
    ///
    /// A job whose trigger is unchanged keeps its next slot. A new or edited one is due at its next time from now,
    /// never for a time of day that has passed. Runs that are under way go on. Rethrows what the ledger throws; the
    /// present schedule then stays in force.
    ///
    /// - Parameter committed: called when the schedule is in force, before anything starts with it.
    public func reload(
        _ new: Schedule, committed: @Sendable () -> Void = {}
    ) throws -> ScheduleComparison {
        let now = runtime.now
        var plan = Plan()
        let report = ScheduleComparison(from: schedule, to: new, at: now)
        var next: [(job: Job, state: JobState)] = []
        for job in new.jobs where job.isEnabled {
            let old = schedule.job(job.name)
            let known = entries[job.name]
            if old?.triggerHash == job.triggerHash, old?.isEnabled == true, let known, known.isArmed {
                next.append((job, known.state))
            } else {
                var state = freshState(of: job)
                if let life = known?.state ?? parked[job.name] { state.keepLife(of: life) }
                next.append((job, state))
                plan.add(.arm(state))
            }
        }
        let kept = Set(next.map(\.job.name))
        for entry in entries.values where entry.isArmed && !kept.contains(entry.job.name) {
            plan.add(new.job(entry.job.name) == nil ? .disarm(job: entry.job.name) : .arm(entry.state.parked(at: now)))
            for waiting in entry.pending {
                let ending = RunEnding(.cancelled, at: now, error: "the job is no longer in the schedule")
                plan.add(.close(run: waiting.id, ending), .drop(job: entry.job.name, run: waiting.id))
            }
        }
        // While the ledger is down, recovery is still to come and arms the jobs of the new schedule.
        if ledgerFailure?.needsRecovery != true, !plan.isEmpty {
            let rows = try ledger.commit(plan.changes)
            assert(rows.count == plan.changes.count)
        }
        schedule = new
        committed()
        if ledgerFailure?.needsRecovery != true { replaceEntries(with: next, at: now) }
        wake()
        return report
    }

    private func replaceEntries(with next: [(job: Job, state: JobState)], at now: Timestamp) {
        let kept = Set(next.map(\.job.name))
        for entry in entries.values where !kept.contains(entry.job.name) {
            parked[entry.job.name] = entry.state
            entry.isArmed = false
            entry.pending = []
            entry.generation += 1
            if !entry.isAtWork { entries[entry.job.name] = nil }
        }
        defer {
            groupQueues.rebuild(from: entries.values)
            entries.values.forEach(index)
        }
        for (job, state) in next {
            let known = entries[job.name]
            let entry = known ?? JobEntry(job: job, state: state, isArmed: true)
            let isSame = entry.isArmed && entry.state == state && entry.nextSlot != nil
            // The zone's rules may differ, so a slot ahead is computed again; one that has come due stays due.
            if !isSame || entry.nextSlot ?? now > now {
                // Under changed rules, a slot that was ahead may now be in the past: it was missed. The clock may also
                // have been set back since the last slot.
                entry.nextSlot = job.trigger.next(after: min(state.lastSlot ?? state.effectiveSince, now), in: job.zone)
                skipRepeated(entry, by: job, from: known)
            }
            entry.job = job
            entry.state = state
            entry.isArmed = true
            entries[job.name] = entry
        }
    }

    /// Skips local times that have run already, although another zone gives them another moment.
    private func skipRepeated(_ entry: JobEntry, by job: Job, from known: JobEntry?) {
        guard let known, known.job.zone != job.zone, known.job.triggerHash == job.triggerHash,
            !job.trigger.followsElapsedTime, let last = known.state.lastSlot
        else { return }
        let shown = known.job.zone.local(last.seconds)
        while let slot = entry.nextSlot, slot > last, job.zone.local(slot.seconds) <= shown {
            entry.nextSlot = job.trigger.next(after: slot, in: job.zone)
        }
    }

    /// Reads the time zones again, and computes the next slots again where a zone's rules have changed. Returns nil
    /// when none have. Throws as `reload` does.
    ///
    /// - Parameter committed: called with the schedule that is in force then, before anything starts with it.
    public func rezone(
        _ makeZones: @Sendable () -> ZoneDatabase, committed: @Sendable (Schedule) -> Void = { _ in }
    ) throws -> ScheduleComparison? {
        guard let rezoned = schedule.rezoned(makeZones()) else { return nil }
        return try reload(rezoned) { committed(rezoned) }
    }
}

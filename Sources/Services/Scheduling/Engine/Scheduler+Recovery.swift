import Leads
import Logging
import Recurrence
import Values

extension Scheduler {
    /// Reads the open rows, closes what a crash left, and arms every job from the first slot that is not accounted for.
    func recover() {
        let now = runtime.now
        let open: (active: [Activity], states: [JobState])
        do { open = try ledger.open() } catch { return ledgerFailed(error, needsRecovery: true) }
        settleUncertainty(open.active)
        guard phase != .manual else {
            // A process that only runs one job arms nothing; what is left over is closed by the next executor.
            return ledgerRecovered()
        }
        let states = Dictionary(open.states.map { ($0.job, $0) }) { $1 }
        var plan = Plan()
        plan.add(.interruptSteps(at: now))
        var fresh: [String: JobEntry] = [:]
        for job in schedule.jobs where job.isEnabled {
            let entry = entry(for: job, remembered: states[job.name], at: now)
            if states[job.name] != entry.state { plan.add(.arm(entry.state)) }
            fresh[job.name] = entry
        }
        for (name, state) in states where fresh[name] == nil {
            // A disabled job owes nothing, but whether it is paused and its count of failures are kept.
            parked[name] = state
            plan.add(schedule.job(name) == nil ? .disarm(job: name) : .arm(state.parked(at: now)))
        }
        for (name, entry) in entries where fresh[name] == nil {
            guard entry.isAtWork else {
                entries[name] = nil
                continue
            }
            (entry.isArmed, entry.pending) = (false, [])
        }
        // Jobs whose rows are closed below as cut off, although the daemon may have been running since.
        let lost = Set(
            open.active.filter { $0.status == .running && entries[$0.jobName]?.running?.id != $0.id }.map(\.jobName))
        entries.merge(fresh) { old, new in
            guard !old.isAtWork else { return old.refreshed(from: new) }
            // Wake-ups of the old entry must be out of date for the new one too.
            new.generation = old.generation
            return new
        }
        planRecovery(of: open.active, at: now, into: &plan)
        for entry in fresh.values
        where entry.job.trigger == .atStart && (!hasRecovered || lost.contains(entry.job.name)) {
            var run = newRun(of: entry.job, .pending, .schedule)
            run.scheduledFor = now
            if entry.state.isPaused(at: now) {
                planSkip(now, now, 1, Self.pausedReason, of: entry, at: now, into: &plan)
            } else if !entry.pending.contains(where: { $0.run.trigger == .schedule }) {
                plan.add(.open(run), .enqueue(job: entry.job.name, run, endsRunning: false))
            }
        }
        guard commit(plan) else {
            // The plan is worked out again at the next attempt.
            uncertain = Plan()
            entries = entries.filter { $0.value.isAtWork }
            ledgerFailure?.needsRecovery = true
            return
        }
        hasRecovered = true
        for entry in entries.values where entry.job.overlap == .replace && entry.isAtWork && !entry.isBackfilling {
            // The waiting slot may have come before the connection broke.
            if entry.pending.contains(where: { !$0.givesWay }) { entry.running?.control.end(.replaced) }
        }
        groupQueues.rebuild(from: entries.values)
        entries.values.forEach(index)
    }

    /// The entry of a job as the database remembers it. A new job, or one whose trigger was edited, owes no earlier
    /// slots.
    private func entry(for job: Job, remembered: JobState?, at now: Timestamp) -> JobEntry {
        var state = freshState(of: job)
        if let remembered {
            if remembered.triggerHash == state.triggerHash {
                state = remembered
            } else {
                state.keepLife(of: remembered)
            }
        }
        let entry = JobEntry(job: job, state: state, isArmed: true)
        let accounted = state.lastSlot ?? state.effectiveSince
        // The clock may have been set back while the daemon was not running.
        entry.nextSlot = job.trigger.next(after: min(accounted, now), in: job.zone)
        return entry
    }

    /// Closes runs that were under way when the daemon ended, repeats them where that is owed, and takes over waiting
    /// rows.
    private func planRecovery(of active: [Activity], at now: Timestamp, into plan: inout Plan) {
        for row in active {
            let entry = entries[row.jobName]
            let isKnown = entry?.isArmed == true
            let isOwed = row.scheduledFor != nil && row.trigger != .backfill
            let hasNewer = isOwed && entry.map { willCatchUp($0, at: now) } == true
            let tooLate =
                row.trigger == .retry || row.trigger == .backfill
                ? nil : entry.flatMap { reasonAgainst(row.scheduledFor, of: $0.job, at: now) }
            switch row.status {
            case .running where entry?.running?.id != row.id:
                let ending = RunEnding(.interrupted, at: now, error: "the daemon ended while it ran")
                plan.add(.close(run: row.id, ending))
                logger.warning(
                    "\(row.jobName): run \(row.id) was interrupted by the end of the daemon",
                    metadata: ["event": "run-interrupted", "job": "\(row.jobName)", "run_id": "\(row.id)"])
                if isKnown, !hasNewer, let entry, let again = repetition(of: NewRun(row), id: row.id, job: entry.job) {
                    plan.add(.open(again), .enqueue(job: row.jobName, again, endsRunning: false))
                }
            case .pending where !isKnown:
                plan.add(
                    .close(run: row.id, RunEnding(.cancelled, at: now, error: "the job is no longer in the schedule")))
            case .pending where hasNewer:
                plan.add(
                    .close(run: row.id, RunEnding(.cancelled, at: now, error: "a later slot is made up for instead")))
            case .pending where tooLate != nil:
                plan.add(.close(run: row.id, RunEnding(.skipped, at: now, error: tooLate)))
            case .pending:
                entry?.pending.append(PendingRun(id: row.id, run: NewRun(row)))
            default: break
            }
        }
    }

    /// Whether a missed slot will be made up for by one run.
    private func willCatchUp(_ entry: JobEntry, at now: Timestamp) -> Bool {
        // Slots until the end of a pause are not made up for.
        let end = entry.state.pause?.until.map { $0 - .milliseconds(1) } ?? .distantPast
        let owed = entry.nextSlot.flatMap { $0 > end ? $0 : entry.job.trigger.next(after: end, in: entry.job.zone) }
        guard let slot = owed, slot <= now, entry.job.catchUp == .once, !entry.state.isPaused(at: now)
        else {
            return false
        }
        return entry.job.catchUpWindow.map { now.since(slot) <= $0 } ?? true
    }

    /// Why a slot that waited when the daemon ended is not run any more; nil when it is.
    private func reasonAgainst(_ slot: Timestamp?, of job: Job, at now: Timestamp) -> String? {
        guard let slot, now.since(slot + job.delay) > Self.lateLimit else { return nil }
        if job.catchUp == .none { return "missed: the daemon was not running" }
        guard let window = job.catchUpWindow, now.since(slot) > window else { return nil }
        return "missed: the daemon was not running; longer ago than its catch_up_window of \(window.brief)"
    }

    /// The attempt that repeats a run that was cut off by the daemon's end; nil when none is owed.
    ///
    /// Attempts are counted across crashes, so that a job that crashes the daemon is not started for ever: it gets the
    /// attempts that its `retry` allows, and at least two.
    func repetition(of run: NewRun, id: Int64, job: Job) -> NewRun? {
        let attempt = run.attempt ?? 1
        if run.trigger == .backfill {
            // The slot may have had a row before, which says that it was skipped.
            guard attempt < max(3, job.retry.attempts + 1) else { return nil }
            var again = newRun(of: job, .pending, .backfill)
            (again.attempt, again.scheduledFor, again.retryOf) = (attempt + 1, run.scheduledFor, id)
            again.author = run.author
            return again
        }
        guard run.trigger != .manual, job.trigger != .atStart, job.catchUp != .none,
            attempt < max(2, job.retry.attempts), reasonAgainst(run.scheduledFor, of: job, at: runtime.now) == nil
        else { return nil }
        var again = newRun(of: job, .pending, .catchUp)
        again.attempt = attempt + 1
        again.scheduledFor = run.scheduledFor
        again.causedBy = run.causedBy
        again.retryOf = id
        return again
    }
}

extension JobState {
    /// Keeps the state that survives an edited trigger.
    mutating func keepLife(of old: JobState) {
        pause = old.pause
        failures = old.failures
    }

    /// The state that is kept of a disabled job. No trigger has this hash, so that nothing earlier is owed once it is
    /// enabled.
    func parked(at now: Timestamp) -> JobState {
        JobState(job: job, triggerHash: "disabled", effectiveSince: now, pause: pause, failures: failures)
    }
}

extension NewRun {
    /// The run that a row describes.
    init(_ row: Activity) {
        self.init(job: row.jobName, type: row.type, status: row.status, trigger: row.trigger, attempt: row.attempt)
        scheduledFor = row.scheduledFor
        notBefore = row.notBefore
        causedBy = row.causedBy
        retryOf = row.retryOf
        inputData = row.inputData
        author = row.author
    }
}

import Recurrence
import Leads
import Logging
import Values

extension Scheduler {
    /// Writes the plan and then does what follows from it. Answers false when it could not be written: nothing of it
    /// has happened then, and it is tried again.
    func commit(_ plan: Plan) -> Bool {
        guard !plan.isEmpty else { return true }
        let rows: [Int64?]
        do { rows = try ledger.commit(plan.changes) } catch let rejection as LedgerRejection {
            return commitSingly(plan, rejection)
        } catch let uncertainty as LedgerUncertainty {
            uncertain = plan
            ledgerFailed(uncertainty, needsRecovery: true)
            return false
        } catch {
            ledgerFailed(error, needsRecovery: false)
            return false
        }
        ledgerRecovered()
        for (effect, row) in zip(plan.effects, rows) { apply(effect, row: row) }
        return true
    }

    /// Writes what can be written of a plan that was rejected as a whole: one change that contradicts the record must not
    /// hold up all jobs for ever. What is dropped is logged.
    private func commitSingly(_ plan: Plan, _ rejection: LedgerRejection) -> Bool {
        guard plan.changes.count > 1 else {
            logger.error("a change contradicts the database and is dropped: \(rejection)")
            // What the scheduler remembers goes on, or it would come back to this change for ever.
            for effect in plan.effects {
                if case .start(let job, let waiting) = effect {
                    apply(.drop(job: job, run: waiting.id), row: nil)
                } else {
                    apply(effect, row: nil)
                }
            }
            return true
        }
        for (change, effect) in zip(plan.changes, plan.effects) {
            var single = Plan()
            single.add(change, effect)
            guard commit(single) else {
                if !uncertain.isEmpty { uncertain = plan }
                return false
            }
        }
        return true
    }

    private func apply(_ effect: Plan.Effect, row: Int64?) {
        switch effect {
        case .nothing: break
        case .launch(let job, let run, let progress):
            guard let entry = entries[job], let row else { return }
            entry.skipRow = nil
            launch(run, row: row, of: entry, progress: progress)
        case .enqueue(let job, let run, let endsRunning):
            guard let row else { return }
            guard let entry = entries[job] else {
                // The job went while the row was waiting to be written.
                let ending = RunEnding(.cancelled, at: runtime.now, error: "the job is no longer in the schedule")
                _ = try? ledger.commit([.close(run: row, ending)])
                return
            }
            entry.skipRow = nil
            wait(PendingRun(id: row, run: run), of: entry)
            if endsRunning { entry.running?.control.end(.replaced) }
            index(entry)
        case .start(let job, let waiting):
            guard let entry = entries[job] else { return }
            entry.pending.removeAll { $0.id == waiting.id }
            entry.lineRank = entry.pending.first?.id
            lines.leave(run: waiting.id, of: entry.job)
            launch(waiting.run, row: waiting.id, of: entry, progress: nil)
        case .drop(let job, let run):
            entries[job]?.pending.removeAll { $0.id == run }
            lines.leave(run: run, of: entries[job]?.job)
        case .skipped(let job, let known, let slots):
            entries[job]?.skipRow = (known ?? row).map { ($0, slots.reason) }
            logger.log(
                level: slots.reason.hasPrefix("overlap") ? .warning : .notice,
                "\(job): \(slots.count) slot(s) skipped: \(slots.reason)",
                metadata: ["event": "run-skipped", "job": "\(job)", "scheduled_at": "\(slots.first)"])
        case .advanced(let job, let last, let next):
            entries[job]?.state.lastSlot = last
            entries[job]?.nextSlot = next
        case .ended(let job, let run, let ending, let outcome):
            ended(run, of: job, ending, outcome)
        case .gaveUp(let job, let run, let ending, let outcome):
            guard let entry = entries[job] else { return }
            entry.state.failures = outcome.failures
            onRun?(RunNotice(job: entry.job, run: run, event: .ended(ending, outcome)))
        case .paused(let job, let isPaused):
            entries[job]?.state.paused = isPaused
            entries[job]?.skipRow = nil
            entries[job].map(index)
        }
    }

    /// What became of a plan of which nobody knew whether it was written, now that the rows can be read. Ends of runs that
    /// were written take effect, others are written again; all else is read from the rows.
    func settleUncertainty(_ active: [Activity]) {
        let plan = uncertain
        uncertain = Plan()
        let closed = plan.changes.compactMap { change -> Int64? in
            if case .close(let run, _) = change { run } else { nil }
        }
        guard !closed.isEmpty else { return }
        let open = Set(active.map(\.id))
        // One transaction: any of its ends tells of all.
        guard !closed.contains(where: open.contains) else { return unsaved.append(plan) }
        for effect in plan.effects {
            switch effect {
            case .ended, .gaveUp: apply(effect, row: nil)
            default: break
            }
        }
    }

    /// Notes that the ledger cannot be written, and when it is tried again: after a second, then ever later up to 30.
    func ledgerFailed(_ error: any Error, needsRecovery: Bool) {
        let delay = min(.seconds(30), (ledgerFailure?.delay ?? .milliseconds(500)) * 2)
        if ledgerFailure == nil {
            logger.error(
                "the database cannot be written, no job starts until it can: \(error)",
                metadata: ["event": "ledger-unavailable"])
        }
        ledgerFailure = LedgerFailure(
            message: "\(error)", retryAt: runtime.now + delay, delay: delay,
            needsRecovery: needsRecovery || ledgerFailure?.needsRecovery == true)
    }

    /// Tries again once it is time to. Answers whether planning makes sense: the ledger can be written, or there is only
    /// one way to find out.
    func retryLedger(at now: Timestamp) -> Bool {
        guard let failure = ledgerFailure else { return true }
        guard failure.retryAt <= now else { return false }
        gapCause = "the database could not be written"
        if failure.needsRecovery { recover() }
        if ledgerFailure?.needsRecovery != true, !unsaved.isEmpty {
            let plan = unsaved
            unsaved = Plan()
            guard commit(plan) else {
                if uncertain.isEmpty { unsaved = plan }
                return false
            }
        }
        return ledgerFailure.map { $0.retryAt <= now } ?? true
    }

    /// Forgets the failure, since the ledger was just written, or nothing is left to write.
    func ledgerRecovered() {
        guard ledgerFailure != nil else { return }
        ledgerFailure = nil
        logger.notice("the database can be written again", metadata: ["event": "ledger-recovered"])
    }

    /// Compares the clocks with the last time: a difference means that the wall clock was set.
    func lookAtClocks(_ now: Timestamp) {
        let uptime = runtime.uptime
        defer { lastLook = (now, uptime) }
        guard let last = lastLook else { return }
        let jump = now.since(last.wall) - (uptime - last.uptime)
        if jump > .seconds(1) {
            gapCause = "the clock was set forward by \(jump.brief)"
            logger.notice("the clock was set forward by \(jump.brief)", metadata: ["event": "clock-set"])
        } else if jump < .seconds(-1) {
            clockWentBack(to: now, by: .zero - jump)
        }
    }

    private func clockWentBack(to now: Timestamp, by span: Duration) {
        logger.notice("the clock was set back by \(span.brief)", metadata: ["event": "clock-set"])
        readySince = min(readySince, now)
        if let failure = ledgerFailure { ledgerFailure?.retryAt = min(failure.retryAt, now + failure.delay) }
        for entry in entries.values {
            // A slot that has come stays due. Others are those after the new time: a grid starts them anew, and of fixed
            // times those that ran have their row and stay done. A small step leads over nothing that has no row.
            entry.skipRow = nil
            if let next = entry.nextSlot, next > now, entry.job.trigger.isGrid || span > .seconds(86_400) {
                entry.nextSlot = entry.job.trigger.next(after: now, in: entry.job.zone)
            }
            for position in entry.pending.indices {
                guard let at = entry.pending[position].run.notBefore else { continue }
                entry.pending[position].run.notBefore = min(at, now + entry.job.retry.maximum)
            }
            index(entry)
        }
    }

    /// To be called when somebody set the wall clock.
    public func clockWasSet() { wake() }
}

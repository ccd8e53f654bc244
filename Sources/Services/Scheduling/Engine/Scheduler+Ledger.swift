import Leads
import Logging
import Recurrence
import Values

extension Scheduler {
    /// Writes the plan and applies its effects. Returns false when it could not be written: nothing has happened then,
    /// and it is tried again.
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

    /// Writes the changes of a rejected plan one by one, because one change that contradicts the database must not
    /// block all jobs for ever. Dropped changes are logged.
    private func commitSingly(_ plan: Plan, _ rejection: LedgerRejection) -> Bool {
        guard plan.changes.count > 1 else {
            logger.error("a change contradicts the database and is dropped: \(rejection)")
            // The state in memory moves on, or the scheduler would come back to this change for ever.
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
                // The job was removed while the row was waiting to be written.
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
            entry.lineRank = entry.pending.first { $0.run.trigger != .backfill }?.id
            groupQueues.leave(run: waiting.id, of: entry.job)
            launch(waiting.run, row: waiting.id, of: entry, progress: nil)
        case .drop(let job, let run):
            entries[job]?.pending.removeAll { $0.id == run }
            groupQueues.leave(run: run, of: entries[job]?.job)
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
        case .paused(let job, let pause):
            entries[job]?.state.pause = pause
            if pause == nil, let entry = entries[job] { entry.failuresAtResume = entry.state.failures }
            let (state, why) = (pause == nil ? "no longer paused" : "paused", pause?.note.map { ": \($0)" } ?? "")
            logger.notice(
                "\(job) is \(state)\(why)",
                metadata: ["event": pause == nil ? "job-resumed" : "job-paused", "job": "\(job)"])
            entries[job]?.skipRow = nil
            entries[job].map(index)
        }
    }

    /// Settles a plan of which it was unknown whether it was written, now that the rows can be read. If it was, the
    /// ends of its runs take effect; if not, they are written again. Everything else is read from the rows.
    func settleUncertainty(_ active: [Activity]) {
        let plan = uncertain
        uncertain = Plan()
        let closed = plan.changes.compactMap { change -> Int64? in
            if case .close(let run, _) = change { run } else { nil }
        }
        guard !closed.isEmpty else { return }
        let open = Set(active.map(\.id))
        // The plan was one transaction, so one of its ends shows the outcome of all.
        guard !closed.contains(where: open.contains) else { return unsaved.append(plan) }
        for effect in plan.effects {
            switch effect {
            case .ended, .gaveUp: apply(effect, row: nil)
            default: break
            }
        }
    }

    /// Records that the ledger cannot be written and when to try again: after 1 second, doubling up to 30.
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

    /// Tries again when it is time to. Returns whether to go on planning: the ledger can be written, or only a write
    /// can show whether it can.
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

    /// Clears the failure, because the ledger has just been written or nothing is left to write.
    func ledgerRecovered() {
        guard ledgerFailure != nil else { return }
        ledgerFailure = nil
        logger.notice("the database can be written again", metadata: ["event": "ledger-recovered"])
    }

    /// Compares how far the wall clock and the uptime have advanced since the last time. If they differ, the wall clock
    /// was set.
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
            // A slot that has come due stays due. Slots ahead are computed again for a grid, or after a step of more
            // than a day; a smaller step passes over no fixed time without a row. Fixed times that have run have their
            // row and are not repeated.
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

    /// To be called when the wall clock was set.
    public func clockWasSet() { wake() }
}

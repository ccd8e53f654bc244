import Leads
import Values

extension Scheduler {
    /// What is to be done about one job now: its slots that have come, and its rows that wait.
    func plan(for entry: JobEntry, at now: Timestamp) -> Plan {
        var plan = Plan()
        var isFree = entry.running == nil
        var isSuperseding = false
        if entry.isArmed, let first = entry.nextSlot,
            let span = SlotSpan(of: entry.job.trigger, from: first, through: now, in: entry.job.zone)
        {
            isSuperseding = planSlots(span, of: entry, at: now, into: &plan)
            isFree = isFree && !isSuperseding
            plan.add(
                .advance(job: entry.job.name, lastSlot: span.last),
                .advanced(job: entry.job.name, last: span.last, next: span.next))
        }
        for waiting in entry.pending {
            if isSuperseding, waiting.run.trigger == .retry {
                let ending = RunEnding(.cancelled, at: now, error: "a new slot came before this attempt")
                plan.add(.close(run: waiting.id, ending), .drop(job: entry.job.name, run: waiting.id))
            } else if isFree, waiting.run.notBefore ?? now <= now {
                plan.add(.start(run: waiting.id, at: now), .start(job: entry.job.name, waiting))
                isFree = false
            }
        }
        return plan
    }

    /// Accounts for each slot of the span. Answers whether one of them starts now.
    private func planSlots(_ span: SlotSpan, of entry: JobEntry, at now: Timestamp, into plan: inout Plan) -> Bool {
        let isOnTime = span.last >= readySince && now.since(span.last) <= Self.lateLimit
        let cause = missedCause(span.last)
        switch entry.job.catchUp {
        case .all:
            // In order, one after the other; what comes due meanwhile joins the queue.
            if isOnTime, span.count == 1, !entry.isBusy {
                return planLaunch(span.last, .schedule, of: entry, at: now, into: &plan)
            }
            if isOnTime, span.count == 1, entry.pending.isEmpty {
                return planOverlap(span, of: entry, at: now, into: &plan)
            }
            planQueue(span, of: entry, at: now, cause: cause, into: &plan)
            return false
        case .none:
            guard isOnTime else {
                planSkip(span.first, span.last, span.count, "missed: \(cause)", of: entry, at: now, into: &plan)
                return false
            }
        case .once: break
        }
        if entry.isBusy { return planOverlap(span, of: entry, at: now, into: &plan) }
        if span.count > 1, let earlier = span.beforeLast {
            let reason =
                entry.job.catchUp == .none
                ? "missed: \(missedCause(earlier))"
                : "missed: \(missedCause(earlier)); made up for by the slot \(span.last) UTC"
            planSkip(span.first, earlier, span.count - 1, reason, of: entry, at: now, into: &plan)
        }
        return planLaunch(span.last, isOnTime ? .schedule : .catchUp, of: entry, at: now, into: &plan)
    }

    private func planOverlap(_ span: SlotSpan, of entry: JobEntry, at now: Timestamp, into plan: inout Plan) -> Bool {
        let run = entry.running.map { "run \($0.id)" } ?? "an earlier run"
        planSkip(span.first, span.last, span.count, "overlap: \(run) has not ended", of: entry, at: now, into: &plan)
        return false
    }

    private func planLaunch(
        _ slot: Timestamp, _ trigger: RunTrigger, of entry: JobEntry, at now: Timestamp, into plan: inout Plan
    ) -> Bool {
        var run = newRun(of: entry.job, .running, trigger)
        run.scheduledFor = slot
        run.startedAt = now
        // A grid goes on at once when the clock was set back, so it may meet a slot again: the next attempt at it.
        if entry.job.trigger.isGrid { run.attempt = nil }
        plan.add(.open(run), .launch(job: entry.job.name, run, progress: nil))
        return true
    }

    /// Rows for the last slots of the span, and one row for those before them.
    private func planQueue(
        _ span: SlotSpan, of entry: JobEntry, at now: Timestamp, cause: String, into plan: inout Plan
    ) {
        let room = max(0, Self.catchUpLimit - entry.pending.count)
        // One more than there is room for: it is the last that is skipped.
        var slots = SlotSpan.lastSlots(
            room + 1, of: entry.job.trigger, notBefore: span.first, through: span.last, in: entry.job.zone)
        if slots.count > room, let last = slots.first {
            slots.removeFirst()
            let reason = "missed: \(cause); no more than \(Self.catchUpLimit) slots wait to be made up for"
            planSkip(span.first, last, span.count - slots.count, reason, of: entry, at: now, into: &plan)
        }
        for slot in slots {
            var run = newRun(
                of: entry.job, .pending, now.since(slot) <= Self.lateLimit && slot >= readySince ? .schedule : .catchUp)
            run.scheduledFor = slot
            if entry.job.trigger.isGrid { run.attempt = nil }
            plan.add(.open(run), .enqueue(job: entry.job.name, run))
        }
    }

    private func planSkip(
        _ first: Timestamp, _ last: Timestamp, _ count: Int, _ reason: String, of entry: JobEntry, at now: Timestamp,
        into plan: inout Plan
    ) {
        let slots = SkippedSlots(
            job: entry.job.name, type: entry.job.type, first: first, last: last, count: count, reason: reason, at: now)
        if let row = entry.skipRow, row.reason == reason {
            plan.add(
                .extendSkip(row: row.id, through: last, adding: count),
                .skipped(job: entry.job.name, row: row.id, slots))
        } else {
            plan.add(.skip(slots), .skipped(job: entry.job.name, row: nil, slots))
        }
    }

    func newRun(of job: Job, _ status: ActivityStatus, _ trigger: RunTrigger) -> NewRun {
        NewRun(job: job.name, type: job.type, status: status, trigger: trigger)
    }

    private func missedCause(_ slot: Timestamp) -> String {
        slot < readySince ? "the daemon was not running" : gapCause ?? "the daemon was held up"
    }
}

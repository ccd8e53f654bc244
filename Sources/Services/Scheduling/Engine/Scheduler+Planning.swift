import Leads
import Recurrence
import Values

extension Scheduler {
    /// Plans what to do about one job now: its slots that have come due, and its waiting rows.
    func plan(for entry: JobEntry, at now: Timestamp) -> Plan {
        var plan = Plan()
        if entry.isArmed, let end = entry.state.pause?.until, end <= now {
            planEndOfPause(at: end, of: entry, at: now, into: &plan)
            // What is due after it is planned next.
            return plan
        }
        var isSuperseding = false
        if entry.isArmed, let first = entry.nextSlot,
            let span = SlotSpan(of: entry.job.trigger, from: first, through: now - entry.job.delay, in: entry.job.zone)
        {
            isSuperseding = planSlots(span, of: entry, at: now, into: &plan)
            plan.add(
                .advance(job: entry.job.name, lastSlot: span.last),
                .advanced(job: entry.job.name, last: span.last, next: span.next))
        }
        for waiting in entry.pending where isSuperseding && waiting.run.trigger == .retry {
            let ending = RunEnding(.cancelled, at: now, error: "a new slot came before this attempt")
            plan.add(.close(run: waiting.id, ending), .drop(job: entry.job.name, run: waiting.id))
            planGivenUp(waiting, of: entry, at: now, into: &plan)
        }
        if !isSuperseding, groupQueues.isFree(entry.job.group), let waiting = entry.startable(at: now) {
            plan.add(.start(run: waiting.id, at: now), .start(job: entry.job.name, waiting))
            groupQueues.claim(entry.job.group)
        }
        return plan
    }

    /// Accounts for each slot of the span. Returns whether one of them replaces a waiting retry.
    private func planSlots(_ span: SlotSpan, of entry: JobEntry, at now: Timestamp, into plan: inout Plan) -> Bool {
        guard entry.state.pause == nil else {
            planSkip(span.first, span.last, span.count, Self.pausedReason, of: entry, at: now, into: &plan)
            return false
        }
        let isOnTime = isOnTime(span.last, of: entry.job, at: now)
        let cause = missedCause(span.last)
        if !isOnTime, entry.job.catchUp == .none {
            planSkip(span.first, span.last, span.count, "missed: \(cause)", of: entry, at: now, into: &plan)
            return false
        }
        if !isOnTime, let window = entry.job.catchUpWindow, now.since(span.last) > window {
            let reason = "missed: \(cause); longer ago than its catch_up_window of \(window.brief)"
            planSkip(span.first, span.last, span.count, reason, of: entry, at: now, into: &plan)
            return false
        }
        let hasQueue = entry.pending.contains { !$0.givesWay }
        if entry.job.catchUp == .all, !isOnTime || span.count > 1 || hasQueue {
            // They run in order, one after the other; slots that come due meanwhile join the queue.
            planQueue(span, of: entry, at: now, cause: cause, into: &plan)
            return false
        }
        let isAccepted = !entry.isBusy || entry.job.overlap != .skip || entry.queuesBehindBackfill
        if span.count > 1, let earlier = span.beforeLast, isAccepted {
            let reason =
                entry.job.catchUp == .none
                ? "missed: \(missedCause(earlier))"
                : "missed: \(missedCause(earlier)); made up for by the slot \(span.last) UTC"
            planSkip(span.first, earlier, span.count - 1, reason, of: entry, at: now, into: &plan)
        }
        return planArrival(span, isOnTime ? .schedule : .catchUp, of: entry, at: now, into: &plan)
    }

    /// Starts, enqueues or skips the last slot of the span, depending on what already runs or waits. Returns whether it
    /// replaces a waiting retry.
    private func planArrival(
        _ span: SlotSpan, _ trigger: RunTrigger, of entry: JobEntry, at now: Timestamp, into plan: inout Plan
    ) -> Bool {
        var run = newRun(of: entry.job, .pending, trigger)
        run.scheduledFor = span.last
        if entry.job.delay > .zero { run.notBefore = span.last + entry.job.delay }
        // When the clock was set back, a grid goes on at once and may meet a slot again, which is then the next attempt
        // at it.
        if entry.job.trigger.isGrid { run.attempt = nil }
        guard entry.isBusy else {
            if groupQueues.isFree(entry.job.group) {
                run.status = .running
                run.startedAt = now
                groupQueues.claim(entry.job.group)
                plan.add(.open(run), .launch(job: entry.job.name, run, progress: nil))
            } else {
                plan.add(.open(run), .enqueue(job: entry.job.name, run, endsRunning: false))
            }
            return true
        }
        guard let reason = planOverlap(run, of: entry, at: now, into: &plan) else { return false }
        let first = entry.job.overlap == .skip ? span.first : span.last
        planSkip(first, span.last, entry.job.overlap == .skip ? span.count : 1, reason, of: entry, at: now, into: &plan)
        return false
    }

    /// Plans the end of a pause: slots until then were paused.
    private func planEndOfPause(at end: Timestamp, of entry: JobEntry, at now: Timestamp, into plan: inout Plan) {
        if entry.isArmed, let first = entry.nextSlot,
            let span = SlotSpan(
                of: entry.job.trigger, from: first, through: end - .milliseconds(1), in: entry.job.zone)
        {
            planSkip(span.first, span.last, span.count, Self.pausedReason, of: entry, at: now, into: &plan)
            plan.add(
                .advance(job: entry.job.name, lastSlot: span.last),
                .advanced(job: entry.job.name, last: span.last, next: span.next))
        }
        var state = entry.state
        state.pause = nil
        plan.add(.pause(state), .paused(job: entry.job.name, nil))
    }

    /// Decides about a new run of a busy job. With `queue` it waits unless one already does; with `replace` it ends the
    /// current run and replaces what waits. Returns why the run is skipped; nil when it is not.
    func planOverlap(_ run: NewRun, of entry: JobEntry, at now: Timestamp, into plan: inout Plan) -> String? {
        let busy =
            entry.running.map { "run \($0.id) has not ended" }
            ?? entry.leftBehind.map {
                "run \($0) was left behind and is still at work; a restart of the daemon ends it"
            }
            ?? groupQueues.running(in: entry.job.group).map { "an earlier slot waits for \($0), of the same group" }
            ?? "an earlier slot waits"
        let waiting = entry.pending.filter { !$0.givesWay }
        // A slot is not lost to an earlier one that a person asked for: it waits for the end of that run.
        switch entry.queuesBehindBackfill ? .queue : entry.job.overlap {
        case .skip: return "overlap: \(busy)"
        case .queue:
            guard waiting.isEmpty else { return "overlap: \(busy), and one waits already" }
        case .replace:
            for old in waiting {
                let ending = RunEnding(.skipped, at: now, error: "overlap: a newer slot took its place")
                plan.add(.close(run: old.id, ending), .drop(job: entry.job.name, run: old.id))
            }
        }
        plan.add(
            .open(run),
            .enqueue(job: entry.job.name, run, endsRunning: !entry.isBackfilling && entry.job.overlap == .replace))
        return nil
    }

    /// Plans a row for each of the last slots of the span, and one row for all those before them.
    private func planQueue(
        _ span: SlotSpan, of entry: JobEntry, at now: Timestamp, cause: String, into plan: inout Plan
    ) {
        let room = max(0, Self.catchUpLimit - entry.pending.count { !$0.givesWay })
        let oldest = entry.job.catchUpWindow.map { now - $0 } ?? .distantPast
        // One more than there is room for, to know the last slot that is skipped.
        var slots = SlotSpan.lastSlots(
            room + 1, of: entry.job.trigger, notBefore: span.first, through: span.last, in: entry.job.zone)
        let kept = slots.suffix(room).filter { $0 >= oldest }
        if kept.count < span.count, let last = slots.dropLast(kept.count).last {
            let isFull = slots.count > room && kept.count == room
            let limit =
                isFull
                ? "no more than \(Self.catchUpLimit) slots wait to be made up for"
                : "longer ago than its catch_up_window of \(entry.job.catchUpWindow?.brief ?? "")"
            planSkip(
                span.first, last, span.count - kept.count, "missed: \(cause); \(limit)", of: entry, at: now, into: &plan
            )
        }
        slots = Array(kept)
        for slot in slots {
            var run = newRun(of: entry.job, .pending, isOnTime(slot, of: entry.job, at: now) ? .schedule : .catchUp)
            run.scheduledFor = slot
            if entry.job.delay > .zero { run.notBefore = slot + entry.job.delay }
            if entry.job.trigger.isGrid { run.attempt = nil }
            plan.add(.open(run), .enqueue(job: entry.job.name, run, endsRunning: false))
        }
    }

    func planSkip(
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

    static let pausedReason = "paused"

    func newRun(of job: Job, _ status: ActivityStatus, _ trigger: RunTrigger) -> NewRun {
        NewRun(job: job.name, type: job.type, status: status, trigger: trigger)
    }

    /// Whether a slot that is looked at now counts as on time rather than missed.
    private func isOnTime(_ slot: Timestamp, of job: Job, at now: Timestamp) -> Bool {
        let due = slot + job.delay
        return due >= readySince && now.since(due) <= Self.lateLimit
    }

    private func missedCause(_ slot: Timestamp) -> String {
        guard slot < readySince else { return gapCause ?? "the daemon was held up" }
        if let delayed, slot >= delayed.since { return delayed.cause }
        return "the daemon was not running"
    }
}

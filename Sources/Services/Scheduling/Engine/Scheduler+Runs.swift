import Dispatch
public import Leads
import Logging
import Values

/// A run that is handed over for execution.
struct Launch: Sendable {
    let context: RunContext
    /// What is to be done; a failure if the options cannot be read.
    let work: Result<JobWork, RunProblem>
    let timeout: Duration
    let control: RunControl
}

extension Scheduler {
    /// Executes started runs until the scheduler is told to stop and the last run has ended.
    public nonisolated func run() async {
        await withDiscardingTaskGroup { group in
            for await launch in launches {
                group.addTask { await self.execute(launch) }
            }
        }
    }

    private nonisolated func execute(_ launch: Launch) async {
        let started = runtime.uptime
        let (runtime, patience) = (runtime, patience)
        let alarm = Task {
            guard (try? await runtime.sleep(for: launch.timeout)) != nil else { return }
            launch.control.end(.timeout)
        }
        // A task may ignore that it is cancelled, or be blocked by something it called. Its run is ended all the same.
        let result = await Deadline.first(
            {
                let result = await launch.control.perform {
                    launch.control.began(at: runtime.now)
                    return try await self.tasks.task(for: launch.work.get()).run(launch.context)
                }
                if launch.control.hasEnded() { await self.leftBehindEnded(launch.context) }
                return result
            },
            {
                await launch.control.whenAsked()
                guard (try? await runtime.sleep(for: patience)) != nil else { return nil }
                return .failure(Abandoned())
            })
        alarm.cancel()
        await finished(launch, result ?? .failure(CancellationError()), after: runtime.uptime - started)
    }

    /// The run was asked to end and did not.
    private struct Abandoned: Error {}

    private func leftBehindEnded(_ context: RunContext) {
        guard let entry = entries[context.job], entry.leftBehind == context.id else { return }
        entry.leftBehind = nil
        logger.notice(
            "\(context.job): run \(context.id), which was left behind, has ended",
            metadata: ["job": "\(context.job)", "run_id": "\(context.id)"])
        release(entry)
        wake()
    }

    /// Frees the job and its group for the next run.
    private func release(_ entry: JobEntry) {
        let job = entry.job.name
        if entry.isArmed || !entry.pending.isEmpty || phase == .manual { index(entry) } else { entries[job] = nil }
        if let group = groupQueues.ended(job) {
            groupQueues.waiting(in: group).compactMap { entries[$0] }.forEach(index)
        }
    }

    /// Hands over a run that the ledger holds as `running`.
    func launch(_ run: NewRun, row: Int64, of entry: JobEntry, progress: RunProgress?) {
        let control = RunControl()
        let attempt = run.attempt ?? 1
        entry.running = RunningRun(id: row, run: run, startedAt: runtime.now, control: control)
        groupQueues.started(entry.job)
        var logger = logger
        logger[metadataKey: "job"] = "\(entry.job.name)"
        logger[metadataKey: "run_id"] = "\(row)"
        logger.info(
            "\(entry.job.name) started\(attempt > 1 ? ", attempt \(attempt)" : "")\(Self.reason(run.trigger))",
            metadata: ["event": "run-started", "scheduled_at": "\(run.scheduledFor?.description ?? "")"])
        var options = RunOptions()
        let work: Result<JobWork, RunProblem>
        do throws(RunProblem) {
            options = try RunOptions(json: run.inputData)
            work = .success(options.parameters.map(entry.job.work.with) ?? entry.job.work)
        } catch { work = .failure(error) }
        let context = RunContext(
            id: row, job: entry.job.name, attempt: attempt, slot: run.scheduledFor, options: options, logger: logger,
            progress: progress ?? { _, _ in })
        launcher.yield(Launch(context: context, work: work, timeout: entry.job.timeout, control: control))
        if entry.running?.hasNoConsequence == false { onRun?(RunNotice(job: entry.job, run: row, event: .started)) }
    }

    private static func reason(_ trigger: RunTrigger) -> String {
        switch trigger {
        case .schedule: ""
        case .catchUp: " to make up for a missed slot"
        case .manual: " by hand"
        case .retry: ""
        case .after: " after another job"
        case .backfill: " for an earlier slot"
        }
    }

    private func finished(_ launch: Launch, _ result: Result<TaskResult, any Error>, after duration: Duration) {
        guard let entry = entries[launch.context.job], let running = entry.running, running.id == launch.context.id
        else { return }
        let now = runtime.now
        var ending = RunEnding(.success, at: now, duration: duration)
        ending.startedAt = launch.control.startedAt
        var canRetry = false
        switch (result, launch.control.reason) {
        case (.success(.success(let output)), _): ending.output = output?.withoutSecrets
        case (.success(.skipped(let reason)), _):
            ending.status = .skipped
            ending.error = reason
        case (.failure(let error), let reason):
            let isAbandoned = error is Abandoned
            ending.output = (error as? RunProblem)?.output?.withoutSecrets
            switch reason {
            case .timeout:
                ending.status = .failed
                ending.error = "timed out after \(launch.timeout.brief)"
                // Another attempt beside one that is still at work would not fare better.
                canRetry = !isAbandoned
            case .cancelled(let author):
                ending.status = .cancelled
                ending.error = Self.cancelled(by: author)
            case .replaced:
                ending.status = .cancelled
                ending.error = "a newer slot took its place"
            case .stopping:
                ending.status = .interrupted
                ending.error = "the daemon was stopped while it ran"
            case nil where error is CancellationError:
                ending.status = .interrupted
                ending.error = "the daemon gave up waiting for it"
            case nil:
                ending.status = .failed
                ending.error = "\(error)".withoutSecrets
                canRetry = (error as? RunProblem)?.canRetry ?? true
            }
            if isAbandoned, launch.control.leaveBehind() {
                entry.leftBehind = launch.context.id
                ending.error = "\(ending.error ?? ""), and did not end when it was asked to; it was left behind"
                logger.error(
                    "\(launch.context.job): run \(launch.context.id) did not end within \(patience.brief) of being asked to and is left behind; nothing else of the job starts before its work has ended",
                    metadata: ["job": "\(launch.context.job)", "run_id": "\(launch.context.id)"])
            }
        }
        ended.append(EndedRun(running: running, job: entry.job.name, ending: ending, canRetry: canRetry))
        guard ended.count == 1 else { return }
        // Runs that end together are written in one transaction: ends that are queued already come before this block.
        queue.async { [weak self] in self?.assumeIsolated { $0.writeEndings() } }
    }

    /// Writes the ends of runs since the last call, and starts what follows.
    func writeEndings() {
        guard !ended.isEmpty else { return }
        if unsaved.isEmpty { followed = [] }
        var plan = Plan()
        for end in ended {
            guard let entry = entries[end.job] else { continue }
            plan.append(planEnding(of: end.running, entry, end.ending, canRetry: end.canRetry))
        }
        let jobs = ended.drain()
        let isBlocked = ledgerFailure != nil
        if isBlocked || !commit(plan) {
            // The ends are kept until they can be written. Until then the jobs count as busy.
            for end in jobs { entries[end.job]?.running?.isOver = true }
            // If the outcome is uncertain, the rows will show what was written.
            if isBlocked || uncertain.isEmpty { unsaved.append(plan) }
            rearm()
        } else {
            wake()
        }
    }

    /// Plans the end of a run and what follows it in the same transaction: another attempt, or the followers.
    private func planEnding(of running: RunningRun, _ entry: JobEntry, _ ending: RunEnding, canRetry: Bool) -> Plan {
        var plan = Plan()
        let job = entry.job
        let attempt = running.run.attempt ?? 1
        var again: NewRun?
        if ending.status == .interrupted, entry.isArmed {
            again = repetition(of: running.run, id: running.id, job: job)
        } else if ending.status == .failed, canRetry, entry.isArmed, running.run.trigger != .manual,
            running.run.trigger != .backfill,
            attempt < job.retry.attempts
        {
            again = newRun(of: job, .pending, .retry)
            again?.attempt = attempt + 1
            again?.scheduledFor = running.run.scheduledFor
            again?.causedBy = running.run.causedBy
            again?.retryOf = running.id
            again?.notBefore = ending.at + job.retry.delay(before: attempt + 1)
        }
        let before = entry.state.failures
        var failures = before
        let isOwnWork = !running.hasNoConsequence
        if isOwnWork, ending.status == .success { failures = 0 }
        if isOwnWork, ending.status == .failed, again == nil { failures += 1 }
        let outcome = RunOutcome(isFinal: again == nil, failuresBefore: before, failures: failures)
        plan.add(.close(run: running.id, ending), .ended(job: job.name, run: running.id, ending, outcome))
        if failures != before { plan.add(.failures(job: job.name, count: failures)) }
        planPause(of: entry, failures: failures, before: before, at: ending.at, into: &plan)
        if let again { plan.add(.open(again), .enqueue(job: job.name, again, endsRunning: false)) }
        if again == nil, isOwnWork, ending.status == .success || ending.status == .failed {
            planFollowers(of: running.id, job, success: ending.status == .success, at: ending.at, into: &plan)
        }
        return plan
    }

    /// Plans the consequences of a waiting attempt that is dropped: the failure before it was the last, so it counts
    /// and followers run.
    func planGivenUp(_ retry: PendingRun, of entry: JobEntry, at now: Timestamp, into plan: inout Plan) {
        let failures = entry.state.failures + 1
        let run = retry.run.retryOf ?? retry.id
        let outcome = RunOutcome(isFinal: true, failuresBefore: entry.state.failures, failures: failures)
        let ending = RunEnding(.failed, at: now, error: "a new slot came before its next attempt; see run \(run)")
        plan.add(
            .failures(job: entry.job.name, count: failures),
            .gaveUp(job: entry.job.name, run: run, ending, outcome))
        planPause(of: entry, failures: failures, before: entry.state.failures, at: now, into: &plan)
        planFollowers(of: run, entry.job, success: false, at: now, into: &plan)
    }

    /// Pauses a job that has failed as often in a row as it may. Once it is resumed, it may fail as often again.
    private func planPause(
        of entry: JobEntry, failures: Int, before: Int, at now: Timestamp, into plan: inout Plan
    ) {
        guard let limit = entry.job.pauseAfterFailures, failures > before,
            failures - entry.failuresAtResume >= limit, entry.state.pause == nil, entry.isArmed
        else { return }
        let pause = JobPause(at: now, note: "it has failed \(failures) times in a row", author: "schedule")
        var state = entry.state
        state.pause = pause
        plan.add(.pause(state), .paused(job: entry.job.name, pause))
    }

    /// Plans a row for each job that runs after this end. The row waits, or says why the job does not run.
    private func planFollowers(of cause: Int64, _ job: Job, success: Bool, at now: Timestamp, into plan: inout Plan) {
        for name in schedule.followers(of: job.name, success: success) {
            guard let entry = entries[name] else { continue }
            var run = newRun(of: entry.job, .pending, .after)
            run.causedBy = cause
            var reason: String?
            if entry.state.isPaused(at: now) {
                reason = Self.pausedReason
            } else if followed.contains(name) {
                reason = "overlap: the end of another job has just started it"
            } else if entry.isBusy {
                reason = planOverlap(run, of: entry, at: now, into: &plan)
            } else {
                plan.add(.open(run), .enqueue(job: name, run, endsRunning: false))
            }
            if reason == nil { followed.insert(name) }
            if let reason {
                run.status = .skipped
                run.completedAt = now
                run.error = reason
                plan.add(.open(run))
            }
        }
    }

    /// Applies the end of a run once its row is closed: logs it and resumes those who wait for it.
    func ended(_ id: Int64, of job: String, _ ending: RunEnding, _ outcome: RunOutcome) {
        guard let entry = entries[job], let running = entry.running, running.id == id else { return }
        entry.running = nil
        entry.state.failures = outcome.failures
        report(ending, id: id, job: job)
        if !running.hasNoConsequence {
            onRun?(RunNotice(job: entry.job, run: id, event: .ended(ending, outcome)))
        }
        if entry.leftBehind == nil { release(entry) } else { index(entry) }
        waiters.removeValue(forKey: id)?.forEach { $0.resume(returning: ending) }
    }

    private func report(_ ending: RunEnding, id: Int64, job: String) {
        let (level, event, what): (Logger.Level, String, String) =
            switch ending.status {
            case .success: (.info, "run-succeeded", "succeeded")
            case .skipped: (.notice, "run-skipped", "skipped")
            case .cancelled: (.warning, "run-cancelled", "cancelled")
            case .interrupted: (.warning, "run-interrupted", "interrupted")
            default: (.error, "run-failed", "failed")
            }
        let took = ending.duration.map { " after \($0.brief)" } ?? ""
        logger.log(
            level: level, "\(job) \(what)\(took)\(ending.error.map { ": \($0)" } ?? "")",
            metadata: [
                "event": "\(event)", "job": "\(job)", "run_id": "\(id)",
                "duration_seconds": "\(ending.duration?.inSeconds ?? 0)",
            ])
    }

    /// Starts a job, or a task that is not in the schedule, at once, and returns how it ended.
    ///
    /// - Parameters:
    ///   - name: a job of the schedule, enabled or not; otherwise a task, which runs with its default parameters.
    ///   - options: options for this run only.
    ///   - onStart: called with the run's id once its row is written.
    public func runNow(
        _ name: String, options: RunOptions = RunOptions(),
        onStart: @escaping @Sendable (Int64) -> Void, progress: @escaping RunProgress
    ) async throws(RunRefusal) -> RunEnding {
        try checkPhase()
        let named = options.isTask == true ? nil : schedule.job(name)
        guard let job = named ?? Job(adHoc: name, catalog: tasks.catalog) else { throw .unknown(name) }
        if let parameters = options.parameters,
            let problem = tasks.catalog.problem(with: parameters, of: job.type)
        {
            throw .parameters(job.name == job.type ? problem : "\(job.name) runs \(job.type): \(problem)")
        }
        if options.isDryRun == true || options.limit != nil || options.leads != nil,
            tasks.catalog.kind(job.type)?.isOverLeads != true
        {
            throw .parameters(
                "\(job.name) runs \(job.type), which is not about leads: it has neither a dry run nor a limit")
        }
        let entry = entries[job.name] ?? JobEntry(job: job, state: freshState(of: job), isArmed: false)
        if let running = entry.running { throw .alreadyRunning(job: job.name, run: running.id) }
        if let run = entry.leftBehind { throw .leftBehind(job: job.name, run: run) }
        if let group = job.group, let other = groupQueues.running(in: group) {
            throw .groupBusy(job: job.name, group: group, by: other)
        }
        if let failure = ledgerFailure { throw .unavailable(failure.message) }
        entries[job.name] = entry
        var run = newRun(of: job, .running, .manual)
        run.startedAt = runtime.now
        run.inputData = options.json
        run.author = options.author
        var plan = Plan()
        plan.add(.open(run), .launch(job: job.name, run, progress: progress))
        guard commit(plan), let id = entry.running?.id else {
            throw .unavailable(ledgerFailure?.message ?? "the run could not be written down")
        }
        index(entry)
        rearm()
        onStart(id)
        return await ending(of: id)
    }

    /// Throws when no request can be accepted now.
    func checkPhase() throws(RunRefusal) {
        guard phase != .exclusive else { throw .unavailable("a backup is being restored") }
        guard phase == .running || phase == .manual else { throw .stopping }
    }

    /// Waits for a run that is under way, and returns how it ended.
    func ending(of run: Int64) async -> RunEnding {
        await withCheckedContinuation { waiters[run, default: []].append($0) }
    }

    /// Stops starting runs, gives those under way `grace` to finish, then ends them, and returns when their ends are
    /// written. Waiting rows stay for the next start.
    public func drain(grace: Duration) async {
        guard phase != .draining else { return }
        phase = .draining
        rearm()
        let runtime = runtime
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                guard (try? await runtime.sleep(for: grace)) != nil else { return }
                await self.endRuns(.stopping)
            }
            await waitUntilNothingRuns()
            group.cancelAll()
        }
        writeEndings()
        // The last chance: a run whose end cannot be written now is closed as interrupted at the next start.
        if commit(unsaved) { unsaved = Plan() }
        let unwritten = RunEnding(.interrupted, at: runtime.now, error: "its end could not be written down")
        for waiter in waiters.values.joined() { waiter.resume(returning: unwritten) }
        waiters = [:]
        launcher.finish()
    }

    private func endRuns(_ reason: RunControl.Reason) {
        for entry in entries.values { entry.running?.control.end(reason) }
    }
}

import AppConfiguration
import Recurrence
import Scheduling
import Storage
import Values

/// Advice on a schedule.
enum ScheduleAdvice {
    /// Warns about each job whose slots come faster than it usually finishes.
    static func slowJobs(
        of schedule: Schedule, in store: Store, now: Timestamp
    ) throws(StorageError) -> [Diagnostic] {
        let usual = try store.runs.usualSeconds()
        return schedule.jobs.compactMap { job in
            guard let takes = usual[job.name].map(Duration.init(inSeconds:)), job.isEnabled, job.trigger.isTimed,
                let gap = shortestGap(of: job, after: now), takes > gap
            else { return nil }
            let outcome: String =
                switch job.overlap {
                case .skip: "the slots between are skipped"
                case .queue: "it will hardly ever rest"
                case .replace: "each run is ended before it is done"
                }
            return Diagnostic(
                .warning, at: job.position,
                "job \"\(job.name)\" usually takes \(takes.brief), and its slots come \(gap.brief) after each other",
                hint: outcome)
        }
    }

    /// Warns when the schedule's syncs alone use up a month's calls. Each takes at least one call.
    ///
    /// - Parameters:
    ///   - calls: the monthly limit; 0 for none.
    ///   - idleSkip: a sync with nothing to send makes no call within this time of the one before.
    static func costlySyncs(
        of schedule: Schedule, calls: Int, idleSkip: Duration, now: Timestamp
    ) -> [Diagnostic] {
        guard calls > 0 else { return [] }
        let syncs = schedule.jobs.filter {
            ["sync", "pipeline"].contains($0.type) && $0.isEnabled && $0.trigger.isTimed
        }
        let end = now + .seconds(31 * 86_400)
        var count = 0
        for job in syncs {
            var last: Timestamp?
            var slot = now
            // One slot more than there are calls is enough to know.
            while count <= calls, let next = job.trigger.next(after: slot, in: job.zone), next < end {
                slot = next
                if let last, next.since(last) < idleSkip { continue }
                last = next
                count += 1
            }
        }
        guard count > calls, let job = syncs.first else { return [] }
        return [
            Diagnostic(
                .warning, at: job.position,
                "syncs come more often in a month than there are calls for, which are \(calls) (airtable.monthly_calls)",
                hint: "let them come less often, or set airtable.idle_skip")
        ]
    }

    /// The shortest time between two of the next few slots.
    private static func shortestGap(of job: Job, after now: Timestamp) -> Duration? {
        var least: Duration?
        guard var last = job.trigger.next(after: now, in: job.zone) else { return nil }
        for _ in 0..<5 {
            guard let next = job.trigger.next(after: last, in: job.zone) else { break }
            least = min(least ?? next.since(last), next.since(last))
            last = next
        }
        return least
    }
}

public import AppConfiguration
public import Scheduling
public import Storage
public import Values

/// What the runs so far say about a schedule.
public enum ScheduleAdvice {
    /// A warning for each job whose slots come faster than it usually is done.
    public static func slowJobs(
        of schedule: Schedule, in store: Store, now: Timestamp
    ) throws(StorageError) -> [Diagnostic] {
        let usual = try store.runs.usualSeconds()
        return schedule.jobs.compactMap { job in
            guard let seconds = usual[job.name], job.isEnabled, job.trigger.isTimed,
                let gap = shortestGap(of: job, after: now), .milliseconds(Int64(seconds * 1_000)) > gap
            else { return nil }
            let takes = Duration.milliseconds(Int64(seconds * 1_000)).brief
            let outcome: String =
                switch job.overlap {
                case .skip: "the slots between are skipped"
                case .queue: "it will hardly ever rest"
                case .replace: "each run is ended before it is done"
                }
            return Diagnostic(
                .warning, at: job.position,
                "job \"\(job.name)\" usually takes \(takes), and its slots come \(gap.brief) after each other",
                hint: outcome)
        }
    }

    /// Between two of the next few slots.
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

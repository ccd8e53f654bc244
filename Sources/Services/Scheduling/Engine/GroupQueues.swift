/// Who of a group runs, and who waits for it: a line a group, in the order in which the rows were made.
///
/// Confined to the scheduler.
struct GroupQueues {
    private struct Line {
        /// The job that runs.
        var running: String?
        /// Rows that wait, with their jobs, the oldest first.
        var waiting: [(run: Int64, job: String)] = []
    }

    private var lines: [String: Line] = [:]
    /// The group of each job that runs in one.
    private var groups: [String: String] = [:]
    /// Groups that something was planned to start in, in the step under way.
    private var claimed: Set<String> = []

    /// The job of the group that runs; nil when none does, or there is no group.
    func running(in group: String?) -> String? { group.flatMap { lines[$0]?.running } }

    /// Whether a job may start: nobody of its group runs or is about to.
    func isFree(_ group: String?) -> Bool {
        guard let group else { return true }
        return lines[group]?.running == nil && !claimed.contains(group)
    }

    /// The jobs that wait in a group, in the order of the line, each once.
    func waiting(in group: String) -> [String] {
        (lines[group]?.waiting ?? []).map(\.job).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Notes that something will start in the group; until the step ends nothing else does.
    mutating func claim(_ group: String?) { if let group { claimed.insert(group) } }

    mutating func beginStep() { claimed.removeAll() }

    mutating func join(run: Int64, of job: Job) {
        guard let group = job.group else { return }
        lines[group, default: Line()].waiting.append((run, job.name))
    }

    mutating func leave(run: Int64, of job: Job?) {
        guard let group = job?.group else { return }
        lines[group]?.waiting.removeAll { $0.run == run }
    }

    mutating func started(_ job: Job) {
        guard let group = job.group else { return }
        lines[group, default: Line()].running = job.name
        groups[job.name] = group
    }

    /// The group that is free now, if the job had one.
    mutating func ended(_ job: String) -> String? {
        guard let group = groups.removeValue(forKey: job) else { return nil }
        lines[group]?.running = nil
        return group
    }

    /// Begins anew after another schedule was taken.
    mutating func rebuild(from entries: some Sequence<JobEntry>) {
        lines = [:]
        groups = [:]
        for entry in entries {
            if entry.isAtWork { started(entry.job) }
            for waiting in entry.pending { join(run: waiting.id, of: entry.job) }
        }
        for group in lines.keys { lines[group]?.waiting.sort { $0.run < $1.run } }
    }
}

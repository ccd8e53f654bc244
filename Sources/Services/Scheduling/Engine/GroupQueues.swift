/// Which job of each group runs, and which jobs wait for the group, in the order in which their rows were created.
///
/// Confined to the scheduler.
struct GroupQueues {
    private struct Line {
        /// The job of the group that runs.
        var running: String?
        /// The waiting rows and their jobs, oldest first.
        var waiting: [(run: Int64, job: String)] = []
    }

    private var lines: [String: Line] = [:]
    /// The group of each running job that has one.
    private var groups: [String: String] = [:]
    /// Groups in which the current step has planned to start a job.
    private var claimed: Set<String> = []

    /// The job of the group that runs; nil when none does, or when `group` is nil.
    func running(in group: String?) -> String? { group.flatMap { lines[$0]?.running } }

    /// Whether a job of the group may start: no other one runs or is about to. Always true without a group.
    func isFree(_ group: String?) -> Bool {
        guard let group else { return true }
        return lines[group]?.running == nil && !claimed.contains(group)
    }

    /// The jobs that wait for a group, in order, each once.
    func waiting(in group: String) -> [String] {
        (lines[group]?.waiting ?? []).map(\.job).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Reserves the group for a job that is about to start, until the step ends.
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

    /// Returns the group that has become free, if the job had one.
    mutating func ended(_ job: String) -> String? {
        guard let group = groups.removeValue(forKey: job) else { return nil }
        lines[group]?.running = nil
        return group
    }

    /// Starts again from the jobs' entries, after a new schedule or a recovery.
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

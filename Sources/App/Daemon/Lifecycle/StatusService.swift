import Operations
import Scheduling
import ServiceLifecycle
import Systemd
import Values

/// Updates the line that `systemctl status` shows: what is running, and which job is next and when.
struct StatusService: NamedService {
    let scheduler: Scheduler
    let manager: ServiceManager
    /// Yields an element whenever the status may have changed.
    let changes: AsyncStream<Void>
    let summary: StatusSummary

    func run() async throws {
        var last = ""
        for await _ in changes.cancelOnGracefulShutdown() {
            let status = await scheduler.status()
            guard !status.isStopping else { continue }
            let text = summary.text(status, await scheduler.current)
            if text != last { manager.status(text) }
            last = text
        }
    }
}

/// The daemon's state in one line.
struct StatusSummary: Sendable {
    let isSandbox: Bool
    /// What is not configured yet, one word each.
    let missing: @Sendable () -> [String]
    /// Why the API does not serve; nil when nothing is wrong.
    let apiProblem: @Sendable () -> String?

    func text(_ status: SchedulerStatus, _ schedule: Schedule) -> String {
        var parts: [String] = isSandbox ? ["Sandbox"] : []
        if let problem = status.problem { parts.append("Degraded: \(problem)") }
        if let problem = apiProblem() { parts.append("API: \(problem)") }
        if !status.running.isEmpty {
            let names = status.running.prefix(5).map(\.job).joined(separator: ", ")
            parts.append("Running: \(names)\(status.running.count > 5 ? " and \(status.running.count - 5) more" : "")")
        }
        if let job = status.nextJob, let at = status.nextAt {
            parts.append("Next: \(job) at \(LocalTime.text(at, in: schedule.job(job)?.zone ?? schedule.zone))")
        } else if status.running.isEmpty {
            parts.append("No job is due")
        }
        let missing = missing()
        if !missing.isEmpty { parts.append("Not configured: \(missing.joined(separator: ", ")) (see 4runr health)") }
        return parts.joined(separator: "; ")
    }
}

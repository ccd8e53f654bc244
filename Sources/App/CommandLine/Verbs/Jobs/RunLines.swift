import Leads
import Operations
import Values

/// Prints runs as they start and end, one line each.
struct RunLines {
    let clock: LocalClock
    let isJSON: Bool

    func say(_ run: Activity) throws {
        if isJSON { return try Terminal.jsonLine(RunView(run)) }
        let now = Caller.runtime.now
        let time = Moment.text(run.completedAt ?? run.startedAt ?? run.scheduledFor, on: clock, now: now)
        var parts = [
            Terminal.paint(time, .dim), Terminal.paint("#\(run.id)", .dim), Terminal.paint(run.jobName, .bold),
            Terminal.paint(run.status.rawValue, run.status.style),
        ]
        if run.slotCount ?? 1 > 1 { parts.append(RunTable.slot(of: run, on: clock, now: now)) }
        if run.attempt > 1 { parts.append("attempt \(run.attempt)") }
        if let late = run.lateness, late > .seconds(1) { parts.append("\(late.brief) late") }
        if let seconds = run.durationSeconds { parts.append("after \(Duration(inSeconds: seconds).brief)") }
        if let error = run.errorMessage { parts.append("· \(error.shortened(to: 200).singleLine)") }
        Terminal.say(parts.joined(separator: " "))
    }
}

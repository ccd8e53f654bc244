import Recurrence
import Daemon
import FoundationEssentials
import Leads
import Operations
import Scheduling
import Storage
import Values

/// Prints runs as they start and end, until the process is interrupted.
struct RunFollower {
    let installation: Installation
    let request: ListRuns.Request
    let zone: TimeZoneRules
    let isJSON: Bool

    /// How often the database is looked at.
    private static let pause = Duration.milliseconds(500)

    func run() async throws {
        var store = try installation.data.read()
        // What is still open, and the last rows of skipped slots, which may grow: by their state when they were shown.
        var watched: [Int64: String] = [:]
        var last: Int64 = 0
        func take(_ run: Activity) throws {
            last = max(last, run.id)
            let state = "\(run.status.rawValue) \(run.slotCount ?? 0)"
            guard watched[run.id] != state else { return }
            if isWanted(run) { try say(run) }
            watched[run.id] = run.status.isFinal && run.slotCount == nil ? nil : state
        }
        // First what there is, so that one sees where it begins.
        for run in try (store?.runs.list(request.filter) ?? []).reversed() { try take(run) }
        var all = RunQueries.Filter()
        all.job = request.job
        all.limit = 1
        last = max(last, try store?.runs.list(all).first?.id ?? 0)
        for run in try store?.runs.open().active ?? [] where watched[run.id] == nil {
            watched[run.id] = "\(run.status.rawValue) \(run.slotCount ?? 0)"
        }
        all.limit = 100_000
        while true {
            try await Surroundings.runtime.sleep(for: Self.pause)
            if store == nil { store = try installation.data.read() }
            guard let store else { continue }
            // Only the latest of the rows that may grow does.
            for id in watched.keys.sorted().suffix(1_000) {
                if let run = try store.runs.find(id) { try take(run) } else { watched[id] = nil }
            }
            all.after = last
            for run in try store.runs.list(all).reversed() { try take(run) }
        }
    }

    /// Whether the row, as it is now, is one that was asked for.
    private func isWanted(_ run: Activity) -> Bool {
        if let job = request.job, run.jobName != job { return false }
        if let status = request.status, run.status != status { return false }
        return !request.missedOnly || [.skipped, .interrupted, .cancelled].contains(run.status)
    }

    private func say(_ run: Activity) throws {
        if isJSON { return try Terminal.jsonLine(RunView(run)) }
        let now = Surroundings.runtime.now
        let time = Moment.text(run.completedAt ?? run.startedAt ?? run.scheduledFor, in: zone, now: now)
        var parts = [
            Terminal.paint(time, .dim), Terminal.paint("#\(run.id)", .dim), Terminal.paint(run.jobName, .bold),
            Terminal.paint(run.status.rawValue, run.status.style),
        ]
        if run.slotCount ?? 1 > 1 { parts.append(RunTable.slot(of: run, in: zone, now: now)) }
        if run.attempt > 1 { parts.append("attempt \(run.attempt)") }
        if let late = run.lateness, late > .seconds(1) { parts.append("\(late.brief) late") }
        if let seconds = run.durationSeconds {
            parts.append("after \(Duration.milliseconds(Int64(seconds * 1_000)).brief)")
        }
        if let error = run.errorMessage { parts.append("· \(error.shortened(to: 200).singleLine)") }
        Terminal.say(parts.joined(separator: " "))
    }
}

extension ActivityStatus {
    /// Whether nothing of it changes any more.
    fileprivate var isFinal: Bool { self != .pending && self != .running }
}

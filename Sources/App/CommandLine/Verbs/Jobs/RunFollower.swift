import AppConfiguration
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
    let filter: RunQueries.Filter
    let zone: TimeZoneRules
    let isJSON: Bool

    /// How often the database is looked at.
    private static let pause = Duration.milliseconds(500)

    func run() async throws {
        var store = try Inspection.currentStore(in: installation.folder)
        var shown: [Int64: String] = [:]
        var last: Int64 = 0
        // First what there is, so that one sees where it begins.
        for run in try (store?.runs.list(filter) ?? []).reversed() {
            try say(run)
            last = max(last, run.id)
            if !run.status.isFinal { shown[run.id] = Self.state(of: run) }
        }
        while true {
            try await Task.sleep(for: Self.pause)
            if store == nil { store = try Inspection.currentStore(in: installation.folder) }
            guard let store else { continue }
            // Rows that were open may have ended; a row of skipped slots may have grown.
            for id in shown.keys.sorted() {
                guard let run = try store.runs.find(id), Self.state(of: run) != shown[id] else { continue }
                try say(run)
                shown[id] = run.status.isFinal ? nil : Self.state(of: run)
            }
            var new = filter
            new.after = last
            new.limit = 1_000
            for run in try store.runs.list(new).reversed() {
                try say(run)
                last = max(last, run.id)
                if !run.status.isFinal { shown[run.id] = Self.state(of: run) }
            }
        }
    }

    private static func state(of run: Activity) -> String { run.status.rawValue }

    private func say(_ run: Activity) throws {
        if isJSON { return try Terminal.jsonLine(run) }
        let now = SystemClock().now
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

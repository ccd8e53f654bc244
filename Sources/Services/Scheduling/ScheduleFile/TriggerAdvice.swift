import AppConfiguration
import Recurrence
import Values

/// Warns about times of a job that are legal but probably not intended.
struct TriggerAdvice {
    let trigger: Trigger
    let zone: TimeZoneRules
    let now: Timestamp
    let name: String

    /// How far ahead clock changes are checked.
    private static let horizon = Duration.seconds(400 * 86_400)

    func report(at position: Position, to diagnostics: Diagnostics) {
        guard trigger.isTimed else { return }
        guard let first = trigger.next(after: now, in: zone) else {
            diagnostics.warning(
                at: position, "job \"\(name)\" will not run: its last time has passed",
                hint: "take it out, or give it a time to come")
            return
        }
        if let second = trigger.next(after: first, in: zone), second.since(first) <= .seconds(1) {
            diagnostics.warning(
                at: position, "job \"\(name)\" fires every second, and each run is a row in the database",
                hint: "every: 1m is often enough for most things")
        }
        let skipped = trigger.clockChanges(after: now, within: Self.horizon, in: zone).first { $0.effect == .skipped }
        if let skipped { diagnostics.warning(at: position, "job \"\(name)\": \(skipped.text)") }
    }
}

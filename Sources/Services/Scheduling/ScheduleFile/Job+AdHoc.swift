import AppConfiguration
import Recurrence
import Values

extension Job {
    /// A task that is run by its own name outside of the schedule, with default parameters. Nil when there is no such
    /// task.
    init?(adHoc name: String, catalog: TaskCatalog) {
        guard catalog.kind(name) != nil else { return nil }
        self.init(
            name: name, trigger: .atStart, zone: .utc, followsSystemZone: false,
            work: .task(name: name, parameters: TaskParameters()), catchUp: .none, catchUpWindow: nil, overlap: .skip,
            delay: .zero, group: nil, retry: .never, timeout: .seconds(3_600),
            onFailure: .ignore, pauseAfterFailures: nil, ping: nil, isEnabled: false,
            position: Position("command line"), fingerprint: 0)
    }
}

import Recurrence
import AppConfiguration
import Values

extension Job {
    /// A task that is run by its own name, with its default parameters, outside of the schedule. Nil when there is no
    /// such task.
    public init?(adHoc name: String, catalog: TaskCatalog) {
        guard let kind = catalog.kind(name), let task = kind.make(nil, Diagnostics()) else { return nil }
        self.init(
            name: name, trigger: .atStart, zone: .utc, followsSystemZone: false, type: name, task: task, catchUp: .none,
            catchUpWindow: nil, overlap: .skip, delay: .zero, group: nil, retry: .never, timeout: .seconds(3_600),
            onFailure: .ignore, ping: nil, isEnabled: false, position: Position("command line"), fingerprint: 0)
    }
}

public import AirtableSync
public import AppConfiguration
public import Monitoring
public import Pipeline
public import Recurrence
public import Scheduling
public import Storage
public import Transport
import Values

/// How a file, a folder or a command is taken that is not on this machine now.
public typealias Absence = ScheduleReader.MissingCommand

/// What the settings and the schedule say, as far as use cases need it, and the rooms made of it.
public protocol Configuration: Sendable {
    var schedule: Schedule { get }
    var health: HealthSettings { get }
    /// Every setting with its value and origin.
    var entries: [Settings.Entry] { get }
    var warnings: [Diagnostic] { get }
    /// What the enabled jobs lack, a clause each.
    var missing: [String] { get }
    var airtable: AirtableSettings { get }
    /// What to set before a sync can run; nil when all is there.
    var syncAdvice: String? { get }

    func intake(over store: Store) -> Intake
    func sync(over store: Store) -> AirtableSync
}

/// The files of an installation, read by the composition root each time they are asked for.
public protocol ConfigurationSource: Sendable {
    var settingsFile: String { get }
    var scheduleFile: String { get }
    var zones: ZoneDatabase { get }
    var keys: KeyRing { get }

    /// What the files say, with everything that is wrong with them in `diagnostics`; nil when something is an error.
    ///
    /// - Parameter schedule: the path of another schedule file; nil for the installation's.
    func load(schedule: String?, absence: Absence, diagnostics: Diagnostics) -> (any Configuration)?

    /// What the daemon's user could not read of what the files name; looked at only by root.
    func unreadableFiles(_ loaded: (any Configuration)?) -> [Diagnostic]

    /// Gives the body files whose services can be reached: the Sandbox's are started for as long.
    func reachingServices<Value: Sendable>(
        _ body: @escaping @Sendable (any ConfigurationSource) async throws -> Value
    ) async throws -> Value

    /// A client for the services, which counts its calls in the database, if there is one.
    func client(countingIn store: Store?) throws(ConfigurationProblem) -> HTTPClient
}

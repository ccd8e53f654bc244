public import AirtableSync
public import AppConfiguration
public import Monitoring
public import Pipeline
public import Recurrence
public import Scheduling
public import Storage
public import Transport
import Values

/// How to treat a file, a folder or a command that does not exist on this machine.
public typealias Absence = ScheduleReader.MissingCommand

/// What use cases need of the settings and the schedule, and the components built from them.
public protocol Configuration: Sendable {
    var schedule: Schedule { get }
    var health: HealthSettings { get }
    /// Every setting with its value and its origin.
    var entries: [Settings.Entry] { get }
    /// What the enabled jobs need and is not configured yet, one clause each.
    var missing: [String] { get }
    var airtable: AirtableSettings { get }
    /// Where the API listens, if others than this machine can reach it there; nil if they can't.
    var exposure: Exposure? { get }
    /// What to set before a sync can run; nil when nothing is missing.
    var syncAdvice: String? { get }

    func intake(over store: Store) -> Intake
    func sync(over store: Store) -> AirtableSync
}

/// An address that others can reach.
public struct Exposure: Sendable {
    public let address: String
    /// Where it is set.
    public let position: Position

    public init(address: String, position: Position) {
        self.address = address
        self.position = position
    }
}

/// A schedule other than the installation's.
public enum OtherSchedule: Sendable, Codable, Equatable {
    /// The path of its file.
    case file(String)
    /// The bytes of a file that somebody sent.
    case sent([UInt8])
}

/// The files of an installation. The composition root reads them each time they are requested.
public protocol ConfigurationSource: Sendable {
    var settingsFile: String { get }
    var scheduleFile: String { get }
    var zones: ZoneDatabase { get }
    var keys: KeyRing { get }

    /// Reads the files. All problems go to `diagnostics`. Returns nil when one of them is an error.
    ///
    /// - Parameter schedule: another schedule; nil for the installation's.
    func load(schedule: OtherSchedule?, absence: Absence, diagnostics: Diagnostics) -> (any Configuration)?

    /// The files and folders in use that the daemon's user could not read. Checked only as root.
    func unreadableFiles(_ loaded: (any Configuration)?) -> [Diagnostic]

    /// Calls the body with files whose services can be reached: for the Sandbox, its stand-ins are running meanwhile.
    func reachingServices<Value: Sendable>(
        _ body: @escaping @Sendable (any ConfigurationSource) async throws -> Value
    ) async throws -> Value

    /// A client for the services. It counts its calls in the database, if there is one.
    func client(countingIn store: Store?) throws(ConfigurationProblem) -> HTTPClient
}

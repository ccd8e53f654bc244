import Backups
import Monitoring
import Scheduling
import Storage
import Values

/// Checks everything without writing anything: the daemon, the database, the disk, jobs, backups, and what is not
/// configured yet.
public enum CheckHealth: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Check: Sendable, Codable, Equatable {
        public let name: String
        /// `ok`, `warning` or `failing`.
        public let status: String
        /// What was found, and what to do if something is wrong.
        public let message: String
    }

    public struct Response: Sendable, Codable, Equatable {
        /// The worst status of all checks.
        public let status: String
        public let checks: [Check]

        public var isFailing: Bool { status == HealthReport.Status.failing.rawValue }
    }

    /// Throws a `ConfigurationProblem`. A database that cannot be opened is a finding, not an error.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let loaded = try await context.configuration()
        let daemon = await daemonChecks(context)
        let (data, runtime) = (context.data, context.runtime)
        let report = try await Blocking.run { look(at: data, loaded, daemon, runtime) }
        return Response(
            status: report.status.rawValue,
            checks: report.checks.map { Check(name: $0.name, status: $0.status.rawValue, message: $0.message) })
    }

    private static func daemonChecks(_ context: OperationContext) async -> [HealthReport.Check] {
        do throws(OperationProblem) {
            guard let status = try await context.executor.daemonStatus() else {
                return [.init("daemon", .failing, "is not running; start it: systemctl start 4runr")]
            }
            let problem = status.databaseProblem ?? status.scheduler.problem
            let daemon =
                problem.map { HealthReport.Check("daemon", .failing, $0) }
                ?? .init("daemon", .ok, "runs as process \(status.processID)")
            return [daemon] + (status.apiProblem.map { [.init("api", .warning, $0)] } ?? [])
        } catch { return [.init("daemon", .failing, error.description)] }
    }

    private static func look(
        at data: FolderAccess, _ loaded: any Configuration, _ daemon: [HealthReport.Check], _ runtime: Runtime
    ) -> HealthReport {
        let backups = data.backups
        let checks = HealthChecks(
            folder: data.folder, settings: loaded.health, backups: { BackupSummary(backups) }, runtime: runtime)
        let setup = HealthReport.Check(missing: loaded.missing)
        let store: Store?
        do throws(StorageError) { store = try data.read() } catch {
            return HealthReport(daemon + [.init("database", .failing, error.description), setup])
        }
        guard let store else {
            return HealthReport(
                daemon + [
                    .init(
                        "database", .failing,
                        "\(data.folder.database): no database yet; the daemon makes it when it starts"),
                    setup,
                ])
        }
        let report = checks.run(
            store, canWrite: false, makesBackups: loaded.schedule.makesBackups,
            integrity: IntegrityRecord(includesLarge: false))
        return HealthReport(daemon + report.checks + [setup])
    }
}

import AirtableSync
import AppConfiguration
import Cleaning
import Leads
import Logging
import Monitoring
@testable import Operations
import Pipeline
import Recurrence
@testable import Scheduling
import Storage
import Synchronization
import TestSupport
import Testing
import Transport
import Values

/// Files that a test writes down as values.
struct TestFiles: ConfigurationSource {
    /// Other schedule files, by their path.
    var others: [String: String] = [:]
    var text = "jobs: { backup: { run: backup, at: \"02:30\" }, sync: { run: sync, every: 30m } }"
    var runtime = Runtime.test()
    var services: [ServiceKey] = []
    var secretsFolder = "/nonexistent"
    var data = DataFolder("/nonexistent")

    let settingsFile = "4runr.yaml"
    let scheduleFile = "schedule.yaml"
    var zones: ZoneDatabase { ZoneDatabase(variable: "UTC") }

    static let catalog = TaskCatalog([
        TaskKind("backup", summary: ""), TaskKind("sync", summary: "", isOverLeads: true),
    ])

    var keys: KeyRing {
        KeyRing(
            services: services, scheduleNames: [], store: SecretStore(environment: [:], folder: secretsFolder),
            installed: "/nonexistent/credentials", isInstalled: false, data: data)
    }

    func load(schedule: OtherSchedule?, absence: Absence, diagnostics: Diagnostics) -> (any Configuration)? {
        let settings = Settings(files: [], environment: [:], diagnostics: diagnostics)
        let host = CommandHost(
            environment: [:], secrets: SecretStore(environment: [:], folder: nil), runtime: runtime)
        let reader = ScheduleReader(
            catalog: Self.catalog, zones: zones, host: host, missingCommand: absence, machineID: "", now: runtime.now)
        let text =
            switch schedule {
            case .file(let path): others[path] ?? ""
            case .sent(let bytes): String(decoding: bytes, as: UTF8.self)
            case nil: text
            }
        guard let value = try? YAMLValue.parse(text, file: scheduleFile),
            let schedule = reader.read(value, file: scheduleFile, diagnostics: diagnostics)
        else { return nil }
        return TestConfiguration(schedule: schedule, settings: settings, runtime: runtime)
    }

    func schedule() throws -> Schedule {
        try #require(load(schedule: nil, absence: .isWarning, diagnostics: Diagnostics())?.schedule)
    }

    func unreadableFiles(_ loaded: (any Configuration)?) -> [Diagnostic] { [] }

    func reachingServices<Value: Sendable>(
        _ body: @escaping @Sendable (any ConfigurationSource) async throws -> Value
    ) async throws -> Value { try await body(self) }

    func client(countingIn store: Store?) throws(ConfigurationProblem) -> HTTPClient { TestClient.make() }
}

private struct TestConfiguration: Configuration {
    let schedule: Schedule
    let health: HealthSettings
    let entries: [Settings.Entry]
    let missing: [String] = ["a_key (set it)"]
    let airtable: AirtableSettings
    var exposure: Exposure? { nil }
    let syncAdvice: String? = "no token"
    private let runtime: Runtime

    init(schedule: Schedule, settings: Settings, runtime: Runtime) {
        self.schedule = schedule
        health = HealthSettings(settings)
        airtable = AirtableSettings(settings)
        entries = settings.entries
        self.runtime = runtime
    }

    func intake(over store: Store) -> Intake { Intake(store: store, cleaner: Cleaner(), runtime: runtime) }

    func sync(over store: Store) -> AirtableSync {
        let (airtable, diagnostics) = (airtable, Diagnostics())
        return AirtableSync(
            store: store, settings: airtable, mapping: FieldMapping.load("/nonexistent", diagnostics: diagnostics),
            intake: intake(over: store), runtime: runtime, delay: { _ in .seconds(1) },
            client: { admit in
                AirtableClient(settings: airtable, token: Secret("x"), admit: admit) { _ in
                    throw OperationProblem(.internal, "Airtable is not asked")
                }
            })
    }
}

/// Notes what is asked of it, and answers as a test says.
final class ScriptedExecutor: Executor {
    private let asked = Mutex<[ExecutorRequest]>([])
    private let answer: @Sendable (ExecutorRequest) throws(OperationProblem) -> ExecutorAnswer

    init(
        _ answer: @escaping @Sendable (ExecutorRequest) throws(OperationProblem) -> ExecutorAnswer = {
            _ throws(OperationProblem) in throw OperationProblem(.unavailable, "nobody is there")
        }
    ) { self.answer = answer }

    var requests: [ExecutorRequest] { asked.withLock { $0 } }

    func perform(
        _ request: ExecutorRequest, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer {
        asked.withLock { $0.append(request) }
        return try answer(request)
    }

    func daemonStatus() async throws(OperationProblem) -> DaemonStatus? { nil }
}

extension OperationContext {
    static func test(
        _ data: FolderAccess, files: TestFiles = TestFiles(), executor: any Executor = ScriptedExecutor()
    ) -> OperationContext {
        OperationContext(
            data: data, files: files, executor: executor, runtime: files.runtime, version: "test",
            author: .person("ann"), logger: .silent)
    }
}

import Logging
import Operations
import Synchronization
import Values

/// What the routes share.
final class APIState: Sendable {
    /// The settings in force.
    let settings: @Sendable () -> APISettings
    let context: OperationContext
    let version: String
    /// Made when the first request comes, so that the daemon is ready sooner.
    var table: RouteTable { Routes.table }
    let limiter: RateLimiter
    let failures: FailedAttempts
    let hub: EventHub
    let logger: Logger
    /// Identifies this process among those that answer requests.
    let process: String
    private let work = AsyncStream.makeStream(of: (@Sendable () async -> Void).self)
    private let document = Mutex<String?>(nil)
    private let isStopped = Mutex(false)

    init(
        settings: @escaping @Sendable () -> APISettings, context: OperationContext, version: String, logger: Logger
    ) {
        self.settings = settings
        self.context = context
        self.version = version
        self.logger = logger
        limiter = RateLimiter(runtime: context.runtime)
        failures = FailedAttempts(runtime: context.runtime)
        hub = EventHub(context)
        process = context.runtime.newUUID()
    }

    /// The description of all routes, made when it is first asked for.
    var openAPI: String {
        document.withLock { text in
            if let text { return text }
            let made = OpenAPIDocument.text(of: table.routes, version: version)
            text = made
            return made
        }
    }

    var isStopping: Bool { isStopped.withLock { $0 } }

    /// Work that goes on after the answer. Throws 503 when the server stops.
    func goOn(_ job: @escaping @Sendable () async -> Void) throws(APIProblem) {
        guard case .enqueued = work.continuation.yield(job) else { throw APIProblem(503, "the daemon is stopping") }
    }

    /// Carries out what goes on after answers, until it is stopped and all has ended.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await job in work.stream { group.addTask { await job() } }
        }
    }

    func stop() {
        isStopped.withLock { $0 = true }
        hub.stop()
        work.continuation.finish()
    }
}

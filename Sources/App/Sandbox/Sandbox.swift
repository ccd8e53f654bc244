import FoundationEssentials
import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
public import ServiceLifecycle
import Synchronization
public import Values

/// Stand-ins on loopback for all external services, so that everything can be tried without accounts, costs or harm.
public final class Sandbox: Service {
    /// How a Sandbox is set up.
    public struct Options: Sendable {
        /// The same seed makes the same people.
        public var seed: UInt64 = 1
        /// 0 for any free port.
        public var port = 0
        /// The file in which Airtable's records are kept; nil to keep them in memory only.
        public var airtableFile: String?
        /// Airtable's requests per second, and for how many seconds it responds with 429 once the limit is exceeded.
        public var airtablePerSecond = 5
        public var airtablePenalty = 30.0
        /// Airtable's calls per month; nil for no limit.
        public var airtableMonthlyCalls: Int?
        /// The number of seconds after which an unused list expires in Airtable.
        public var airtableListLifetime = 600.0
        /// Whether Airtable's token may read and change the schema.
        public var airtableSchemaScope = true
        /// Airtable's clock; nil for the machine's clock.
        public var airtableNow: (@Sendable () -> Timestamp)?

        public init() {}

        /// What is wrong with the file of records; nil if it can be used.
        public var fileProblem: String? {
            guard let file = airtableFile else { return nil }
            guard let data = FileManager.default.contents(atPath: file) else {
                let folder = URL(filePath: file).deletingLastPathComponent().path
                let isThere = FileManager.default.fileExists(atPath: file)
                if isThere || !FileManager.default.isWritableFile(atPath: folder) {
                    return "\(file) cannot be \(isThere ? "read" : "made")"
                }
                return nil
            }
            return AirtableStandIn.tables(in: data) == nil
                ? "\(file) is no base that a Sandbox has kept; remove it, or name another file" : nil
        }
    }

    /// The addresses of the stand-ins.
    public struct Address: Sendable, Equatable {
        public let port: Int

        public var serpAPI: String { "http://127.0.0.1:\(port)/serpapi" }
        public var airtable: String { "http://127.0.0.1:\(port)/airtable" }
        public var openAI: String { "http://127.0.0.1:\(port)/openai/v1" }
        /// The address of the companies' web sites, for a host map.
        public var sites: String { "127.0.0.1:\(port)" }
    }

    /// The keys that the stand-ins accept, by the secret's name. No other service accepts them.
    public static let keys: [String: String] = [
        "serpapi_api_key": "sandbox-serpapi-key", "airtable_token": "sandbox-airtable-token",
        "openai_api_key": "sandbox-openai-key",
    ]
    public static let airtableBase = AirtableStandIn.base
    public static let airtableTable = AirtableStandIn.table

    private let options: Options
    private let logger: Logger
    private let faults = FaultBoard()
    private let requests = RequestLog()
    private let serpAPI: SerpAPIStandIn
    private let airtable: AirtableStandIn
    private let openAI: OpenAIStandIn
    private let sites: SiteStandIn
    private let started: (stream: AsyncStream<Int>, continuation: AsyncStream<Int>.Continuation)
    private let port = Mutex<Int?>(nil)

    public init(_ options: Options = Options(), logger: Logger) {
        self.options = options
        self.logger = logger
        let world = SandboxWorld(seed: options.seed)
        serpAPI = SerpAPIStandIn(world: world, key: Self.keys["serpapi_api_key"] ?? "")
        let clock = ContinuousClock()
        let begin = clock.now
        airtable = AirtableStandIn(
            token: Self.keys["airtable_token"] ?? "", file: options.airtableFile,
            limits: .init(
                perSecond: options.airtablePerSecond, penalty: options.airtablePenalty,
                month: options.airtableMonthlyCalls, listLifetime: options.airtableListLifetime,
                hasSchemaScope: options.airtableSchemaScope),
            now: options.airtableNow
                ?? { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) },
            uptime: { [now = options.airtableNow] in
                now.map { Double($0().milliseconds) / 1_000 } ?? (clock.now - begin) / .seconds(1)
            })
        openAI = OpenAIStandIn(world: world, key: Self.keys["openai_api_key"] ?? "")
        sites = SiteStandIn(world: world)
        started = AsyncStream.makeStream(of: Int.self)
    }

    /// The host names of the companies' sites, which exist only here.
    public var siteHosts: [String] { sites.hosts }

    /// The address that the Sandbox listens on. Waits until it listens; returns nil if it has ended before.
    public func address() async -> Address? {
        if let port = port.withLock({ $0 }) { return Address(port: port) }
        for await port in started.stream { return Address(port: port) }
        return port.withLock { $0 }.map { Address(port: $0) }
    }

    /// Serves requests until graceful shutdown.
    public func run() async throws {
        defer { started.continuation.finish() }
        let responder = CallbackResponder { (request: Request, _: BasicRequestContext) in
            try await self.respond(to: request)
        }
        let application = Application(
            responder: responder,
            configuration: .init(address: .hostname("127.0.0.1", port: options.port), serverName: "4runr-sandbox"),
            onServerRunning: { [self] channel in
                let number = channel.localAddress?.port ?? options.port
                port.withLock { $0 = number }
                started.continuation.yield(number)
            }, logger: logger)
        try await application.run()
    }

    public func fail(_ service: StandInService, _ fault: Fault) { faults.set(fault, for: service) }
    public func mend(_ service: StandInService) { faults.clear(service) }

    /// What was called and paid for, as in the response to `GET /sandbox/state`.
    public struct Tally: Sendable, Codable, Equatable {
        public let calls: [String: Int]
        public let searchesBilled: Int
        public let messagesBilled: Int
        /// How many prompts were answered, and paid for, more than once.
        public let messagesBilledTwice: Int
        public let airtableRecords: Int
    }

    public var tally: Tally {
        Tally(
            calls: faults.calls, searchesBilled: serpAPI.billed, messagesBilled: openAI.billed.answers,
            messagesBilledTwice: openAI.billed.repeated, airtableRecords: airtable.recordCount)
    }

    /// Does what a person would do in Airtable's user interface. Returns the record's id.
    @discardableResult
    public func edit(_ edit: AirtableEdit) -> String? { try? airtable.perform(edit) }

    /// Airtable's records as people see them: cells by field name, for each record id.
    public var airtableRecords: [String: [String: JSON]] {
        Dictionary(airtable.records.map { ($0.id, $0.fields) }) { first, _ in first }
    }

    private func respond(to request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: 4 << 20)
        let asked = StandInRequest(
            method: request.method.rawValue, path: request.uri.path.percentDecoded,
            host: String((request.head.authority ?? "").prefix { $0 != ":" }).lowercased(),
            addressLength: request.uri.string.utf8.count,
            query: Self.parameters(request.uri.query ?? ""),
            headers: request.headers, body: Array(body.readableBytesView))
        let parts = asked.path.split(separator: "/", maxSplits: 1)
        switch (asked.host == "127.0.0.1" || asked.host == "localhost", parts.first ?? "") {
        case (true, "sandbox"): return try control(asked).response(cutOff: false)
        case (true, "serpapi"):
            return try await serve(.serpapi, asked, serpAPI.failure) { _ in serpAPI.answer(asked) }
        case (true, "airtable"):
            return try await serve(.airtable, asked, airtable.failure) { _ in airtable.answer(asked) }
        case (true, "openai"):
            return try await serve(.openai, asked, openAI.failure) {
                openAI.answer(asked, placeholder: $0?.kind == .placeholder)
            }
        case (true, _): return StandInAnswer(404, "{\"error\":\"NOT_FOUND\"}").response(cutOff: false)
        case (false, _):
            return try await serve(.sites, asked, { StandInAnswer($0, "<title>Error</title>") }) { _ in
                sites.answer(asked)
            }
        }
    }

    /// Names and values of a query, where a plus sign is a space.
    private static func parameters(_ query: String) -> [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).replacing("+", with: " ").percentDecoded
            }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    private func serve(
        _ service: StandInService, _ asked: StandInRequest, _ failure: (Int) -> StandInAnswer,
        _ answer: (Fault?) -> StandInAnswer
    ) async throws -> Response {
        requests.add(service, asked)
        let fault = faults.call(service)
        switch fault?.kind {
        case nil, .placeholder: return answer(fault).response(cutOff: false)
        case .expire: return failure(422).response(cutOff: false)
        case .status: return failure(fault?.status ?? 500).response(cutOff: false)
        case .slow:
            try await Task.sleep(for: .milliseconds(fault?.milliseconds ?? 1_000))
            return answer(fault).response(cutOff: false)
        case .hang:
            try await Task.sleep(for: .seconds(3_600))
            return answer(fault).response(cutOff: false)
        case .cut: return answer(fault).response(cutOff: true)
        case .echo:
            let key = asked.bearer ?? asked.value("api_key") ?? ""
            let text = JSON.text("\u{1B}[31myou sent\n\(key)\u{202E}").wire
            let error = service == .serpapi ? text : "{\"type\":\(text),\"param\":\"model\",\"message\":\(text)}"
            return StandInAnswer(fault?.status ?? 400, "{\"error\":\(error)}").response(cutOff: false)
        case .filter: return openAI.filtered.response(cutOff: false)
        case .drip: return answer(fault).drippingResponse
        case .malformed:
            var half = answer(fault)
            half.body = String(half.body.prefix(half.body.count / 2))
            return half.response(cutOff: false)
        case .html:
            return StandInAnswer(html: "<html><title>502 Bad Gateway</title><h1>Bad Gateway</h1></html>")
                .response(cutOff: false)
        }
    }

    /// Handles the control addresses: `GET /sandbox/state`, `POST /sandbox/faults/SERVICE` with a fault, `DELETE
    /// /sandbox/faults/SERVICE`, `GET` and `DELETE /sandbox/requests`, `GET /sandbox/records`, and `POST
    /// /sandbox/airtable` with an `AirtableEdit`.
    private func control(_ request: StandInRequest) throws -> StandInAnswer {
        let parts = request.path.split(separator: "/").map { String($0) }
        let service = parts.count == 3 ? StandInService(rawValue: parts[2]) : nil
        switch (request.method, parts.count > 1 ? parts[1] : "") {
        case ("GET", "state"): return StandInAnswer(200, try SandboxJSON.encode(tally))
        case ("GET", "requests"): return StandInAnswer(200, try SandboxJSON.encode(requests.all))
        case ("DELETE", "requests"):
            requests.forget()
            return StandInAnswer(200, "{}")
        case ("GET", "records"): return StandInAnswer(200, try SandboxJSON.encode(airtable.records))
        case ("POST", "airtable"):
            guard let edit = JSON.parse(request.body).flatMap(AirtableEdit.init) else {
                return StandInAnswer(
                    400,
                    JSON.object([
                        "error": .text(
                            "POST /sandbox/airtable with {\"action\": \"create\", \"fields\": {…}}, update (record, fields), delete (record), restore (record), rename-field (field, to), add-field (field, type, choices), remove-field (field)"
                        )
                    ]).wire)
            }
            do {
                return StandInAnswer(200, JSON.object(["id": .text(try airtable.perform(edit))]).wire)
            } catch let problem as AirtableEdit.Problem {
                return StandInAnswer(422, JSON.object(["error": .text(problem.description)]).wire)
            }
        case ("POST", "faults"):
            guard let service, let fault = SandboxJSON.decode(Fault.self, request.body),
                fault.status.map({ (100...599).contains($0) }) ?? true
            else {
                return StandInAnswer(
                    400, "{\"error\":\"POST /sandbox/faults/serpapi|airtable|openai|sites with {\\\"kind\\\": …}\"}")
            }
            fail(service, fault)
            return StandInAnswer(200, "{}")
        case ("DELETE", "faults"):
            for one in service.map({ [$0] }) ?? StandInService.allCases { mend(one) }
            return StandInAnswer(200, "{}")
        default: return StandInAnswer(404, "{\"error\":\"NOT_FOUND\"}")
        }
    }
}

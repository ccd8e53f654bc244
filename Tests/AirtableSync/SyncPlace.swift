import AirtableSync
import AppConfiguration
import Cleaning
import Foundation
import Leads
import Logging
import Pipeline
import Sandbox
import Storage
import Synchronization
import TestSupport
import Testing
import Transport
import Values

/// A database, a base of the Sandbox's over real sockets, and a clock that both go by.
final class SyncPlace: Sendable {
    /// What ends a sync as a crash does: at once, with nothing written after it.
    struct Crash: Error {}

    /// When a request is as good as the end of the process.
    enum Boundary: Sendable { case before, after }

    let folder = TemporaryFolder()
    let clock = TestClock("2026-11-21 12:00:00")
    let sandbox: Sandbox
    private let state: Mutex<State>
    private let client: HTTPClient

    private struct State {
        var store: Store
        var settings: AirtableSettings
        var mapping: FieldMapping
        var requests: [String] = []
        var crash: (at: Int, boundary: Boundary)?
        var generation = 0
        var serial = 0
        var onRequest: (@Sendable (HTTPRequest) -> Void)?
        var answer: (@Sendable (HTTPRequest, HTTPResponse) -> HTTPResponse)?
    }

    /// Runs a test beside a Sandbox, which ends with it.
    static func with(
        _ change: (inout Sandbox.Options) -> Void = { _ in }, _ body: (SyncPlace) async throws -> Void
    ) async throws {
        var options = Sandbox.Options()
        options.airtablePerSecond = 1_000_000
        options.airtablePenalty = 0
        change(&options)
        let place = try SyncPlace(options)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await place.sandbox.run() }
            let address = try #require(await place.sandbox.address())
            place.settings { $0.baseURL = address.airtable }
            do { try await body(place) } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
        }
    }

    private init(_ options: Sandbox.Options) throws {
        var options = options
        let clock = clock
        options.airtableNow = { clock.now }
        sandbox = Sandbox(options, logger: .silent)
        client = TestClient.make(uptime: { clock.uptime }, sleep: { clock.pass($0) })
        let values = Settings(files: [], environment: [:], diagnostics: Diagnostics())
        var settings = AirtableSettings(values)
        settings.baseID = Sandbox.airtableBase
        settings.perSecond = 50
        state = Mutex(State(store: try folder.store(), settings: settings, mapping: .standard))
    }

    var store: Store { state.withLock { $0.store } }
    func settings(_ change: (inout AirtableSettings) -> Void) { state.withLock { change(&$0.settings) } }
    func mapping(_ mapping: FieldMapping) { state.withLock { $0.mapping = mapping } }
    /// `PATCH /v0/…`, of each request since the last look, whatever became of it.
    func requests() -> [String] {
        state.withLock { state in
            defer { state.requests = [] }
            return state.requests
        }
    }
    /// The request with this number from now, from 0, is the last thing that happens.
    func crash(at number: Int?, _ boundary: Boundary = .before) {
        state.withLock { state in
            state.crash = number.map { (at: state.requests.count + $0, boundary: boundary) }
        }
    }
    func onRequest(_ hook: (@Sendable (HTTPRequest) -> Void)?) { state.withLock { $0.onRequest = hook } }
    func answer(_ hook: (@Sendable (HTTPRequest, HTTPResponse) -> HTTPResponse)?) {
        state.withLock { $0.answer = hook }
    }

    var intake: Intake {
        let clock = clock
        return Intake(
            store: store, cleaner: Cleaner(),
            runtime: .test(
                now: { clock.now },
                uuid: {
                    let number = self.state.withLock { state in
                        state.serial += 1
                        return state.serial
                    }
                    return "00000000-0000-4000-8000-\(String(repeating: "0", count: 12 - "\(number)".count))\(number)"
                }))
    }

    /// Decides a conflict in a transaction of its own.
    func resolve(_ conflict: Int64, keeping side: SyncQueries.Side) throws -> Bool {
        let sync = sync
        return try store.transaction { try sync.resolve(conflict, keeping: side, in: $0) }
    }

    var sync: AirtableSync {
        let (clock, current) = (clock, state.withLock { ($0.store, $0.settings, $0.mapping) })
        return AirtableSync(
            store: current.0, settings: current.1, mapping: current.2, intake: intake,
            runtime: clock.runtime, delay: { _ in .seconds(60) },
            client: { admit in
                AirtableClient(
                    settings: current.1, token: Secret(Sandbox.keys["airtable_token"] ?? ""), admit: admit,
                    send: { try await self.send($0) })
            })
    }

    private func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (number, crash, hook, generation) = state.withLock { state in
            let path = request.url.split(separator: "/airtable", maxSplits: 1).last ?? ""
            state.requests.append("\(request.method.rawValue) \(path)")
            return (state.requests.count - 1, state.crash, state.onRequest, state.generation)
        }
        hook?(request)
        if let crash, crash.at <= number, crash.boundary == .before { throw try die(generation) }
        try store.calls.count(AirtableClient.service, at: clock.now)
        let response = try await client.send(request)
        if let crash, crash.at <= number { throw try die(generation) }
        var headers = response.headers
        headers["date"] = clock.now.httpDate
        let dated = HTTPResponse(status: response.status, headers: headers, body: response.body, url: response.url)
        return state.withLock { $0.answer }.map { $0(request, dated) } ?? dated
    }

    /// The database as it is at this moment is all that is left of the process.
    private func die(_ generation: Int) throws -> Crash {
        try state.withLock { state in
            guard state.generation == generation else { return }
            state.generation += 1
            let path = "\(folder.path)/after-crash-\(state.generation).db"
            try state.store.snapshot(to: path, isChecked: false)
            state.store = try Store(path: path)
        }
        return Crash()
    }

    // MARK: what tests do

    @discardableResult
    func run(_ change: (inout SyncRequest) -> Void = { _ in }) async throws -> SyncResult {
        var request = SyncRequest()
        change(&request)
        return try await sync.run(request)
    }

    /// The problem that a sync ends with.
    func problem(_ change: (inout SyncRequest) -> Void = { _ in }) async throws -> AirtableProblem {
        var found: AirtableProblem?
        do { try await run(change) } catch let problem as AirtableProblem { found = problem }
        return try #require(found)
    }

    @discardableResult
    func add(_ name: String, _ more: [LeadField: String] = [:]) throws -> Int64 {
        var values: [LeadField: String] = [
            .fullName: name, .company: "Acme", .email: "\(name.lowercased().replacing(" ", with: "."))@acme.example",
        ]
        values.merge(more) { $1 }
        switch try intake.take([LeadDraft(fields: LeadFields(values), source: "test", author: .file(1))])[0].result {
        case .inserted(let id), .merged(let id, _), .unchanged(let id): return id
        case let result:
            Issue.record("\(name): \(result)")
            return 0
        }
    }

    /// Somebody changes a lead here.
    func edit(_ id: Int64, _ field: LeadField, _ value: String?) throws {
        try store.transaction { transaction in
            guard let lead = try transaction.leads.find(id), lead.deletedAt == nil else { return }
            var fields = lead.fields
            fields[field] = value
            guard let clean = try? intake.clean(LeadDraft(fields: fields, source: "test", author: .file(1))),
                clean.fields != lead.fields
            else { return }
            let values = LeadField.allCases.filter { clean.fields[$0] != lead.fields[$0] }.map {
                LeadValue($0, clean.fields[$0], method: "edit", author: .person("ann"), at: clock.now)
            }
            try transaction.leads.say(values, of: lead, because: .person, at: clock.now)
        }
    }

    /// Somebody deletes a lead here.
    func delete(_ id: Int64) throws {
        try store.transaction { transaction in
            guard let lead = try transaction.leads.find(id), lead.deletedAt == nil else { return }
            var change = LeadChange()
            change.deletedAt = .some(clock.now)
            try transaction.leads.change(lead, change, because: .person, at: clock.now)
        }
    }

    /// Somebody brings a lead back here.
    func restore(_ id: Int64) throws {
        try store.transaction { transaction in
            guard let lead = try transaction.leads.find(id) else { return }
            _ = try RecordRules.restore(lead, in: transaction, at: clock.now)
        }
    }

    /// Somebody makes so many records in Airtable.
    func makeThere(_ count: Int) {
        for number in 1...count {
            sandbox.edit(.create(["Full Name": .text("Ada Q\(number.letters)son"), "Company": .text("Acme")]))
        }
    }

    func lead(_ id: Int64) throws -> Lead { try #require(try store.leads.find(id)) }

    /// The record of a lead as people see it in Airtable.
    func record(_ id: Int64) throws -> [String: JSON] {
        let record = try #require(try lead(id).airtableID)
        return try #require(sandbox.airtableRecords[record])
    }

    /// Somebody changes the record of a lead in Airtable.
    func editThere(_ id: Int64, _ fields: [String: JSON]) throws {
        sandbox.edit(.update(record: try #require(try lead(id).airtableID), fields))
    }

    @discardableResult
    func query(_ sql: String) throws -> String {
        var text = try SQLiteShell.run(store.path, sql)
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }
}

extension Sandbox {
    func airtable(_ name: String) -> [String: JSON]? {
        airtableRecords.values.first { $0["Full Name"] == .text(name) }
    }
}

extension SyncColumn {
    static let title = SyncColumn(.title)
    static let company = SyncColumn(.company)
    static let email = SyncColumn(.email)
    static let website = SyncColumn(.website)
    static let industry = SyncColumn(.industry)
    static let companySize = SyncColumn(.companySize)
}

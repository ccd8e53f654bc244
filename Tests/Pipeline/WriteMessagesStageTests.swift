import AppConfiguration
import Cleaning
import Foundation
import Leads
import Logging
import Messaging
@testable import Pipeline
import Storage
import TestSupport
import Testing
import Transport
import Values

/// The stage that writes messages, with a model's server that answers as a test wants.
struct WriteMessagesStageTests {
    private let folder = TemporaryFolder()
    private static let now = Timestamp(seconds: 1_800_000_000)

    /// A database with so many leads that are due for a message.
    private func store(_ count: Int) throws -> Store {
        let store = try folder.store()
        let intake = Intake(
            store: store, cleaner: Cleaner(), runtime: .test(now: { Self.now }))
        let drafts = (1...count).map { number in
            LeadDraft(
                fields: LeadFields([
                    .fullName: "\(Self.given[number % Self.given.count]) King", .company: "Company \(number)",
                    .title: "Founder", .email: "person\(number)@company\(number).example",
                ]), source: "test", author: .file(1))
        }
        _ = try intake.take(drafts)
        for lead in try store.leads.page(after: 0, limit: count, withRemoved: false) {
            _ = try store.transaction {
                try EnrichStage.save(Enrichment(), of: lead, again: Self.now + .seconds(86_400), at: Self.now, in: $0)
            }
        }
        return store
    }

    private static let given = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald"]

    /// - Parameter passed: how long after the leads became due.
    private func stage(
        _ store: Store, _ server: RawServer, passed: Duration = .seconds(1), attempts: Int = 5
    ) throws -> WriteMessagesStage {
        let values = [
            "FOURRUNR_MESSAGING_ATTEMPTS": "\(attempts)",
            "FOURRUNR_OPENAI_BASE_URL": "http://127.0.0.1:\(server.port)/v1", "FOURRUNR_MESSAGING_SENDER_NAME": "Robin",
            "FOURRUNR_MESSAGING_OFFER": "We help.", "FOURRUNR_OPENAI_CALLS_PER_SECOND": "10000",
        ]
        let settings = MessagingSettings(Settings(files: [], environment: values, diagnostics: Diagnostics()))
        return WriteMessagesStage(
            store: store, writers: settings.writers(TestClient.make(sleep: { _ in }), secrets: [:]),
            advice: settings.advice(secrets: [:]), settings: settings, backoff: .seconds(300),
            unclear: UnclearRefusals(), runtime: .test(now: { Self.now + passed }))
    }

    private func context(ids: [Int64]? = nil) -> StageContext {
        StageContext(
            run: 1, job: "messages", ids: ids, logger: .silent)
    }

    private static func written(to request: String) -> [UInt8] {
        let name = given.first { request.contains("first_name: \($0)") } ?? "there"
        let content =
            #"{\"subject\":\"A question\",\"message\":\"Hi \#(name), we help teams like yours with what takes their time every week. Would a short call next week suit you? Robin\"}"#
        return RawServer.answer(200, [], #"{"choices":[{"message":{"content":"\#(content)"},"finish_reason":"stop"}]}"#)
    }

    @Test func `a prompt that a filter refuses holds up nobody, and its lead gets the template`() async throws {
        let server = RawServer { request, _ in
            request.contains("Company 1\\n")
                ? RawServer.answer(
                    400, [], #"{"error":{"code":"content_filter","param":"prompt","message":"filtered"}}"#)
                : Self.written(to: request)
        }
        let store = try store(9)
        let report = try await stage(store, server).run(context())
        #expect(report.counts == ["by_model": 8, "by_template": 1], "\(report)")
        #expect(server.requests.count == 9)
        #expect(try store.due.count(.writeMessage, at: Self.now + .seconds(10)) == 0)
    }

    @Test func `unexplained refusals end the run only if they come in a row`() async throws {
        let server = RawServer { request, number in
            number == 2 ? Self.written(to: request) : RawServer.answer(400, [], "{}")
        }
        let stage = try stage(try store(6), server)
        var counts: [String: Int] = [:]
        for lead in Int64(1)...5 {
            counts.merge(try await stage.run(context(ids: [lead])).counts) { $0 + $1 }
        }
        #expect(counts == ["by_template": 4, "by_model": 1])
        await #expect(throws: StageProblem.self) { try await stage.run(context(ids: [6])) }
    }

    @Test func `a model that is busy is asked again later, and after so many attempts the template writes`()
        async throws
    {
        let server = RawServer { _, _ in RawServer.answer(503) }
        let store = try store(1)
        let first = try await stage(store, server, attempts: 2).run(context())
        #expect(first.counts == ["put_off": 1])
        #expect(try await stage(store, server, passed: .seconds(2), attempts: 2).run(context()).counts.isEmpty)
        let last = try await stage(store, server, passed: .seconds(600), attempts: 2).run(context())
        #expect(last.counts == ["by_template": 1] && last.notes.first?.hasSuffix(", 2 times") == true, "\(last)")
    }

    @Test func `a setting that is refused ends the run, spends no attempt, and asks for no lead twice`() async throws {
        let server = RawServer { _, _ in
            RawServer.answer(
                400, [], #"{"error":{"message":"no such model","param":"model","code":"model_not_found"}}"#)
        }
        let store = try store(250)
        await #expect(throws: StageProblem.self) { try await stage(store, server).run(context()) }
        // Those that were under way when the first came back.
        #expect(server.requests.count <= 8)
        #expect(try store.due.count(.writeMessage, at: Self.now + .seconds(10)) == 250)
        let due = try store.due.leads(.writeMessage, at: Self.now + .seconds(10), limit: 300)
        #expect(due.allSatisfy { $0.attempts == 0 })
    }

    @Test func `what refuses everybody without saying why ends the run after a few`() async throws {
        let server = RawServer { _, _ in RawServer.answer(400, [], #"{"error":{"message":"strange"}}"#) }
        let store = try store(50)
        await #expect(throws: StageProblem.self) { try await stage(store, server).run(context()) }
        #expect(server.requests.count <= 10)
        #expect(try store.due.count(.writeMessage, at: Self.now + .seconds(10)) == 48)
    }

    @Test func `each lead is met once in a run, also those that stay due`() throws {
        let store = try store(25)
        var met: [Int64] = []
        var last: DueLead?
        while true {
            // Nothing is done about any of them.
            let page = try store.due.leads(.writeMessage, at: Self.now + .seconds(10), after: last, limit: 10)
            guard !page.isEmpty else { break }
            met += page.map(\.lead.id)
            last = page.last
        }
        #expect(met.count == 25 && Set(met).count == 25)
    }
}

import AppConfiguration
import Leads
import TestSupport
import Testing
import Transport
import Values

@testable import Notifications

/// What is sent outside when a job begins, ends, or keeps failing.
struct NotificationTests {
    private func failed(
        _ error: String = "no space left", failures: Int = 1, isFinal: Bool = true, ping: String? = nil,
        isForPeople: Bool = true
    ) -> JobNotification {
        JobNotification(
            job: "sync", run: 7, host: "box",
            event: .ended(
                .init(status: .failed, error: error, isFinal: isFinal, failuresBefore: failures - 1, failures: failures)
            ),
            pingURL: { ping }, isForPeople: isForPeople)
    }

    private func settings() -> NotificationSettings {
        NotificationSettings(Settings(files: [], environment: [:], diagnostics: Diagnostics()))
    }

    @Test func `a webhook gets the text as JSON, and again when the server was busy`() async throws {
        let server = RawServer { _, number in RawServer.answer(number == 0 ? 503 : 200) }
        let channel = WebhookChannel(
            client: TestClient.make(sleep: { _ in }), url: Secret("http://127.0.0.1:\(server.port)/hook"))
        try await channel.tell(failed("a \"quote\"\n"))
        #expect(server.requests.count == 2)
        #expect(server.requests[1].hasPrefix("POST /hook HTTP/1.1"))
        #expect(server.requests[1].hasSuffix(#"{"text":"sync on box failed (run 7): a \"quote\"\n"}"#))
    }

    @Test func `a refusal is said without the address`() async throws {
        let server = RawServer { _, _ in RawServer.answer(404) }
        let url = Secret("http://127.0.0.1:\(server.port)/services/secret-path")
        do {
            try await WebhookChannel(client: TestClient.make(), url: url).tell(failed())
            Issue.record("it was taken")
        } catch { #expect("\(error)" == "the webhook answered 404") }
    }

    @Test(arguments: [
        ("https://hc.example/uuid", PingChannel.Signal.start, "https://hc.example/uuid/start"),
        ("https://hc.example/uuid/", .failure, "https://hc.example/uuid/fail"),
        ("https://hc.example/uuid/", .success, "https://hc.example/uuid/"),
        ("https://hc.example/uuid?a=1", .start, "https://hc.example/uuid/start?a=1"),
        ("https://hc.example/uuid#x", .failure, "https://hc.example/uuid/fail#x"),
    ])
    func `a signal is the end of the path`(url: String, signal: PingChannel.Signal, address: String) {
        #expect(PingChannel.address(url, signal) == address)
    }

    @Test func `a ping carries why, and is sent only where a job has one`() async throws {
        let server = RawServer { _, _ in RawServer.answer(200) }
        let channel = PingChannel(client: TestClient.make())
        try await channel.tell(failed())
        try await channel.tell(failed(isFinal: false, ping: "http://127.0.0.1:\(server.port)/uuid"))
        #expect(server.requests.isEmpty)
        try await channel.tell(failed(ping: "http://127.0.0.1:\(server.port)/uuid"))
        #expect(server.requests[0].hasPrefix("POST /uuid/fail ") && server.requests[0].hasSuffix("no space left"))
    }

    @Test func `people are told of the first failure, and then ever less often`() {
        #expect((0...40).filter { JobNotification.isTold(failures: $0) } == [1, 2, 4, 8, 16, 32])
        #expect(failed(failures: 3).text == nil && failed(isFinal: false).text == nil)
        #expect(failed(isForPeople: false).text == nil)
        #expect(failed(failures: 4).text?.hasSuffix("no space left. You are told again at 8") == true)
    }

    @Test func `people are told when a job works again, and not each time it does`() {
        func worked(failuresBefore: Int) -> String? {
            JobNotification(
                job: "sync", run: 8, host: "box",
                event: .ended(
                    .init(status: .success, error: nil, isFinal: true, failuresBefore: failuresBefore, failures: 0)),
                pingURL: { nil }, isForPeople: true
            ).text
        }
        #expect(worked(failuresBefore: 0) == nil)
        #expect(worked(failuresBefore: 3) == "sync on box works again, after 3 failures in a row")
    }

    @Test func `there is a webhook where its address is a key`() {
        let client = TestClient.make()
        #expect(settings().channels(client, secrets: [:]).map(\.name) == ["ping"])
        let secrets = ["notify_webhook_url": Secret("https://hooks.example/x")]
        #expect(settings().channels(client, secrets: secrets).map(\.name) == ["ping", "webhook"])
        #expect(settings().keys.map(\.name) == ["notify_webhook_url"])
    }
}

import Synchronization
import Testing
import TestSupport
import Transport
import Values

@testable import Monitoring

/// What is sent outside when a job begins, ends, or keeps failing.
struct NotificationTests {
    @Test func `a webhook gets the text as JSON, and again when the server was busy`() async throws {
        let server = RawServer { _, number in RawServer.answer(number == 0 ? 503 : 200) }
        let client = TestClient.make(sleep: { _ in })
        try await Notifier(client: client, url: "http://127.0.0.1:\(server.port)/hook").send("sync \"failed\"\n")
        #expect(server.requests.count == 2)
        #expect(server.requests[1].hasPrefix("POST /hook HTTP/1.1"))
        #expect(server.requests[1].hasSuffix(#"{"text":"sync \"failed\"\n"}"#))
    }

    @Test func `a refusal is said without the address`() async throws {
        let server = RawServer { _, _ in RawServer.answer(404) }
        let url = "http://127.0.0.1:\(server.port)/services/secret-path"
        do {
            try await Notifier(client: TestClient.make(), url: url).send("text")
            Issue.record("it was taken")
        } catch { #expect("\(error)" == "the webhook answered 404") }
    }

    @Test(arguments: [
        ("https://hc.example/uuid", Pinger.Signal.start, "https://hc.example/uuid/start"),
        ("https://hc.example/uuid/", .failure, "https://hc.example/uuid/fail"),
        ("https://hc.example/uuid/", .success, "https://hc.example/uuid/"),
        ("https://hc.example/uuid?a=1", .start, "https://hc.example/uuid/start?a=1"),
        ("https://hc.example/uuid#x", .failure, "https://hc.example/uuid/fail#x"),
    ])
    func `a signal is the end of the path`(url: String, signal: Pinger.Signal, address: String) {
        #expect(Pinger.address(url, signal) == address)
    }

    @Test func `a ping carries why`() async throws {
        let server = RawServer { _, _ in RawServer.answer(200) }
        let pinger = Pinger(client: TestClient.make())
        try await pinger.send(.failure, to: "http://127.0.0.1:\(server.port)/uuid", text: "no space left")
        #expect(server.requests[0].hasPrefix("POST /uuid/fail ") && server.requests[0].hasSuffix("no space left"))
    }

    @Test func `people are told of the first failure, and then ever less often`() {
        #expect((0...40).filter { FailureNotices.isDue(failures: $0) } == [1, 2, 4, 8, 16, 32])
    }
}

import Foundation
import Synchronization
import TestSupport
import Testing
import Transport
import Values

/// The client against real sockets.
struct TransportTests {
    /// Waits are noted and not waited.
    private final class Waits: Sendable {
        private let list = Mutex<[Duration]>([])
        var all: [Duration] { list.withLock { $0 } }
        func add(_ wait: Duration) { list.withLock { $0.append(wait) } }
    }

    private final class Counter: CallCounter {
        let counts = Mutex<[String: Int]>([:])
        func count(_ service: String) async { counts.withLock { $0[service, default: 0] += 1 } }
        func takeBack(_ service: String) async { counts.withLock { $0[service, default: 0] -= 1 } }
    }

    private func url(_ server: RawServer, _ path: String = "/") -> String { "http://127.0.0.1:\(server.port)\(path)" }

    @Test func `an answer has status, headers, and a body that was unpacked`() async throws {
        // "hello" by gzip.
        let packed: [UInt8] = [
            0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0, 0x86, 0xA6, 0x10, 0x36, 5, 0, 0,
            0,
        ]
        let server = RawServer { _, _ in
            Array("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nX-Y: z\r\nContent-Length: \(packed.count)\r\n\r\n".utf8)
                + packed
        }
        var request = HTTPRequest(.post, url(server), service: "t")
        request.headers = ["X-Secret": "a\r\nInjected: b"]
        request.body = Array("{}".utf8)
        let response = try await TestClient.make().send(request)
        #expect(response.status == 200 && response.text == "hello" && response.headers["x-y"] == "z")
        #expect(server.requests[0].hasPrefix("POST / HTTP/1.1") && server.requests[0].hasSuffix("{}"))
        #expect(!server.requests[0].contains("\r\nInjected"))
    }

    @Test func `what is safe is repeated with a growing share of time, and each call is counted`() async throws {
        let waits = Waits()
        let counter = Counter()
        let server = RawServer { _, number in RawServer.answer(number < 3 ? 500 : 200, [], "done") }
        let client = TestClient.make(counter: counter, sleep: { waits.add($0) })
        let response = try await client.send(HTTPRequest(.get, url(server), service: "t"))
        #expect(response.text == "done" && server.requests.count == 4)
        // Half of 0.5, 1 and 2 seconds: the tests' randomness is 0.5.
        #expect(waits.all == [.milliseconds(250), .milliseconds(500), .seconds(1)])
        #expect(counter.counts.withLock { $0 } == ["t": 4])
    }

    @Test(arguments: [
        String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf16, .utf32LittleEndian, .utf32BigEndian, .utf8,
    ])
    func `JSON in whatever encoding is UTF-8 for who reads it, without the key that was sent`(encoding: String.Encoding)
        async throws
    {
        KnownSecrets.add("Transport-Secret-4711")
        let bytes = try #require("{\"a\":\"ü Transport-Secret-4711\"}".data(using: encoding))
        let server = RawServer { _, _ in
            Array("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count)\r\n\r\n".utf8) + Array(bytes)
        }
        let response = try await TestClient.make().send(HTTPRequest(.get, url(server), service: "t"))
        #expect(response.text == "{\"a\":\"ü <secret>\"}")
    }

    @Test func `a budget holds for all attempts, waits and redirects together`() async throws {
        let server = RawServer { request, _ in
            request.hasPrefix("GET /far") ? RawServer.answer(302, ["Location: /far"], "") : RawServer.answer(503)
        }
        let passed = Mutex(Duration.zero)
        let client = TestClient.make(
            uptime: {
                passed.withLock { passed in
                    passed += .milliseconds(100)
                    return passed
                }
            },
            sleep: { wait in passed.withLock { $0 += wait } })
        var request = HTTPRequest(.get, url(server), service: "t")
        request.budget = .seconds(1)
        #expect(try await client.send(request).status == 503)
        #expect(server.requests.count < 4)
        request.url = url(server, "/far")
        request.redirects = 50
        do {
            _ = try await client.send(request)
            Issue.record("it was followed for ever")
        } catch let error as TransportError { #expect(error.kind == .timeout) }
        #expect(server.requests.count < 20)
    }

    @Test func `what is not safe is repeated only where it was certainly not done`() async throws {
        for (status, calls) in [(500, 1), (502, 1), (429, 4), (503, 4), (400, 1)] {
            let server = RawServer { _, _ in RawServer.answer(status) }
            let response = try await TestClient.make(sleep: { _ in }).send(
                HTTPRequest(.post, url(server), service: "t"))
            #expect(response.status == status && server.requests.count == calls, "\(status)")
        }
        let server = RawServer { _, _ in [] }
        await #expect(throws: TransportError.self) {
            try await TestClient.make(sleep: { _ in }).send(HTTPRequest(.post, url(server), service: "t"))
        }
        #expect(server.requests.count == 1)
    }

    @Test func `a server's wish to be left alone is honoured, or the answer is given as it is`() async throws {
        let waits = Waits()
        let server = RawServer { _, number in
            switch number {
            case 0: RawServer.answer(429, ["Retry-After: 7"])
            case 1: RawServer.answer(503, ["retry-after-ms: 1500"])
            case 2:
                RawServer.answer(
                    503, ["Retry-After: Sun, 06 Nov 9223372036854775807 08:49:37 GMT", "retry-after-ms: -1"])
            default: RawServer.answer(429, ["Retry-After: 100000"])
            }
        }
        let response = try await TestClient.make(sleep: { waits.add($0) }).send(
            HTTPRequest(.get, url(server), service: "t"))
        #expect(response.status == 429 && server.requests.count == 4)
        // A date beyond all calendars is none, and the usual wait takes its place.
        #expect(waits.all == [.seconds(7), .milliseconds(1_500), .seconds(1)])
        var request = HTTPRequest(.get, url(server), service: "t")
        request.isFinal = { _ in true }
        _ = try await TestClient.make(sleep: { _ in }).send(request)
        #expect(server.requests.count == 5)
    }

    @Test func `redirects are followed up to a limit, and keys stay with the server they are for`() async throws {
        let other = RawServer { _, _ in RawServer.answer(200, [], "there") }
        let server = RawServer { request, _ in
            if request.hasPrefix("GET /away") {
                return RawServer.answer(302, ["Location: http://localhost:\(other.port)/x"])
            }
            return RawServer.answer(301, ["Location: /loop"])
        }
        var request = HTTPRequest(.get, url(server, "/away"), service: "t")
        request.redirects = 3
        request.headers = ["Authorization": "Bearer key", "Accept": "text/html"]
        let response = try await TestClient.make().send(request)
        #expect(response.text == "there" && response.url == "http://localhost:\(other.port)/x")
        #expect(!other.requests[0].contains("Bearer") && other.requests[0].contains("Accept: text/html"))
        request.url = url(server, "/loop")
        let error = await #expect(throws: TransportError.self) { try await TestClient.make().send(request) }
        #expect(error?.kind == .tooManyRedirects)
    }

    @Test func `time and size have limits`() async throws {
        let silent = RawServer { _, _ in
            Thread.sleep(forTimeInterval: 3)
            return []
        }
        var request = HTTPRequest(.post, url(silent), service: "t")
        request.timeout = .milliseconds(200)
        let late = await #expect(throws: TransportError.self) { try await TestClient.make().send(request) }
        #expect(late?.kind == .timeout && late?.mayHaveBeenDone == true)
        let large = RawServer { _, _ in RawServer.answer(200, [], String(repeating: "x", count: 100_000)) }
        request = HTTPRequest(.post, url(large), service: "t")
        request.sizeLimit = 10_000
        let size = await #expect(throws: TransportError.self) { try await TestClient.make().send(request) }
        #expect(size?.kind == .tooLarge)
    }

    @Test func `a cancelled task gives its transfer up, whatever the server does`() async throws {
        let silent = RawServer { _, _ in
            Thread.sleep(forTimeInterval: 300)
            return []
        }
        let client = TestClient.make()
        var endless = HTTPRequest(.get, url(silent), service: "t")
        (endless.timeout, endless.stallTimeout) = (.seconds(300), .seconds(300))
        let request = endless
        let task = Task { try await client.send(request) }
        while silent.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        // And before it begins.
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(request)
        }
        await #expect(throws: CancellationError.self) { try await early.value }
    }

    @Test func `a certificate that nobody vouches for is said, and nothing is sent or tried again`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (key, certificate) = ("\(folder)/key.pem", "\(folder)/certificate.pem")
        func openssl(_ arguments: [String]) throws -> (process: Process, output: FileHandle) {
            let (process, output) = (Process(), Pipe())
            process.executableURL = URL(filePath: "/usr/bin/openssl")
            process.arguments = arguments
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            return (process, output.fileHandleForReading)
        }
        try openssl([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=another.example", "-days", "1", "-keyout",
            key, "-out", certificate,
        ]).process.waitUntilExit()
        let (server, output) = try openssl([
            "s_server", "-accept", "127.0.0.1:0", "-www", "-key", key, "-cert", certificate,
        ])
        defer { server.terminate() }
        var said = ""
        while !said.contains(#/ACCEPT \S+:(\d+)\s/#) {
            let data = output.availableData
            guard !data.isEmpty else { break }
            said += String(decoding: data, as: UTF8.self)
        }
        let port = try #require(said.firstMatch(of: #/ACCEPT \S+:(\d+)\s/#)?.output.1)
        let counter = Counter()
        let error = await #expect(throws: TransportError.self) {
            try await TestClient.make(counter: counter)
                .send(HTTPRequest(.get, "https://127.0.0.1:\(port)/", service: "t"))
        }
        #expect(error?.kind == .tls && error?.neverLeft == true)
        #expect(error?.message.contains("certificate") == true, "\(String(describing: error))")
        #expect(counter.counts.withLock { $0 }["t", default: 0] == 0)
    }

    @Test func `nobody listens, names that do not resolve, and addresses that are none`() async throws {
        for (url, kind) in [
            ("http://127.0.0.1:1/", TransportError.Kind.unreachable), ("http://nowhere.invalid/", .unreachable),
            ("no address", .invalidURL),
        ] {
            var request = HTTPRequest(.get, url, service: "t")
            request.retry.attempts = 1
            let error = await #expect(throws: TransportError.self) { try await TestClient.make().send(request) }
            #expect(error?.kind == kind, "\(url): \(String(describing: error))")
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://[::1]:PORT/", "http://0.0.0.0:PORT/",
        "http://2130706433:PORT/", "http://0x7f.1:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://127.1:PORT/",
    ])
    func `an address that a stranger named is never a private one`(url: String) async throws {
        let server = RawServer { _, _ in RawServer.answer(200) }
        var request = HTTPRequest(.get, url.replacing("PORT", with: "\(server.port)"), service: "t")
        request.destination = .publicOnly
        request.retry.attempts = 1
        let error = await #expect(throws: TransportError.self) { try await TestClient.make().send(request) }
        #expect(error?.kind == .forbidden || error?.kind == .unreachable, "\(String(describing: error))")
        #expect(server.requests.isEmpty)
    }

    @Test func `a connection that is open to a named server is not a stranger's way to it`() async throws {
        let body = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)
        let server = RawServer { _, _ in body }
        let client = TestClient.make()
        var request = HTTPRequest(.get, url(server), service: "t")
        #expect(try await client.send(request).text == "ok")
        request.destination = .publicOnly
        request.retry.attempts = 1
        let stranger = request
        let error = await #expect(throws: TransportError.self) { try await client.send(stranger) }
        #expect(error?.kind == .forbidden)
    }

    @Test func `a mapped host is the one exception, and what it redirects to is none`() async throws {
        let inner = RawServer { _, _ in RawServer.answer(200) }
        let server = RawServer { _, _ in RawServer.answer(302, ["Location: http://127.0.0.1:\(inner.port)/"]) }
        let client = TestClient.make(hosts: ["acme.example": "127.0.0.1:\(server.port)"])
        var request = HTTPRequest(.get, "https://acme.example/", service: "t")
        request.destination = .publicOnly
        request.redirects = 3
        request.retry.attempts = 1
        let error = await #expect(throws: TransportError.self) { try await client.send(request) }
        #expect(error?.kind == .forbidden)
        #expect(server.requests[0].contains("Host: acme.example") && inner.requests.isEmpty)
    }

    @Test func `calls of one key keep their pace`() async throws {
        let waits = Waits()
        let server = RawServer { _, _ in RawServer.answer(200) }
        let client = TestClient.make(uptime: { .seconds(100) }, sleep: { waits.add($0) })
        var request = HTTPRequest(.get, url(server), service: "t")
        request.rate = RateLimit(key: "k", perSecond: 0.5, burst: 2)
        for _ in 0..<4 { _ = try await client.send(request) }
        // Two at once from the store, then one each two seconds; the clock of this test stands still.
        #expect(waits.all == [.seconds(2), .seconds(4)])
    }

    @Test func `many at once all come back`() async throws {
        let server = RawServer { _, _ in RawServer.answer(200, [], "x") }
        let client = TestClient.make()
        let address = url(server)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await client.send(HTTPRequest(.get, address, service: "t")).text } }
            for try await text in group { #expect(text == "x") }
        }
    }
}

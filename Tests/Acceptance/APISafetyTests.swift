import Foundation
import Glibc
import Storage
import Synchronization
import TestSupport
import Testing
import Values

/// What people try who should not.
struct APISafetyTests {
    @Test(arguments: [
        "GET /api/leads/../../etc/passwd HTTP/1.1", "GET /api/leads/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1",
        "GET //etc/passwd HTTP/1.1", "GET /api/backups/..%2fleads.db/restore HTTP/1.1", "GET /%00 HTTP/1.1",
        "GET /api/leads/%ff HTTP/1.1", "GET /api/leads/%zz HTTP/1.1",
    ])
    func `no path leads anywhere else`(line: String) async throws {
        let api = try APIPlace()
        let token = try await api.client("admin").token ?? ""
        let client = try RawClient(port: api.port)
        client.send("\(line)\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n\r\n")
        let answer = try APIClient.answer(client.receiveAll())
        #expect([400, 404, 405, 421].contains(answer.status), "\(answer)")
        #expect(!answer.body.contains("root:"))
    }

    @Test(arguments: [
        // Two lengths, a length beside chunks, chunks that lie, a line break in a header, no host, two hosts.
        "POST /api/leads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}{}{}",
        "POST /api/leads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/leads HTTP/1.1\r\n\r\n",
        "POST /api/leads HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST /api/leads HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\n b\r\n\r\n", "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n", "\u{16}\u{3}\u{1} TLS?\r\n\r\n", "GET\r\n\r\n",
    ])
    func `what is not one request is no request`(bytes: String) async throws {
        let api = try APIPlace()
        let client = try RawClient(port: api.port)
        client.send(bytes)
        let text = client.receive(until: "\r\n\r\n")
        let answers = text.matches(of: /HTTP\/1\.[01] (\d+)/).map { String($0.1) }
        #expect(
            answers.count <= 1
                && answers.allSatisfy { $0 == "400" || $0 == "401" || $0 == "200" && bytes.contains("X: a") }, "\(text)"
        )
        #expect(try api.anonymous.send("GET", "/healthz").status == 200)
    }

    @Test func `a page elsewhere gets in under no name of its own`() async throws {
        let api = try APIPlace(settings: "api: { hosts: [crm.example], origins: [\"https://crm.example\"] }\n")
        let client = try await api.client("read")
        for (host, status) in [
            ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("localhost:1", 200), ("[::1]:8000", 200),
            ("CRM.example:8000", 200), ("192.0.2.7", 200),
        ] {
            let answer = try client.send("GET", "/api/leads", headers: ["Host": host])
            #expect(answer.status == status, "\(host): \(answer)")
        }
        // A target may be a whole address, as to a proxy.
        for (target, host, status) in [
            ("http://localhost:8000/api/leads?limit=1", "localhost", 200),
            ("http://localhost/api/leads", "evil.example", 200),
            ("http://evil.example/api/leads", "localhost", 421), ("HTTP://localhost", "localhost", 404),
            ("http://localhost?limit=1", "localhost", 404), ("http:///api/leads", "localhost", 400),
        ] {
            #expect(try client.send("GET", target, headers: ["Host": host]).status == status, "\(target)")
        }
        let simple = try RawClient(port: api.port)
        simple.send("GET /healthz HTTP/1.0\r\n\r\n")
        #expect(simple.receiveAll().contains(" 200 OK"))
        let head = try RawClient(port: api.port)
        head.send(
            "HEAD /api/leads/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(client.token ?? "")\r\n\r\n")
        let only = head.receiveAll()
        #expect(
            only.hasPrefix("HTTP/1.0 200 ") && only.hasSuffix("\r\n\r\n") && !only.hasSuffix("\r\n0\r\n\r\n"), "\(only)"
        )
        // A client of HTTP/1.0 takes the end of the connection for that of the answer.
        for (target, last) in [("/api/leads/export?format=csv", "deleted_at"), ("/healthz", "{\"status\":\"ok\"}")] {
            let old = try RawClient(port: api.port)
            old.send(
                "GET \(target) HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer \(client.token ?? "")\r\nExpect: 100-continue\r\n\r\n"
            )
            let text = old.receiveAll()
            #expect(text.hasPrefix("HTTP/1.0 200 ") && !text.lowercased().contains("chunked"), "\(text)")
            #expect(text.trimmingCharacters(in: .whitespacesAndNewlines).hasSuffix(last), "\(text)")
        }
        for lines in ["Host: localhost\r\nHost: evil.example", "Host: localhost, evil.example", "Host: localhost:abc"] {
            let raw = try RawClient(port: api.port)
            raw.send("GET /healthz HTTP/1.1\r\n\(lines)\r\nConnection: keep-alive, Close\r\n\r\n")
            #expect(try APIClient.answer(raw.receiveAll()).status == 400, "\(lines)")
        }
        // The connection ends with the answer in whatever letters that is asked for.
        let ending = try RawClient(port: api.port)
        ending.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Close\r\n\r\n")
        let ended = try APIClient.answer(ending.receiveAll())
        #expect(ended.status == 200 && ended.headers["date"]?.hasSuffix(" GMT") == true, "\(ended)")
        let method = try client.send("GET", "/api/leads/import")
        #expect(method.status == 405 && method.headers["allow"] == "OPTIONS, POST", "\(method)")
        let ours = try client.send("GET", "/api/leads", headers: ["Origin": "https://crm.example"])
        #expect(
            ours.headers["access-control-allow-origin"] == "https://crm.example" && ours.headers["vary"] == "Origin")
        let theirs = try client.send("GET", "/api/leads", headers: ["Origin": "https://evil.example"])
        #expect(theirs.headers["access-control-allow-origin"] == nil)
        let preflight = try api.anonymous.send("OPTIONS", "/api/leads/1", headers: ["Origin": "https://crm.example"])
        #expect(preflight.status == 204 && preflight.headers["access-control-allow-methods"]?.contains("PATCH") == true)
    }

    @Test func `bad bodies are said to be bad, and cost little`() async throws {
        let api = try APIPlace(settings: "api: { body_limit: 20000, import_limit: 5000 }\n")
        let client = try await api.client("write")
        for (body, type, status) in [
            ("{", "application/json", 400), ("[]", "application/json", 400), ("null", "application/json", 400),
            ("", "application/json", 400), ("\"x\"", "application/json", 400), ("{}", "application/json", 400),
            (String(repeating: "[", count: 10_000), "application/json", 400),
            (String(repeating: "{\"a\":", count: 3_000), "application/json", 400),
            (#"{"email": {"x": 1}}"#, "application/json", 400),
            (#"{"email": 5, "nme": true}"#, "application/json", 400),
            (#"{"full_name": "a\u0000b", "company": "x"}"#, "application/json", 400),
            (
                "{\"full_name\": \"\(String(repeating: "x", count: 3_000))\", \"company\": \"y\"}", "application/json",
                400
            ),
            (String(repeating: " ", count: 20_001), "application/json", 413),
            ("a=b", "application/x-www-form-urlencoded", 415),
            ("{}", "", 415),
        ] {
            let answer = try client.send("POST", "/api/leads", body, type: type)
            #expect(answer.status == status, "\(body.prefix(30)): \(answer)")
            #expect(answer.headers["content-type"] == "application/problem+json" && answer.json["detail"].text != nil)
        }
        let two = try client.send("POST", "/api/leads", #"{"email": 5, "nme": true}"#)
        #expect(two.json["errors"].list.compactMap { $0["field"].text } == ["email", "nme"])
        #expect(
            try client.send("POST", "/api/leads/import", String(repeating: "x", count: 6_000), type: "text/csv").status
                == 413)
        #expect(try client.send("GET", "/api/leads", headers: ["Accept": "text/html"]).status == 406)
        #expect(try client.send("POST", "/api/leads", "{}", headers: ["Content-Encoding": "gzip"]).status == 415)
        // What the head shows is said before the body is asked for.
        let token = client.token ?? ""
        for (lines, status) in [
            ("Content-Length: 30000\r\nContent-Type: application/json", 413),
            ("Content-Length: 30\r\nContent-Type: text/html", 415),
            ("Transfer-Encoding: gzip, chunked\r\nContent-Type: application/json", 501),
        ] {
            let raw = try RawClient(port: api.port)
            raw.send(
                "POST /api/leads HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\nExpect: 100-continue\r\n\(lines)\r\n\r\n"
            )
            #expect(try APIClient.answer(raw.receiveAll()).status == status, "\(lines)")
        }
        let every = try client.send("OPTIONS", "*")
        #expect(every.status == 204 && every.headers["allow"]?.contains("PATCH") == true, "\(every)")
        let method = try client.send("DELETE", "/api/leads")
        #expect(method.status == 405 && method.headers["allow"] == "GET, HEAD, OPTIONS, POST")
        // Text that would be SQL or HTML elsewhere is text.
        for text in ["'; DROP TABLE leads; --", "<script>alert(1)</script>", "%' OR 1=1", "a\\\"b", "\u{202E}x"] {
            let body = String(
                decoding: try JSONEncoder().encode(["full_name": "Ada King", "company": text]), as: UTF8.self)
            let made = try client.send("POST", "/api/leads", body)
            #expect([200, 201].contains(made.status), "\(text): \(made)")
            let query = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            for target in [
                "/api/leads?company=\(query)", "/api/leads/search?q=\(query)", "/api/runs?job=\(query)",
                "/api/companies/\(query)",
            ] {
                #expect(try client.send("GET", target).status < 500, "\(target)")
            }
        }
        #expect(try client.send("GET", "/api/stats/leads").json["total"].int ?? 0 > 0)
    }

    @Test func `who holds connections for nothing is cut off, and others are served`() async throws {
        let api = try APIPlace(settings: "api: { connections: 40 }\n")
        let (client, writer) = (try await api.client("read"), try await api.client("write"))
        // Heads that never end.
        let slow = try (0..<20).map { _ in try RawClient(port: api.port) }
        for one in slow { one.send("GET /api/leads HTTP/1.1\r\nHost: loc") }
        // And a body that does not come.
        let idle = try RawClient(port: api.port)
        idle.send(
            "POST /api/leads HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(writer.token ?? "")"
                + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"email")
        async let end = Blocking.run { idle.receiveAll() }
        #expect(try client.send("GET", "/api/leads").status == 200)
        // More connections than there may be are refused with a word, and the rest live.
        var held: [RawClient] = []
        var refused = 0
        for _ in 0..<200 {
            guard let one = try? RawClient(port: api.port) else { continue }
            held.append(one)
        }
        for one in held.suffix(100) where String(decoding: one.receive(), as: UTF8.self).contains("503") {
            refused += 1
        }
        #expect(refused > 90, "\(refused)")
        held.removeAll()
        var status = 0
        for _ in 0..<100 where status != 200 {
            status = (try? client.send("GET", "/api/leads").status) ?? 0
            if status != 200 { usleep(50_000) }
        }
        #expect(status == 200)
        let late = try await end
        #expect(late.hasPrefix("HTTP/1.1 408 ") && late.contains("the body comes too slowly"), "\(late)")
        withExtendedLifetime(slow) {}
    }

    @Test func `requests beyond a token's rate wait, and are told how long`() async throws {
        let api = try APIPlace(settings: "api: { requests_per_minute: 5 }\n")
        let (client, other) = (try await api.client("read"), try await api.client("read"))
        let statuses = try (0..<7).map { _ in try client.send("GET", "/api/leads").status }
        #expect(statuses.prefix(5).allSatisfy { $0 == 200 } && statuses.suffix(1) == [429], "\(statuses)")
        let late = try client.send("GET", "/api/leads")
        #expect(late.status == 429 && Int(late.headers["retry-after"] ?? "") ?? 0 > 0)
        #expect(late.headers["ratelimit-limit"] == "5" && late.headers["ratelimit-remaining"] == "0")
        #expect(try other.send("GET", "/api/leads").status == 200)
    }

    @Test func `no secret is in any answer`() async throws {
        let keys = [
            "SERPAPI_API_KEY": "serpkey0123456789abcdefMARK", "AIRTABLE_TOKEN": "patAbCdEfGhIjKlMn.MARK9988776655",
            "OPENAI_API_KEY": "sk-proj-MARKQWERTYUIOPasdfghjkl0",
        ]
        let schedule = """
            jobs:
              tick: { command: [/bin/sh, -c, "echo patAbCdEfGhIjKlMn.MARK9988776655"], every: 1h }
              # patAbCdEfGhIjKlMn.MARK9988776655
              pinged: { run: health-check, every: 1h, ping: { secret: airtable_token } }
            """
        let api = try APIPlace(
            schedule: schedule, settings: "network: { proxy: \"http://robin:MARKpassword1@127.0.0.1:9\" }\n",
            environment: keys)
        let client = try await api.client("admin", more: ["--person"])
        _ = try client.send("POST", "/api/jobs/tick/run?wait=100")
        let document = try client.send("GET", "/openapi.json").json
        var walked = 0
        for path in document["paths"].keys where path != "/api/events" {
            for method in document["paths"][path].keys {
                let target = path.replacing("{name}", with: "tick").replacing(/\{\w+\}/, with: "1")
                let answer = try client.send(
                    method.uppercased(), target, method == "get" ? nil : "{}", headers: ["If-Match": "*"])
                walked += 1
                #expect(!answer.body.contains("MARK"), "\(method) \(target): \(answer.body.prefix(2_000))")
                #expect(!"\(answer.headers)".contains("MARK"))
            }
        }
        #expect(walked > 55)
        #expect(!api.daemon.output.contains(client.token ?? "-"))
    }

    @Test func `requests with keys are neither lost nor doubled, whenever the daemon is killed`() async throws {
        let place = TestInstallation()
        let made = try await place.run("token", "create", "t", "--scope", "write")
        let token = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let total = Program.isLong ? 1_000 : 300
        var answered: [Int: String] = [:]
        var next = 0
        var kills = 0
        while next < total {
            let daemon = try place.serve()
            try daemon.notification("READY=1")
            let client = APIClient(port: try daemon.apiPort(), token: token)
            let until = kills < 12 ? next + Int.random(in: 5...60) : total
            let pid = daemon.pid
            while next < total {
                if next == until {
                    // In the middle of a request, as likely as between two.
                    Thread.detachNewThread {
                        usleep(.random(in: 0...4_000))
                        kill(pid, SIGKILL)
                    }
                }
                let body = Self.person(next)
                guard
                    let answer = try? client.send("POST", "/api/leads", body, headers: ["Idempotency-Key": "k\(next)"]),
                    answer.status == 201 || answer.status == 200
                else { break }
                answered[next] = answer.body
                next += 1
            }
            kills += 1
            daemon.send(SIGKILL)
            _ = daemon.end()
        }
        #expect(kills > 3)
        // All of them again: the same answers, and nothing new.
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        let client = APIClient(port: try daemon.apiPort(), token: token)
        for number in 0..<total {
            let body = Self.person(number)
            let again = try client.send("POST", "/api/leads", body, headers: ["Idempotency-Key": "k\(number)"])
            #expect(again.status == 201 && again.body == answered[number], "\(number): \(again)")
        }
        #expect(try SQLiteShell.run(place.folder.data.database, "SELECT count(*) FROM leads") == "\(total)\n")
    }

    /// A person whom nobody else is.
    private static func person(_ number: Int) -> String {
        "{\"full_name\": \"Ada King\", \"company\": \"Company \(number)\", \"email\": \"ada@company\(number).example\"}"
    }
}

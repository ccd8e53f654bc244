import Storage
import Foundation
import TestSupport
import Testing

/// Who may use the API, and where it can be reached.
struct APIAccessTests {
    @Test func `without a token, with a wrong, an expired, a revoked or a too narrow one nothing is told`() async throws
    {
        let api = try APIPlace()
        let scopes = ["read", "write", "run", "admin"]
        var clients: [String: APIClient] = [:]
        for scope in scopes { clients[scope] = try await api.client(scope) }
        let revoked = try await api.place.run("token", "create", "gone", "--scope", "admin").output.dropLast()
        #expect(try await api.place.run("token", "revoke", "gone").code == 0)
        let old = try await api.place.run("token", "create", "old", "--scope", "admin", "--expires", "90d").output
            .dropLast()
        try SQLiteShell.run(
            api.place.folder.data.database,
            "UPDATE api_tokens SET expires_at = '2026-01-01 00:00:00.000' WHERE name = 'old'")
        let document = try api.anonymous.send("GET", "/openapi.json").json
        var (checked, waits) = (0, 0)
        for path in document["paths"].keys {
            for method in document["paths"][path].keys {
                let operation = document["paths"][path][method]
                guard let text = operation["description"].text, let match = text.firstMatch(of: /the scope `(\w+)`/)
                else {
                    #expect(["/healthz", "/openapi.json", "/docs"].contains(path), "\(path)")
                    continue
                }
                checked += 1
                let target = path.replacing(/\{\w+\}/, with: "1")
                func status(_ token: String?) throws -> Int {
                    try APIClient(port: api.port, token: token).send(method.uppercased(), target).status
                }
                #expect(try status(nil) == 401, "\(method) \(path)")
                if waits < 2 {
                    // More of them are answered later and later.
                    waits += 1
                    #expect(try status("4r_" + String(repeating: "a", count: 51)) == 401, "\(method) \(path)")
                    #expect(try status(String(revoked)) == 401 && status(String(old)) == 401)
                }
                let place = scopes.firstIndex(of: String(match.1)) ?? 0
                guard place > 0 else { continue }
                let answer = try #require(clients[scopes[place - 1]]).send(method.uppercased(), target)
                #expect(answer.status == 403, "\(method) \(path): \(answer)")
                #expect(answer.headers["www-authenticate"]?.contains("insufficient_scope") == true)
            }
        }
        #expect(checked > 55)
        let inURL = try api.anonymous.send("GET", "/api/leads?access_token=\(clients["admin"]?.token ?? "")")
        #expect(inURL.status == 401)
        let lower = try #require(clients["read"]?.token)
        #expect(
            try api.anonymous.send("GET", "/api/leads", headers: ["Authorization": "bearer \(lower)"]).status == 200)
    }

    @Test func `who guesses tokens is answered later each time, and others are not`() async throws {
        let api = try APIPlace()
        let good = try await api.client("read")
        let wrong = APIClient(port: api.port, token: "4r_" + String(repeating: "b", count: 51))
        var times: [Duration] = []
        for _ in 0..<7 {
            let begun = ContinuousClock.now
            #expect(try wrong.send("GET", "/api/leads").status == 401)
            times.append(ContinuousClock.now - begun)
        }
        // 100, 200, 400, 800 ms after three that are free.
        #expect(times[3...].reduce(.zero, +) >= .milliseconds(1_500), "\(times)")
        #expect(try good.send("GET", "/api/leads").status == 200)
    }

    @Test func `a port that is taken does not stop the daemon, and is tried again`() async throws {
        let taken = RawServer { _, _ in [] }
        let place = TestInstallation()
        let daemon = try place.serve(environment: ["FOURRUNR_API_LISTEN": "127.0.0.1:\(taken.port)"])
        try daemon.notification("READY=1")
        let status = try daemon.notification("STATUS=API: 127.0.0.1:\(taken.port): is taken by another program")
        #expect(status.contains("STATUS="))
        let health = try await place.run("health")
        #expect(health.output.contains("is taken by another program"), "\(health)")
        #expect(try await place.run("run", "tick").code == 0)
        daemon.send(SIGTERM)
        #expect(daemon.end() == 0)
    }

    @Test func `an address that others reach needs a token, and a socket needs none of this`() async throws {
        let place = TestInstallation(settings: "api: { listen: \"0.0.0.0:0\" }\n")
        let refused = try await place.run("check")
        #expect(
            refused.code == 78
                && refused.output.contains("others can reach the API at 0.0.0.0:0, and there is no token"), "\(refused)"
        )
        #expect(refused.output.contains("4runr.yaml:1:"))
        #expect(try await place.run("token", "create", "a", "--scope", "read").code == 0)
        #expect(try await place.run("check").code == 0)
        for wrong in ["localhost", "127.0.0.1:99999", "run/api.sock", ":80", "http://x:80"] {
            let bad = TestInstallation(settings: "api: { listen: \"\(wrong)\" }\n")
            let outcome = try await bad.run("check")
            #expect(
                outcome.code == 78 && outcome.output.contains("neither an address with a port nor a socket's path"),
                "\(wrong): \(outcome)")
        }
        let socket = "\(place.folder.path)/api.sock"
        let daemon = try place.serve(environment: ["FOURRUNR_API_LISTEN": socket])
        try daemon.notification("READY=1")
        for _ in 0..<200 where !FileManager.default.fileExists(atPath: socket) { usleep(10_000) }
        let client = try RawClient(path: socket)
        client.send("GET /healthz HTTP/1.1\r\nHost: whatever\r\nConnection: close\r\n\r\n")
        #expect(client.receiveAll().hasPrefix("HTTP/1.1 200"))
    }
}

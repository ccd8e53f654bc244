import Foundation
import Storage
import TestSupport
import Testing

/// The API of the built program, as a program uses it.
struct APITests {
    private static let ada = #"{"full_name": "Ada King", "company": "Engines", "email": "ada@engines.example"}"#

    /// A request for each route that has its right answer, in an order in which they can be made.
    private static let tour: [(method: String, target: String, body: String?, type: String, status: Int)] = [
        ("GET", "/healthz", nil, "", 200), ("GET", "/openapi.json", nil, "", 200), ("GET", "/docs", nil, "", 200),
        ("POST", "/api/leads", ada, "application/json", 201),
        ("POST", "/api/leads", ada, "application/json", 200),
        ("POST", "/api/leads", #"{"full_name": "Bob Stone", "company": "Rocks"}"#, "application/json", 201),
        ("POST", "/api/leads", #"{"full_name": "Robert Stone", "company": "Boulders"}"#, "application/json", 201),
        ("GET", "/api/leads?limit=2&total=true", nil, "", 200), ("GET", "/api/leads/1", nil, "", 200),
        ("GET", "/api/leads/search?q=king", nil, "", 200), ("GET", "/api/leads/duplicates", nil, "", 200),
        ("GET", "/api/leads/export?format=jsonl", nil, "", 200), ("GET", "/api/leads/1/history", nil, "", 200),
        ("GET", "/api/leads/1/explain", nil, "", 200), ("GET", "/api/stats/leads", nil, "", 200),
        ("PUT", "/api/leads/1", ada, "application/json", 200),
        ("PATCH", "/api/leads/1", #"{"title": "CEO"}"#, "application/merge-patch+json", 200),
        (
            "POST", "/api/leads/upsert", #"{"by": "email", "email": "ada@engines.example", "title": "CTO"}"#,
            "application/json", 200
        ),
        ("POST", "/api/leads/upsert", #"{"by": "email", "email": "eve@engines.example"}"#, "application/json", 201),
        (
            "POST", "/api/leads/bulk-edit?company=Rocks", #"{"changes": {"industry": "Stone"}, "confirm": 1}"#,
            "application/json", 200
        ),
        ("POST", "/api/leads/2/apart", #"{"other": "1"}"#, "application/json", 200),
        ("POST", "/api/leads/2/merge", #"{"other": "3"}"#, "application/json", 200),
        ("POST", "/api/leads/2/unmerge", nil, "", 200), ("POST", "/api/leads/1/enrich?wait=20", nil, "", 200),
        ("DELETE", "/api/leads/2", nil, "", 204), ("POST", "/api/leads/2/restore", nil, "", 200),
        ("POST", "/api/leads/bulk-delete?company=Boulders", #"{"confirm": 1}"#, "application/json", 200),
        (
            "POST", "/api/leads/import?name=a.csv&wait=20", "email,full_name\nzoe@acme.example,Zoe Zed\n", "text/csv",
            200
        ),
        ("GET", "/api/changes?limit=2", nil, "", 200), ("GET", "/api/messages", nil, "", 200),
        ("GET", "/api/messages/1", nil, "", 200),
        ("PATCH", "/api/messages/1", #"{"subject": "Ten minutes?"}"#, "application/json", 200),
        ("POST", "/api/messages/1/release", nil, "", 200),
        ("GET", "/api/companies", nil, "", 200), ("GET", "/api/companies/engines.example", nil, "", 200),
        ("POST", "/api/suppressions", #"{"targets": ["rival.example"]}"#, "application/json", 200),
        ("GET", "/api/suppressions", nil, "", 200), ("DELETE", "/api/suppressions/rival.example", nil, "", 204),
        ("GET", "/api/jobs", nil, "", 200), ("GET", "/api/jobs/tick", nil, "", 200),
        ("POST", "/api/jobs/tick/run?wait=20", nil, "", 200),
        ("POST", "/api/jobs/tick/pause", #"{"note": "x"}"#, "application/json", 200),
        ("POST", "/api/jobs/tick/resume", nil, "", 200), ("POST", "/api/jobs/tick/cancel", nil, "", 409),
        ("POST", "/api/jobs/long/run", nil, "", 202), ("POST", "/api/jobs/long/cancel", nil, "", 200),
        (
            "POST", "/api/jobs/tick/backfill?dry_run=true",
            #"{"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T04:00:00Z"}"#, "application/json", 200
        ),
        (
            "POST", "/api/jobs/tick/backfill", #"{"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T04:00:00Z"}"#,
            "application/json", 202
        ),
        ("GET", "/api/runs?limit=1", nil, "", 200), ("GET", "/api/runs/1", nil, "", 200),
        ("GET", "/api/runs/1/steps", nil, "", 200), ("GET", "/api/schedule", nil, "", 200),
        ("POST", "/api/schedule/check", "jobs: { a: { run: sync, every: 5m } }", "application/yaml", 200),
        ("POST", "/api/schedule/diff", "jobs: { a: { run: sync, every: 5m } }", "text/plain", 200),
        ("GET", "/api/schedule/next?limit=2", nil, "", 200),
        ("GET", "/api/schedule/explain?expression=0+9+*+*+mon", nil, "", 200),
        ("POST", "/api/sync?dry_run=true&wait=20", nil, "", 200),
        ("POST", "/api/sync/to-airtable?wait=20", nil, "", 200),
        ("POST", "/api/sync/from-airtable?wait=20", nil, "", 200), ("GET", "/api/sync/status", nil, "", 200),
        ("GET", "/api/stats/sync", nil, "", 200), ("GET", "/api/sync/conflicts", nil, "", 200),
        ("POST", "/api/sync/conflicts/1", #"{"keep": "local"}"#, "application/json", 200),
        ("POST", "/api/sync/conflicts/1", #"{"keep": "local"}"#, "application/json", 409),
        ("POST", "/api/sync/conflicts/2", #"{"keep": "local"}"#, "application/json", 404),
        ("GET", "/api/calls", nil, "", 200), ("GET", "/api/config", nil, "", 200), ("GET", "/readyz", nil, "", 200),
        ("POST", "/api/backups?wait=20", nil, "", 200), ("GET", "/api/backups", nil, "", 200),
        ("POST", "/api/backups/nope/restore", #"{"confirm": "nope"}"#, "application/json", 404),
        ("POST", "/api/backups/BACKUP/restore?dry_run=true", #"{"confirm": "BACKUP"}"#, "application/json", 200),
        ("POST", "/api/backups/BACKUP/restore", #"{"confirm": "BACKUP"}"#, "application/json", 200),
    ]

    @Test func `each route gives its right answer, and no other than its description says`() async throws {
        let api = try APIPlace(
            schedule: """
                jobs:
                  tick: { command: [/bin/true], every: 1h }
                  long: { command: [/bin/sleep, "60"], every: 12h }
                """)
        let client = try await api.client("admin", more: ["--person"])
        let document = try client.send("GET", "/openapi.json").json
        var backup = ""
        var left = Set<String>()
        for path in document["paths"].keys {
            for method in document["paths"][path].keys { left.insert("\(method.uppercased()) \(path)") }
        }
        #expect(left.count > 55)
        for step in Self.tour {
            if step.target.hasPrefix("/api/messages/1"), step.method == "GET" {
                try SQLiteShell.run(
                    api.place.folder.data.database,
                    """
                    INSERT INTO campaigns (lead_id, campaign_id, campaign_type, status, subject_line, message_content,
                        held_reason, created_at, updated_at) VALUES (1, 'x', 'initial', 'draft', 'S', 'Hi Ada', 'why',
                        '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000');
                    INSERT INTO companies (domain, site, facts, created_at, updated_at) VALUES ('engines.example',
                        'https://engines.example/', '{}', '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000');
                    INSERT INTO sync_conflicts (lead_id, field, base_value, local_value, airtable_value, found_at)
                        VALUES (1, 'title', 'CEO', 'CTO', 'COO', '2026-01-01 00:00:00.000')
                    """)
            }
            let answer = try client.send(
                step.method, step.target.replacing("BACKUP", with: backup),
                step.body?.replacing("BACKUP", with: backup), type: step.type, headers: ["If-Match": "*"])
            if step.target == "/api/backups" { backup = answer.json["backups"][0]["name"].text ?? "" }
            // What is asked for is done by the time it is asked about.
            if step.target.hasSuffix("/backfill") {
                #expect(answer.json["slots"].list.count == 5 && answer.json["runs"].list.count == 5, "\(answer)")
                let runs = try await eventually {
                    try client.send("GET", "/api/runs?trigger=backfill&status=success").json["runs"].list.count == 5
                }
                #expect(runs)
            }
            if step.target.hasSuffix("/long/cancel") {
                #expect(answer.json["status"].text == "cancelled" && answer.json["run"].int != nil, "\(answer)")
                #expect(try client.send("GET", "/api/jobs/long").json["state"].text == "idle")
            }
            #expect(answer.status == step.status, "\(step.method) \(step.target): \(answer)")
            let path = Self.path(of: step.target, in: document)
            left.remove("\(step.method) \(path)")
            let described = document["paths"][path][step.method.lowercased()]["responses"]["\(answer.status)"]
            #expect(!described.isNull, "\(step.method) \(path) does not describe \(answer.status)")
            if let type = answer.headers["content-type"]?.split(separator: ";").first.map(String.init) {
                #expect(described["content"].keys.contains(type), "\(step.method) \(path): \(type)")
            }
            #expect(
                answer.headers["cache-control"] == "no-store" && answer.headers["x-content-type-options"] == "nosniff")
        }
        // It has a test of its own.
        #expect(left == ["GET /api/events"])
    }

    /// The template that a target is of.
    private static func path(of target: String, in document: ParsedJSON) -> String {
        let wanted = target.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        let fitting = document["paths"].keys.filter { path in
            let parts = path.split(separator: "/").map(String.init)
            return parts.count == wanted.count && zip(parts, wanted).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return fitting.min { $0.count { $0 == "{" } < $1.count { $0 == "{" } } ?? ""
    }

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

    @Test func `a change needs the state that was seen, and what GET gave can be put`() async throws {
        let api = try APIPlace()
        let client = try await api.client("write", more: ["--person"])
        let made = try client.send("POST", "/api/leads", Self.ada)
        #expect(made.status == 201 && made.headers["location"] == "/api/leads/1" && made.json["result"].text == "new")
        let shown = try client.send("GET", "/api/leads/1")
        let tag = try #require(shown.headers["etag"])
        #expect(tag.hasPrefix("\"1-") && made.headers["etag"] == tag)
        #expect(try client.send("GET", "/api/leads/1", headers: ["If-None-Match": "\"x\", \(tag)"]).status == 304)
        let head = try client.send("HEAD", "/api/leads/1")
        #expect(head.status == 200 && head.headers["etag"] == tag && head.body.isEmpty)
        #expect(try client.send("PATCH", "/api/leads/1", #"{"title": "CEO"}"#).status == 428)
        #expect(try client.send("DELETE", "/api/leads/1").status == 428)
        #expect(
            try client.send("PATCH", "/api/leads/1", #"{"title": "CEO"}"#, headers: ["If-Match": "W/\(tag)"]).status
                == 412)
        let patched = try client.send("PATCH", "/api/leads/1", #"{"title": "CEO"}"#, headers: ["If-Match": tag])
        #expect(
            patched.status == 200 && patched.json["title"].text == "CEO" && patched.json["company"].text == "Engines")
        for (method, body) in [("PATCH", #"{"title": "CTO"}"#), ("PUT", Self.ada), ("DELETE", nil)] {
            let stale = try client.send(method, "/api/leads/1", body, headers: ["If-Match": tag])
            #expect(
                stale.status == 412 && stale.json["detail"].text?.contains("it has revision 2, not 1") == true,
                "\(stale)")
        }
        // What is only read passes as it is; what differs is refused, and what is absent is emptied.
        let now = try #require(patched.headers["etag"])
        let same = try client.send("PUT", "/api/leads/1", patched.body, headers: ["If-Match": now])
        #expect(same.status == 200 && same.headers["etag"] == now, "\(same)")
        let wrong = patched.body.replacing("\"source\":\"manual\"", with: "\"source\":\"mine\"")
        let refused = try client.send("PUT", "/api/leads/1", wrong, headers: ["If-Match": now])
        #expect(refused.status == 400 && refused.json["errors"][0]["field"].text == "source")
        let put = try client.send("PUT", "/api/leads/1", Self.ada, headers: ["If-Match": now])
        #expect(put.status == 200 && put.json["title"].isNull && put.json["revision"].int == 3)
        // Null empties, RFC 7396.
        let emptied = try client.send(
            "PATCH", "/api/leads/1", #"{"company": null}"#, headers: ["If-Match": "*"])
        #expect(emptied.json["company"].isNull && emptied.json["email"].text == "ada@engines.example")
        // Only what was said has the token as its author.
        let claims = try SQLiteShell.run(
            api.place.folder.data.database,
            "SELECT DISTINCT field FROM lead_values WHERE author LIKE 'token:t%/person' ORDER BY field")
        #expect(claims == "company\ntitle\n")
        #expect(
            try SQLiteShell.run(
                api.place.folder.data.database,
                "SELECT count(*) FROM pipeline_activities WHERE activity_type = 'edit' AND author LIKE 'token:t%/person'"
            )
                == "3\n")
    }

    @Test func `a program does not overrule a person, nor lift what a person said`() async throws {
        let api = try APIPlace()
        let machine = try await api.client("write")
        let person = try await api.client("write", more: ["--person"])
        #expect(try machine.send("POST", "/api/leads", Self.ada).status == 201)
        #expect(
            try machine.send("PATCH", "/api/leads/1", #"{"title": "COO"}"#, headers: ["If-Match": "*"]).status == 200)
        #expect(
            try person.send("PATCH", "/api/leads/1", #"{"title": "CEO"}"#, headers: ["If-Match": "*"]).status == 200)
        let lost = try machine.send(
            "PATCH", "/api/leads/1", #"{"title": "CFO", "phone": "+14165550134"}"#, headers: ["If-Match": "*"])
        #expect(lost.status == 409 && lost.json["errors"][0]["field"].text == "title", "\(lost)")
        #expect(try machine.send("GET", "/api/leads/1").json["phone"].isNull, "half of it was written")
        #expect(
            try machine.send("PATCH", "/api/leads/1", #"{"opted_out": true}"#, headers: ["If-Match": "*"]).status == 200
        )
        #expect(
            try machine.send("PATCH", "/api/leads/1", #"{"opted_out": false}"#, headers: ["If-Match": "*"]).status
                == 403)
        #expect(
            try machine.send("PATCH", "/api/leads/1", #"{"status": "contacted"}"#, headers: ["If-Match": "*"]).status
                == 409)
        #expect(try machine.send("POST", "/api/suppressions", #"{"targets": ["acme.example"]}"#).status == 200)
        #expect(try machine.send("POST", "/api/leads", #"{"email": "a@acme.example"}"#).status == 409)
        #expect(try machine.send("DELETE", "/api/suppressions/acme.example").status == 403)
        #expect(try person.send("DELETE", "/api/suppressions/acme.example").status == 204)
        #expect(
            try person.send("PATCH", "/api/leads/1", #"{"opted_out": false}"#, headers: ["If-Match": "*"]).status == 200
        )
        #expect(try machine.send("DELETE", "/api/leads/1", headers: ["If-Match": "*"]).status == 204)
        let again = try machine.send("POST", "/api/leads", Self.ada)
        #expect(again.status == 409 && again.json["detail"].text?.contains("was deleted") == true)
    }

    /// A dry run of each change. `BACKUP` stands for the name of the only backup.
    private static let trials: [(method: String, target: String, body: String?, type: String, status: Int)] = [
        ("POST", "/api/leads", #"{"email": "x@acme.example"}"#, "application/json", 200),
        ("PATCH", "/api/leads/1", #"{"title": "CEO"}"#, "application/json", 200),
        ("PUT", "/api/leads/1", #"{"email": "ada@engines.example"}"#, "application/json", 200),
        ("DELETE", "/api/leads/1", nil, "", 200),
        ("POST", "/api/leads/1/merge", #"{"other": 2}"#, "application/json", 200),
        ("POST", "/api/leads/5/unmerge", nil, "", 200), ("POST", "/api/leads/3/restore", nil, "", 200),
        ("POST", "/api/jobs/tick/run", nil, "", 400),
        ("POST", "/api/leads/1/apart", #"{"other": 2}"#, "application/json", 200),
        ("POST", "/api/leads/1/enrich?wait=20", nil, "", 200),
        ("POST", "/api/leads/upsert", #"{"by": "email", "email": "y@acme.example"}"#, "application/json", 200),
        ("POST", "/api/leads/bulk-delete?company=Rocks", #"{"confirm": 1}"#, "application/json", 200),
        (
            "POST", "/api/leads/bulk-edit?company=Rocks", #"{"changes": {"industry": "x"}, "confirm": 1}"#,
            "application/json", 200
        ),
        ("POST", "/api/leads/import", "email\nzoe@acme.example\n", "text/csv", 200),
        ("POST", "/api/suppressions", #"{"targets": ["rocks.example"]}"#, "application/json", 200),
        ("DELETE", "/api/suppressions/rival.example", nil, "", 200),
        ("PATCH", "/api/messages/1", #"{"subject": "Ten minutes?"}"#, "application/json", 200),
        ("POST", "/api/messages/1/release", nil, "", 200),
        ("POST", "/api/sync/conflicts/1", #"{"keep": "airtable"}"#, "application/json", 200),
        ("POST", "/api/sync?wait=20", nil, "", 200), ("POST", "/api/sync/to-airtable?wait=20", nil, "", 200),
        ("POST", "/api/sync/from-airtable?wait=20", nil, "", 200),
        ("POST", "/api/jobs/pipeline/run?wait=20", nil, "", 200),
        ("POST", "/api/jobs/tick/pause", #"{"note": "x"}"#, "application/json", 200),
        ("POST", "/api/jobs/still/resume", nil, "", 200), ("POST", "/api/jobs/long/cancel", nil, "", 200),
        ("POST", "/api/jobs/tick/backfill", #"{"from": "2026-01-01T00:00:00Z", "limit": 9}"#, "application/json", 400),
        (
            "POST", "/api/jobs/tick/backfill", #"{"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T04:00:00Z"}"#,
            "application/json", 200
        ),
        ("POST", "/api/backups", nil, "", 200),
        ("POST", "/api/backups/BACKUP/restore", #"{"confirm": "BACKUP"}"#, "application/json", 200),
    ]

    @Test func `a dry run of each change says what it would do, and does nothing`() async throws {
        let api = try APIPlace(
            schedule: """
                jobs:
                  tick: { command: [/bin/true], cron: "0 * 1 1 *" }
                  still: { command: [/bin/true], cron: "0 0 1 1 *" }
                  long: { command: [/bin/sleep, "60"], every: 12h }
                """)
        let client = try await api.client("admin", more: ["--person"])
        let database = api.place.folder.data.database
        _ = try client.send("POST", "/api/leads", Self.ada)
        _ = try client.send("POST", "/api/leads", #"{"full_name": "Bob Stone", "company": "Rocks"}"#)
        _ = try client.send("POST", "/api/leads", #"{"full_name": "Cy Gone", "company": "Sand"}"#)
        _ = try client.send("DELETE", "/api/leads/3", headers: ["If-Match": "*"])
        _ = try client.send("POST", "/api/suppressions", #"{"targets": ["rival.example"]}"#)
        _ = try client.send("POST", "/api/leads", #"{"full_name": "Di Brook", "company": "Mills"}"#)
        _ = try client.send("POST", "/api/leads", #"{"full_name": "Diana Brook", "company": "Looms"}"#)
        #expect(try client.send("POST", "/api/leads/4/merge", #"{"other": "5"}"#).status == 200)
        _ = try client.send("POST", "/api/jobs/still/pause")
        _ = try client.send("POST", "/api/backups?wait=20")
        // What a restore would keep in force.
        _ = try client.send("POST", "/api/suppressions", #"{"targets": ["late.example"]}"#)
        try SQLiteShell.run(
            database,
            """
            INSERT INTO campaigns (lead_id, campaign_id, campaign_type, status, subject_line, message_content,
                held_reason, created_at, updated_at) VALUES (1, 'x', 'initial', 'draft', 'S', 'Hi Ada', 'why',
                '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000');
            INSERT INTO sync_conflicts (lead_id, field, base_value, local_value, airtable_value, found_at)
                VALUES (1, 'title', 'CEO', 'CTO', 'COO', '2026-01-01 00:00:00.000')
            """)
        #expect(try client.send("POST", "/api/jobs/long/run").status == 202)
        let backups = try client.send("GET", "/api/backups").json["backups"].list
        let name = try #require(backups.first?["name"].text)
        // Runs are rows also when they are dry; nothing else may change.
        func everything() throws -> String {
            let tables = try SQLiteShell.run(
                database,
                """
                SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%fts%'
                    AND name NOT LIKE '%trigram%' AND name NOT IN ('pipeline_activities', 'api_tokens', 'counters')
                """)
            let rows = try tables.split(separator: "\n").map {
                "\($0)\n" + (try SQLiteShell.run(database, "SELECT * FROM \($0)"))
            }.joined()
            return rows
                + (try SQLiteShell.run(
                    database, "SELECT * FROM pipeline_activities WHERE lead_id IS NOT NULL AND parent_id IS NULL"))
        }
        let before = try everything()
        let document = try client.send("GET", "/openapi.json").json
        var left = Set<String>()
        for path in document["paths"].keys where !path.hasPrefix("/api/schedule") {
            for method in document["paths"][path].keys where !["get", "head", "options"].contains(method) {
                left.insert("\(method.uppercased()) \(path)")
            }
        }
        for step in Self.trials {
            let query = (step.target.contains("?") ? "&" : "?") + "dry_run=true"
            let answer = try client.send(
                step.method, step.target.replacing("BACKUP", with: name) + query,
                step.body?.replacing("BACKUP", with: name), type: step.type, headers: ["If-Match": "*"])
            #expect(answer.status == step.status, "\(step.method) \(step.target): \(answer)")
            #expect(answer.status >= 400 || !answer.body.isEmpty, "\(step.method) \(step.target)")
            if step.target == "/api/backups" {
                #expect(answer.json["fits"].flag == true && answer.json["size"].int ?? 0 > 100_000, "\(answer)")
            }
            if step.target.hasSuffix("/restore"), step.target.hasPrefix("/api/backups") {
                #expect(answer.json["carried"]["suppressions"].int == 1 && answer.json["kept_as"].isNull, "\(answer)")
            }
            if step.target.contains("/bulk-") { #expect(answer.json["changed"].int == 1, "\(answer)") }
            left.remove("\(step.method) \(Self.path(of: step.target, in: document))")
        }
        #expect(left.isEmpty)
        #expect(try everything() == before)
        #expect(try client.send("GET", "/api/backups").json["backups"].list.count == backups.count)
        #expect(try client.send("GET", "/api/jobs/long").json["state"].text == "running")
        #expect(
            try SQLiteShell.run(database, "SELECT count(*) FROM pipeline_activities WHERE trigger = 'backfill'")
                == "0\n")
    }

    @Test func `changes come in order, to pollers and as events, and each only once it is stored`() async throws {
        let api = try APIPlace()
        let client = try await api.client("run")
        _ = try client.send("POST", "/api/leads", Self.ada)
        _ = try client.send("POST", "/api/leads", #"{"email": "b@acme.example"}"#)
        let first = try client.send("GET", "/api/changes?limit=1").json
        #expect(first["changes"][0]["lead"]["id"].int == 1 && first["has_more"].flag == true)
        let after = try #require(first["after"].text)
        let stream = try RawClient(port: api.port)
        let head = "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(client.token ?? "")\r\n"
        stream.send(head + "\r\n")
        #expect(stream.receive(until: "retry: 2000").contains("text/event-stream"))
        _ = try client.send("PATCH", "/api/leads/1", #"{"title": "CEO"}"#, headers: ["If-Match": "*"])
        let event = stream.receive(until: "\"title\":\"CEO\"")
        #expect(event.contains("event: lead"))
        // Also what another process stores.
        #expect(try await api.place.run("leads", "delete", "2").code == 0)
        let deleted = stream.receive(until: "\"id\":2,")
        let id = try #require((event + deleted).matches(of: /id: (\d+-\d+-\d+)/).first.map { String($0.1) })
        _ = try client.send("POST", "/api/jobs/tick/run?wait=20")
        #expect(stream.receive(until: "\"status\":\"success\"").contains("event: run"))
        // It goes on behind the event that was last seen.
        let resumed = try RawClient(port: api.port)
        resumed.send(head + "Last-Event-ID: \(id)\r\n\r\n")
        let rest = resumed.receive(until: "\"status\":\"success\"")
        #expect(rest.contains("\"id\":2,") && !rest.contains("\"title\":\"CEO\""), "\(rest)")
        let changes = try client.send("GET", "/api/changes?after=\(after)").json
        #expect(changes["changes"].list.map { $0["lead"]["id"].int } == [1, 2])
        #expect(
            changes["changes"].list.map { $0["deleted"].flag } == [false, true] && changes["has_more"].flag == false)
        #expect(try client.send("GET", "/api/changes?after=x").status == 400)
        // A stop does not wait for those who listen.
        api.daemon.send(SIGTERM)
        #expect(api.daemon.end(within: 10) == 0)
    }

    @Test func `a restored backup keeps tokens, suppressions and deletions, and says that changes begin anew`()
        async throws
    {
        let api = try APIPlace()
        let client = try await api.client("admin", more: ["--person"])
        _ = try client.send("POST", "/api/leads", Self.ada)
        let revoked = try await api.client("read")
        let backup = try client.send("POST", "/api/backups?wait=20").json["output_data"]["file"].text
        let name = try #require(backup)
        let after = try #require(try client.send("GET", "/api/changes").json["after"].text)
        let later = try await api.client("admin")
        _ = try client.send("POST", "/api/suppressions", #"{"targets": ["late.example"]}"#)
        _ = try client.send("DELETE", "/api/leads/1", headers: ["If-Match": "*"])
        try SQLiteShell.run(
            api.place.folder.data.database,
            "UPDATE api_tokens SET revoked_at = '2026-01-01 00:00:00.000' WHERE id = 2")
        #expect(try client.send("POST", "/api/backups/\(name)/restore", #"{"confirm": "x"}"#).status == 400)
        let restored = try client.send("POST", "/api/backups/\(name)/restore", #"{"confirm": "\#(name)"}"#)
        #expect(restored.status == 200, "\(restored)")
        #expect(try later.send("GET", "/api/suppressions").json["suppressions"][0]["value"].text == "late.example")
        #expect(try revoked.send("GET", "/api/leads").status == 401)
        #expect(try later.send("GET", "/api/leads").json["leads"].list.isEmpty)
        #expect(try later.send("GET", "/api/changes?after=\(after)").status == 412)
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

import Foundation
import Storage
import TestSupport
import Testing

/// The API of the built program, as a program uses it.
struct APITests {
    /// A request for each route that has its right answer, in an order in which they can be made.
    private static let tour: [(method: String, target: String, body: String?, type: String, status: Int)] = [
        ("GET", "/healthz", nil, "", 200), ("GET", "/openapi.json", nil, "", 200), ("GET", "/docs", nil, "", 200),
        ("POST", "/api/leads", APIPlace.ada, "application/json", 201),
        ("POST", "/api/leads", APIPlace.ada, "application/json", 200),
        ("POST", "/api/leads", #"{"full_name": "Bob Stone", "company": "Rocks"}"#, "application/json", 201),
        ("POST", "/api/leads", #"{"full_name": "Robert Stone", "company": "Boulders"}"#, "application/json", 201),
        ("GET", "/api/leads?limit=2&total=true", nil, "", 200), ("GET", "/api/leads/1", nil, "", 200),
        ("GET", "/api/leads/search?q=king", nil, "", 200), ("GET", "/api/leads/duplicates", nil, "", 200),
        ("GET", "/api/leads/export?format=jsonl", nil, "", 200), ("GET", "/api/leads/1/history", nil, "", 200),
        ("GET", "/api/leads/1/explain", nil, "", 200), ("GET", "/api/stats/leads", nil, "", 200),
        ("PUT", "/api/leads/1", APIPlace.ada, "application/json", 200),
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
        ("POST", "/api/leads/2/unmerge", nil, "", 200), ("POST", "/api/leads/1/enrich?wait=100", nil, "", 200),
        ("DELETE", "/api/leads/2", nil, "", 204), ("POST", "/api/leads/2/restore", nil, "", 200),
        ("POST", "/api/leads/bulk-delete?company=Boulders", #"{"confirm": 1}"#, "application/json", 200),
        (
            "POST", "/api/leads/import?name=a.csv&wait=100", "email,full_name\nzoe@acme.example,Zoe Zed\n", "text/csv",
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
        ("POST", "/api/jobs/tick/run?wait=100", nil, "", 200),
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
        ("POST", "/api/sync?dry_run=true&wait=100", nil, "", 200),
        ("POST", "/api/sync/to-airtable?wait=100", nil, "", 200),
        ("POST", "/api/sync/from-airtable?wait=100", nil, "", 200), ("GET", "/api/sync/status", nil, "", 200),
        ("GET", "/api/stats/sync", nil, "", 200), ("GET", "/api/sync/conflicts", nil, "", 200),
        ("POST", "/api/sync/conflicts/1", #"{"keep": "local"}"#, "application/json", 200),
        ("POST", "/api/sync/conflicts/1", #"{"keep": "local"}"#, "application/json", 409),
        ("POST", "/api/sync/conflicts/2", #"{"keep": "local"}"#, "application/json", 404),
        ("GET", "/api/calls", nil, "", 200), ("GET", "/api/config", nil, "", 200), ("GET", "/readyz", nil, "", 200),
        ("POST", "/api/backups?wait=100", nil, "", 200), ("GET", "/api/backups", nil, "", 200),
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
                if type.hasSuffix("/json") || type.hasSuffix("+json"), path != "/openapi.json" {
                    let problems = SchemaCheck(document).problems(answer.json, described["content"][type]["schema"])
                    #expect(problems.isEmpty, "\(step.method) \(path): \(problems)")
                }
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
        ("POST", "/api/leads/1/enrich?wait=100", nil, "", 200),
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
        ("POST", "/api/sync?wait=100", nil, "", 200), ("POST", "/api/sync/to-airtable?wait=20", nil, "", 200),
        ("POST", "/api/sync/from-airtable?wait=100", nil, "", 200),
        ("POST", "/api/jobs/pipeline/run?wait=100", nil, "", 200),
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
        _ = try client.send("POST", "/api/leads", APIPlace.ada)
        _ = try client.send("POST", "/api/leads", #"{"full_name": "Bob Stone", "company": "Rocks"}"#)
        _ = try client.send("POST", "/api/leads", #"{"full_name": "Cy Gone", "company": "Sand"}"#)
        _ = try client.send("DELETE", "/api/leads/3", headers: ["If-Match": "*"])
        _ = try client.send("POST", "/api/suppressions", #"{"targets": ["rival.example"]}"#)
        _ = try client.send("POST", "/api/leads", #"{"full_name": "Di Brook", "company": "Mills"}"#)
        _ = try client.send("POST", "/api/leads", #"{"full_name": "Diana Brook", "company": "Looms"}"#)
        #expect(try client.send("POST", "/api/leads/4/merge", #"{"other": "5"}"#).status == 200)
        _ = try client.send("POST", "/api/jobs/still/pause")
        _ = try client.send("POST", "/api/backups?wait=100")
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
}

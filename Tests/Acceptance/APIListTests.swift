import Foundation
import Glibc
import Storage
import TestSupport
import Testing

/// Lists, and requests that are sent twice.
struct APIListTests {
    @Test func `lists go through all leads page by page, sorted and filtered by what has an index`() async throws {
        let api = try APIPlace()
        let client = try await api.client("write")
        let csv =
            "full_name,company,email\n"
            + (0..<25).map {
                let letters = "abcdefghijklmnopqrstuvwxy".map { String($0) }
                return
                    "Person \(letters[$0].uppercased())arson,\($0 % 5 == 4 ? "" : "Company \($0 % 5)"),p.\(letters[$0])arson@site\($0).example\n"
            }.joined()
        #expect(try client.send("POST", "/api/leads/import?wait=100", csv, type: "text/csv").status == 200)
        for sort in ["id", "-id", "company", "-company", "email", "-created_at", "full_name", "status", "source"] {
            var (target, seen): (String?, [ParsedJSON]) = ("/api/leads?sort=\(sort)&limit=7", [])
            while let page = target {
                let answer = try client.send("GET", page)
                #expect(answer.status == 200, "\(answer)")
                seen += answer.json["leads"].list
                target = answer.headers["link"]?.firstMatch(of: /<([^>]+)>; rel="next"/).map { String($0.1) }
                #expect(answer.json["next"].isNull == (target == nil))
            }
            #expect(Set(seen.compactMap { $0["id"].int }).count == 25 && seen.count == 25, "\(sort): \(seen.count)")
            let column = sort.replacing("-", with: "")
            guard ["company", "email", "full_name"].contains(column) else { continue }
            let values = seen.map { $0[column].text }
            let given = values.compactMap { $0 }
            #expect(
                given == (sort.hasPrefix("-") ? given.sorted(by: >) : given.sorted())
                    && values.suffix(25 - given.count).allSatisfy { $0 == nil })
        }
        func count(_ query: String) throws -> Int? {
            let answer = try client.send("GET", "/api/leads?total=true&limit=1&\(query)")
            #expect(answer.status == 200, "\(answer)")
            return answer.json["total"].int
        }
        #expect(try count("company=Company+0") == 5 && count("company[in]=Company+0,Company+1") == 10)
        #expect(try count("company[prefix]=Comp") == 20 && count("company[empty]=true") == 5)
        #expect(try count("id[from]=11&id[until]=21") == 10 && count("id=1,2,99") == 2)
        #expect(try count("created_at[from]=2026-01-01T00:00:00Z") == 25 && count("status=cleaned,new") == 25)
        #expect(try count("deleted=only") == 0 && count("needs_enrichment=true&company=Company+0") == 5)
        let counts = try client.send("GET", "/api/stats/leads").json
        #expect(counts["total"].int == 25 && counts["by_source"]["csv:upload"].int == 25)
        for (query, field) in [
            ("title=x", "title"), ("company[prefix]=", "company[prefix]"), ("limit=0", "limit"), ("limit=201", "limit"),
            ("sort=title", "sort"), ("status=asleep", "status"), ("id=x", "id"),
            ("created_at[from]=yesterday", "created_at[from]"),
            ("cursor=zzz", "cursor"), ("limit=1&limit=2", "limit"), ("total=yes", "total"),
        ] {
            let answer = try client.send("GET", "/api/leads?\(query)")
            #expect(answer.status == 400 && answer.json["errors"][0]["field"].text == field, "\(query): \(answer)")
        }
        let cursor = try #require(try client.send("GET", "/api/leads?limit=2").json["next"].text)
        #expect(try client.send("GET", "/api/leads?limit=2&sort=id&cursor=\(cursor)").status == 400)
    }

    @Test func `the same request with the same key is done once`() async throws {
        let api = try APIPlace()
        let (client, other) = (try await api.client("run"), try await api.client("write"))
        let key = ["Idempotency-Key": "7a3c"]
        let first = try client.send("POST", "/api/leads", APIPlace.ada, headers: key)
        let again = try client.send("POST", "/api/leads", APIPlace.ada, headers: key)
        #expect(first.status == 201 && again.status == 201 && again.body == first.body)
        #expect(again.headers["idempotent-replayed"] == "true" && again.headers["location"] == "/api/leads/1")
        #expect(try client.send("POST", "/api/leads", #"{"email": "b@acme.example"}"#, headers: key).status == 422)
        #expect(
            try client.send("POST", "/api/leads?dry_run=true", APIPlace.ada, headers: ["Idempotency-Key": "d"]).status
                == 200)
        // How a file is read is part of the request.
        let file = "email,full_name\nzoe@acme.example,Zoe Zed\n"
        for (type, status) in [("text/csv", 200), ("application/json", 422), ("text/csv", 200)] {
            let answer = try client.send(
                "POST", "/api/leads/import?wait=100", file, type: type, headers: ["Idempotency-Key": "file"])
            #expect(answer.status == status, "\(type): \(answer)")
        }
        // A key belongs to its token.
        #expect(try other.send("POST", "/api/leads", APIPlace.ada, headers: key).status == 200)
        // What was refused did nothing, and may be tried again.
        let bad = ["Idempotency-Key": "bad"]
        #expect(try client.send("POST", "/api/leads", #"{"email": "nope"}"#, headers: bad).status == 400)
        #expect(try client.send("POST", "/api/leads", #"{"email": "c@acme.example"}"#, headers: bad).status == 201)
        for wrong in ["", String(repeating: "x", count: 256), "a b", "ü"] {
            let answer = try client.send(
                "POST", "/api/leads", APIPlace.ada, headers: ["idempotency-key": wrong.isEmpty ? " " : wrong])
            #expect(answer.status == 400, "\(wrong): \(answer)")
        }
        let run = try client.send("POST", "/api/jobs/tick/run", headers: ["Idempotency-Key": "run"])
        let same = try client.send("POST", "/api/jobs/tick/run", headers: ["Idempotency-Key": "run"])
        #expect(run.status == 202 && same.headers["location"] == run.headers["location"] && same.body == run.body)
    }

    @Test func `a file is the same file however it is cut on its way`() async throws {
        let api = try APIPlace()
        let client = try await api.client("write")
        let text = "email,full_name\nzoe@acme.example,Zoe Zed\n"
        let first = try client.send(
            "POST", "/api/leads/import?wait=100", text, type: "text/csv", headers: ["Idempotency-Key": "file"])
        #expect(first.status == 200, "\(first)")
        for (end, status) in [("", 200), ("bob@acme.example,Bob Bee\n", 422)] {
            let raw = try RawClient(port: api.port)
            raw.send(
                "POST /api/leads/import?wait=100 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(client.token ?? "")\r\nIdempotency-Key: file\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            )
            for line in (text + end).split(separator: "\n", omittingEmptySubsequences: true) {
                raw.send("\(String(line.utf8.count + 1, radix: 16))\r\n\(line)\n\r\n")
            }
            raw.send("0\r\n\r\n")
            let again = try APIClient.answer(raw.receiveAll())
            #expect(again.status == status, "\(again)")
            if status == 200 {
                #expect(again.headers["idempotent-replayed"] == "true" && again.body == first.body, "\(again)")
            }
        }
    }

    @Test func `what removes something needs more than the scope run, and a bulk change a filter`() async throws {
        let api = try APIPlace(
            schedule: "jobs: { nightly: { run: backup, at: \"02:30\" }, health: { run: health-check, every: 1h } }\n")
        let client = try await api.client("run")
        for job in ["nightly", "backup", "prune"] {
            let answer = try client.send("POST", "/api/jobs/\(job)/run")
            #expect(answer.status == 403 && answer.headers["www-authenticate"]?.contains("admin") == true, "\(answer)")
        }
        let backfill = try client.send(
            "POST", "/api/jobs/nightly/backfill", #"{"from": "2026-01-01T00:00:00Z", "to": "2026-01-03T00:00:00Z"}"#)
        #expect(backfill.status == 403, "\(backfill)")
        #expect(try client.send("POST", "/api/jobs/health/run?wait=100").status == 200)
        #expect(try await api.client("admin").send("POST", "/api/jobs/nightly/run?wait=100").status == 200)

        #expect(try client.send("POST", "/api/leads", APIPlace.ada).status == 201)
        let everybody = try client.send("POST", "/api/leads/bulk-delete", #"{"confirm": 1}"#)
        #expect(everybody.status == 400 && everybody.body.contains("without a filter"), "\(everybody)")
        #expect(try client.send("GET", "/api/leads/1").json["deleted_at"].isNull)
    }

    @Test func `a schedule that is sent is checked as text`() async throws {
        let api = try APIPlace()
        let client = try await api.client("admin")
        func check(_ text: String) throws -> APIClient.Answer {
            try client.send("POST", "/api/schedule/check", text, type: "application/yaml")
        }
        #expect(try check("jobs: { a: { run: health-check, every: 5m } }").json["is_valid"].flag == true)
        // What the schedule file may hold is no alias, whatever its asterisks and ampersands.
        let ours = try check(try client.send("GET", "/api/schedule").json["text"].text ?? "")
        #expect(ours.json["is_valid"].flag == true, "\(ours)")
        for job in [
            #"run: health-check, cron: "*/5 8 * * *""#, #"run: health-check, calendar: "Mon *-12-25 10:00""#,
            #"command: [/bin/sh, -c, "true && ls *log &"], every: 5m"#,
        ] {
            let answer = try check("# *-*~01\njobs: { a: { \(job) } }")
            #expect(answer.json["is_valid"].flag == true, "\(answer)")
        }
        let bomb = try check("a: &a [x, x]\nb: &b [*a, *a]\njobs: { c: { run: health-check, every: *b } }\n")
        #expect(bomb.status == 200 && bomb.json["is_valid"].flag == false && bomb.body.contains("aliases"))
        #expect(try check("\u{FEFF}jobs: { a: { run: health-check, every: 5m } }").json["is_valid"].flag == true)
        let warned = try check("jobs: { a: { run: health-check, every: 1s } }")
        #expect(warned.json["is_valid"].flag == true && warned.json["warnings"].list.count == 1, "\(warned)")
        let wrong = try check("jobs:\n  a: { run: nothing-here, every: 5m }\n")
        #expect(wrong.json["problems"].list.first?.text?.hasPrefix("schedule:2:") == true, "\(wrong)")
    }

    @Test func `what happened is paged, too`() async throws {
        let api = try APIPlace()
        let client = try await api.client("write", more: ["--person"])
        _ = try client.send("POST", "/api/leads", APIPlace.ada)
        for number in 1...4 {
            let answer = try client.send(
                "PATCH", "/api/leads/1", "{\"title\": \"T\(number)\"}", headers: ["If-Match": "*"])
            #expect(answer.status == 200)
        }
        try SQLiteShell.run(
            api.place.folder.data.database,
            """
            INSERT INTO sync_conflicts (lead_id, field, found_at) VALUES (1, 'title', '2026-01-01 00:00:00.000'),
                (1, 'company', '2026-01-01 00:00:00.000'), (1, 'location', '2026-01-01 00:00:00.000');
            INSERT INTO pipeline_activities (job_name, activity_type, activity_status, "trigger", completed_at)
                VALUES ('x', 'clean', 'success', 'manual', '2026-01-01 00:00:00.000');
            INSERT INTO pipeline_activities (parent_id, job_name, activity_type, activity_status, "trigger", completed_at)
                SELECT run.id, 'x', step.value, 'success', 'manual', '2026-01-01 00:00:00.000'
                FROM (SELECT max(id) AS id FROM pipeline_activities) AS run, json_each('["a", "b", "c"]') AS step
            """)
        let run = try SQLiteShell.run(
            api.place.folder.data.database, "SELECT max(parent_id) FROM pipeline_activities"
        ).trimmingCharacters(in: .whitespacesAndNewlines)
        for (path, list) in [
            ("/api/leads/1/history", "steps"), ("/api/sync/conflicts", "conflicts"),
            ("/api/runs/\(run)/steps", "steps"),
        ] {
            func number(_ entry: ParsedJSON) -> Int? { entry["id"].int ?? entry["conflict"]["id"].int }
            let all = try client.send("GET", path).json[list].list.map(number)
            #expect(all.count >= 2, "\(path)")
            var (found, next): ([Int?], String?) = ([], "\(path)?limit=1")
            while let target = next, found.count <= all.count {
                let page = try client.send("GET", target)
                #expect(page.status == 200, "\(page)")
                found += page.json[list].list.map(number)
                next = page.headers["link"].flatMap { $0.firstMatch(of: /<([^>]+)>/).map { String($0.1) } }
                #expect((next == nil) == page.json["next"].isNull)
            }
            #expect(found == all, "\(path)")
        }
    }

    @Test func `a bulk change goes through all that the filter selects, leaves out what may not be, and is done once`()
        async throws
    {
        let api = try APIPlace()
        let (machine, person) = (try await api.client("write"), try await api.client("write", more: ["--person"]))
        let rows = (1...250).map { "p\($0)@acme.example,Person \($0),Acme" }.joined(separator: "\n")
        let taken = try machine.send(
            "POST", "/api/leads/import?wait=100", "email,full_name,company\n\(rows)\n", type: "text/csv")
        #expect(taken.status == 200)
        // A person's word about one of them holds.
        let held = try person.send("PATCH", "/api/leads/7", #"{"industry": "Steel"}"#, headers: ["If-Match": "*"])
        #expect(held.status == 200)
        let body = #"{"changes": {"industry": "Stone"}, "confirm": 250}"#
        let key = ["Idempotency-Key": "bulk"]
        let tried = try machine.send("POST", "/api/leads/bulk-edit?company=Acme&dry_run=true", body)
        #expect(try machine.send("GET", "/api/leads/250").json["industry"].isNull)
        let changed = try machine.send("POST", "/api/leads/bulk-edit?company=Acme", body, headers: key)
        #expect(changed.json["count"].int == 250 && changed.json["changed"].int == 249, "\(changed)")
        #expect(tried.body == changed.body, "\(tried)")
        #expect(changed.json["refused"][0]["lead"].int == 7 && changed.json["refused"].list.count == 1)
        let again = try machine.send("POST", "/api/leads/bulk-edit?company=Acme", body, headers: key)
        #expect(again.body == changed.body && again.headers["idempotent-replayed"] == "true")
        #expect(try machine.send("GET", "/api/leads/7").json["industry"].text == "Steel")
        #expect(try machine.send("GET", "/api/leads/250").json["industry"].text == "Stone")
        let wrong = try machine.send("POST", "/api/leads/bulk-delete?company=Acme", #"{"confirm": 249}"#)
        #expect(wrong.status == 409)
        let gone = try machine.send("POST", "/api/leads/bulk-delete?company=Acme", #"{"confirm": 250}"#)
        #expect(gone.json["changed"].int == 250, "\(gone)")
        #expect(try machine.send("GET", "/api/leads").json["leads"].list.isEmpty)
    }

    @Test func `what names nobody or says nothing is refused, and is not taken for everything`() async throws {
        let api = try APIPlace()
        let client = try await api.client("run", more: ["--person"])
        #expect(try client.send("POST", "/api/leads", APIPlace.ada).status == 201)
        for (method, target, body, field) in [
            ("POST", "/api/jobs/enrich/run", #"{"leads": []}"#, "leads"),
            ("POST", "/api/sync", #"{"leads": []}"#, "leads"),
            ("PATCH", "/api/leads/1", #"{"status": null}"#, "status"),
            ("PATCH", "/api/leads/1", #"{"opted_out": null, "title": "CEO"}"#, "opted_out"),
        ] {
            let answer = try client.send(method, target, body, headers: ["If-Match": "*"])
            #expect(answer.status == 400 && answer.json["errors"][0]["field"].text == field, "\(target): \(answer)")
        }
        let all = try client.send("POST", "/api/leads/bulk-edit", #"{"changes": {"industry": "x"}}"#)
        #expect(all.status == 400 && all.body.contains("without a filter"), "\(all)")
        // A file that was cut off is no whole file.
        let cut = try client.send(
            "POST", "/api/leads/import?dry_run=true", #"[{"full_name": "Tr Three", "email": "tr3@b.example"}"#)
        #expect(cut.status == 200 && cut.body.contains("does not end"), "\(cut)")
        let whole = try client.send(
            "POST", "/api/leads/import?dry_run=true", #"[{"full_name": "Tr Three", "email": "tr3@b.example"}]"#)
        #expect(whole.status == 200 && !whole.body.contains("does not end"), "\(whole)")
    }

    @Test func `a run that was cut off is run again by the same request, and a restore forgets what it undid`()
        async throws
    {
        let place = TestInstallation(
            schedule: "jobs: { long: { command: [/bin/sleep, \"60\"], every: 12h } }\n",
            settings: "log: { level: info }\n")
        var daemon = try place.serve()
        try daemon.notification("READY=1")
        let made = try await place.run("token", "create", "t", "--scope", "admin")
        let token = made.output.trimmingCharacters(in: .whitespacesAndNewlines)
        var client = APIClient(port: try daemon.apiPort(), token: token)
        let key = ["Idempotency-Key": "long"]
        let first = try client.send("POST", "/api/jobs/long/run", headers: key)
        #expect(try client.send("POST", "/api/jobs/long/run", headers: key).body == first.body)
        daemon.send(SIGKILL)
        _ = daemon.end()
        daemon = try place.serve()
        try daemon.notification("READY=1")
        client = APIClient(port: try daemon.apiPort(), token: token)
        let second = try client.send("POST", "/api/jobs/long/run", headers: key)
        #expect(second.status == 202 && second.headers["location"] != first.headers["location"], "\(second)")
        #expect(try client.send("POST", "/api/jobs/long/cancel").status == 200)

        let name = try client.send("POST", "/api/backups?wait=100").json["output_data"]["file"].text ?? ""
        let gone = try client.send("POST", "/api/leads", APIPlace.ada, headers: ["Idempotency-Key": "ada"])
        let restored = try client.send("POST", "/api/backups/\(name)/restore", "{\"confirm\": \"\(name)\"}")
        #expect(restored.status == 200, "\(restored)")
        let other = try client.send("POST", "/api/leads", #"{"full_name": "Bob Stone", "company": "Rocks"}"#)
        #expect(other.status == 201 && other.headers["location"] != gone.headers["location"], "\(other)")
        let again = try client.send("POST", "/api/leads", APIPlace.ada, headers: ["Idempotency-Key": "ada"])
        #expect(again.status == 201 && again.headers["idempotent-replayed"] == nil, "\(again)")
        #expect(try client.send("GET", again.headers["location"] ?? "").json["full_name"].text == "Ada King")
    }
}

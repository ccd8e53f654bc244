import Foundation
import Storage
import TestSupport
import Testing

/// What a change through the API rests on, and who hears of it.
struct APIChangeTests {
    @Test func `a change needs the state that was seen, and what GET gave can be put`() async throws {
        let api = try APIPlace()
        let client = try await api.client("write", more: ["--person"])
        let made = try client.send("POST", "/api/leads", APIPlace.ada)
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
        for (method, body) in [("PATCH", #"{"title": "CTO"}"#), ("PUT", APIPlace.ada), ("DELETE", nil)] {
            let stale = try client.send(method, "/api/leads/1", body, headers: ["If-Match": tag])
            #expect(
                stale.status == 412 && stale.json["detail"].text?.contains("it has revision 2 now") == true,
                "\(stale)")
        }
        // Neither a made-up ETag nor one of another lead is accepted.
        let second = try client.send("POST", "/api/leads", #"{"full_name": "Bob Stone", "company": "Acme"}"#)
        let newer = try client.send("PATCH", "/api/leads/2", #"{"title": "CTO"}"#, headers: ["If-Match": "*"])
        for other in [
            second.headers["etag"], newer.headers["etag"], "\"2\"", "\"2-1-0\"", "\"02-0000000000000000\"", "2",
        ] {
            let wrong = try client.send(
                "PATCH", "/api/leads/1", #"{"title": "CTO"}"#, headers: ["If-Match": other ?? "none"])
            #expect(wrong.status == 412, "\(other ?? "none"): \(wrong)")
        }
        // Where it is not looked at, it is not taken for a condition that held.
        let merge = try client.send("POST", "/api/leads/1/merge", #"{"other": "2"}"#, headers: ["If-Match": tag])
        #expect(merge.status == 400 && merge.json["errors"][0]["field"].text == "If-Match", "\(merge)")
        // What is only read passes as it is; what differs is refused, and what is absent is emptied.
        let now = try #require(patched.headers["etag"])
        let same = try client.send("PUT", "/api/leads/1", patched.body, headers: ["If-Match": now])
        #expect(same.status == 200 && same.headers["etag"] == now, "\(same)")
        let wrong = patched.body.replacing("\"source\":\"manual\"", with: "\"source\":\"mine\"")
        let refused = try client.send("PUT", "/api/leads/1", wrong, headers: ["If-Match": now])
        #expect(refused.status == 400 && refused.json["errors"][0]["field"].text == "source")
        for (member, value) in [
            ("ai_message", "\"Hello\""), ("revision", "7"), ("updated_at", "null"), ("merged_into", "3"),
        ] {
            let body = APIPlace.ada.dropLast() + ", \"\(member)\": \(value)}"
            let refused = try client.send("PUT", "/api/leads/1", String(body), headers: ["If-Match": now])
            #expect(refused.status == 400 && refused.json["errors"][0]["field"].text == member, "\(refused)")
        }
        let put = try client.send("PUT", "/api/leads/1", APIPlace.ada, headers: ["If-Match": now])
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
                "SELECT count(*) FROM pipeline_activities WHERE activity_type = 'edit' AND lead_id = 1 AND author LIKE 'token:t%/person'"
            )
                == "3\n")
    }

    @Test func `who did something is written down, beside the lead or among the runs`() async throws {
        let api = try APIPlace()
        let client = try await api.client("run", more: ["--person"])
        _ = try client.send("POST", "/api/leads", APIPlace.ada)
        _ = try client.send("PATCH", "/api/leads/1", #"{"title": "CEO"}"#, headers: ["If-Match": "*"])
        let steps = try client.send("GET", "/api/leads/1/history").json["steps"].list
        #expect(steps.map { $0["type"].text } == ["edit", "add"])
        #expect(steps.allSatisfy { $0["author"].text?.hasSuffix("/person") == true }, "\(steps)")
        _ = try client.send("POST", "/api/suppressions", #"{"targets": ["rival.example"]}"#)
        #expect(try client.send("DELETE", "/api/suppressions/rival.example?dry_run=true").status == 200)
        #expect(try client.send("DELETE", "/api/suppressions/rival.example").status == 204)
        #expect(try client.send("POST", "/api/jobs/tick/pause", #"{"note": "moving"}"#).status == 200)
        #expect(try client.send("POST", "/api/jobs/tick/pause", #"{"note": "moving"}"#).status == 200)
        #expect(try client.send("POST", "/api/jobs/tick/resume").status == 200)
        let runs = try client.send("GET", "/api/runs?job=by+hand").json["runs"].list
        try #require(runs.count == 3)
        #expect(runs.map { $0["type"].text } == ["resume", "pause", "lift-suppression"])
        #expect(runs[1]["input_data"]["job"].text == "tick" && runs[1]["input_data"]["note"].text == "moving")
        #expect(runs.allSatisfy { $0["author"].text?.hasSuffix("/person") == true && $0["lead_id"].isNull }, "\(runs)")
        #expect(try client.send("GET", "/api/runs").json["runs"].list.count == 3, "an edit is no run")
    }

    @Test func `what a person decided about who is who, a program does not undo`() async throws {
        let api = try APIPlace()
        let (machine, person) = (try await api.client("write"), try await api.client("write", more: ["--person"]))
        #expect(try machine.send("GET", "/api/runs?job=by+hand").status == 200, "before anything was done by hand")
        _ = try machine.send("POST", "/api/leads", APIPlace.ada)
        _ = try machine.send("POST", "/api/leads", #"{"full_name": "A. King", "email": "a@rocks.example"}"#)
        #expect(try person.send("POST", "/api/leads/1/apart", #"{"other": "2"}"#).status == 200)
        #expect(try machine.send("POST", "/api/leads/1/merge", #"{"other": "2"}"#).status == 403)
        #expect(try person.send("POST", "/api/leads/1/merge", #"{"other": "2"}"#).status == 200)
        #expect(try machine.send("POST", "/api/leads/1/unmerge").status == 403)
        let gone = try machine.send("PATCH", "/api/leads/2", #"{"title": "x"}"#, headers: ["If-Match": "*"])
        #expect(gone.status == 409 && gone.json["detail"].text == "lead 2 is part of lead 1", "\(gone)")
        #expect(try person.send("POST", "/api/leads/1/unmerge").status == 200)
        #expect(try person.send("DELETE", "/api/leads/2", headers: ["If-Match": "*"]).status == 204)
        #expect(try machine.send("POST", "/api/leads/2/restore").status == 403)
        #expect(try person.send("POST", "/api/leads/2/restore").status == 200)
        // A program corrects itself.
        let shorter = try machine.send("PATCH", "/api/leads/1", #"{"full_name": "Ada K."}"#, headers: ["If-Match": "*"])
        #expect(shorter.status == 200 && shorter.json["full_name"].text == "Ada K.", "\(shorter)")
        // What a dry run would make is no state that was seen.
        let trial = try person.send(
            "PATCH", "/api/leads/1?dry_run=true", #"{"title": "CEO"}"#, headers: ["If-Match": "*"])
        #expect(trial.status == 200 && trial.headers["etag"] == nil)
    }

    @Test func `a lead says when it comes that the person said no, and what names one person is no bulk change`()
        async throws
    {
        let api = try APIPlace()
        let client = try await api.client("write")
        let no = try client.send("POST", "/api/leads", #"{"email": "vera@nein.example", "opted_out": true}"#)
        #expect(no.status == 201 && no.json["lead"]["opted_out"].flag == true, "\(no)")
        let upsert = #"{"by": "email", "email": "bob@won.example", "status": "won", "company": "Wolf"}"#
        #expect(try client.send("POST", "/api/leads/upsert", upsert).json["lead"]["status"].text == "won")
        #expect(try client.send("POST", "/api/leads", #"{"email": "c@x.example", "status": "ready"}"#).status == 400)
        let nested = #"[{"name": "Eva Nein", "email": "eva@nein.example", "preferences": {"unsubscribed": true}}]"#
        let report = try client.send("POST", "/api/leads/import?dry_run=true", nested, type: "application/json").json
        #expect(report["opted_out"].int == 1, "\(report)")
        let same = #"{"changes": {"email": "x@same.example"}, "confirm": 1}"#
        #expect(try client.send("POST", "/api/leads/bulk-edit?company=Wolf", same).status == 400)
        let other = #"{"by": "email", "email": "bob@won.example", "uuid": "x"}"#
        #expect(try client.send("POST", "/api/leads/upsert", other).json["errors"][0]["field"].text == "uuid")
        let after = try #require(try client.send("GET", "/api/changes").json["after"].text)
        let epoch = after.prefix { $0 != "-" }
        #expect(try client.send("GET", "/api/changes?after=\(epoch)-99999").status == 412)
        for body in [#"{"email": "a@x.example", "email": "b@x.example"}"#, #"{"email": "a@x.example",}"#] {
            #expect(try client.send("POST", "/api/leads", body).status == 400, "\(body)")
        }
        let bad = try client.send("POST", "/api/suppressions", #"{"targets": ["ok.example", "bad one", "b a d"]}"#)
        #expect(bad.status == 400 && bad.json["errors"].list.count == 2, "\(bad)")
    }

    @Test func `a message is changed only as it was seen`() async throws {
        let api = try APIPlace()
        let client = try await api.client("write", more: ["--person"])
        _ = try client.send("POST", "/api/leads", APIPlace.ada)
        try SQLiteShell.run(
            api.place.folder.data.database,
            """
            INSERT INTO campaigns (lead_id, campaign_id, campaign_type, status, subject_line, message_content, held_reason,
                created_at, updated_at) VALUES (1, 'x', 'initial', 'draft', 'S', 'Hi Ada', 'why', '2026-01-01 00:00:00.000',
                '2026-01-01 00:00:00.000')
            """)
        let tag = try #require(try client.send("GET", "/api/messages/1").headers["etag"])
        #expect(try client.send("GET", "/api/messages/1", headers: ["If-None-Match": tag]).status == 304)
        let body = #"{"subject": "Ten minutes?"}"#
        #expect(try client.send("PATCH", "/api/messages/1", body).status == 428)
        let changed = try client.send("PATCH", "/api/messages/1", body, headers: ["If-Match": tag])
        #expect(changed.status == 200 && changed.headers["etag"] != tag)
        let stale = try client.send("PATCH", "/api/messages/1", #"{"subject": "Other"}"#, headers: ["If-Match": tag])
        #expect(stale.status == 412 && stale.json["detail"].text?.contains("has changed since") == true, "\(stale)")
        #expect(try client.send("GET", "/api/messages/1").json["subject"].text == "Ten minutes?")
        // A person lets go what the person has read.
        let release = "/api/messages/1/release"
        #expect(try client.send("POST", release).status == 428)
        #expect(try client.send("POST", release, headers: ["If-Match": tag]).status == 412)
        let now = try #require(changed.headers["etag"])
        #expect(try client.send("POST", release, headers: ["If-Match": now]).status == 200)
        #expect(try client.send("GET", "/api/leads/1").json["ai_message"].text == "Hi Ada")
    }

    @Test func `a body is not overlooked, and one thing that is wrong is said once`() async throws {
        let api = try APIPlace()
        let client = try await api.client("admin", more: ["--person"])
        _ = try client.send("POST", "/api/leads", APIPlace.ada)
        for (method, target) in [
            ("DELETE", "/api/leads/1"), ("POST", "/api/backups"), ("POST", "/api/jobs/tick/resume"),
            ("POST", "/api/leads/1/restore"),
        ] {
            let meant = try client.send(method, target, #"{"dry_run": true}"#, headers: ["If-Match": "*"])
            #expect(meant.status == 400 && meant.json["errors"][0]["field"].text == "dry_run", "\(target): \(meant)")
        }
        #expect(try client.send("POST", "/api/jobs/tick/resume", "not JSON").status == 400)
        #expect(try client.send("POST", "/api/jobs/tick/resume", " {} ").status == 200)
        for (target, body) in [
            ("/api/leads/upsert", #"{"by": "phone"}"#), ("/api/jobs/tick/backfill", #"{"from": "2026-11-01"}"#),
            ("/api/suppressions", #"{"targets": ["a\u0000b"]}"#),
        ] {
            let wrong = try client.send("POST", target, body)
            #expect(wrong.status == 400 && wrong.json["errors"].list.count == 1, "\(wrong)")
        }
    }

    @Test func `events end with their token, and who has gone holds no place`() async throws {
        let api = try APIPlace()
        let client = try await api.client("write")
        let rows = (1...300).map { "p\($0)@acme\($0).example\n" }.joined()
        let taken = try client.send("POST", "/api/leads/import?wait=100", "email\n\(rows)", type: "text/csv")
        #expect(taken.status == 200, "\(taken)")
        let epoch = try #require(try client.send("GET", "/api/changes?limit=1").json["after"].text).prefix { $0 != "-" }
        let head = "GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(client.token ?? "")\r\n"
        for _ in 0..<100 {
            let gone = try RawClient(port: api.port)
            gone.send(head + "\r\n")
            #expect(gone.receive(until: "\r\n\r\n").contains("200 OK"))
        }
        let stream = try RawClient(port: api.port)
        stream.send(head + "Last-Event-ID: \(epoch)-0-0\r\n\r\n")
        #expect(stream.receive(until: "event: lead").contains("event: lead"))
        let list = try await api.place.run("token", "list", more: ["--json"])
        let names = list.output.matches(of: /"name" ?: ?"(t\d+)"/).map { String($0.1) }
        #expect(try await api.place.run("token", "revoke", try #require(names.first)).code == 0, "\(list)")
        // What is on its way comes, and then the end.
        _ = stream.receiveAll()
        #expect(try client.send("GET", "/api/leads").status == 401)
    }

    @Test func `what does not hold is said, and a change that changes nothing is not counted`() async throws {
        let api = try APIPlace()
        let client = try await api.client("write", more: ["--person"])
        _ = try client.send("POST", "/api/leads", APIPlace.ada)
        let upsert = #"{"by": "email", "email": "ada@old.example", "full_name": "Ada King", "company": "Engines"}"#
        #expect(
            try client.send(
                "PATCH", "/api/leads/1", #"{"email": "ada.king@engines.example"}"#, headers: ["If-Match": "*"]
            )
            .status == 200)
        let merged = try client.send("POST", "/api/leads/upsert", upsert)
        #expect(merged.status == 200 && merged.json["lead"]["id"].int == 1, "\(merged)")
        #expect(
            merged.json["notes"][0].text
                == "email \"ada@old.example\" is kept with the lead's records only: \"ada.king@engines.example\" holds",
            "\(merged)")
        _ = try client.send("POST", "/api/leads", #"{"email": "bob@engines.example", "company": "Engines"}"#)
        let edit = #"{"changes": {"title": "CEO"}, "confirm": 2}"#
        let once = try client.send("POST", "/api/leads/bulk-edit?company=Engines", edit).json
        #expect(once["changed"].int == 2 && once["unchanged"].int == 0)
        let twice = try client.send("POST", "/api/leads/bulk-edit?company=Engines", edit).json
        #expect(twice["changed"].int == 0 && twice["unchanged"].int == 2)
        #expect(try client.send("POST", "/api/leads/bulk-edit?company=Engines&deleted=yes", edit).status == 400)
    }

    @Test func `a file is read as its sender says`() async throws {
        let api = try APIPlace()
        let client = try await api.client("write")
        let csv = "Who,Contact,Function\nAda King,ada@engines.example,CEO\n"
        let target = "/api/leads/import?wait=100&map[full_name]=Who&map[email]=Contact&map[title]="
        let ended = try client.send("POST", target, csv, type: "text/csv; charset=UTF-8")
        #expect(ended.status == 200, "\(ended)")
        let lead = try client.send("GET", "/api/leads/1").json
        #expect(lead["email"].text == "ada@engines.example" && lead["title"].isNull, "\(lead)")
        let none = try client.send("POST", "/api/leads/import?map[email]=Nope", csv, type: "text/csv")
        #expect(none.status == 400 && none.json["detail"].text?.contains("no column \"Nope\"") == true, "\(none)")
        #expect(try client.send("POST", "/api/leads/import", csv, type: "text/csv; charset=Shift_JIS").status == 415)
        let sheet = try client.send(
            "POST", "/api/leads/import?wait=100", "PK\u{3}\u{4}", type: "application/octet-stream")
        #expect(sheet.status == 400 && sheet.json["detail"].text?.contains("a spreadsheet") == true, "\(sheet)")
        let broken = try client.send("POST", "/api/leads/import", "[{\"email\": ", type: "application/json")
        #expect(broken.status == 400 && broken.json["detail"].text?.contains("does not end") == true, "\(broken)")
    }

    @Test func `a program does not overrule a person, nor lift what a person said`() async throws {
        let api = try APIPlace()
        let machine = try await api.client("write")
        let person = try await api.client("write", more: ["--person"])
        #expect(try machine.send("POST", "/api/leads", APIPlace.ada).status == 201)
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
        let again = try machine.send("POST", "/api/leads", APIPlace.ada)
        #expect(again.status == 409 && again.json["detail"].text?.contains("was deleted") == true)
    }

    @Test func `changes come in order, to pollers and as events, and each only once it is stored`() async throws {
        let api = try APIPlace()
        let client = try await api.client("run")
        _ = try client.send("POST", "/api/leads", APIPlace.ada)
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
        _ = try client.send("POST", "/api/jobs/tick/run?wait=100")
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
        _ = try client.send("POST", "/api/leads", APIPlace.ada)
        let revoked = try await api.client("read")
        let backup = try client.send("POST", "/api/backups?wait=100").json["output_data"]["file"].text
        let name = try #require(backup)
        let after = try #require(try client.send("GET", "/api/changes").json["after"].text)
        let later = try await api.client("admin")
        _ = try client.send("POST", "/api/suppressions", #"{"targets": ["late.example"]}"#)
        _ = try client.send("DELETE", "/api/leads/1", headers: ["If-Match": "*"])
        try SQLiteShell.run(
            api.place.folder.data.database,
            "UPDATE api_tokens SET revoked_at = '2026-01-01 00:00:00.000' WHERE id = 2")
        #expect(try client.send("POST", "/api/backups/\(name)/restore", #"{"confirm": "x"}"#).status == 400)
        let (target, body) = ("/api/backups/\(name)/restore", #"{"confirm": "\#(name)"}"#)
        let restored = try client.send("POST", target, body, headers: ["Idempotency-Key": "r"])
        #expect(restored.status == 200, "\(restored)")
        let again = try client.send("POST", target, body, headers: ["Idempotency-Key": "r"])
        #expect(again.headers["idempotent-replayed"] == "true" && again.body == restored.body, "\(again)")
        let noted = try client.send("GET", "/api/runs?limit=1").json["runs"][0]
        #expect(noted["type"].text == "restore" && noted["author"].text?.hasSuffix("/person") == true, "\(noted)")
        #expect(try later.send("GET", "/api/suppressions").json["suppressions"][0]["value"].text == "late.example")
        #expect(try revoked.send("GET", "/api/leads").status == 401)
        #expect(try later.send("GET", "/api/leads").json["leads"].list.isEmpty)
        #expect(try later.send("GET", "/api/changes?after=\(after)").status == 412)
    }
}

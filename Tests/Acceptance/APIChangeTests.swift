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
                "SELECT count(*) FROM pipeline_activities WHERE activity_type = 'edit' AND author LIKE 'token:t%/person'"
            )
                == "3\n")
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
        _ = try client.send("POST", "/api/leads", APIPlace.ada)
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
}

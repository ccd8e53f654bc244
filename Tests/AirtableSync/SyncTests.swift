import AirtableSync
import Leads
import Sandbox
import Storage
import TestSupport
import Testing
import Transport
import Values

/// What comes and goes between the two sides.
struct SyncTests {
    @Test func `a new lead becomes a record, its echo is known, and then nothing costs one call`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King", [.title: "CTO", .website: "https://acme.example"])
            let first = try await place.run()
            #expect(first.created == 1 && first.calls == 3, "the schema, an empty page, a write: \(first)")
            let record = try place.record(id)
            let uuid = try place.lead(id).uuid
            #expect(record["Full Name"] == .text("Ada King") && record["4Runr ID"] == .text(uuid))
            #expect(record["Sync Status"] == .text("synced") && record["Last Sync"] != nil)
            #expect(record["Needs Enrichment"] == .bool(true) && record["Verified"] == nil)
            place.clock.pass(.seconds(1_800))
            _ = place.requests()
            let echo = try await place.run()
            #expect(echo.read == 1 && echo.updatedHere == 0 && echo.updated == 0, "\(echo)")
            place.clock.pass(.seconds(1_800))
            let nothing = try await place.run()
            #expect(nothing.read == 0 && nothing.calls == 1)
            #expect(place.requests().count == 2)
            #expect(
                try place.query(
                    "SELECT airtable_synced || sync_pending || (sync_error IS NULL) || (last_sync_attempt NOT NULL) FROM leads"
                ) == "1011")
            #expect(try place.query("SELECT operation || ' ' || status FROM sync_status") == "create success")
            #expect(
                try place.query(
                    "SELECT group_concat(sync_type || ' ' || sync_status || ' ' || api_calls, ', ') FROM sync_log")
                    == "pull success 2, push success 1, pull success 1, push success 0, pull success 1, push success 0")
        }
    }

    @Test func `only the fields that changed are sent, ten leads a call`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...25).map { try place.add("Ada \(String(UnicodeScalar(UInt8(64 + $0))))king") }
            let first = try await place.run()
            #expect(first.created == 25 && first.calls == 5)
            for id in ids.prefix(11) { try place.edit(id, .location, "Toronto") }
            // Just before the write comes in.
            place.onRequest { request in
                guard request.method == .patch else { return }
                for id in ids { try? place.editThere(id, ["Notes": .text("theirs"), "Title": .text("Theirs")]) }
            }
            let second = try await place.run { $0.direction = .push }
            place.onRequest(nil)
            // A push without a pull reads the records first, a hundred a call.
            #expect(second.updated == 11 && second.calls == 3)
            let record = try place.record(ids[0])
            #expect(record["Location"] == .text("Toronto") && record["Title"] == .text("Theirs"))
            // What was written to cells that were not sent is not taken for agreed on.
            try await place.run()
            #expect(try place.lead(ids[0]).fields[.title] == "Theirs")
        }
    }

    @Test func `records that people make are cleaned, matched, merged and linked`() async throws {
        try await SyncPlace.with { place in
            let known = try place.add("Bob Stone", [.email: "bob@stone.example", .company: "Stone Works"])
            place.sandbox.edit(
                .create([
                    "Full Name": .text("  GRACE   HOPPER "), "Email": .text("Grace@Navy.Example"),
                    "Title": .text("Admiral"),
                ]))
            place.sandbox.edit(
                .create([
                    "Full Name": .text("Stone, Bob"), "Email": .text("BOB@stone.example"), "Title": .text("Mason"),
                    "Status": .text("contacted"),
                ]))
            place.sandbox.edit(.create(["Notes": .text("an empty row")]))
            let report = try await place.run()
            #expect(report.createdHere == 1 && report.updatedHere == 1 && report.notLeads == 1 && report.created == 0)
            let grace = try #require(try place.store.leads.find(named: "grace@navy.example"))
            #expect(grace.fields[.fullName] == "Grace Hopper" && grace.source == "airtable")
            // Ours is what the key says; the way in which somebody wrote the name stays theirs.
            #expect(try place.record(grace.id)["Full Name"] == .text("  GRACE   HOPPER "))
            #expect(try place.record(grace.id)["4Runr ID"] == .text(grace.uuid))
            let bob = try place.lead(known)
            #expect(bob.fields[.title] == "Mason" && bob.status == .contacted && bob.airtableID != nil)
            #expect(place.sandbox.airtableRecords.count == 3)
        }
    }

    @Test func `what Airtable writes in its own way is no change`() async throws {
        try await SyncPlace.with { place in
            place.sandbox.edit(.removeField("AI Message"))
            place.sandbox.edit(.addField(name: "AI Message", type: "richText", choices: nil))
            let id = try place.add("Ada King")
            try place.query(
                "UPDATE leads SET ai_message = '* one' || char(10) || '* two', scraped_at = '2026-01-02 03:04:05.678'")
            try await place.run()
            #expect(try place.record(id)["AI Message"] == .text("- one\n- two\n"))
            #expect(try place.record(id)["Scraped At"] == .text("2026-01-02T03:04:05.000Z"))
            for _ in 0..<2 {
                place.clock.pass(.seconds(1_800))
                let report = try await place.run { $0.isFull = true }
                #expect(report.updated + report.updatedHere + report.conflicts == 0, "\(report)")
            }
            #expect(try place.lead(id).message == "* one\n* two")
            try place.query("UPDATE leads SET ai_message = NULL, sync_pending = 1, revision = revision + 1")
            try await place.run()
            #expect(try place.record(id)["AI Message"] == .text("\n"))
            place.clock.pass(.seconds(1_800))
            let after = try await place.run { $0.isFull = true }
            #expect(after.updated + after.updatedHere == 0, "\(after)")
            #expect(try place.lead(id).message == nil)
        }
    }

    @Test func `a field that is renamed in Airtable is still in step, also one with quotation marks`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King", [.title: "CTO"])
            try await place.run()
            place.sandbox.edit(.renameField("Title", to: "Job \"title\", new \\ \u{1F680}"))
            place.sandbox.edit(.renameField("4Runr ID", to: "Their id"))
            try place.edit(id, .title, "CEO")
            try place.add("Bob Stone")
            let report = try await place.run()
            #expect(report.updated == 1 && report.created == 1, "\(report)")
            #expect(try place.record(id)["Job \"title\", new \\ \u{1F680}"] == .text("CEO"))
            try place.editThere(id, ["Job \"title\", new \\ \u{1F680}": .text("Chair")])
            try await place.run { $0.isFull = true }
            #expect(try place.lead(id).fields[.title] == "Chair")
        }
    }

    @Test func `a value has words and a form of its own on each side`() async throws {
        try await SyncPlace.with { place in
            place.sandbox.edit(.removeField("Status"))
            place.sandbox.edit(.addField(name: "Stage", type: "singleSelect", choices: ["Cold", "In touch"]))
            place.sandbox.edit(.removeField("Company Size"))
            place.sandbox.edit(.addField(name: "Company Size", type: "number", choices: nil))
            place.sandbox.edit(.addField(name: "Checked", type: "singleSelect", choices: ["Yes", "No"]))
            place.mapping(
                FieldMapping(
                    key: "4Runr ID",
                    fields: [
                        MappedField(.fullName, "Full Name"), MappedField(.email, "Email"),
                        MappedField(.company, "Company"),
                        MappedField(.status, "Stage", words: ["cleaned": "Cold", "contacted": "In touch"]),
                        MappedField(.companySize, "Company Size", conversion: .number),
                        MappedField(.verified, "Checked", direction: .both, conversion: .yesNo),
                    ]))
            let id = try place.add("Ada King", [.companySize: "250"])
            let odd = try place.add("Bob Stone", [.companySize: "51-200"])
            let first = try await place.run()
            #expect(try place.record(id)["Stage"] == .text("Cold") && place.record(id)["Company Size"] == .number(250))
            #expect(try place.record(id)["Checked"] == nil, "an empty choice says no")
            // What cannot be said is told, and the rest goes out.
            #expect(first.refused == 1 && first.notes.contains { $0.contains("Company Size") && $0.contains("51-200") })
            #expect(try place.record(odd)["Full Name"] == .text("Bob Stone"))
            try place.editThere(
                id, ["Stage": .text("In touch"), "Checked": .text("Yes"), "Company Size": .number(300)])
            try await place.run()
            let lead = try place.lead(id)
            #expect(lead.status == .contacted && lead.isVerified && lead.fields[.companySize] == "300")
        }
    }

    @Test func `what is ours alone is put right again, and what is theirs alone is never sent`() async throws {
        try await SyncPlace.with { place in
            place.mapping(
                FieldMapping(
                    key: "4Runr ID",
                    fields: FieldMapping.standard.fields.map {
                        $0.column == .industry ? MappedField(.industry, "Industry", direction: .pull) : $0
                    }))
            let id = try place.add("Ada King", [.industry: "Rail"])
            try await place.run()
            #expect(try place.record(id)["Industry"] == nil)
            try place.editThere(
                id, ["Source": .text("somewhere"), "Verified": .bool(true), "Industry": .text("Ships")])
            try await place.run()
            #expect(try place.record(id)["Source"] == .text("test") && place.record(id)["Verified"] == nil)
            #expect(try place.lead(id).fields[.industry] == "Ships")
        }
    }

    @Test func `when it was, how, and what was wrong ride along and never cause a write`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            try place.editThere(id, ["Last Sync": .text("2020-01-01T00:00:00Z"), "Sync Error": .text("mine")])
            let report = try await place.run { $0.isFull = true }
            #expect(report.updated + report.updatedHere == 0, "\(report)")
            try place.edit(id, .title, "CEO")
            try await place.run()
            #expect(try place.record(id)["Sync Error"] == nil)
        }
    }

    @Test func `a message that somebody rewrites in Airtable is the draft that is sent`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try place.query(
                "UPDATE leads SET ai_message = 'Hello', ready_for_outreach = 1; INSERT INTO campaigns (lead_id, campaign_id, campaign_type, message_content, status, created_at, updated_at) VALUES (\(id), 'c', 'initial', 'Hello', 'draft', '2026-11-21 12:00:00.000', '2026-11-21 12:00:00.000')"
            )
            try await place.run()
            try place.editThere(id, ["AI Message": .text("Dear Ada,\nhello \u{1F44B}")])
            try await place.run()
            #expect(try place.query("SELECT message_content FROM campaigns") == "Dear Ada,\nhello \u{1F44B}")
            #expect(try place.lead(id).message == "Dear Ada,\nhello \u{1F44B}")
        }
    }

    @Test func `a dry run says what it would do and what it would cost, and does nothing of it`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...12).map { try place.add("Ada \(String(UnicodeScalar(UInt8(64 + $0))))king") }
            try await place.run()
            place.clock.pass(.seconds(600))
            try place.edit(ids[0], .title, "CEO")
            try place.add("Bob Stone")
            try place.editThere(ids[1], ["Title": .text("Chair")])
            try place.edit(ids[2], .title, "Ours")
            try place.editThere(ids[2], ["Title": .text("Theirs")])
            place.sandbox.edit(.create(["Full Name": .text("Grace Hopper"), "Email": .text("grace@navy.example")]))
            place.sandbox.edit(.delete(record: try #require(try place.lead(ids[3]).airtableID)))
            let tables =
                ".dump leads lead_stages airtable_links sync_shadow sync_state sync_log sync_status sync_conflicts"
            let before = (place.sandbox.airtableRecords, try SQLiteShell.run(place.store.path, tables))
            _ = place.requests()
            let plan = try await place.run {
                $0.isDryRun = true
                $0.isFull = true
            }
            #expect(place.requests().allSatisfy { $0.hasPrefix("GET") })
            #expect(place.sandbox.airtableRecords == before.0)
            #expect(try SQLiteShell.run(place.store.path, tables) == before.1)
            func has(_ action: SyncPlanItem.Action, _ change: SyncChange?) -> Bool {
                plan.plan.contains { item in
                    item.action == action && (change.map { item.changes.contains($0) } ?? true)
                }
            }
            #expect(has(.update, SyncChange(column: "title", from: nil, to: "CEO")))
            #expect(has(.updateHere, SyncChange(column: "title", from: nil, to: "Chair")))
            #expect(has(.conflict, SyncChange(column: "title", from: "Ours", to: "Theirs")))
            #expect(has(.create, nil) && has(.createHere, nil) && has(.deleteHere, nil))
            let done = try await place.run { $0.isFull = true }
            #expect(done.calls == plan.calls && done.created == plan.created && done.updated == plan.updated)
        }
    }

    @Test func `one lead or a few can be brought in step alone`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...3).map { try place.add("Ada \(String(UnicodeScalar(UInt8(64 + $0))))king") }
            try await place.run()
            for id in ids { try place.editThere(id, ["Title": .text("New")]) }
            let report = try await place.run {
                $0.direction = .pull
                $0.leads = [ids[1]]
            }
            #expect(report.updatedHere == 1 && report.read == 1)
            #expect(try ids.map { try place.lead($0).fields[.title] } == [nil, "New", nil])
            for id in ids { try place.edit(id, .location, "Oslo") }
            let pushed = try await place.run {
                $0.direction = .push
                $0.limit = 2
            }
            #expect(pushed.updated == 2)
        }
    }

    @Test func `nobody is made twice who is there already, however little is asked for`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...30).map { try place.add("Ada Q\($0.letters)son", [.email: "p\($0)@x.example"]) }
            for number in 1...30 {
                place.sandbox.edit(
                    .create(["Full Name": .text("Ada Q\(number.letters)son"), "Email": .text("p\(number)@x.example")]))
            }
            #expect(try await place.run { $0.leads = [ids[3]] }.created == 0)
            #expect(try await place.run { $0.limit = 5 }.created == 0)
            #expect(place.sandbox.airtableRecords.count == 30)
        }
    }

    @Test func `however many are named, all are sent, and none twice`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...450).map { try place.add("Ada Q\($0.letters)son") }
            let report = try await place.run { $0.leads = ids }
            #expect(report.created == 450)
            // What is edited while it is under way is for the next sync.
            try place.query("UPDATE leads SET sync_pending = 1, revision = revision + 1")
            place.onRequest { request in
                guard request.method == .patch else { return }
                place.clock.pass(.seconds(1))
                try? place.edit(ids[0], .location, "City \(place.clock.now.seconds)")
            }
            try await place.run { $0.direction = .push }
            place.onRequest(nil)
            try await place.run()
            #expect(try place.record(ids[0])["Location"] == place.lead(ids[0]).fields[.location].map { .text($0) })
        }
    }

    @Test func `what follows from a value that came is told at once`() async throws {
        try await SyncPlace.with { place in
            let all: [LeadField: String] = [
                .title: "CTO", .website: "https://acme.example", .industry: "Rail", .companySize: "10",
            ]
            let id = try place.add("Ada King", all)
            try place.edit(id, .email, nil)
            try await place.run()
            #expect(try place.record(id)["Needs Enrichment"] == .bool(true))
            try place.editThere(id, ["Email": .text("ada@acme.example")])
            try await place.run()
            #expect(try place.lead(id).needsEnrichment == false)
            #expect(try place.record(id)["Needs Enrichment"] == nil)
        }
    }

    @Test func `while Airtable is away the work goes on, and the backlog goes out in its order`() async throws {
        try await SyncPlace.with { place in
            try place.add("Ada First")
            try await place.run()
            place.sandbox.fail(.airtable, Fault(.status, status: 502))
            for name in ["Bob Second", "Cleo Third", "Dan Fourth"] {
                place.clock.pass(.seconds(60))
                try place.add(name)
                #expect(try await place.problem().kind == .unavailable)
            }
            place.sandbox.mend(.airtable)
            #expect(try await place.run().created == 3)
            let order = place.sandbox.airtableRecords.sorted { $0.key < $1.key }.map { $0.value["Full Name"] }
            #expect(order == ["Ada First", "Bob Second", "Cleo Third", "Dan Fourth"].map { .text($0) })
            #expect(try place.query("SELECT count(*) FROM sync_log WHERE sync_status = 'failed'") == "3")
        }
    }
}

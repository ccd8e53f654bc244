import AirtableSync
import Leads
import Sandbox
import Storage
import TestSupport
import Testing
import Transport
import Values

/// Calls are counted, kept, and not made where there is nothing to say.
struct QuotaTests {
    @Test func `the month's calls are counted, told of at 80 percent, and the last are kept for people`() async throws {
        try await SyncPlace.with { place in
            place.settings {
                $0.monthlyCalls = 20
                $0.reserve = 0.1
            }
            try place.add("Ada King")
            #expect(try await place.run().notes.isEmpty)
            for _ in 0..<13 { try await place.run() }
            let warned = try await place.run()
            #expect(warned.notes.contains { $0.contains("17 of the month's 20 calls") }, "\(warned.notes)")
            try await place.run()
            _ = place.requests()
            let problem = try await place.problem()
            #expect(problem.kind == .quota && problem.description.contains("by hand"))
            #expect(place.requests().isEmpty)
            try await place.run { $0.isManual = true }
            try await place.run { $0.isManual = true }
            #expect(try await place.problem { $0.isManual = true }.kind == .quota)
            place.clock.pass(to: "2026-12-01 00:00:01")
            #expect(try await place.run().notes.isEmpty)
        }
    }

    @Test func `with nothing to send, a pull that is young enough is not repeated`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.idleSkip = .seconds(3_600) }
            let id = try place.add("Ada King")
            try await place.run()
            _ = place.requests()
            place.clock.pass(.seconds(1_800))
            let idle = try await place.run()
            #expect(place.requests().isEmpty && idle.calls == 0 && idle.notes.contains { $0.contains("idle_skip") })
            // A person who asks is answered, and what changed here goes out.
            try await place.run { $0.isManual = true }
            #expect(place.requests().count == 1)
            try place.edit(id, .title, "CEO")
            try await place.run()
            #expect(place.requests().count == 2)
            place.clock.pass(.seconds(3_601))
            try await place.run()
            #expect(place.requests().count == 1)
        }
    }

    @Test func `the month of the service itself ends the sync, and what was done before is kept`() async throws {
        try await SyncPlace.with({ $0.airtableMonthlyCalls = 5 }) { place in
            for number in 1...60 { try place.add("Ada Q\(number.letters)son") }
            #expect(try await place.problem().kind == .quota)
            #expect(try place.query("SELECT count(*) FROM leads WHERE airtable_synced = 1") == "30")
            #expect(place.sandbox.airtableRecords.count == 30)
        }
    }
}

/// Changes by the list that Airtable writes.
struct WebhookTests {
    @Test func `changes and deletes come by the list, at a call each time, and our own echo at no more`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.usesWebhooks = true }
            let ids = try ["Ada King", "Bob Stone", "Cleo Third"].map { try place.add($0) }
            try await place.run()
            _ = place.requests()
            place.clock.pass(.seconds(60))
            try await place.run()
            #expect(place.requests().count == 1, "the echo of our own writes is known by its cells")
            try place.editThere(ids[0], ["Title": .text("CEO"), "Notes": .text("x")])
            place.sandbox.edit(.create(["Full Name": .text("Grace Hopper"), "Email": .text("grace@navy.example")]))
            let record = try #require(try place.lead(ids[1]).airtableID)
            place.sandbox.edit(.delete(record: record))
            let report = try await place.run()
            #expect(report.updatedHere == 1 && report.createdHere == 1 && report.deletedHere == 1, "\(report)")
            #expect(try place.lead(ids[0]).fields[.title] == "CEO" && place.lead(ids[1]).deletedAt != nil)
            place.sandbox.edit(.restore(record: record))
            try await place.run()
            #expect(try place.lead(ids[1]).deletedAt == nil)
        }
    }

    @Test func `what is edited while the first list is read is not missed, and many deletes are held together`()
        async throws
    {
        try await SyncPlace.with { place in
            place.settings { $0.usesWebhooks = true }
            place.makeThere(250)
            let first = place.sandbox.airtableRecords.keys.sorted()[0]
            place.onRequest { request in
                guard request.url.contains("offset") else { return }
                place.sandbox.edit(.update(record: first, ["Title": .text("Meanwhile")]))
            }
            try await place.run()
            place.onRequest(nil)
            place.clock.pass(.seconds(3_600))
            try await place.run()
            #expect(try place.query("SELECT count(*) FROM leads WHERE title = 'Meanwhile'") == "1")
            // A tenth may go at once: of 250 that is 25, however many pages tell of them.
            for record in place.sandbox.airtableRecords.keys.sorted() {
                place.sandbox.edit(.update(record: record, ["Archived": .bool(true)]))
            }
            let held = try await place.run()
            #expect(held.deletedHere == 0 && held.held?.contains("250 of 250") == true, "\(held)")
            #expect(try place.query("SELECT count(*) FROM leads WHERE deleted_at IS NOT NULL") == "0")
        }
    }

    @Test func `who is archived is counted once, however many pages of the list tell of it`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.usesWebhooks = true }
            place.makeThere(20)
            try await place.run()
            try await place.run()
            let record = place.sandbox.airtableRecords.keys.sorted()[0]
            place.sandbox.edit(.update(record: record, ["Archived": .bool(true)]))
            for number in 0..<120 { place.sandbox.edit(.update(record: record, ["Title": .text("No. \(number)")])) }
            let report = try await place.run()
            #expect(report.deletedHere == 1, "\(report)")
            #expect(
                try place.query("SELECT count(*) FROM pipeline_activities WHERE activity_type = 'sync-delete'") == "1")
        }
    }

    @Test func `the list is not trusted before all from before it has been read`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            place.clock.pass(.seconds(3_600))
            try place.editThere(id, ["Title": .text("CEO")])
            place.clock.pass(.seconds(3_600))
            place.settings { $0.usesWebhooks = true }
            // The webhook is made, and then Airtable is away.
            place.sandbox.fail(.airtable, Fault(.status, status: 401, after: 1))
            _ = try await place.problem()
            place.sandbox.mend(.airtable)
            try await place.run()
            #expect(try place.lead(id).fields[.title] == "CEO")
        }
    }

    @Test func `what is deleted and comes back before anybody looks is there`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.usesWebhooks = true }
            place.makeThere(40)
            try await place.run()
            try await place.run()
            let records = place.sandbox.airtableRecords.keys.sorted()
            for record in records { place.sandbox.edit(.delete(record: record)) }
            for record in records { place.sandbox.edit(.restore(record: record)) }
            place.sandbox.edit(.update(record: records[0], ["Title": .text("CEO")]))
            let report = try await place.run()
            #expect(report.held == nil && report.deletedHere == 0 && report.updatedHere == 1, "\(report)")
        }
    }

    @Test func `a list that is gone is made anew, and what was missed is pulled by time`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.usesWebhooks = true }
            let id = try place.add("Ada King")
            try await place.run()
            try await place.run()
            place.clock.pass(.seconds(8 * 86_400))
            place.settings { $0.fullEvery = .seconds(60 * 86_400) }
            try place.editThere(id, ["Title": .text("CEO")])
            let report = try await place.run()
            #expect(report.updatedHere == 1 && report.notes.contains { $0.contains("by time") }, "\(report)")
            try place.editThere(id, ["Title": .text("Chair")])
            #expect(try await place.run().updatedHere == 1)
        }
    }
}

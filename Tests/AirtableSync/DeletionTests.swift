import AirtableSync
import Leads
import Sandbox
import Storage
import TestSupport
import Testing
import Transport
import Values

/// What is gone on one side, or archived there.
struct DeletionTests {
    @Test
    func `another record of the same person takes the place of one that is gone, and nothing of it is overwritten`()
        async throws
    {
        try await SyncPlace.with { place in
            place.mapping(FieldMapping(key: "4Runr ID", rule: .airtableWins, fields: FieldMapping.standard.fields))
            let id = try place.add("Ada King", [.title: "CTO"])
            try await place.run()
            let first = try #require(try place.lead(id).airtableID)
            let second = place.sandbox.edit(
                .create([
                    "Full Name": .text("Ada King"), "Email": .text("ada.king@acme.example"), "Title": .text("Chair"),
                ]))
            try await place.run()
            place.sandbox.edit(.delete(record: first))
            try await place.run { $0.isFull = true }
            try await place.run()
            let lead = try place.lead(id)
            #expect(lead.airtableID == second && lead.deletedAt == nil && lead.fields[.title] == "Chair")
            #expect(place.sandbox.airtableRecords.count == 1)
        }
    }

    @Test func `who comes back here finds the record that somebody made meanwhile`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            place.sandbox.edit(.delete(record: try #require(try place.lead(id).airtableID)))
            try await place.run { $0.isFull = true }
            place.sandbox.edit(
                .create([
                    "Full Name": .text("Ada King"), "Email": .text("ada.king@acme.example"), "Title": .text("New"),
                ]))
            #expect(try await place.run().duplicates == 1)
            place.clock.pass(.seconds(3_600))
            try place.restore(id)
            try await place.run { $0.direction = .push }
            #expect(place.sandbox.airtableRecords.count == 1)
            #expect(try place.lead(id).fields[.title] == "New")
        }
    }

    @Test func `who was removed here stays so when the archived record comes back from the trash`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            try place.delete(id)
            try await place.run()
            let record = try #require(try place.lead(id).airtableID)
            place.sandbox.edit(.delete(record: record))
            try await place.run { $0.isFull = true }
            place.sandbox.edit(.restore(record: record))
            try await place.run { $0.isFull = true }
            #expect(try place.lead(id).deletedAt != nil)
            #expect(try place.record(id)["Archived"] == .bool(true))
        }
    }

    @Test func `whom somebody has archived before we met is not taken in, and purging what is archived is no matter`()
        async throws
    {
        try await SyncPlace.with { place in
            place.makeThere(30)
            for record in place.sandbox.airtableRecords.keys.sorted().prefix(10) {
                place.sandbox.edit(.update(record: record, ["Archived": .bool(true)]))
            }
            let first = try await place.run()
            #expect(first.createdHere == 20 && first.held == nil, "\(first)")
            let leads = try place.store.leads.page(after: 0, limit: 100)
            for lead in leads.prefix(8) {
                try place.delete(lead.id)
                try await place.run { $0.allowsDeletes = true }
            }
            for lead in leads.prefix(8) { place.sandbox.edit(.delete(record: try #require(lead.airtableID))) }
            let purged = try await place.run { $0.isFull = true }
            #expect(purged.held == nil && purged.deletedHere == 0, "\(purged)")
        }
    }

    @Test func `where the setting says keep, a lead stays without a record, however it changes`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.deletesThere = .keep }
            let id = try place.add("Ada King")
            try await place.run()
            place.sandbox.edit(.delete(record: try #require(try place.lead(id).airtableID)))
            try await place.run { $0.isFull = true }
            try place.edit(id, .title, "CEO")
            let report = try await place.run()
            #expect(report.created == 0 && place.sandbox.airtableRecords.isEmpty, "\(report)")
            #expect(try place.lead(id).deletedAt == nil && place.lead(id).isSyncPending == false)
        }
    }

    @Test func `who deletes both records of a person means it`() async throws {
        for webhooks in [true, false] {
            try await SyncPlace.with { place in
                place.settings { $0.usesWebhooks = webhooks }
                place.mapping(FieldMapping(key: "4Runr ID", rule: .localWins, fields: FieldMapping.standard.fields))
                let id = try place.add("Ada King")
                try await place.run()
                let second = place.sandbox.edit(
                    .create(["Full Name": .text("Ada King"), "Email": .text("ada.king@acme.example")]))
                try await place.run()
                place.sandbox.edit(.delete(record: try #require(try place.lead(id).airtableID)))
                place.sandbox.edit(.delete(record: try #require(second)))
                try await place.run { $0.isFull = !webhooks }
                try await place.run()
                #expect(try place.lead(id).deletedAt != nil)
                #expect(place.sandbox.airtableRecords.isEmpty)
                #expect(try place.store.sync.conflicts(isOpen: false, limit: 10).isEmpty)
            }
        }
    }

    @Test func `a conflict of the whole record is over when the record is there again`() async throws {
        try await SyncPlace.with { place in
            place.mapping(FieldMapping(key: "4Runr ID", rule: .manual, fields: FieldMapping.standard.fields))
            let id = try place.add("Ada King")
            try await place.run()
            let record = try #require(try place.lead(id).airtableID)
            place.sandbox.edit(.delete(record: record))
            try place.edit(id, .title, "CEO")
            try await place.run { $0.isFull = true }
            #expect(try place.store.sync.conflicts(isOpen: true, limit: 10).map(\.column) == ["record"])
            place.sandbox.edit(.restore(record: record))
            try await place.run { $0.isFull = true }
            #expect(try place.store.sync.conflicts(isOpen: true, limit: 10).isEmpty)
            #expect(try place.record(id)["Title"] == .text("CEO"))
            #expect(try place.query("SELECT airtable_synced FROM leads") == "1")
        }
    }

    @Test(arguments: [ConflictRule.airtableWins, .localWins, .manual])
    func `deleted here and changed there is a conflict of the whole record, where records are deleted`(
        _ rule: ConflictRule
    ) async throws {
        for keeps in [SyncQueries.Side.local, .airtable] {
            try await SyncPlace.with { place in
                place.settings { $0.deletesHere = .delete }
                place.mapping(FieldMapping(key: "4Runr ID", rule: rule, fields: FieldMapping.standard.fields))
                let id = try place.add("Ada King")
                try await place.run()
                try place.editThere(id, ["Title": .text("Chair")])
                try place.delete(id)
                let report = try await place.run()
                #expect(report.conflicts == 1, "\(report)")
                if rule == .manual {
                    #expect(place.sandbox.airtableRecords.count == 1)
                    #expect(try place.lead(id).deletedAt != nil)
                    place.clock.pass(.seconds(3_600))
                    try await place.run { $0.isFull = true }
                    let open = try place.store.sync.conflicts(isOpen: true, limit: 10)
                    #expect(open.map(\.column) == ["record"] && place.sandbox.airtableRecords.count == 1)
                    #expect(try place.resolve(open[0].id, keeping: keeps))
                    try await place.run()
                }
                let lives = rule == .airtableWins || (rule == .manual && keeps == .airtable)
                #expect(try (place.lead(id).deletedAt == nil) == lives)
                #expect(place.sandbox.airtable("Ada King")?["Title"] == (lives ? .text("Chair") : nil))
                #expect(try place.store.sync.conflicts(isOpen: true, limit: 10).isEmpty)
                if lives {
                    #expect(try place.lead(id).fields[.title] == "Chair")
                    #expect(try place.query("SELECT airtable_synced || sync_pending FROM leads") == "10")
                }
            }
        }
    }

    @Test func `a record that we deleted and somebody brings back brings the lead back`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.deletesHere = .delete }
            let id = try place.add("Ada King")
            try await place.run()
            let record = try #require(try place.lead(id).airtableID)
            try place.delete(id)
            #expect(try await place.run().deleted == 1)
            place.sandbox.edit(.restore(record: record))
            try await place.run { $0.isFull = true }
            #expect(try place.lead(id).deletedAt == nil && place.sandbox.airtableRecords.count == 1)
            try await place.run { $0.isFull = true }
            #expect(place.sandbox.airtableRecords.count == 1)
        }
    }

    @Test func `a second record does not fill again what somebody has emptied`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            place.sandbox.edit(
                .create([
                    "Full Name": .text("Ada King"), "Email": .text("ada.king@acme.example"), "Title": .text("Chair"),
                ]))
            try await place.run()
            #expect(try place.record(id)["Title"] == .text("Chair"), "what it knows is taken over once")
            try place.editThere(id, ["Title": .null])
            for _ in 0..<3 { #expect(try await place.run { $0.isFull = true }.conflicts == 0) }
            #expect(try place.lead(id).fields[.title] == nil && place.record(id)["Title"] == nil)
        }
    }

    @Test func `nobody is asked about a record any more when another one takes its place`() async throws {
        try await SyncPlace.with { place in
            place.mapping(FieldMapping(key: "4Runr ID", rule: .manual, fields: FieldMapping.standard.fields))
            let id = try place.add("Ada King")
            try await place.run()
            place.sandbox.edit(.delete(record: try #require(try place.lead(id).airtableID)))
            try place.edit(id, .title, "CEO")
            try await place.run { $0.isFull = true }
            #expect(try place.store.sync.conflicts(isOpen: true, limit: 10).map(\.column) == ["record"])
            place.sandbox.edit(
                .create(["Full Name": .text("Ada King"), "Email": .text("ada.king@acme.example")]))
            try await place.run { $0.isFull = true }
            try await place.run()
            #expect(try place.store.sync.conflicts(isOpen: true, limit: 10).isEmpty)
            #expect(try place.record(id)["Title"] == .text("CEO"))
            #expect(try place.query("SELECT airtable_synced || sync_pending FROM leads") == "10")
        }
    }

    @Test func `a lead deleted here is archived there, and both ways back are open`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            try place.delete(id)
            let report = try await place.run()
            #expect(report.deleted == 1)
            #expect(try place.record(id)["Archived"] == .bool(true))
            try place.editThere(id, ["Archived": .null])
            try await place.run()
            #expect(try place.lead(id).deletedAt == nil)
            try place.editThere(id, ["Archived": .bool(true)])
            #expect(try await place.run().deletedHere == 1)
            #expect(try place.lead(id).deletedAt != nil)
            try place.restore(id)
            try await place.run()
            #expect(try place.record(id)["Archived"] == nil && place.lead(id).deletedAt == nil)
        }
    }

    @Test func `a lead deleted here is deleted there where the setting says so, also when it is gone already`()
        async throws
    {
        try await SyncPlace.with { place in
            place.settings { $0.deletesHere = .delete }
            let ids = try ["Ada King", "Bob Stone"].map { try place.add($0) }
            try await place.run()
            place.sandbox.edit(.delete(record: try #require(try place.lead(ids[0]).airtableID)))
            for id in ids { try place.delete(id) }
            let report = try await place.run { $0.direction = .push }
            #expect(report.deleted == 2 && place.sandbox.airtableRecords.isEmpty, "\(report)")
            try place.restore(ids[0])
            #expect(try await place.run().created == 1)
        }
    }

    @Test func `a record deleted there deletes the lead here at the next full read, and comes back from the trash`()
        async throws
    {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            let record = try #require(try place.lead(id).airtableID)
            place.sandbox.edit(.delete(record: record))
            #expect(try await place.run().deletedHere == 0)
            place.clock.pass(.seconds(90_000))
            #expect(try await place.run().deletedHere == 1)
            #expect(try place.lead(id).deletedAt != nil)
            place.sandbox.edit(.restore(record: record))
            try await place.run { $0.isFull = true }
            #expect(try place.lead(id).deletedAt == nil)
            #expect(try await place.run { $0.isFull = true }.updatedHere == 0)
        }
    }

    @Test(arguments: [(ConflictRule.airtableWins, false), (.localWins, true)])
    func `deleted there and changed here is a conflict of the whole record`(_ rule: ConflictRule, _ lives: Bool)
        async throws
    {
        try await SyncPlace.with { place in
            place.mapping(FieldMapping(key: "4Runr ID", rule: rule, fields: FieldMapping.standard.fields))
            let id = try place.add("Ada King")
            try await place.run()
            place.sandbox.edit(.delete(record: try #require(try place.lead(id).airtableID)))
            try place.edit(id, .title, "CEO")
            try await place.run { $0.isFull = true }
            #expect(try (place.lead(id).deletedAt == nil) == lives)
            #expect(place.sandbox.airtable("Ada King")?["Title"] == (lives ? .text("CEO") : nil))
            #expect(try place.lead(id).fields[.title] == "CEO")
            #expect(try place.store.sync.conflicts(isOpen: false, limit: 10).map(\.column) == ["record"])
        }
    }

    @Test func `many deletes at once are held until a person says that they are right`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...20).map { try place.add("Ada \(String(UnicodeScalar(UInt8(64 + $0))))king") }
            try await place.run()
            for id in ids.prefix(8) {
                place.sandbox.edit(.delete(record: try #require(try place.lead(id).airtableID)))
            }
            try place.edit(ids[0], .title, "CEO")
            let held = try await place.run { $0.isFull = true }
            #expect(held.deletedHere == 0 && held.held?.contains("8 of 20") == true, "\(held)")
            #expect(try place.query("SELECT count(*) FROM leads WHERE airtable_synced = 1") == "12")
            let shown = try await place.run {
                $0.isFull = true
                $0.allowsDeletes = true
                $0.isDryRun = true
            }
            #expect(shown.plan.filter { $0.action == .deleteHere }.count + shown.conflicts == 8, "\(shown)")
            for id in ids.prefix(8) {
                place.sandbox.edit(.restore(record: try #require(try place.lead(id).airtableID)))
            }
            try await place.run { $0.isFull = true }
            #expect(try place.query("SELECT count(*) FROM leads WHERE airtable_synced = 1") == "20")
            for id in ids.prefix(8) {
                place.sandbox.edit(.delete(record: try #require(try place.lead(id).airtableID)))
            }
            #expect(try place.query("SELECT count(*) FROM leads WHERE deleted_at IS NULL") == "20")
            let let_go = try await place.run {
                $0.isFull = true
                $0.allowsDeletes = true
            }
            #expect(let_go.deletedHere == 8 && let_go.held == nil)
        }
        try await SyncPlace.with { place in
            place.settings { $0.deletesHere = .delete }
            let ids = try (1...20).map { try place.add("Ada \(String(UnicodeScalar(UInt8(64 + $0))))king") }
            try await place.run()
            for id in ids.prefix(8) { try place.delete(id) }
            #expect(try await place.run().held?.contains("8 of 20") == true)
            #expect(place.sandbox.airtableRecords.count == 20)
            #expect(try await place.run { $0.allowsDeletes = true }.deleted == 8)
            #expect(place.sandbox.airtableRecords.count == 12)
        }
    }

    @Test func `a scan that is not complete, or a list that lacks what is there, deletes nobody`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...120).map { try place.add("Ada Q\($0.letters)son") }
            try await place.run()
            place.clock.pass(.seconds(600))
            // The list is given up again and again in the middle.
            place.sandbox.fail(.airtable, Fault(.expire, after: 2))
            #expect(try await place.problem { $0.isFull = true }.kind == .unavailable)
            place.sandbox.mend(.airtable)
            #expect(try place.query("SELECT count(*) FROM leads WHERE deleted_at IS NULL") == "120")
            // A list without four of them: they are asked for by id, and are there.
            let hidden = try ids.prefix(4).compactMap { try place.lead($0).airtableID }
            place.answer { request, response in
                guard !request.url.contains("RECORD_ID") else { return response }
                var text = response.text
                for record in hidden { text = text.replacing("\"id\":\"\(record)\"", with: "\"id\":\"\(hidden[0])\"") }
                return .init(
                    status: response.status, headers: response.headers, body: Array(text.utf8), url: response.url)
            }
            let report = try await place.run { $0.isFull = true }
            #expect(report.deletedHere == 0 && report.held == nil, "\(report)")
            #expect(try place.query("SELECT count(*) FROM leads WHERE deleted_at IS NULL") == "120")
        }
    }
}

extension Int {
    /// The number in letters, for names.
    var letters: String { "\(self)".map { String("abcdefghij".dropFirst(Int("\($0)") ?? 0).prefix(1)) }.joined() }
}

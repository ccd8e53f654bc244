import AirtableSync
import Foundation
import Leads
import Sandbox
import Storage
import Synchronization
import TestSupport
import Testing
import Transport
import Values

/// No edit is undone: what we wrote ourselves is nobody's edit, and what somebody types during a push is not overwritten.
struct OwnWriteTests {
    /// The program dies after Airtable has stored a write, before it knows.
    @Test func `our own older write does not beat the newer edit here`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King", [.location: "Start"])
            try await place.run()
            place.clock.pass(.seconds(300))
            try place.edit(id, .location, "First")
            place.crash(at: 1, .after)
            await #expect(throws: SyncPlace.Crash.self) { try await place.run() }
            place.crash(at: nil)
            #expect(try place.record(id)["Location"] == .text("First"))
            try place.edit(id, .location, "Second")
            place.clock.pass(.seconds(5))
            let report = try await place.run()
            #expect(report.conflicts == 0 && report.updated == 1, "\(report)")
            #expect(try place.lead(id).fields[.location] == "Second" && place.record(id)["Location"] == .text("Second"))
            #expect(try place.query("SELECT count(*) FROM sync_conflicts") == "0")
            // Once Airtable has answered, the same text there is somebody's edit.
            place.clock.pass(.seconds(300))
            try place.editThere(id, ["Location": .text("First")])
            #expect(try await place.run().updatedHere == 1)
            #expect(try place.lead(id).fields[.location] == "First")
        }
    }

    /// - Parameter boundary: whether the process ends before or after Airtable has the request.
    @Test(arguments: 0..<15, [SyncPlace.Boundary.before, .after])
    func `a sync that dies at any request undoes no edit of either side`(at number: Int, boundary: SyncPlace.Boundary)
        async throws
    {
        try await SyncPlace.with { place in
            let ids = try (1...25).map { try place.add("Ada Q\($0.letters)son", [.title: "Old"]) }
            try await place.run()
            place.clock.pass(.seconds(300))
            for id in ids.prefix(15) { try place.edit(id, .title, "First \(id)") }
            for id in ids.suffix(12) { try place.editThere(id, ["Location": .text("There \(id)")]) }
            place.crash(at: number, boundary)
            _ = try? await place.run { $0.isFull = true }
            place.crash(at: nil)
            // People go on, here and there.
            for id in ids.prefix(8) { try place.edit(id, .title, "Second \(id)") }
            for id in ids.suffix(3) { try place.editThere(id, ["Location": .text("Later \(id)")]) }
            place.clock.pass(.seconds(60))
            for _ in 0..<2 {
                try await place.run()
                place.clock.pass(.seconds(60))
            }
            for (place_, id) in ids.enumerated() {
                let title = place_ < 8 ? "Second \(id)" : place_ < 15 ? "First \(id)" : "Old"
                let location = place_ >= 22 ? "Later \(id)" : place_ >= 13 ? "There \(id)" : nil
                let (lead, record) = (try place.lead(id), try place.record(id))
                #expect(
                    lead.fields[.title] == title && record["Title"] == .text(title),
                    "lead \(id): \(lead.fields[.title] ?? "")")
                #expect(lead.fields[.location] == location && record["Location"] == location.map { .text($0) })
            }
            #expect(try place.query("SELECT count(*) FROM sync_conflicts") == "0")
        }
    }

    @Test(arguments: 0..<30)
    func `cut answers and edits on both sides lose no edit that nobody contradicted`(seed: Int) async throws {
        try await SyncPlace.with { place in
            var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
            func random(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % bound
            }
            let ids = try (1...20).map { try place.add("Ada Q\($0.letters)son") }
            try await place.run()
            // One side changes titles, the other places: no edit contradicts another.
            var (titles, places): ([Int64: String], [Int64: String]) = ([:], [:])
            for round in 0..<6 {
                place.clock.pass(.seconds(90))
                for _ in 0..<5 {
                    let id = ids[random(20)]
                    titles[id] = "T\(round)-\(random(1_000))"
                    try place.edit(id, .title, titles[id])
                    let other = ids[random(20)]
                    places[other] = "P\(round)-\(random(1_000))"
                    try place.editThere(other, ["Location": .text(places[other] ?? "")])
                }
                place.sandbox.fail(.airtable, Fault(.cut, count: 1 + random(5), after: random(4)))
                _ = try? await place.run()
            }
            place.sandbox.mend(.airtable)
            for _ in 0..<3 {
                place.clock.pass(.seconds(300))
                try await place.run()
            }
            for id in ids {
                let (lead, record) = (try place.lead(id), try place.record(id))
                #expect(
                    lead.fields[.title] == titles[id] && record["Title"] == titles[id].map { .text($0) },
                    "seed \(seed), lead \(id)")
                #expect(
                    lead.fields[.location] == places[id] && record["Location"] == places[id].map { .text($0) },
                    "seed \(seed), lead \(id)")
            }
            #expect(try place.query("SELECT count(*) FROM sync_conflicts") == "0", "seed \(seed)")
        }
    }

    @Test func `what somebody types during a long push is not overwritten`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...300).map { try place.add("Ada Q\($0.letters)son", [.title: "Old"]) }
            try await place.run()
            place.clock.pass(.seconds(300))
            for id in ids { try place.edit(id, .title, "Ours") }
            let last = try #require(ids.last)
            let record = try #require(try place.lead(last).airtableID)
            let writes = Mutex(0)
            place.onRequest { request in
                guard request.method == .patch else { return }
                place.clock.pass(.seconds(2))
                let number = writes.withLock {
                    $0 += 1
                    return $0
                }
                if number == 10 { place.sandbox.edit(.update(record: record, ["Title": .text("Theirs")])) }
            }
            _ = place.requests()
            let report = try await place.run()
            let requests = place.requests()
            #expect(try place.record(last)["Title"] == .text("Theirs") && place.lead(last).fields[.title] == "Theirs")
            #expect(report.conflicts == 1, "\(report)")
            // A record that nobody touched has our value; the re-reads cost less than a call for each two writes.
            #expect(try place.record(ids[100])["Title"] == .text("Ours"))
            let reads = requests.filter { $0.hasPrefix("GET") || $0.hasPrefix("POST") }.count
            #expect(requests.filter { $0.hasPrefix("PATCH") }.count == 30 && reads <= 16, "\(reads)")
        }
    }

    @Test(arguments: [429, 503, 500])
    func `before a write is repeated, its records are read again`(status: Int) async throws {
        try await SyncPlace.with { place in
            let ids = try (1...3).map { try place.add("Ada Q\($0.letters)son", [.title: "Old"]) }
            try await place.run()
            place.clock.pass(.seconds(300))
            for id in ids { try place.edit(id, .title, "Ours") }
            let record = try #require(try place.lead(ids[0]).airtableID)
            let failing = Mutex(true)
            let isFirst = Mutex(false)
            place.onRequest { request in
                if request.method == .patch, failing.withLock({ $0 }) {
                    failing.withLock { $0 = false }
                    isFirst.withLock { $0 = true }
                    place.sandbox.fail(.airtable, Fault(.status, status: status, count: 1))
                } else if isFirst.withLock({ $0 }) {
                    // While we waited, somebody typed.
                    isFirst.withLock { $0 = false }
                    place.sandbox.edit(.update(record: record, ["Title": .text("Theirs")]))
                }
            }
            try await place.run()
            place.clock.pass(.seconds(60))
            try await place.run()
            #expect(
                try place.record(ids[0])["Title"] == .text("Theirs") && place.lead(ids[0]).fields[.title] == "Theirs")
            #expect(try place.record(ids[1])["Title"] == .text("Ours"))
        }
    }

    // MARK: a new table

    @Test func `an option that was added lets refused leads go, by a sync by hand, by setup, or by name`() async throws
    {
        for way in ["sync", "setup", "refused"] {
            try await SyncPlace.with { place in
                place.sandbox.edit(.removeField("Status"))
                place.sandbox.edit(.addField(name: "Status", type: "singleSelect", choices: ["Todo"]))
                let id = try place.add("Ada King")
                #expect(try await place.run().refused == 1)
                #expect(try place.record(id)["Status"] == nil)
                place.sandbox.edit(.addChoice("Status", "cleaned"))
                place.clock.pass(.seconds(5))
                if way == "setup" { _ = try await place.sync.setUp(createsFields: false, switchesBase: false) }
                try await place.run {
                    $0.isManual = way != "setup"
                    $0.onlyRefused = way == "refused"
                    if way == "refused" { $0.direction = .push }
                    $0.isFull = way == "sync"
                }
                #expect(try place.record(id)["Status"] == .text("cleaned"), "\(way)")
            }
        }
    }

    @Test func `Airtable's own new table is used as it is`() async throws {
        try await SyncPlace.with { place in
            for field in ["Full Name", "Title", "Company", "Website", "Location", "Status"] {
                place.sandbox.edit(.removeField(field))
            }
            place.sandbox.edit(.addField(name: "Notes", type: "multilineText", choices: nil))
            place.sandbox.edit(
                .addField(name: "Status", type: "singleSelect", choices: ["Todo", "In progress", "Done"]))
            // The stand-in's first field is the key; Airtable's is Name.
            place.sandbox.edit(.renameField("4Runr ID", to: "Name"))
            let setup = try await place.sync.setUp(createsFields: true, switchesBase: false)
            let name = try #require(setup.fields.first { $0.column == "full_name" })
            #expect(name.state == .renamed && name.hint?.contains("stands for it") == true, "\(name)")
            let id = try place.add("Ada King", [.title: "CEO"])
            let report = try await place.run()
            #expect(report.created == 1 && report.refused == 0, "\(report)")
            let record = try place.record(id)
            #expect(record["Name"] == .text("Ada King") && record["Full Name"] == nil)
            #expect(record["Status"] == .text("cleaned") && record["Title"] == .text("CEO"))
        }
    }

    @Test func `a token that may not create holds up no edit, and says what it lacks`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...12).map { try place.add("Ada Q\($0.letters)son") }
            try await place.run()
            place.clock.pass(.seconds(300))
            for id in ids { try place.edit(id, .title, "CEO") }
            let new = try place.add("New Person")
            place.answer { request, response in
                guard request.method == .patch,
                    String(decoding: request.body ?? [], as: UTF8.self).contains("performUpsert")
                else { return response }
                return HTTPResponse(
                    status: 403, headers: response.headers,
                    body: Array(
                        #"{"error":{"type":"INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND","message":"Invalid permissions"}}"#
                            .utf8),
                    url: response.url)
            }
            // The request must not reach the stand-in, either.
            let report = try await place.run()
            #expect(report.notes.contains { $0.contains("may not write this to the table") }, "\(report.notes)")
            for id in ids { #expect(try place.record(id)["Title"] == .text("CEO")) }
            #expect(try place.lead(new).syncError?.contains("data.records:write") == true)
        }
    }

    @Test func `a limit that hits every record costs one call a batch, not two a lead`() async throws {
        try await SyncPlace.with { place in
            for number in 1...100 { try place.add("Ada Q\(number.letters)son") }
            place.answer { request, response in
                guard request.method == .patch else { return response }
                return HTTPResponse(
                    status: 422, headers: response.headers,
                    body: Array(
                        #"{"error":{"type":"INVALID_REQUEST_UNKNOWN","message":"The base has too many records"}}"#.utf8),
                    url: response.url)
            }
            _ = try? await place.run()
            #expect(place.requests().filter { $0.hasPrefix("PATCH") }.count < 40)
        }
    }

    @Test func `thirty empty rows are one remark`() async throws {
        try await SyncPlace.with { place in
            for _ in 0..<30 { place.sandbox.edit(.create([:])) }
            let report = try await place.run()
            #expect(report.notLeads == 30)
            let notes = report.notes.filter { $0.contains("not a lead") }
            #expect(notes.count == 1 && notes[0].contains("and 27 more"), "\(notes)")
        }
    }

    @Test func `a linked record's id is no company`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            let record = try #require(try place.lead(id).airtableID)
            place.sandbox.edit(.compute(record: record, field: "Company", .list([.text("recAbCdEfGhIjKlMn")])))
            let report = try await place.run { $0.isFull = true }
            #expect(try place.lead(id).fields[.company] == "Acme")
            #expect(report.notes.contains { $0.contains("link to another record") }, "\(report.notes)")
        }
    }
}

/// What a person said in Airtable about being written to.
struct OptOutSyncTests {
    @Test func `an opt-out in Airtable holds, whichever side wins, and no status takes it back`() async throws {
        for rule in [ConflictRule.airtableWins, .localWins] {
            try await SyncPlace.with { place in
                place.mapping(
                    FieldMapping(
                        key: FieldMapping.standard.key, rule: rule,
                        fields: FieldMapping.standard.fields.map { MappedField($0.column, $0.name, rule: rule) }))
                let id = try place.add("Ada King")
                try await place.run()
                place.clock.pass(.seconds(60))
                // Both sides change the status.
                try place.store.transaction { transaction in
                    var change = LeadChange()
                    (change.status, change.message) = (.ready, .some("Hi Ada"))
                    try transaction.leads.change(place.lead(id), change, because: .stage, at: place.clock.now)
                }
                try place.editThere(id, ["Status": .text("unsubscribed")])
                try await place.run()
                let lead = try place.lead(id)
                #expect(lead.optOut?.by == .airtable(try #require(lead.airtableID)) && lead.message == nil, "\(rule)")
                #expect(lead.status == .unsubscribed)
                place.clock.pass(.seconds(60))
                try place.editThere(id, ["Status": .text("contacted")])
                let report = try await place.run()
                #expect(try place.lead(id).optOut != nil && place.lead(id).status == .unsubscribed)
                #expect(report.notes.contains { $0.contains("opted_out=no") }, "\(report.notes)")
                try await place.run()
                #expect(try place.record(id)["Status"] == .text("unsubscribed"), "it is sent back")
                #expect(try place.record(id)["AI Message"] == nil)
            }
        }
    }

    @Test func `a merge of two leads keeps the second record as another of the same person`() async throws {
        try await SyncPlace.with { place in
            let first = try place.add("Ada King", [.email: "ada@x.example"])
            let second = try place.add("A. King", [.email: "ak@x.example", .company: "Other"])
            try await place.run()
            place.clock.pass(.seconds(60))
            let record = try #require(try place.lead(second).airtableID)
            try place.store.transaction { transaction in
                try transaction.leads.merge(
                    place.lead(second), into: place.lead(first), rule: nil, author: .person("ann"), at: place.clock.now)
            }
            let report = try await place.run { $0.isFull = true }
            #expect(report.created == 0 && report.createdHere == 0 && report.deleted == 0, "\(report)")
            #expect(place.sandbox.airtableRecords.count == 2)
            #expect(try place.query("SELECT state FROM airtable_links WHERE record_id = '\(record)'") == "duplicate")
            place.clock.pass(.seconds(60))
            try place.store.transaction { transaction in
                let decision = try #require(try transaction.leads.decisions(about: second).first)
                _ = try transaction.leads.unmerge(decision, author: .person("ann"), at: place.clock.now)
            }
            _ = try await place.run { $0.isFull = true }
            #expect(try place.lead(second).airtableID == record && place.sandbox.airtableRecords.count == 2)
        }
    }
}

import AirtableSync
import Leads
import Sandbox
import Storage
import TestSupport
import Testing
import Transport
import Values

/// What was changed on both sides.
struct ConflictTests {
    /// A lead whose title was changed here and there.
    private func meet(_ place: SyncPlace, _ rule: ConflictRule, laterHere: Bool = false) async throws -> Int64 {
        place.sandbox.edit(.addField(name: "Last Modified", type: "lastModifiedTime", choices: nil))
        place.mapping(
            FieldMapping(
                key: "4Runr ID", rule: rule, lastModified: "Last Modified",
                fields: FieldMapping.standard.fields.map {
                    // Each field has a rule of its own.
                    MappedField($0.column, $0.name, rule: $0.column == .title ? rule : .airtableWins)
                }))
        let id = try place.add("Ada King", [.title: "Before"])
        try await place.run()
        place.clock.pass(.seconds(600))
        func here() throws { try place.edit(id, .title, "Ours") }
        if !laterHere { try here() }
        place.clock.pass(.seconds(60))
        try place.editThere(id, ["Title": .text("Theirs"), "Location": .text("Oslo")])
        place.clock.pass(.seconds(60))
        if laterHere { try here() }
        return id
    }

    @Test(arguments: [
        (ConflictRule.airtableWins, false, "Theirs"), (.localWins, false, "Ours"), (.lastModifiedWins, false, "Theirs"),
        (.lastModifiedWins, true, "Ours"),
    ])
    func `a rule decides, both values are in the log, and other fields are not held up`(
        _ rule: ConflictRule, _ laterHere: Bool, _ winner: String
    ) async throws {
        try await SyncPlace.with { place in
            let id = try await meet(place, rule, laterHere: laterHere)
            let report = try await place.run()
            #expect(report.conflicts == 1)
            #expect(try place.lead(id).fields[.title] == winner && place.lead(id).fields[.location] == "Oslo")
            #expect(try place.record(id)["Title"] == .text(winner))
            let conflict = try #require(try place.store.sync.conflicts(isOpen: false, limit: 10).first)
            #expect(conflict.base == "Before" && conflict.local == "Ours" && conflict.airtable == "Theirs")
            #expect(conflict.resolution == (winner == "Ours" ? "local" : "airtable"))
            place.clock.pass(.seconds(600))
            #expect(try await place.run().conflicts == 0)
        }
    }

    @Test(arguments: [true, false])
    func `a conflict waits for a person, and is then decided`(_ keepsLocal: Bool) async throws {
        try await SyncPlace.with { place in
            let id = try await meet(place, .manual)
            for _ in 0..<2 {
                try await place.run { $0.isFull = true }
                #expect(try place.lead(id).fields[.title] == "Ours" && place.record(id)["Title"] == .text("Theirs"))
            }
            #expect(try place.lead(id).fields[.location] == "Oslo")
            #expect(try place.query("SELECT airtable_synced || sync_pending FROM leads") == "00")
            let open = try place.store.sync.conflicts(isOpen: true, limit: 10)
            #expect(open.count == 1)
            #expect(try place.resolve(open[0].id, keeping: keepsLocal ? .local : .airtable))
            #expect(try place.resolve(open[0].id, keeping: keepsLocal ? .local : .airtable) == false)
            try await place.run()
            let winner = keepsLocal ? "Ours" : "Theirs"
            #expect(try place.lead(id).fields[.title] == winner && place.record(id)["Title"] == .text(winner))
            #expect(try place.query("SELECT airtable_synced || sync_pending FROM leads") == "10")
        }
    }

    @Test func `a conflict is over when both come to say the same`() async throws {
        try await SyncPlace.with { place in
            let id = try await meet(place, .manual)
            try await place.run()
            try place.editThere(id, ["Title": .text("Ours")])
            try await place.run()
            #expect(try place.store.sync.conflicts(isOpen: true, limit: 10).isEmpty)
            #expect(try place.query("SELECT airtable_synced || sync_pending FROM leads") == "10")
        }
    }

    @Test func `deciding one conflict of a lead leaves the others to wait`() async throws {
        try await SyncPlace.with { place in
            place.mapping(
                FieldMapping(
                    key: "4Runr ID", rule: .manual,
                    fields: FieldMapping.standard.fields.map { MappedField($0.column, $0.name, rule: .manual) }))
            let id = try place.add("Ada King", [.title: "T0", .location: "L0"])
            try await place.run()
            try place.edit(id, .title, "There")
            try place.edit(id, .location, "There")
            try place.editThere(id, ["Title": .text("Tair"), "Location": .text("Lair")])
            try await place.run()
            let open = try place.store.sync.conflicts(isOpen: true, limit: 10)
            #expect(open.count == 2)
            let title = try #require(open.first { $0.column == "title" })
            #expect(try place.resolve(title.id, keeping: .airtable))
            #expect(try place.store.sync.conflicts(isOpen: true, limit: 10).map(\.column) == ["location"])
            place.clock.pass(.seconds(3_600))
            try await place.run()
            #expect(try place.record(id)["Location"] == .text("Lair") && place.record(id)["Title"] == .text("Tair"))
            #expect(try place.lead(id).fields[.location] == "There" && place.lead(id).fields[.title] == "Tair")
        }
    }

    @Test func `what cannot be used is no conflict that somebody has to decide`() async throws {
        try await SyncPlace.with { place in
            place.mapping(
                FieldMapping(
                    key: "4Runr ID", rule: .manual,
                    fields: FieldMapping.standard.fields.map { MappedField($0.column, $0.name, rule: .manual) }))
            let id = try place.add("Ada King")
            place.sandbox.edit(
                .create([
                    "Full Name": .text("Ada King"), "Company": .text("Acme"), "Email": .text("n/a"),
                    "Status": .text("My own"),
                ]))
            let report = try await place.run()
            #expect(report.conflicts == 0 && report.notes.contains { $0.contains("n/a") }, "\(report)")
            #expect(try place.record(id)["Email"] == .text("n/a") && place.record(id)["Status"] == .text("My own"))
        }
    }

    @Test func `a conflict of one who is archived there waits on, also when they come back`() async throws {
        try await SyncPlace.with { place in
            let id = try await meet(place, .manual)
            try await place.run()
            try place.editThere(id, ["Archived": .bool(true)])
            #expect(try await place.run().deletedHere == 1)
            place.clock.pass(.seconds(3_600))
            try place.restore(id)
            try await place.run()
            #expect(try place.record(id)["Title"] == .text("Theirs") && place.lead(id).fields[.title] == "Ours")
            #expect(try place.store.sync.conflicts(isOpen: true, limit: 10).map(\.column) == ["title"])
        }
    }
}

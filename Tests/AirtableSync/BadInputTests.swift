import AirtableSync
import Leads
@testable import Operations
import Sandbox
import Storage
import TestSupport
import Testing
import Transport
import Values

/// What is wrong is named by field and record, and the rest goes on.
struct BadInputTests {
    @Test func `a wrong token, base or table ends it with what to set`() async throws {
        try await SyncPlace.with { place in
            place.sandbox.fail(.airtable, Fault(.status, status: 401))
            #expect(try await place.problem().description.contains("airtable_token"))
            place.sandbox.mend(.airtable)
            place.settings { $0.baseID = "appNowhere0000001" }
            let base = try await place.problem()
            #expect(base.kind == .configuration && base.description.contains("appNowhere0000001"), "\(base)")
            place.settings {
                $0.baseID = Sandbox.airtableBase
                $0.table = "Laeds"
            }
            let table = try await place.problem()
            #expect(table.kind == .configuration && table.description.contains("\"Leads\""), "\(table)")
        }
    }

    @Test func `what of a new record cannot be used is told, and its plan has each value`() async throws {
        try await SyncPlace.with { place in
            place.sandbox.edit(
                .create(["Full Name": .text("Ada King"), "Company": .text("Acme"), "Email": .text("n/a")]))
            let plan = try await place.run { $0.isDryRun = true }.plan
            let made = try #require(plan.first { $0.action == .createHere })
            #expect(made.changes.contains { $0.column == "full_name" && $0.from == nil && $0.to == "Ada King" })
            let report = try await place.run()
            #expect(report.createdHere == 1 && report.notes.contains { $0.contains("Email") }, "\(report.notes)")
            #expect(try await place.run { $0.isFull = true }.notes.isEmpty)
        }
    }

    @Test func `a conflict of a field that is not kept in step is not decided`() async throws {
        try await SyncPlace.with { place in
            let all = FieldMapping.standard.fields.map { MappedField($0.column, $0.name, rule: .manual) }
            place.mapping(FieldMapping(key: "4Runr ID", rule: .manual, fields: all))
            let id = try place.add("Ada King")
            try await place.run()
            try place.edit(id, .title, "Ours")
            try place.editThere(id, ["Title": .text("Theirs")])
            #expect(try await place.run().conflicts == 1)
            #expect(try await place.run { $0.isFull = true }.conflicts == 0, "it is told of once")
            try place.edit(id, .title, "Ours again")
            let open = try ListConflicts.list(.init(all: false, limit: 5), in: place.store)
            try #require(open.count == 1)
            #expect(open[0].present == "Ours again")
            place.mapping(FieldMapping(key: "4Runr ID", rule: .manual, fields: all.filter { $0.column != .title }))
            let request = ResolveConflicts.Request([open[0].conflict.id], keeping: .airtable)
            func resolved() throws -> [Int64] {
                let sync = place.sync
                return try place.store.transaction {
                    try ResolveConflicts.resolve(request, in: $0, by: sync, for: .person("ann"))
                }
            }
            #expect(throws: OperationProblem.self) { try resolved() }
            place.mapping(FieldMapping(key: "4Runr ID", rule: .manual, fields: all))
            #expect(try resolved() == [open[0].conflict.id])
            #expect(try place.lead(id).fields[.title] == "Theirs")
        }
    }

    @Test func `a wrong base is not what the database is in step with from then on`() async throws {
        try await SyncPlace.with { place in
            let right = Sandbox.airtableBase
            place.settings { $0.baseID = "appNowhere0000001" }
            _ = try await place.problem()
            #expect(try place.sync.standing(entries: 1).base == nil)
            place.settings { $0.baseID = right }
            try place.add("Ada King")
            #expect(try await place.run().created == 1)
        }
    }

    @Test func `a field that is mapped later is read before it is written`() async throws {
        try await SyncPlace.with { place in
            let all = FieldMapping.standard.fields
            place.mapping(
                FieldMapping(key: "4Runr ID", rule: .airtableWins, fields: all.filter { $0.column != .title }))
            let id = try place.add("Ada King", [.title: "Ours"])
            try await place.run()
            try place.editThere(id, ["Title": .text("Theirs")])
            place.clock.pass(.seconds(7_200))
            place.mapping(FieldMapping(key: "4Runr ID", rule: .airtableWins, fields: all))
            try place.edit(id, .location, "Oslo")
            let report = try await place.run()
            #expect(report.conflicts == 1, "\(report)")
            #expect(try place.record(id)["Title"] == .text("Theirs") && place.lead(id).fields[.title] == "Theirs")
        }
    }

    @Test func `a field that the token may not write is only read, and a table under another name is the same`()
        async throws
    {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King", [.title: "Ours"])
            place.answer { request, response in
                let text = String(decoding: request.body ?? [], as: UTF8.self)
                guard request.method == .patch, text.contains("Ours") else { return response }
                return .init(
                    status: 403, headers: response.headers,
                    body: Array(
                        #"{"error":{"type":"INVALID_PERMISSIONS","message":"You are not permitted to write cell values in field Title (fldSbx00000000008)"}}"#
                            .utf8), url: response.url)
            }
            let report = try await place.run()
            #expect(report.notes.contains { $0.contains("\"Title\" is computed by Airtable or locked") }, "\(report)")
            #expect(try place.lead(id).fields[.title] == "Ours")
            try place.editThere(id, ["Title": .text("Theirs")])
            try await place.run { $0.isFull = true }
            #expect(try place.lead(id).fields[.title] == "Theirs")
        }
    }

    @Test func `a field that takes no value of anybody's costs a few calls, not some a record`() async throws {
        try await SyncPlace.with({ $0.airtableSchemaScope = false }) { place in
            place.sandbox.edit(.removeField("Title"))
            place.sandbox.edit(.addField(name: "Title", type: "number", choices: nil))
            for number in 1...60 { try place.add("Ada Q\(number.letters)son", [.title: "Boss"]) }
            let report = try await place.run()
            #expect(report.created + report.updated == 60 && report.refused == 60, "\(report)")
            #expect(report.calls < 60, "\(report.calls)")
        }
    }

    @Test func `a token that may not delete holds nobody else up`() async throws {
        try await SyncPlace.with { place in
            place.settings {
                $0.deletesHere = .delete
                $0.brake = 1
            }
            let ids = try (1...30).map { try place.add("Ada Q\($0.letters)son") }
            try await place.run()
            for id in ids.prefix(12) { try place.delete(id) }
            place.clock.pass(.seconds(5))
            for id in ids.suffix(3) { try place.edit(id, .title, "CEO") }
            place.answer { request, response in
                guard request.method == .delete else { return response }
                return .init(
                    status: 403, headers: response.headers,
                    body: Array(
                        #"{"error":{"type":"INVALID_PERMISSIONS","message":"You are not permitted to perform this operation"}}"#
                            .utf8), url: response.url)
            }
            let report = try await place.run()
            #expect(report.updated == 3 && report.refused == 12, "\(report)")
        }
    }

    @Test func `without the field that records are matched on nothing is sent`() async throws {
        try await SyncPlace.with { place in
            try place.add("Ada King")
            place.sandbox.edit(.removeField("4Runr ID"))
            let problem = try await place.problem()
            #expect(problem.kind == .configuration && problem.description.contains("--create-fields"))
            #expect(place.sandbox.airtableRecords.isEmpty)
            let setup = try await place.sync.setUp(createsFields: true, switchesBase: false)
            #expect(setup.fields.first?.state == .created)
            #expect(try await place.run().created == 1)
        }
    }

    @Test func `setup names what is missing, near to it, of the wrong type or computed, and makes what it may`()
        async throws
    {
        try await SyncPlace.with { place in
            place.sandbox.edit(.renameField("Location", to: "Locaton"))
            for name in ["Industry", "Verified", "Enriched At", "Title"] { place.sandbox.edit(.removeField(name)) }
            place.sandbox.edit(.addField(name: "Verified", type: "singleLineText", choices: nil))
            place.sandbox.edit(.addField(name: "Title", type: "formula", choices: nil))
            let before = try await place.sync.setUp(createsFields: false, switchesBase: false)
            func finding(_ column: String, _ report: SyncSetupResult) -> FieldFinding? {
                report.fields.first { $0.column == column }
            }
            #expect(finding("location", before)?.hint?.contains("Locaton") == true)
            #expect(finding("industry", before)?.state == .missing)
            #expect(finding("verified", before)?.state == .wrongType)
            #expect(finding("verified", before)?.hint?.contains("checkbox") == true)
            #expect(finding("title", before)?.state == .computed)
            let after = try await place.sync.setUp(createsFields: true, switchesBase: false)
            #expect(finding("industry", after)?.state == .created && finding("enriched_at", after)?.state == .created)
            let id = try place.add("Ada King", [.industry: "Rail", .title: "CTO"])
            let report = try await place.run()
            #expect(try place.record(id)["Industry"] == .text("Rail") && place.record(id)["Title"] == nil)
            #expect(report.notes.contains { $0.contains("Verified") && $0.contains("wrong type") }, "\(report.notes)")
        }
    }

    @Test func `a field that vanishes is told of, and the others go on`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King", [.title: "CTO"])
            try await place.run()
            place.sandbox.edit(.removeField("Title"))
            try place.edit(id, .title, "CEO")
            try place.edit(id, .location, "Oslo")
            let report = try await place.run()
            #expect(report.notes.contains { $0.contains("\"Title\" is not in the table") }, "\(report.notes)")
            #expect(try place.record(id)["Location"] == .text("Oslo"))
            place.sandbox.edit(.addField(name: "Title", type: "singleLineText", choices: nil))
            try await place.run { $0.isFull = true }
            #expect(try place.record(id)["Title"] == .text("CEO"))
        }
    }

    @Test func `without the schema's scope names do`() async throws {
        try await SyncPlace.with({ $0.airtableSchemaScope = false }) { place in
            place.sandbox.edit(.removeField("Title"))
            place.sandbox.edit(.addField(name: "Title", type: "formula", choices: nil))
            let id = try place.add("Ada King", [.title: "CTO"])
            let report = try await place.run()
            #expect(report.created == 1 && report.notes.contains { $0.contains("schema.bases:read") })
            #expect(report.notes.contains { $0.contains("\"Title\" is computed") }, "\(report.notes)")
            place.sandbox.edit(.removeField("Industry"))
            try place.edit(id, .industry, "Rail")
            try place.edit(id, .location, "Oslo")
            let second = try await place.run()
            #expect(try place.record(id)["Location"] == .text("Oslo"), "\(second)")
            #expect(second.notes.contains { $0.contains("\"Industry\" is not in the table") }, "\(second.notes)")
        }
    }

    @Test func `another field in the place of one empties nobody's lead, also without the schema`() async throws {
        for hasScope in [true, false] {
            try await SyncPlace.with({ $0.airtableSchemaScope = hasScope }) { place in
                let id = try place.add("Ada King", [.title: "CTO"])
                try await place.run()
                place.sandbox.edit(.addField(name: "Job", type: "singleLineText", choices: nil))
                place.mapping(
                    FieldMapping(
                        key: "4Runr ID",
                        fields: FieldMapping.standard.fields.map {
                            $0.column == .title ? MappedField(.title, "Job") : $0
                        }))
                try await place.run { $0.isFull = true }
                #expect(try place.lead(id).fields[.title] == "CTO" && place.record(id)["Job"] == .text("CTO"))
                place.sandbox.edit(.removeField("Job"))
                try place.edit(id, .location, "Oslo")
                try await place.run()
                place.sandbox.edit(.addField(name: "Job", type: "singleLineText", choices: nil))
                try await place.run { $0.isFull = true }
                #expect(try place.lead(id).fields[.title] == "CTO" && place.record(id)["Job"] == .text("CTO"))
            }
        }
    }

    @Test func `without the field of the last modification Airtable wins, and the sync goes on`() async throws {
        try await SyncPlace.with { place in
            place.sandbox.edit(.addField(name: "Changed", type: "lastModifiedTime", choices: nil))
            place.mapping(
                FieldMapping(
                    key: "4Runr ID", rule: .lastModifiedWins, lastModified: "Changed",
                    fields: FieldMapping.standard.fields.map {
                        MappedField($0.column, $0.name, rule: .lastModifiedWins)
                    }))
            let id = try place.add("Ada King")
            try await place.run()
            place.sandbox.edit(.removeField("Changed"))
            try place.editThere(id, ["Title": .text("CEO")])
            let report = try await place.run()
            #expect(try place.lead(id).fields[.title] == "CEO")
            #expect(report.notes.contains { $0.contains("\"Changed\" is not in the table") }, "\(report.notes)")
        }
    }

    @Test func `one bad record does not hold back the other nine, and is told of by name`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...10).map { try place.add("Ada Q\($0.letters)son") }
            try place.query("UPDATE leads SET ai_message = printf('%.*c', 100001, 'x') WHERE id = \(ids[6])")
            try place.query("UPDATE leads SET ai_message = 'fine' WHERE id = \(ids[2])")
            let report = try await place.run()
            #expect(report.created == 10 && report.refused == 1)
            #expect(report.notes.contains { $0.hasPrefix("lead \(ids[6]) (Ada Qhson): AI Message") }, "\(report.notes)")
            #expect(try place.record(ids[6])["Sync Status"] == .text("error"))
            #expect(
                try place.record(ids[6])["AI Message"] == nil && place.record(ids[2])["AI Message"] == .text("fine"))
            #expect(try place.lead(ids[6]).syncError?.contains("AI Message") == true)
        }
    }

    @Test func `what is refused again and again waits longer, then for a person, and a change forgives`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.attempts = 3 }
            let id = try place.add("Ada King")
            try place.query("UPDATE leads SET ai_message = printf('%.*c', 100001, 'x')")
            try await place.run()
            _ = place.requests()
            #expect(try await place.run().refused == 0, "it is not tried again before its time")
            for attempt in 2...3 {
                place.clock.pass(.seconds(61))
                #expect(try await place.run().refused == 1)
                #expect(try place.query("SELECT attempt_count FROM sync_status") == "\(attempt)")
            }
            place.clock.pass(.seconds(86_000))
            #expect(try await place.run().refused == 0)
            #expect(try place.store.sync.counts().givenUp == 1)
            try place.edit(id, .title, "CEO")
            try await place.run()
            #expect(try place.record(id)["Title"] == .text("CEO"))
            #expect(try place.query("SELECT attempt_count FROM sync_status") == "1", "it is counted anew")
            try place.query(
                "UPDATE leads SET ai_message = 'short', sync_pending = 1, revision = revision + 1; UPDATE sync_status SET status = 'pending', next_attempt = NULL"
            )
            try await place.run()
            #expect(try place.query("SELECT airtable_synced || coalesce(sync_error, '-') FROM leads") == "1-")
        }
    }

    @Test func `a select option that does not exist costs one call more, not one a record`() async throws {
        try await SyncPlace.with { place in
            place.sandbox.edit(.removeField("Status"))
            place.sandbox.edit(.addField(name: "Status", type: "singleSelect", choices: ["new"]))
            for number in 1...100 { try place.add("Ada Q\(number.letters)son") }
            let report = try await place.run()
            #expect(report.created == 100 && report.refused == 100)
            #expect(report.calls <= 2 + 10 + 3, "\(report.calls)")
            #expect(report.notes.contains { $0.contains("no option \"cleaned\"") })
        }
    }

    @Test func `an attachment, a formula's error, a word that is no status and an address that is none are left alone`()
        async throws
    {
        try await SyncPlace.with { place in
            for name in ["Website", "Company"] { place.sandbox.edit(.removeField(name)) }
            place.sandbox.edit(.addField(name: "Website", type: "multipleAttachments", choices: nil))
            place.sandbox.edit(.addField(name: "Company", type: "formula", choices: nil))
            place.mapping(
                FieldMapping(
                    key: "4Runr ID",
                    fields: FieldMapping.standard.fields.map {
                        $0.column == .website ? MappedField(.website, "Website", direction: .pull) : $0
                    }))
            let id = try place.add("Ada King", [.website: "https://acme.example"])
            try await place.run()
            let record = try #require(try place.lead(id).airtableID)
            place.sandbox.edit(.compute(record: record, field: "Company", .object(["error": .text("#ERROR!")])))
            try place.editThere(
                id,
                [
                    "Website": .list([.object(["url": .text("https://x.example/a.pdf")])]), "Status": .text("Hot"),
                    "Email": .text("n/a"), "Title": .text("CEO"),
                ])
            let report = try await place.run()
            let lead = try place.lead(id)
            #expect(lead.fields[.title] == "CEO" && lead.fields[.email] == "ada.king@acme.example")
            #expect(lead.fields[.website]?.contains("acme.example") == true && lead.status == .cleaned)
            #expect(lead.fields[.company] == "Acme")
            for word in [
                "Website: an attachment", "Status: \"Hot\" is not one of",
                "Email: email \"n/a\" is not an email address", "#ERROR!",
            ] {
                #expect(report.notes.contains { $0.contains(record) && $0.contains(word) }, "\(word): \(report.notes)")
            }
            // It is told once, and nothing is written over it.
            place.clock.pass(.seconds(600))
            let again = try await place.run { $0.isFull = true }
            #expect(again.updated == 0 && again.notes.filter { $0.contains(record) }.isEmpty, "\(again)")
            #expect(try place.record(id)["Email"] == .text("n/a"))
        }
    }

    @Test func `long, odd and emptied cells come and go as they are`() async throws {
        try await SyncPlace.with { place in
            let name = "Seán \"The Fox\" O'Brien \\ \u{1F98A}"
            let id = try place.add("Ada King", [.title: name, .location: "L\u{2028}ine"])
            try await place.run()
            #expect(try place.record(id)["Title"] == .text(try place.lead(id).fields[.title] ?? ""))
            let long = String(repeating: "ä", count: 50_000)
            try place.editThere(id, ["AI Message": .text(long), "Title": .null, "Location": .text("")])
            try await place.run()
            #expect(try place.lead(id).message == long)
            #expect(try place.lead(id).fields[.title] == nil && place.lead(id).fields[.location] == nil)
            #expect(try await place.run().updated == 0)
        }
    }

    @Test func `a lead keeps what makes it one, however much is emptied there`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            try place.editThere(id, ["Full Name": .null, "Email": .null, "Company": .null, "Title": .text("CEO")])
            let report = try await place.run()
            #expect(
                try place.lead(id).fields[.email] == "ada.king@acme.example" && place.lead(id).fields[.title] == "CEO")
            #expect(report.notes.contains { $0.contains("it cannot be emptied") })
        }
    }
}

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

/// What users of other syncs complain of in public, each by its thread.
struct ComplaintTests {
    @Test func `pipedream 10130: pages are read one at a time, and a 429 of either shape is waited out`() async throws {
        for status in [429, 430] {
            try await SyncPlace.with { place in
                place.makeThere(250)
                let underway = Mutex(0)
                let most = Mutex(0)
                place.onRequest { request in
                    guard request.method == .get else { return }
                    let now = underway.withLock {
                        $0 += 1
                        return $0
                    }
                    most.withLock { $0 = max($0, now) }
                }
                place.answer { request, response in
                    if request.method == .get { underway.withLock { $0 -= 1 } }
                    return response
                }
                place.sandbox.fail(.airtable, Fault(.status, status: status, count: 1, after: 2))
                let start = place.clock.now
                let report = try await place.run()
                #expect(report.createdHere == 250)
                #expect(most.withLock { $0 } == 1)
                #expect(place.clock.now.since(start) >= .seconds(30), "Airtable asks for half a minute")
            }
        }
    }

    @Test func `pipedream 1081: times are compared as times, and a record that did not change is not told of again`()
        async throws
    {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            try place.editThere(id, ["Title": .text("CEO")])
            #expect(try await place.run().updatedHere == 1)
            for _ in 0..<3 {
                place.clock.pass(.seconds(30))
                #expect(try await place.run().updatedHere == 0)
            }
            let asked = place.requests().last { $0.contains("filterByFormula") } ?? ""
            #expect(asked.contains("IS_AFTER") && !asked.contains("%3E"))
        }
    }

    @Test func `n8n 15892: a field that no record has a value for is there all the same`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            #expect(place.sandbox.airtableRecords.values.allSatisfy { $0["Location"] == nil })
            try place.editThere(id, ["Location": .text("Oslo")])
            #expect(try await place.run().updatedHere == 1)
            let setup = try await place.sync.setUp(createsFields: false, switchesBase: false)
            #expect(setup.fields.allSatisfy { $0.state == .ok })
        }
    }

    @Test func `n8n: an answer that lacks a record is no success, whatever its status says`() async throws {
        try await SyncPlace.with { place in
            for number in 1...10 { try place.add("Ada Q\(number.letters)son") }
            place.answer { request, response in
                guard request.method == .patch else { return response }
                return HTTPResponse(
                    status: 200, headers: response.headers,
                    body: Array("{\"errors\":[{\"error\":\"RATE_LIMIT_REACHED\",\"message\":\"\"}]}".utf8),
                    url: response.url)
            }
            #expect(try await place.problem().kind == .unavailable)
            #expect(try place.query("SELECT count(*) FROM leads WHERE airtable_synced = 1") == "0")
            place.answer { request, response in
                guard request.method == .patch,
                    var answer = try? JSONDecoder().decode([String: JSON].self, from: Data(response.body)),
                    case .list(let records)? = answer["records"]
                else { return response }
                answer["records"] = .list(Array(records.dropLast(3)))
                let body = (try? JSONEncoder().encode(answer)) ?? Data()
                return HTTPResponse(status: 200, headers: response.headers, body: Array(body), url: response.url)
            }
            #expect(try place.query("SELECT count(*) FROM leads WHERE sync_pending = 1") == "10")
            place.answer(nil)
            try await place.run()
            #expect(place.sandbox.airtableRecords.count == 10)
            #expect(try place.query("SELECT count(*) FROM leads WHERE airtable_synced = 1") == "10")
        }
    }

    @Test func `pyairtable 427: a spent month ends it at once, and Airtable is not asked again for hours`() async throws
    {
        try await SyncPlace.with { place in
            try place.add("Ada King")
            place.sandbox.fail(.airtable, Fault(.status, status: 402))
            let problem = try await place.problem()
            #expect(problem.kind == .quota && place.requests().count == 1)
            place.clock.pass(.seconds(1_800))
            #expect(try await place.problem().kind == .quota)
            #expect(place.requests().isEmpty)
            place.sandbox.mend(.airtable)
            place.clock.pass(.seconds(6 * 3_600))
            #expect(try await place.run().created == 1)
            #expect(try place.query("SELECT sync_status FROM sync_log ORDER BY id LIMIT 1") == "skipped")
        }
    }

    @Test func `pyairtable 27: the pace is the base's, whoever calls`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.perSecond = 4 }
            for number in 1...95 { try place.add("Ada Q\(number.letters)son") }
            let start = place.clock.now
            let report = try await place.run()
            #expect(report.calls == 12)
            #expect(place.clock.now.since(start) >= .milliseconds(11 * 250))
        }
    }

    @Test func `airtable-export 7: a list that Airtable gave up is begun anew, and nothing of it is missed`()
        async throws
    {
        try await SyncPlace.with { place in
            place.makeThere(250)
            place.sandbox.fail(.airtable, Fault(.expire, count: 1, after: 3))
            let report = try await place.run()
            #expect(report.createdHere == 250)
            #expect(try place.query("SELECT count(*) FROM leads") == "250")
        }
    }

    @Test func `airtable-export 7: a read that never ends is given up in time and made again`() async throws {
        try await SyncPlace.with { place in
            place.settings { $0.timeout = .seconds(6) }
            place.makeThere(3)
            place.sandbox.fail(.airtable, Fault(.hang, count: 1, after: 1))
            let report = try await place.run()
            #expect(report.createdHere == 3)
        }
    }

    @Test func `cio 139: a crash between a create and its answer makes no second record`() async throws {
        for boundary in [SyncPlace.Boundary.before, .after] {
            for request in 0..<4 {
                try await SyncPlace.with { place in
                    for number in 1...15 { try place.add("Ada Q\(number.letters)son") }
                    place.crash(at: request, boundary)
                    do { try await place.run() } catch is SyncPlace.Crash {}
                    place.crash(at: nil)
                    try await place.run { $0.direction = .push }
                    let keys = place.sandbox.airtableRecords.values.compactMap { $0["4Runr ID"] }
                    #expect(place.sandbox.airtableRecords.count == 15 && Set(keys.map { "\($0)" }).count == 15)
                    try await place.run()
                    #expect(try place.query("SELECT count(*) FROM leads WHERE airtable_synced = 1") == "15")
                }
            }
        }
    }

    @Test func `cio 139: a second sync at the same time does nothing`() async throws {
        try await SyncPlace.with { place in
            try place.add("Ada King")
            place.sandbox.fail(.airtable, Fault(.slow, milliseconds: 300, count: 2))
            async let first = place.run()
            while place.requests().isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try await place.problem().kind == .busy)
            #expect(try await first.created == 1)
        }
    }

    @Test func `progbot 117: records that share our key come to rest`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            // Somebody duplicates the record with everything in it.
            var copy = try place.record(id)
            copy["Title"] = .text("Copy")
            place.sandbox.edit(.create(copy))
            let report = try await place.run()
            #expect(report.duplicates == 1)
            for _ in 0..<3 {
                place.clock.pass(.seconds(600))
                try place.edit(id, .location, "City \(place.clock.now.seconds)")
                let again = try await place.run()
                #expect(again.updated == 1 && again.created == 0 && again.createdHere == 0)
            }
            place.clock.pass(.seconds(600))
            #expect(try await place.run().calls == 1 + 0)
            #expect(place.sandbox.airtableRecords.count == 2)
        }
    }

    @Test func `looker 441: whatever is sent twice is one record`() async throws {
        try await SyncPlace.with { place in
            for number in 1...12 { try place.add("Ada Q\(number.letters)son") }
            try await place.run()
            try await place.run()
            try place.query("UPDATE leads SET sync_pending = 1, revision = revision + 1")
            try await place.run()
            #expect(place.sandbox.airtableRecords.count == 12)
        }
    }

    @Test func `baserow 5612 and bluedot 824: another base in the settings is refused until somebody means it`()
        async throws
    {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            place.settings { $0.baseID = "appAnother0000001" }
            _ = place.requests()
            let problem = try await place.problem()
            #expect(problem.kind == .configuration && problem.description.contains("--switch-base"))
            #expect(place.requests().isEmpty)
            // A switch that fails changes nothing.
            place.settings { $0.baseID = "appAnother0000001" }
            await #expect(throws: AirtableProblem.self) {
                try await place.sync.setUp(createsFields: false, switchesBase: true)
            }
            #expect(try place.lead(id).airtableID != nil)
            // Here it is the same base again, and finds its records by their key.
            place.settings {
                $0.baseID = Sandbox.airtableBase
                $0.table = "tblSandbox0000001"
            }
            #expect(try await place.run().created == 0)
            let setup = try await place.sync.setUp(createsFields: false, switchesBase: true)
            #expect(setup.isUsable)
            #expect(try place.lead(id).airtableID == nil)
            try await place.run()
            #expect(try place.lead(id).airtableID != nil && place.sandbox.airtableRecords.count == 1)
        }
    }

    @Test func `a change that is older than any window is found by the full read`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            place.sandbox.edit(.addField(name: "Score", type: "formula", choices: nil))
            place.mapping(
                FieldMapping(key: "4Runr ID", fields: FieldMapping.standard.fields + [MappedField(.firstName, "Score")])
            )
            try await place.run()
            place.clock.pass(.seconds(3_600))
            try await place.run()
            // What Airtable computes does not move the time of a record's last change.
            place.clock.pass(.seconds(3_600))
            place.sandbox.edit(
                .compute(record: try #require(try place.lead(id).airtableID), field: "Score", .text("Augusta")))
            #expect(try await place.run().updatedHere == 0)
            place.clock.pass(.seconds(90_000))
            #expect(try await place.run().updatedHere == 1)
            #expect(try place.lead(id).fields[.firstName] == "Augusta")
        }
    }

    @Test func `one request a record: ten are one call, and what did not change is none`() async throws {
        try await SyncPlace.with { place in
            for number in 1...1_000 { try place.add("Ada Q\(number.letters)son") }
            #expect(try await place.run().calls == 102)
            #expect(try await place.run().updated == 0)
        }
    }

    @Test func `stacksync: people who are on both sides before the first sync are not made twice`() async throws {
        try await SyncPlace.with { place in
            for number in 1...30 {
                try place.add("Ada Q\(number.letters)son", [.email: "p\(number)@x.example"])
                place.sandbox.edit(
                    .create(["Full Name": .text("Ada Q\(number.letters)son"), "Email": .text("P\(number)@X.example")]))
            }
            let report = try await place.run { $0.direction = .push }
            #expect(report.created == 0 && report.updated == 30)
            #expect(place.sandbox.airtableRecords.count == 30)
        }
    }

    @Test func `a record that is edited while the list is read keeps its place and its new values`() async throws {
        try await SyncPlace.with { place in
            for number in 1...150 { try place.add("Ada Q\(number.letters)son") }
            try await place.run()
            place.clock.pass(.seconds(600))
            let last = try place.lead(150)
            place.onRequest { request in
                guard request.url.contains("offset") else { return }
                place.sandbox.edit(.update(record: last.airtableID ?? "", ["Title": .text("Meanwhile")]))
            }
            try await place.run { $0.isFull = true }
            place.onRequest(nil)
            try await place.run()
            #expect(try place.lead(150).fields[.title] == "Meanwhile")
        }
    }
}

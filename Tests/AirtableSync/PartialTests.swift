import AirtableSync
import Foundation
import Leads
import Sandbox
import Storage
import TestSupport
import Testing
import Transport
import Values

/// Syncs that are asked for a part only: one way, some leads, so many records.
struct PartialTests {
    private static let conflicts = "SELECT group_concat(local_value || '|' || airtable_value) FROM sync_conflicts"

    @Test func `a push alone overwrites nothing unseen`() async throws {
        try await SyncPlace.with { place in
            let ids = try ["Ada King", "Bob Stone"].map { try place.add($0, [.title: "Before"]) }
            try await place.run()
            place.clock.pass(.seconds(3_600))
            try place.edit(ids[0], .title, "Ours")
            try place.editThere(ids[0], ["Title": .text("Theirs"), "Location": .text("Oslo")])
            try place.edit(ids[1], .title, "CEO")
            let report = try await place.run { $0.direction = .push }
            #expect(report.conflicts == 1 && report.updated == 1 && report.calls == 2, "\(report)")
            #expect(
                try place.record(ids[0])["Title"] == .text("Theirs") && place.lead(ids[0]).fields[.title] == "Theirs")
            #expect(try place.record(ids[1])["Title"] == .text("CEO"))
            #expect(try place.query(Self.conflicts) == "Ours|Theirs")
        }
    }

    @Test func `what a limit has left unread is read before it is written`() async throws {
        try await SyncPlace.with { place in
            let ids = try ["Ada King", "Bob Stone"].map { try place.add($0, [.title: "Before"]) }
            try await place.run()
            place.clock.pass(.seconds(3_600))
            // Airtable lists in the order of its own; whichever is first here, one of the two was not read.
            for id in ids {
                place.clock.pass(.seconds(1))
                try place.edit(id, .title, "Ours")
                try place.editThere(id, ["Title": .text("Theirs")])
            }
            for _ in 0..<3 { try await place.run { $0.limit = 1 } }
            for id in ids {
                #expect(try place.record(id)["Title"] == .text("Theirs") && place.lead(id).fields[.title] == "Theirs")
            }
            #expect(try place.query(Self.conflicts) == "Ours|Theirs,Ours|Theirs")
        }
    }

    @Test func `many that are archived are held, also when a push reads them page by page`() async throws {
        try await SyncPlace.with { place in
            let ids = try (1...450).map { try place.add("Ada Q\($0.letters)son") }
            try await place.run()
            place.clock.pass(.seconds(3_600))
            for id in ids {
                try place.editThere(id, ["Archived": .bool(true)])
                try place.edit(id, .title, "CEO")
            }
            // Six tenths may go: 270 of 450. The first page of 200 does, with the second it would be 400; and a limit of
            // each page by itself would let all of them go.
            place.settings { $0.brake = 0.6 }
            let report = try await place.run { $0.direction = .push }
            #expect(report.held != nil)
            let removed = try place.query("SELECT count(*) FROM leads WHERE deleted_at IS NOT NULL")
            #expect(removed == "200", "\(report)")
        }
    }

    @Test func `a pull reads no more than it was asked to, though leads wait to be made there`() async throws {
        try await SyncPlace.with { place in
            let id = try place.add("Ada King")
            try await place.run()
            place.makeThere(5)
            try place.add("Bob Stone")
            let some = try await place.run {
                $0.direction = .pull
                $0.limit = 2
            }
            #expect(some.read == 2, "\(some)")
            let named = try await place.run {
                $0.direction = .pull
                $0.leads = [id]
            }
            #expect(named.read == 1 && named.calls == 1, "\(named)")
            // Nobody has to be made for one who is not there.
            let unknown = try await place.run {
                $0.direction = .push
                $0.leads = [999]
            }
            #expect(unknown.calls == 0, "\(unknown)")
        }
    }

    @Test func `what was done before a call failed is told of`() async throws {
        try await SyncPlace.with { place in
            // One of ten is refused, so they are halved; then Airtable says no more.
            for number in 1...10 { try place.add("Ada Q\(number.letters)son") }
            try place.query("UPDATE leads SET title = 'zz' WHERE id = 9")
            place.answer { request, response in
                let text = String(decoding: request.body ?? [], as: UTF8.self)
                guard request.method == .patch, text.contains("zz") else { return response }
                let isLast = !text.contains("Qcson")
                return .init(
                    status: isLast ? 401 : 422, headers: response.headers,
                    body: Array(
                        (isLast
                            ? #"{"error":{"type":"AUTHENTICATION_REQUIRED","message":"no"}}"#
                            : #"{"error":{"type":"INVALID_REQUEST_UNKNOWN","message":"no"}}"#).utf8),
                    url: response.url)
            }
            _ = try await place.problem()
            #expect(
                try place.query("SELECT records_created + records_updated FROM sync_log ORDER BY id DESC LIMIT 1")
                    == "5")
        }
        try await SyncPlace.with { place in
            place.settings { $0.deletesHere = .delete }
            let ids = try ["Ada King", "Bob Stone"].map { try place.add($0) }
            try await place.run()
            for id in ids { try place.delete(id) }
            place.answer { request, response in
                guard request.method == .delete else { return response }
                let text = response.text
                guard let end = text.range(of: "},{") else { return response }
                return .init(
                    status: 200, headers: response.headers, body: Array((text[..<end.lowerBound] + "}]}").utf8),
                    url: response.url)
            }
            let problem = try await place.problem { $0.direction = .push }
            #expect(problem.kind == .unavailable)
            #expect(try place.query("SELECT count(*) FROM leads WHERE airtable_id IS NULL") == "1")
            place.answer(nil)
            try await place.run()
            #expect(try place.query("SELECT count(*) FROM leads WHERE airtable_id IS NULL") == "2")
        }
    }
}

import AirtableSync
import Foundation
import Leads
import Sandbox
import Storage
import TestSupport
import Testing
import Values

/// Random edits, deletes, outages and crashes on both sides; at the end both agree, and nothing was lost without a word.
struct ModelTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: ConflictRule
        var deletes = OutgoingDeletes.archive
        var webhooks = false
        var testDescription: String { "\(rule.rawValue), \(deletes.rawValue)\(webhooks ? ", webhooks" : "")" }
    }

    static let cases: [Case] = [
        Case(rule: .airtableWins), Case(rule: .localWins), Case(rule: .lastModifiedWins), Case(rule: .manual),
        Case(rule: .airtableWins, deletes: .delete, webhooks: true), Case(rule: .localWins, deletes: .delete),
        Case(rule: .manual, webhooks: true),
    ]

    @Test(arguments: cases)
    func `both sides agree in the end, and no edit is lost without a conflict in the log`(_ test: Case) async throws {
        for seed in 1...(Program.isLong ? UInt64(12) : 2) {
            try await SyncPlace.with { place in
                var model = Model(place, test, seed: seed)
                try model.prepare()
                for round in 0..<(Program.isLong ? 150 : 40) { try await model.play(round) }
                try await model.settle()
                try await model.check()
            }
        }
    }
}

private struct Model {
    private let place: SyncPlace
    private let test: ModelTests.Case
    private var random: SplitMix
    private var serial = 0
    /// Chronological: the person's email, the column, the value, whether it was made here.
    private var edits: [(email: String, column: LeadField, value: String, isHere: Bool)] = []
    private var people: [String] = []
    private var deleted: Set<String> = []
    private var crashes = 0
    private let seed: UInt64

    private static let columns: [LeadField: String] = [.title: "Title", .location: "Location", .industry: "Industry"]

    init(_ place: SyncPlace, _ test: ModelTests.Case, seed: UInt64) {
        self.place = place
        self.test = test
        self.seed = seed
        random = SplitMix(seed: seed &* 977 &+ UInt64(test.rule.rawValue.count))
    }

    func prepare() throws {
        place.sandbox.edit(.addField(name: "Last Modified", type: "lastModifiedTime", choices: nil))
        place.mapping(
            FieldMapping(
                key: "4Runr ID", rule: test.rule, lastModified: "Last Modified",
                fields: FieldMapping.standard.fields.map { MappedField($0.column, $0.name, rule: test.rule) }))
        place.settings {
            $0.brake = 1
            $0.deletesHere = test.deletes
            $0.usesWebhooks = test.webhooks
            $0.fullEvery = .seconds(6 * 3_600)
        }
    }

    // MARK: a round

    mutating func play(_ round: Int) async throws {
        for _ in 0..<Int.random(in: 0...6, using: &random) { try act() }
        place.clock.pass(.seconds(Int.random(in: 1...2_400, using: &random)))
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4:
            let boundary: SyncPlace.Boundary = Bool.random(using: &random) ? .before : .after
            place.crash(at: Int.random(in: 0..<8, using: &random), boundary)
        case 4: place.sandbox.fail(.airtable, Fault(.status, status: 503, count: Int.random(in: 1...8, using: &random)))
        case 5: place.sandbox.fail(.airtable, Fault(.cut, count: 1, after: Int.random(in: 0...3, using: &random)))
        case 6: place.sandbox.fail(.airtable, Fault(.status, status: 429, count: 2))
        default: break
        }
        let direction = ([.both, .both, .both, .pull, .push] as [SyncRequest.Direction]).randomElement(using: &random)
        let limit = Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 1...5, using: &random) : nil
        do {
            try await place.run {
                $0.direction = direction ?? .both
                $0.limit = limit
            }
        } catch is SyncPlace.Crash { crashes += 1 } catch is AirtableProblem {}
        place.crash(at: nil)
        place.sandbox.mend(.airtable)
    }

    private mutating func act() throws {
        serial += 1
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<3: try place.add(name(serial), [.email: newPerson()])
        case 3..<5: createThere(newPerson())
        case 5:
            // The same person on both sides at once.
            let email = newPerson()
            try place.add(name(serial), [.email: email])
            createThere(email)
        case 6: try delete()
        case 7..<14: try edit(isHere: true)
        default: try edit(isHere: false)
        }
    }

    private func name(_ number: Int) -> String {
        let letters = "\(number)".map { String("abcdefghij".dropFirst(Int("\($0)") ?? 0).prefix(1)) }.joined()
        return "Ada Q\(letters)son"
    }

    private mutating func newPerson() -> String {
        let email = "p\(serial)@c\(serial).example"
        people.append(email)
        return email
    }

    private func createThere(_ email: String) {
        place.sandbox.edit(
            .create(["Full Name": .text(name(serial)), "Email": .text(email), "Company": .text("Acme")]))
    }

    private mutating func delete() throws {
        guard let email = people.filter({ !deleted.contains($0) }).randomElement(using: &random) else { return }
        if Bool.random(using: &random) {
            guard let lead = try lead(email) else { return }
            try place.delete(lead.id)
            deleted.insert(email)
        } else if let record = records(email).first {
            place.sandbox.edit(.delete(record: record.key))
            deleted.insert(email)
        }
    }

    private mutating func edit(isHere: Bool) throws {
        // Some are edited again and again, so that both sides meet.
        let living = people.filter { !deleted.contains($0) }
        let candidates = Bool.random(using: &random) ? living.suffix(3) : living[...]
        guard let email = candidates.randomElement(using: &random),
            let column = Self.columns.keys.sorted(by: { $0.rawValue < $1.rawValue }).randomElement(using: &random)
        else { return }
        let value = "Value \(serial)"
        if isHere {
            guard let lead = try lead(email) else { return }
            try place.edit(lead.id, column, value)
        } else {
            guard let record = records(email).first else { return }
            place.sandbox.edit(.update(record: record.key, [Self.columns[column] ?? "": .text(value)]))
        }
        edits.append((email, column, value, isHere))
    }

    private func lead(_ email: String) throws -> Lead? {
        try place.store.leads.page(after: 0, limit: 10_000).first { $0.fields[.email] == email }
    }

    private func records(_ email: String) -> [(key: String, value: [String: JSON])] {
        place.sandbox.airtableRecords.filter { $0.value["Email"] == .text(email) }.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value) }
    }

    // MARK: the end

    /// Everything works again; what waits for a person is decided.
    mutating func settle() async throws {
        for _ in 0..<3 {
            place.clock.pass(.seconds(3_600))
            try await place.run { $0.isFull = true }
            for conflict in try place.store.sync.conflicts(isOpen: true, limit: 10_000) {
                // One of the whole record ends the others of it.
                _ = try place.resolve(conflict.id, keeping: Bool.random(using: &random) ? .local : .airtable)
            }
        }
        for isFull in [true, false] {
            place.clock.pass(.seconds(3_600))
            try await place.run { $0.isFull = isFull }
        }
        place.clock.pass(.seconds(3_600))
    }

    mutating func check() async throws {
        let label = "\(test.testDescription), seed \(seed)"
        _ = place.requests()
        let last = try await place.run()
        #expect(
            last.created + last.updated + last.createdHere + last.updatedHere + last.conflicts == 0,
            "\(label): there is nothing left to do: \(last)")
        #expect(place.requests().count == 1, "\(label)")
        let conflicts = try place.store.sync.conflicts(isOpen: false, limit: 100_000)
        #expect(conflicts.allSatisfy { $0.resolvedAt != nil })
        for email in people {
            let there = records(email).filter { $0.value["Archived"] != .bool(true) }
            let here = try place.store.leads.page(after: 0, limit: 10_000).filter { $0.fields[.email] == email }
            #expect(here.count <= 1, "\(label): \(email) is there \(here.count) times")
            // A second record that somebody made by hand stays; ours is one.
            let ours = there.filter { $0.value["4Runr ID"] != nil }
            #expect(
                ours.count == here.count,
                "\(label): \(email): \(here.count) here, \(ours) there; \((try? place.query("SELECT id, uuid, deleted_at, airtable_id, sync_pending, (SELECT group_concat(record_id || state) FROM airtable_links a WHERE a.lead_id = leads.id), (SELECT fields FROM sync_shadow s WHERE s.lead_id = leads.id) FROM leads WHERE email = '\(email)'")) ?? "")"
            )
            guard let lead = here.first, let record = ours.first?.value else { continue }
            #expect(lead.airtableID == ours.first?.key)
            for (column, name) in Self.columns {
                let value = lead.fields[column]
                #expect(record[name] == value.map { .text($0) }, "\(label): \(email) \(name)")
                guard let edit = edits.last(where: { $0.email == email && $0.column == column }) else { continue }
                let isLogged = conflicts.contains {
                    $0.lead == lead.id && ($0.column == column.rawValue || $0.column == "record")
                        && ([$0.local, $0.airtable].contains(edit.value) || $0.column == "record")
                }
                // The last word stands, unless a conflict tells of it.
                #expect(
                    value == edit.value || isLogged,
                    "\(label): \(email) \(name): \(edit) became \(value ?? "-"); all: \(edits.filter { $0.email == email && $0.column == column }.map { "\($0.value) \($0.isHere)" }); \((try? place.query("SELECT * FROM sync_conflicts WHERE lead_id = \(lead.id); SELECT activity_type, started_at, output_data FROM pipeline_activities WHERE lead_id = \(lead.id)")) ?? "")"
                )
            }
            #expect(lead.isSyncPending == false, "\(label): \(email)")
        }
        let states = try place.query(
            """
            SELECT (SELECT count(*) FROM leads WHERE sync_pending = 1) || ' ' ||
                (SELECT count(*) FROM leads WHERE deleted_at IS NULL AND airtable_synced = 0) || ' ' ||
                (SELECT count(*) FROM sync_status WHERE status <> 'success') || ' ' ||
                (SELECT count(*) FROM sync_log WHERE sync_status = 'running')
            """)
        #expect(states == "0 0 0 0", "\(label)")
    }
}

/// The same numbers for the same seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

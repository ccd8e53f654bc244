import Cleaning
import Foundation
import LeadFiles
import Leads
import Pipeline
import Storage
import TestSupport
import Testing
import Values

struct IntakeTests {
    private let folder = TemporaryFolder()

    private func intake(_ store: Store) -> Intake {
        Intake(
            store: store, cleaner: Cleaner(), runtime: .test(now: { Timestamp(seconds: 1_800_000_000) }))
    }

    /// An extract of real public records: the same people in two lists that spell them differently.
    private static let mainList = """
        Full Name,Title,Company,Website,Phone,Location,Party
        Bernard Sanders,U.S. Senator,United States Senate,https://www.sanders.senate.gov,202-224-5141,VT,Independent
        "Sanford D. Bishop, Jr.",U.S. Representative,United States House of Representatives,https://bishop.house.gov,202-225-3631,GA,Democrat
        "Earl L. ""Buddy"" Carter",U.S. Representative,United States House of Representatives,https://buddycarter.house.gov,202-225-5831,GA,Republican
        John R. Carter,U.S. Representative,United States House of Representatives,https://carter.house.gov,202-225-3864,TX,Republican
        Troy A. Carter,U.S. Representative,United States House of Representatives,https://troycarter.house.gov,202-225-6636,LA,Democrat
        Nikki Budzinski,U.S. Representative,United States House of Representatives,https://budzinski.house.gov,202-225-2371,IL,Democrat
        Jack Reed,U.S. Senator,United States Senate,https://www.reed.senate.gov,202-224-4642,RI,Democrat
        """
    private static let offices = """
        [{"full_name": "Carter, Earl", "title": "Rep.", "company": "US House of Representatives", "phone": "912-352-0101"},
         {"full_name": "Bishop, Sanford", "title": "Rep.", "company": "US House of Representatives", "phone": "706-320-9477"},
         {"full_name": "Carter, Troy", "title": "Rep.", "company": "US House of Representatives", "phone": "504-288-3777"},
         {"full_name": "Budzinski, Nicole (Nikki)", "title": "Rep.", "company": "US House of Representatives"},
         {"full_name": "Carter, John", "title": "Rep.", "company": "US House of Representatives", "phone": "512-246-1600"},
         {"full_name": "Reed, John", "title": "Sen.", "company": "US Senate", "phone": "401-528-5200"},
         {"full_name": "Sanders, Bernard", "title": "Sen.", "company": "US Senate", "phone": "802-862-0697"}]
        """

    private func drafts(_ name: String, _ text: String) throws -> [LeadDraft] {
        folder.write(name, text)
        let file = try RecordFile(path: "\(folder.path)/\(name)")
        let map = try FieldMap(file.columns)
        var drafts: [LeadDraft] = []
        while let record = try file.next() {
            if case .record(_, let values) = record { drafts.append(map.draft(values, source: name, author: .file(1))) }
        }
        return drafts
    }

    @Test func `the same people from two lists are one lead each, and nothing of either is lost`() throws {
        let store = try folder.store()
        let intake = intake(store)
        let first = try intake.take(try drafts("main.csv", Self.mainList)).map(\.result)
        #expect(first.allSatisfy { if case .inserted = $0 { true } else { false } } && first.count == 7)
        let second = try intake.take(try drafts("offices.json", Self.offices)).map(\.result)
        #expect(second.allSatisfy { if case .merged = $0 { true } else { false } }, "\(second)")
        for (draft, result) in zip(try drafts("offices.json", Self.offices), second) {
            guard case .merged(let id, _) = result, let lead = try store.leads.find(id) else { continue }
            let family = draft.fields[.fullName]?.split(separator: ",")[0] ?? ""
            #expect(lead.fields[.lastName] == String(family))
            #expect(lead.rawData?.contains(draft.fields[.fullName] ?? "?") == true, "the record itself is kept")
        }
        // And again: nothing changes.
        let third = try intake.take(try drafts("offices.json", Self.offices)).map(\.result)
        #expect(third.allSatisfy { if case .unchanged = $0 { true } else { false } }, "\(third)")
    }

    @Test func `one bad record does not keep the others out`() throws {
        let store = try folder.store()
        let good = LeadFields([.fullName: "Ada King", .company: "Engines"])
        let results = try intake(store).take([
            LeadDraft(fields: LeadFields(), source: "t", author: .file(1)),
            LeadDraft(fields: good, source: "t", author: .file(1)),
            LeadDraft(fields: LeadFields([.email: "nope"]), source: "t", author: .file(1)),
        ]).map(\.result)
        guard case .refused = results[0], case .inserted = results[1], case .refused(let why) = results[2] else {
            return #expect(Bool(false), "\(results)")
        }
        #expect(why.contains("nope"))
    }

    @Test func `a lead whose records cannot be read keeps nobody else out`() throws {
        let store = try folder.store()
        let intake = intake(store)
        var ada = LeadDraft(
            fields: LeadFields([.fullName: "Ada King", .email: "ada@x.example"]), source: "t", author: .file(1))
        _ = try intake.take([ada])
        ada.fields[.title] = "CTO"
        try SQLiteShell.run(folder.data.database, #"UPDATE lead_records SET fields = '[1]'"#)
        let bob = LeadDraft(
            fields: LeadFields([.fullName: "Bob Stone", .email: "bob@x.example"]), source: "t", author: .file(1))
        let results = try intake.take([ada, bob]).map(\.result)
        guard case .refused(let why) = results[0] else {
            Issue.record("\(results)")
            return
        }
        #expect(why.contains("row 1 of lead_records") && results[1] == .inserted(2))
    }

    @Test func `two processes do not make one person twice`() async throws {
        let store = try folder.store()
        let path = store.path
        let fields = (0..<200).map { LeadFields([.fullName: "Ada King\($0 % 50)x", .company: "Engines \($0 % 50)"]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await Blocking.run {
                        // Beside all other tests, four writers may wait for long.
                        let own = try Store(path: path, busyTimeout: .seconds(60))
                        let intake = self.intake(own)
                        for one in fields.shuffled() {
                            _ = try intake.take([LeadDraft(fields: one, source: "t", author: .file(1))])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.leads.list(LeadQueries.Filter()).count == 20)
        #expect(try store.leads.counts().values.reduce(0, +) == 50)
    }

    @Test func `leads are found by words, beginnings, parts and addresses`() throws {
        let store = try folder.store()
        _ = try intake(store).take([
            LeadDraft(
                fields: LeadFields([
                    .fullName: "José García", .company: "Harborlight Logistics", .email: "jose@harborlight.example",
                    .title: "Plant Manager",
                ]), source: "t", author: .file(1)),
            LeadDraft(fields: LeadFields([.fullName: "Ada King", .company: "Engines"]), source: "t", author: .file(1)),
        ])
        for text in ["jose garcia", "garc", "harbor", "borlight", "plant jos", "jose@harborlight.example"] {
            #expect(try store.leads.search(text, limit: 5).map { $0.fields[.lastName] } == ["García"], "\(text)")
        }
        #expect(try store.leads.search("\"'*()- NEAR", limit: 5).isEmpty)
        #expect(try store.leads.search("", limit: 5).isEmpty)
    }
}

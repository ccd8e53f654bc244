import Cleaning
import Foundation
import Leads
import Pipeline
import Scraping
import Storage
import TestSupport
import Testing
import Values

struct IntakeTests {
    @Test func `probe`() throws {
        let folder = TemporaryFolder()
        let store = try folder.store()
        let intake = Intake(store: store, cleaner: Cleaner(), now: { Timestamp(seconds: 1_800_000_000) }, newUUID: { UUID().uuidString.lowercased() })
        for name in ["legislators.csv", "district-offices.json"] {
            let file = try RecordFile(path: "/work/shared/data/\(name)")
            let map = try FieldMap(file.columns)
            print(map)
            var counts: [String: Int] = [:]
            let start = Date()
            var drafts: [LeadDraft] = []
            while let record = try file.next() {
                guard case .record(_, let fields) = record else { print(record); continue }
                drafts.append(map.draft(fields, source: name))
            }
            for (draft, result) in zip(drafts, try intake.take(drafts)) {
                switch result {
                case .inserted(let id): counts["inserted", default: 0] += 1
                    if name.hasSuffix("json") { print("NEW", draft.fields[.fullName] ?? "", id) }
                case .merged(let id, let changed): counts["merged \(changed)", default: 0] += 1
                    let lead = try store.leads.find(id)
                    if lead?.fields[.website] != draft.fields[.website] { print("WRONG", draft.fields, lead?.fields as Any) }
                case .unchanged(let id): counts["unchanged", default: 0] += 1
                    let lead = try store.leads.find(id)
                    if lead?.fields[.website] != draft.fields[.website] { print("WRONG", draft.fields, lead?.fields as Any) }
                case .removed: counts["removed", default: 0] += 1
                case .refused(let why): counts["refused", default: 0] += 1; print(why)
                }
            }
            print(name, counts, Date().timeIntervalSince(start))
        }
        for lead in try store.leads.search("chuck", limit: 5) { print(lead.fields) }
    }
}

import Foundation
import LeadSources
import Leads
import TestSupport
import Testing
import Values

/// Search results that were labelled by hand, in eight languages and more.
struct FindingTests {
    private struct Labelled: Decodable {
        let id: String
        let result: JSONValue
        let person: Bool
        let expected: [String: [String]?]
    }

    private struct Share {
        var right = 0
        var filled = 0
        var stated = 0
    }

    @Test(arguments: ["tuning/results", "tuning/results-2", "aside/results", "aside/results-2"])
    func `only people are taken, no company is invented, and what is filled is right`(file: String) throws {
        let path = "\(Program.root)/Tests/Fixtures/finding/\(file).json"
        let cases = try JSONDecoder().decode([Labelled].self, from: Data(contentsOf: URL(filePath: path)))
        #expect(cases.count >= 120)
        var shares: [LeadField: Share] = [:]
        for item in cases {
            let draft = SearchResult(item.result)?.draft()
            #expect((draft != nil) == item.person, "\(item.id)")
            guard let draft, item.person else { continue }
            for (name, field) in [
                ("name", LeadField.fullName), ("title", .title), ("company", .company), ("location", .location),
            ] {
                let wanted = (item.expected[name] ?? nil) ?? []
                var share = shares[field] ?? Share()
                if !wanted.isEmpty { share.stated += 1 }
                if let value = draft.fields[field] {
                    share.filled += 1
                    if wanted.contains(where: { isSame($0, value, field) }) { share.right += 1 }
                    if field == .company { #expect(!wanted.isEmpty, "\(item.id): invented \(value)") }
                }
                shares[field] = share
            }
        }
        for (field, least) in [(LeadField.fullName, 0.98), (.title, 0.95), (.company, 0.97), (.location, 0.95)] {
            let share = shares[field] ?? Share()
            #expect(Double(share.right) >= least * Double(share.filled), "\(field): \(share)")
            #expect(Double(share.filled) >= 0.85 * Double(share.stated), "\(field): \(share)")
        }
    }

    private func isSame(_ wanted: String, _ value: String, _ field: LeadField) -> Bool {
        if wanted.folded == value.folded { return true }
        switch field {
        case .fullName:
            let (one, other) = (PersonName(parsing: wanted), PersonName(parsing: value))
            return one != nil && one?.given.folded == other?.given.folded && one?.family.folded == other?.family.folded
        case .company: return CompanyName(parsing: wanted)?.matchKey == CompanyName(parsing: value)?.matchKey
        default: return false
        }
    }
}

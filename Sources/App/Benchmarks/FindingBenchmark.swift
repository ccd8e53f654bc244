import ArgumentParser
import Foundation
import LeadSources
import Leads
import Values

/// Reads labelled search results and pages, and counts field by field what was right, wrong, or left empty.
struct FindingBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finding", abstract: "What is read from labelled search results and pages, field by field.")

    @Argument(help: "A folder with results.json and pages-*.json.")
    var folder = "Tests/Fixtures/finding/tuning"

    @Flag(help: "Print each miss with the spans or sentences behind it.")
    var misses = false

    @Option(help: "Only the page of this name.")
    var only: String?

    @Option(help: "A Python that has trafilatura and lxml, which then read the same pages.")
    var python: String?

    func run() async throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        for file in files where file.hasPrefix("results") {
            try ResultScore(file: "\(folder)/\(file)", prints: misses).run()
        }
        try await PageScore(
            folder: folder, files: files.filter { $0.hasPrefix("pages-") }, prints: misses, only: only, python: python
        ).run()
    }
}

/// A field's tally. Precision is over what was filled, recall over what the text states.
struct Tally {
    var filled = 0
    var right = 0
    var stated = 0
    var found = 0

    var line: String {
        func share(_ part: Int, _ whole: Int) -> String {
            whole == 0 ? "-" : "\((Double(part) / Double(whole) * 1_000).rounded() / 10) %"
        }
        return
            "right \(right) of \(filled) filled (\(share(right, filled))), found \(found) of \(stated) stated (\(share(found, stated)))"
    }
}

/// The labelled search results.
struct ResultScore {
    let file: String
    let prints: Bool

    struct Case: Decodable {
        let id: String
        let shape: String
        let result: JSONValue
        let person: Bool
        let expected: [String: [String]?]
    }

    func run() throws {
        let data = try Data(contentsOf: URL(filePath: file))
        let cases = try JSONDecoder().decode([Case].self, from: data)
        let fields: [(name: String, field: LeadField)] = [
            ("name", .fullName), ("title", .title), ("company", .company), ("location", .location),
        ]
        var tallies: [String: Tally] = [:]
        var (invented, nonPersons, lost, persons) = (0, 0, 0, 0)
        for item in cases {
            let result = SearchResult(item.result)
            let draft = result?.draft()
            if item.person { persons += 1 }
            guard let draft else {
                if item.person {
                    lost += 1
                    note(item, "the person is not taken")
                }
                continue
            }
            guard item.person else {
                nonPersons += 1
                note(item, "taken for a person: \(draft.fields[.fullName] ?? "")")
                continue
            }
            for (name, field) in fields {
                let wanted = (item.expected[name] ?? nil) ?? []
                var tally = tallies[name] ?? Tally()
                let value = draft.fields[field]
                let isRight = value.map { value in wanted.contains { Self.isSame($0, value, field) } } ?? false
                if !wanted.isEmpty { tally.stated += 1 }
                if value != nil { tally.filled += 1 }
                if isRight {
                    tally.right += 1
                    tally.found += 1
                } else if value != nil || !wanted.isEmpty {
                    if field == .company, value != nil, wanted.isEmpty { invented += 1 }
                    note(
                        item,
                        "\(name): \(value ?? "nothing"), wanted \(wanted.isEmpty ? "nothing" : wanted.joined(separator: " or "))"
                    )
                    if prints, field != .fullName {
                        for span in result?.spans() ?? [] {
                            print("      \(span.place): \(span.text) — \(span.kind.rawValue), \(span.cue)")
                        }
                    }
                }
                tallies[name] = tally
            }
        }
        print("search results: \(cases.count), of them people \(persons)")
        print("  people lost \(lost), non-persons taken \(nonPersons), companies invented \(invented)")
        for (name, _) in fields { print("  \(name): \((tallies[name] ?? Tally()).line)") }
    }

    private func note(_ item: Case, _ text: String) {
        if prints { print("  \(item.id) (\(item.shape)) \(text)") }
    }

    static func isSame(_ wanted: String, _ value: String, _ field: LeadField) -> Bool {
        if wanted.folded == value.folded { return true }
        switch field {
        case .fullName:
            let (one, other) = (PersonName(parsing: wanted), PersonName(parsing: value))
            return one != nil && one?.given.folded == other?.given.folded && one?.family.folded == other?.family.folded
        case .company:
            return CompanyName(parsing: wanted)?.matchKey == CompanyName(parsing: value)?.matchKey
        default: return false
        }
    }
}

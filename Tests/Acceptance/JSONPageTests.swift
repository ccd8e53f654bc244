import Foundation
import TestSupport
import Testing
import Values

/// The page about the output of `--json` names all of its keys.
struct JSONPageTests {
    /// The keys below these are data, or are described by their values.
    private static let data: Set<String> = ["input_data", "counts", "columns"]

    private func keys(_ value: JSONValue) -> Set<String> {
        switch value {
        case .list(let values): values.reduce(into: []) { $0.formUnion(keys($1)) }
        case .object(let values):
            values.reduce(into: Set(values.keys)) { found, entry in
                guard !Self.data.contains(entry.key) else { return }
                // A step's output differs from stage to stage; the output of runs is on the page.
                if entry.key == "output_data" { return }
                found.formUnion(keys(entry.value))
            }
        default: []
        }
    }

    @Test func `every key that is printed is on the page`() throws {
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: "\(Program.root)/config/\(name)", encoding: .utf8)
        }
        // The fields of a lead are in a table of the other page.
        let table = try text("README.md").components(separatedBy: "| field | names of columns")
        let fields = try #require(table.count == 2 ? table[1].components(separatedBy: "\n\n").first : nil)
        let page = try text("json-output.md") + fields.matches(of: #/\n\| (`[a-z_]+`) /#).map { String($0.1) }.joined()
        var found: Set<String> = []
        for name in ["reading", "acting"] {
            let path = "\(Program.root)/Tests/Fixtures/goldens/\(name).txt"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            for block in text.components(separatedBy: "\n$ ") {
                guard block.contains("--json"), let start = block.firstIndex(where: { $0 == "\n" }) else { continue }
                let body = block[start...].dropFirst().components(separatedBy: "\nexit ")[0]
                    .components(separatedBy: "errors:\n")[0].replacing(": N", with: ": 1")
                guard let value = StableJSON.decode(JSONValue.self, body) else { continue }
                found.formUnion(keys(value))
            }
        }
        #expect(found.count > 100)
        for key in found.sorted() where !page.contains("`\(key)`") { Issue.record("\(key) is not on the page") }
    }
}

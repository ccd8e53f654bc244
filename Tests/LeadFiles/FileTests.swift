import Foundation
import LeadFiles
import Leads
import TestSupport
import Testing
import Values

/// Files as people have them.
struct FileTests {
    private let folder = TemporaryFolder()

    private func records(_ name: String, _ bytes: [UInt8]) throws -> [FileRecord] {
        let path = "\(folder.path)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let file = try RecordFile(path: path)
        var records: [FileRecord] = []
        while let record = try file.next() { records.append(record) }
        return records
    }

    private func values(_ records: [FileRecord]) -> [[String: String]] {
        records.compactMap { if case .record(_, let values) = $0 { values } else { nil } }
    }

    @Test func `quotes, line ends, separators and marks of CSV are read`() throws {
        let text =
            "\u{FEFF}name;note;email\r\n\"Smith, \"\"Bob\"\"\";\"two\nlines\";b@x.example\rAda;;a@x.example\n\n;;\n"
        let found = values(try records("a.csv", Array(text.utf8)))
        #expect(
            found == [
                ["name": "Smith, \"Bob\"", "note": "two\nlines", "email": "b@x.example"],
                ["name": "Ada", "email": "a@x.example"],
            ])
        #expect(values(try records("b.csv", Array("name\temail\nA,B\tx".utf8))) == [["name": "A,B", "email": "x"]])
        for mark in [";", ",", "\t"] {
            let text = "sep=\(mark)\r\nname\(mark)email\r\nAda\(mark)x\r\n"
            #expect(values(try records("c.csv", Array(text.utf8))) == [["name": "Ada", "email": "x"]], "\(mark)")
        }
    }

    @Test func `older encodings and UTF-16 are read`() throws {
        #expect(values(try records("a.csv", Array("name\nJos".utf8) + [0xE9, 0x0A])) == [["name": "José"]])
        let wide = Array("name,x\nŁukasz 🚀,1\n".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(values(try records("b.csv", [0xFF, 0xFE] + wide)) == [["name": "Łukasz 🚀", "x": "1"]])
        #expect(values(try records("c.csv", wide)) == [["name": "Łukasz 🚀", "x": "1"]])
    }

    @Test func `ragged lines and quotes that never close cost their line only`() throws {
        let found = try records("a.csv", Array("a,b\n1,2,3\n4\n\"open,5\n6,7\n".utf8))
        #expect(
            found == [
                .malformed(line: 2, reason: "has 3 fields, the header has 2"), .record(line: 3, ["a": "4"]),
                .malformed(line: 4, reason: "a quotation mark that opens here is never closed"),
                .record(line: 5, ["a": "6", "b": "7"]),
            ])
    }

    @Test func `members of a nested object are columns of their own`() throws {
        let text =
            #"[{"email": "a@x.example", "company": {"name": "Acme", "site": {"url": "acme.example"}}, "address": {"city": "Bern", "zip": null}, "phones": [{"kind": "work", "no": 5}, "6", {"name": "home", "no": 7}], "a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}]"#
        #expect(
            values(try records("a.json", Array(text.utf8))) == [
                [
                    "email": "a@x.example", "company": "Acme", "company.site.url": "acme.example",
                    "address.city": "Bern",
                    "phones": "6, home", "phones.0.kind": "work", "phones.0.no": "5", "phones.2": "home",
                    "phones.2.no": "7", "a.b.c.d.e": #"{"f":1}"#,
                ]
            ])
    }

    @Test func `a record has one form, and UTF-16 is known without its mark`() throws {
        let text = #"[{"address": {"city": "Rome"}, "address.city": "Paris", "email": "a@x.example"}]"#
        for _ in 0..<5 {
            #expect(
                values(try records("a.json", Array(text.utf8))) == [["address.city": "Paris", "email": "a@x.example"]])
        }
        let wide = Array("name,x\nŁukasz,1\n".utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        #expect(values(try records("b.csv", wide)) == [["name": "Łukasz", "x": "1"]])
    }

    @Test(arguments: [
        ("PK\u{3}\u{4}rest", "a spreadsheet"), ("%PDF-1.7", "a PDF"), ("SQLite format 3\u{0}", "an SQLite database"),
        ("[]", "no JSON object"), ("{\"a\": ", "does not end"), ("[1, 2]", "is no JSON object"),
    ])
    func `what holds no person is said to be what it is`(text: String, reason: String) throws {
        let name = text.hasPrefix("[") || text.hasPrefix("{") ? "a.json" : "a.csv"
        do {
            _ = try records(name, Array(text.utf8))
            Issue.record("it was read")
        } catch let problem as FileProblem {
            #expect(problem.description.contains(reason), "\(problem)")
        }
    }

    @Test func `JSON comes as an array or as lines, and what is none costs its place only`() throws {
        let array =
            "[{\"name\": \"Ada\", \"age\": 36, \"x\": null, \"tags\": [\"a\",\"b\"], \"company\": {\"name\": \"E}\"}},\n 5,\n {\"name\": \"B\"}]"
        #expect(
            values(try records("a.json", Array(array.utf8))) == [
                ["name": "Ada", "age": "36", "tags": "a, b", "company": "E}"], ["name": "B"],
            ])
        let lines = try records(
            "b.jsonl", Array("{\"name\":\"A\"}\nnonsense\n{\"name\": }\n{\"name\":\"C\"}\n{\"open\": 1".utf8))
        #expect(values(lines) == [["name": "A"], ["name": "C"]])
        #expect(lines.count == 5)
    }

    @Test(arguments: ["5", "null", "-1.5e3", "true", #""a text, {\"with\": 1}""#, "[1, 2]", "{\"name\": nonsense}"])
    func `what is no record in an array on one line costs its place only`(_ element: String) throws {
        let found = try records("a.json", Array("[{\"name\": \"Ada\"}, \(element), {\"name\": \"Mia\"}]".utf8))
        #expect(values(found) == [["name": "Ada"], ["name": "Mia"]])
        #expect(found.count > 2)
    }

    @Test func `a brace that is missing costs one record, not the rest of the file`() throws {
        let lines = try records("a.jsonl", Array("{\"name\":\"A\"}\n{\"name\":\"B\"\n{\"name\":\"C\"}\n".utf8))
        #expect(values(lines) == [["name": "A"], ["name": "C"]])
        let array = try records(
            "b.json", Array("[\n{\"name\":\"A\"},\n{\"name\":\"B\",\n{\"name\":\"C\"},\n{\"name\":\"D\"}]".utf8))
        #expect(values(array) == [["name": "A"], ["name": "C"], ["name": "D"]])
    }

    @Test func `columns of JSON are those of all first records, also empty ones`() throws {
        folder.write("a.json", "[{\"name\":\"A\",\"email\":null},{\"name\":\"B\",\"phone\":\"1\"}]")
        #expect(try RecordFile(path: "\(folder.path)/a.json").columns == ["email", "name", "phone"])
    }

    @Test func `a stray quotation mark does not swallow the lines up to the next one`() throws {
        let text = "name,company,email\nJane,\"Acme,j@a.example\nAda,X,a@x.example\nBob,\"Beta\",b@b.example\n"
        let found = try records("a.csv", Array(text.utf8))
        #expect(values(found).map { $0["name"] } == ["Ada", "Bob"])
        #expect(found.count == 3)
    }

    @Test func `what is no file of records is said plainly`() throws {
        #expect(throws: FileProblem.self) { try RecordFile(path: "\(folder.path)/missing.csv") }
        #expect(throws: FileProblem.self) { try RecordFile(path: folder.path) }
        #expect(throws: FileProblem.self) { try records("empty.csv", []) }
        #expect(throws: FieldMap.Problem.self) { try FieldMap(["Colour", "Size"]) }
        #expect(throws: FieldMap.Problem.self) { try FieldMap(["Name"], chosen: ["email": "Mail"]) }
    }

    @Test func `any bytes are read to their end`() throws {
        var state: UInt64 = 42
        for round in 0..<300 {
            let bytes = (0..<200).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1
                let pick = UInt8(state >> 56)
                return round % 2 == 0
                    ? pick : [0x22, 0x2C, 0x0A, 0x0D, 0x7B, 0x7D, 0x5B, 0x5C, 0x41, 0x00][Int(pick) % 10]
            }
            for name in ["x.csv", "x.json", "x.jsonl"] { _ = try? records(name, bytes) }
        }
    }

    @Test func `columns are known by the names that programs give them`() throws {
        let map = try FieldMap(["Contact Name", "Work E-mail", "Work Email", "Organization", "Mobile", "Shoe Size"])
        #expect(
            map.columns == [
                .fullName: "Contact Name", .email: "Work Email", .company: "Organization", .phone: "Mobile",
            ])
        #expect(map.others == ["Work E-mail", "Shoe Size"])
        let chosen = try FieldMap(["Wer", "Mail"], chosen: ["full_name": "wer", "email": ""])
        #expect(chosen.columns == [.fullName: "Wer"])
    }
}

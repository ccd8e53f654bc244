import Foundation
import Logging
import Sandbox
import TestSupport
import Testing
import Transport
import Values

/// The stand-in against what is documented and recorded of the real one.
struct AirtableStandInTests {
    /// The stand-in, asked over HTTP.
    struct Base: Sendable {
        let sandbox: Sandbox
        let address: String
        private let client = TestClient.make()

        func ask(
            _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, token: String? = nil
        ) async throws -> (status: Int, text: String, json: JSON) {
            var request = HTTPRequest(method, "\(address)/v0/\(path)", service: "test")
            request.headers = ["Authorization": "Bearer \(token ?? Sandbox.keys["airtable_token"] ?? "")"]
            request.retry.attempts = 1
            request.body = body.map { Array($0.utf8) }
            let response = try await client.send(request)
            let json = (try? JSONDecoder().decode(JSON.self, from: Data(response.body))) ?? .null
            return (response.status, response.text, json)
        }

        func list(_ parameters: [(String, String)]) async throws -> (
            status: Int, text: String, names: [String], offset: String?
        ) {
            let answer = try await ask(.get, "\(Sandbox.airtableBase)/Leads?\(URLReference.query(parameters))")
            guard case .object(let object) = answer.json, case .list(let records)? = object["records"] else {
                return (answer.status, answer.text, [], nil)
            }
            let names = records.compactMap { record -> String? in
                guard case .object(let record) = record, case .object(let fields)? = record["fields"],
                    case .text(let name)? = fields["Full Name"]
                else { return nil }
                return name
            }
            var offset: String?
            if case .text(let text)? = object["offset"] { offset = text }
            return (answer.status, answer.text, names, offset)
        }
    }

    private func with(
        _ change: (inout Sandbox.Options) -> Void = { _ in }, _ body: (Base) async throws -> Void
    ) async throws {
        var options = Sandbox.Options()
        options.airtablePerSecond = 1_000_000
        change(&options)
        let sandbox = Sandbox(options, logger: .silent)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sandbox.run() }
            let address = try #require(await sandbox.address())
            do { try await body(Base(sandbox: sandbox, address: address.airtable)) } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let method: HTTPRequest.Method
        let path: String
        var body: String?
        var token: String?
        let status: Int
        let says: String

        init(
            _ method: HTTPRequest.Method, _ path: String, _ status: Int, _ says: String, body: String? = nil,
            token: String? = nil
        ) {
            self.method = method
            self.path = path
            self.body = body
            self.token = token
            self.status = status
            self.says = says
        }

        var testDescription: String { "\(method) \(path.prefix(60)) \(says.prefix(60))" }
    }

    private static let table = "\(Sandbox.airtableBase)/Leads"
    private static let eleven = (0..<11).map { _ in "{\"fields\":{}}" }.joined(separator: ",")

    static let refusals: [Refusal] = [
        Refusal(.get, table, 401, "\"type\":\"AUTHENTICATION_REQUIRED\"", token: "patWrong"),
        Refusal(.get, "nowhere/at/all", 404, "{\"error\":\"NOT_FOUND\"}"),
        Refusal(.get, "appUnknown0000000/Leads", 404, "{\"error\":\"NOT_FOUND\"}"),
        Refusal(.get, "\(Sandbox.airtableBase)/Nobody", 403, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"),
        Refusal(.get, "\(table)/recUnknown0000000", 403, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"),
        Refusal(.get, "\(table)?pageSize=101", 422, "Page size argument should be between 0 and 100"),
        Refusal(.get, "\(table)?offset=nonsense", 422, "The value of offset nonsense is invalid"),
        Refusal(
            .get, "\(table)?offset=itrX/recX", 422, "{\"error\":{\"type\":\"LIST_RECORDS_ITERATOR_NOT_AVAILABLE\"}}"),
        Refusal(.get, "\(table)?view=Mine", 422, "VIEW_NAME_NOT_FOUND"),
        Refusal(.get, "\(table)?fields%5B%5D=Shoe", 422, "Unknown field name: \\\"Shoe\\\""),
        Refusal(.get, "\(table)?filterByFormula=AND(", 422, "Invalid formula. Please check your formula text."),
        Refusal(.get, "\(table)?filterByFormula=%7BShoe%7D%3D1", 422, "Unknown field names: shoe"),
        Refusal(.post, table, 422, "Could not parse request body", body: "{"),
        Refusal(.post, table, 422, "Could not find field \\\"fields\\\" in the request body", body: "{}"),
        Refusal(
            .post, table, 422, "A maximum of 10 records can be created per request but you have provided 11.",
            body: "{\"records\":[\(eleven)]}"),
        Refusal(
            .patch, table, 422, "You must provide an array of up to 10 record objects",
            body: "{\"records\":[\(eleven)]}"),
        Refusal(.post, table, 422, "Unknown field name: \\\"Shoe\\\"", body: "{\"fields\":{\"Shoe\":1}}"),
        Refusal(
            .post, table, 422, "Field \\\"Full Name\\\" cannot accept the provided value",
            body: "{\"fields\":{\"Full Name\":1}}"),
        Refusal(
            .post, table, 422, "Insufficient permissions to create new select option \\\"\\\"hot\\\"\\\"",
            body: "{\"fields\":{\"Status\":\"hot\"}}"),
        Refusal(
            .patch, table, 422, "Record ID recNo does not exist in this table",
            body: "{\"records\":[{\"id\":\"recNo\",\"fields\":{}}]}"),
        Refusal(
            .patch, table, 422, "INVALID_REQUEST_UNKNOWN",
            body:
                "{\"performUpsert\":{\"fieldsToMergeOn\":[\"Email\"]},\"records\":[{\"fields\":{\"Email\":\"a@b.c\"}}]}"
        ),
        Refusal(.delete, "\(table)?records%5B%5D=recNo", 404, "Could not find a record with ID \\\"recNo\\\"."),
        Refusal(.delete, "\(table)/recNo", 403, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"),
        Refusal(
            .post, "meta/bases/\(Sandbox.airtableBase)/tables/Leads/fields", 422,
            "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE", body: "{\"name\":\"N\",\"type\":\"number\"}"),
        Refusal(
            .post, "meta/bases/\(Sandbox.airtableBase)/tables/Leads/fields", 422, "not supported",
            body: "{\"name\":\"N\",\"type\":\"lastModifiedTime\"}"),
    ]

    @Test func `each request that is wrong gets the answer that the service gives`() async throws {
        try await with { base in
            for refusal in Self.refusals {
                let answer = try await base.ask(refusal.method, refusal.path, refusal.body, token: refusal.token)
                #expect(answer.status == refusal.status, "\(refusal.testDescription): \(answer.text)")
                #expect(answer.text.contains(refusal.says), "\(refusal.testDescription): \(answer.text)")
            }
            #expect(base.sandbox.airtableRecords.isEmpty)
        }
    }

    @Test func `pages keep the order of the first and show values as they are when they are read`() async throws {
        try await with { base in
            let ids = (1...5).compactMap { base.sandbox.edit(.create(["Full Name": .text("P\($0)")])) }
            let first = try await base.list([("pageSize", "2")])
            #expect(first.names == ["P1", "P2"] && first.offset?.contains("/rec") == true)
            base.sandbox.edit(.update(record: ids[3], ["Full Name": .text("P4 later")]))
            base.sandbox.edit(.create(["Full Name": .text("P6")]))
            let second = try await base.list([("pageSize", "2"), ("offset", first.offset ?? "")])
            #expect(second.names == ["P3", "P4 later"])
            let third = try await base.list([("pageSize", "2"), ("offset", second.offset ?? "")])
            #expect(third.names == ["P5"] && third.offset == nil)
            #expect(try await base.list([("pageSize", "0")]).names.isEmpty)
            #expect(try await base.list([("pageSize", "many")]).names.count == 6)
            #expect(
                try await base.list([
                    ("maxRecords", "3"), ("sort[0][field]", "Full Name"), ("sort[0][direction]", "desc"),
                ]).names == ["P6", "P5", "P4 later"])
        }
    }

    @Test func `a list that nobody reads on is given up`() async throws {
        try await with({ $0.airtableListLifetime = 0 }) { base in
            for number in 1...3 { base.sandbox.edit(.create(["Full Name": .text("P\(number)")])) }
            let first = try await base.list([("pageSize", "2")])
            let second = try await base.list([("pageSize", "2"), ("offset", first.offset ?? "")])
            #expect(second.status == 422 && second.text.contains("ITERATOR_NOT_AVAILABLE"))
        }
    }

    @Test(arguments: [
        ("{Full Name}='O\\'Brien'", ["O'Brien"]), ("{Full Name}=\"Ada \\\"A\\\" King\"", ["Ada \"A\" King"]),
        ("OR({Full Name}='Bob',{Title}='CTO')", ["O'Brien", "Bob"]), ("AND({Title}='CTO',{Verified})", ["O'Brien"]),
        ("NOT({Title}='CTO')", ["Ada \"A\" King", "Bob"]), ("{Title}=''", ["Ada \"A\" King"]),
        ("Title!=''", ["O'Brien", "Bob"]),
        ("RECORD_ID()='recSbx00000000002'", ["Ada \"A\" King"]), ("1=2", []), ("{Verified}", ["O'Brien"]),
        ("IS_AFTER(LAST_MODIFIED_TIME(), '2026-01-01T12:00:00.000Z')", []),
        (
            "IS_AFTER(LAST_MODIFIED_TIME(), DATETIME_PARSE(\"2026-01-01T11:59:59.000Z\"))",
            ["O'Brien", "Ada \"A\" King", "Bob"]
        ),
        ("AND(IS_BEFORE(CREATED_TIME(), '2026-01-01T12:00:01Z'), LEN({Full Name})<=3)", ["Bob"]),
        ("FIND('King', {Full Name})>0", ["Ada \"A\" King"]), ("{Full Name}&'!'='Bob!'", ["Bob"]),
    ])
    func `a formula keeps what it keeps there`(_ formula: String, _ names: [String]) async throws {
        try await with({ $0.airtableNow = { moment("2026-01-01 12:00:00") } }) { base in
            base.sandbox.edit(.create(["Full Name": .text("O'Brien"), "Title": .text("CTO"), "Verified": .bool(true)]))
            base.sandbox.edit(.create(["Full Name": .text("Ada \"A\" King")]))
            base.sandbox.edit(.create(["Full Name": .text("Bob"), "Title": .text("CFO")]))
            let answer = try await base.list([("filterByFormula", formula)])
            #expect(answer.names == names, "\(answer.text)")
        }
    }

    @Test(arguments: [
        ("richText", "\"#h\\n* a\"", "\"#h\\n- a\\n\""), ("richText", "null", "\"\\n\""), ("checkbox", "false", nil),
        ("checkbox", "true", "true"), ("dateTime", "\"2021-12-26T07:00:00-05:00\"", "\"2021-12-26T12:00:00.000Z\""),
        ("dateTime", "1640520000000", "\"2021-12-26T12:00:00.000Z\""), ("date", "\"2021-12-26\"", "\"2021-12-26\""),
        ("singleLineText", "\"\"", nil), ("number", "0", "0"), ("percent", "0.5", "0.5"),
    ])
    func `a value is kept as the service keeps it`(_ type: String, _ sent: String, _ kept: String?) async throws {
        try await with { base in
            base.sandbox.edit(.addField(name: "X", type: type, choices: nil))
            let answer = try await base.ask(.post, Self.table, "{\"fields\":{\"X\":\(sent)}}")
            #expect(answer.status == 200)
            #expect(answer.text.contains("\"X\":") == (kept != nil))
            if let kept { #expect(answer.text.contains("\"X\":\(kept)"), "\(answer.text)") }
        }
    }

    @Test func `a date takes no time, a computed field takes nothing, and typecast makes an option`() async throws {
        try await with { base in
            base.sandbox.edit(.addField(name: "Day", type: "date", choices: nil))
            base.sandbox.edit(.addField(name: "Sum", type: "formula", choices: nil))
            let day = try await base.ask(.post, Self.table, "{\"fields\":{\"Day\":\"2021-12-26T12:00:00Z\"}}")
            #expect(day.status == 422 && day.text.contains("INVALID_VALUE_FOR_COLUMN"))
            let sum = try await base.ask(.post, Self.table, "{\"fields\":{\"Sum\":1}}")
            #expect(sum.text.contains("cannot accept a value because the field is computed"))
            let cast = try await base.ask(.post, Self.table, "{\"typecast\":true,\"fields\":{\"Status\":\"hot\"}}")
            #expect(cast.status == 200)
            #expect(try await base.ask(.post, Self.table, "{\"fields\":{\"Status\":\"hot\"}}").status == 200)
        }
    }

    @Test func `an upsert makes, changes or refuses by what it merges on, and one bad record spoils all`() async throws
    {
        try await with { base in
            func upsert(_ records: String) async throws -> (status: Int, text: String, json: JSON) {
                try await base.ask(
                    .patch, Self.table,
                    "{\"performUpsert\":{\"fieldsToMergeOn\":[\"4Runr ID\"]},\"records\":[\(records)]}")
            }
            let made = try await upsert(
                "{\"fields\":{\"4Runr ID\":\"a\",\"Title\":\"1\"}},{\"fields\":{\"4Runr ID\":\"b\"}}")
            #expect(made.text.contains("\"createdRecords\":[\"rec") && made.text.contains("\"updatedRecords\":[]"))
            let changed = try await upsert("{\"fields\":{\"4Runr ID\":\"a\",\"Title\":\"2\"}}")
            #expect(changed.text.contains("\"createdRecords\":[]") && changed.text.contains("\"Title\":\"2\""))
            #expect(base.sandbox.airtableRecords.count == 2)
            let bad = try await upsert(
                "{\"fields\":{\"4Runr ID\":\"a\",\"Title\":\"3\"}},{\"fields\":{\"4Runr ID\":\"c\",\"Status\":\"hot\"}}"
            )
            #expect(bad.status == 422 && !base.sandbox.airtableRecords.values.contains { $0["Title"] == .text("3") })
            base.sandbox.edit(.create(["4Runr ID": .text("a")]))
            #expect(try await upsert("{\"fields\":{\"4Runr ID\":\"a\"}}").status == 422)
        }
    }

    @Test func `too many requests are answered 429 for as long as the penalty lasts, and a spent month for good`()
        async throws
    {
        try await with({
            $0.airtableNow = { moment("2026-01-01 12:00:00") }
            $0.airtablePerSecond = 3
            $0.airtablePenalty = 60
        }) { base in
            var statuses: [Int] = []
            for _ in 0..<6 { statuses.append(try await base.list([]).status) }
            #expect(statuses == [200, 200, 200, 429, 429, 429])
        }
        try await with({ $0.airtableMonthlyCalls = 2 }) { base in
            _ = try await base.list([])
            _ = try await base.list([])
            let spent = try await base.list([])
            #expect(
                spent.status == 429
                    && spent.text.hasPrefix("{\"errors\":[{\"error\":\"PUBLIC_API_BILLING_LIMIT_EXCEEDED\""))
        }
    }

    @Test func `the schema is told, fields are made and renamed, and ids name them everywhere`() async throws {
        try await with { base in
            let schema = "meta/bases/\(Sandbox.airtableBase)/tables"
            #expect(try await base.ask(.get, "meta/whoami").text.contains("usr"))
            #expect(try await base.ask(.get, "meta/bases").text.contains(Sandbox.airtableBase))
            let made = try await base.ask(
                .post, "\(schema)/tblSandbox0000001/fields",
                "{\"name\":\"Score\",\"type\":\"number\",\"options\":{\"precision\":0}}")
            guard case .object(let field) = made.json, case .text(let id)? = field["id"] else {
                Issue.record("\(made.text)")
                return
            }
            #expect(
                try await base.ask(
                    .post, "\(schema)/tblSandbox0000001/fields", "{\"name\":\"Score\",\"type\":\"email\"}"
                ).text.contains("DUPLICATE_OR_EMPTY_FIELD_NAME"))
            _ = try await base.ask(.patch, "\(schema)/tblSandbox0000001/fields/\(id)", "{\"name\":\"Rank\"}")
            let record = try await base.ask(
                .post, Self.table, "{\"fields\":{\"\(id)\":7},\"returnFieldsByFieldId\":true}")
            #expect(record.text.contains("\"\(id)\":7"))
            #expect(try await base.ask(.get, "\(Sandbox.airtableBase)/tblSandbox0000001").text.contains("\"Rank\":7"))
        }
    }

    @Test func `a webhook's list tells of what was made, changed and destroyed, from its cursor on`() async throws {
        try await with { base in
            let hooks = "bases/\(Sandbox.airtableBase)/webhooks"
            let made = try await base.ask(
                .post, hooks,
                "{\"specification\":{\"options\":{\"filters\":{\"dataTypes\":[\"tableData\"],\"recordChangeScope\":\"tblSandbox0000001\"}}}}"
            )
            guard case .object(let hook) = made.json, case .text(let id)? = hook["id"] else {
                Issue.record("\(made.text)")
                return
            }
            let record = base.sandbox.edit(.create(["Full Name": .text("Ada")])) ?? ""
            _ = try await base.ask(.patch, "\(Self.table)/\(record)", "{\"fields\":{\"Title\":\"CTO\"}}")
            base.sandbox.edit(.delete(record: record))
            let all = try await base.ask(.get, "\(hooks)/\(id)/payloads?cursor=1").text
            for word in [
                "createdRecordsById", "changedRecordsById", "\"destroyedRecordIds\":[\"\(record)\"]",
                "\"source\":\"publicApi\"", "\"source\":\"client\"", "\"cursor\":4", "\"mightHaveMore\":false",
            ] {
                #expect(all.contains(word), "\(word): \(all)")
            }
            #expect(
                try await base.ask(.get, "\(hooks)/\(id)/payloads?cursor=2&limit=1").text.contains(
                    "\"mightHaveMore\":true"))
            for _ in 0..<9 {
                _ = try await base.ask(
                    .post, hooks, "{\"specification\":{\"options\":{\"filters\":{\"dataTypes\":[\"tableData\"]}}}}")
            }
            #expect(
                try await base.ask(
                    .post, hooks, "{\"specification\":{\"options\":{\"filters\":{\"dataTypes\":[\"tableData\"]}}}}"
                ).status == 422)
        }
    }
}

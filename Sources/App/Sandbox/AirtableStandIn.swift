import FoundationEssentials
import Synchronization

/// Airtable's Web API for one base with one table, by its documented answers.
final class AirtableStandIn: Sendable {
    struct Record: Codable, Sendable {
        let id: String
        let createdTime: String
        var fields: [String: Cell]
    }

    /// A cell as JSON has it.
    enum Cell: Codable, Sendable, Equatable {
        case text(String), number(Double), bool(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .bool(let value): try container.encode(value)
            }
        }

        var plain: Any {
            switch self {
            case .text(let value): value
            case .number(let value): value
            case .bool(let value): value
            }
        }
    }

    enum Kind { case text, email, url, phone, checkbox, dateTime, select([String]) }

    private struct State {
        var records: [Record] = []
        var recent: [Double] = []
        var blockedUntil = 0.0
        var serial: UInt64 = 0
    }

    static let base = "appSandbox0000001"
    static let table = "Leads"

    private let token: String
    private let file: String?
    /// Requests a second; more is answered 429 for as long as the penalty lasts.
    private let perSecond: Int
    private let penalty: Double
    private let uptime: @Sendable () -> Double
    private let state: Mutex<State>

    /// - Parameters:
    ///   - file: where the records are kept; nil to forget them.
    ///   - penalty: seconds.
    ///   - uptime: seconds since some moment.
    init(
        token: String, file: String?, perSecond: Int, penalty: Double,
        uptime: @escaping @Sendable () -> Double
    ) {
        self.token = token
        self.file = file
        self.perSecond = perSecond
        self.penalty = penalty
        self.uptime = uptime
        var state = State()
        if let file, let data = FileManager.default.contents(atPath: file),
            let records = try? JSONDecoder().decode([Record].self, from: data)
        {
            state.records = records
            state.serial = UInt64(records.count)
        }
        self.state = Mutex(state)
    }

    var records: [Record] { state.withLock { $0.records } }

    static let fields: [String: Kind] = [
        "4Runr ID": .text, "Full Name": .text, "Email": .email, "Company": .text, "Website": .url, "LinkedIn URL": .url,
        "Phone": .phone, "Title": .text, "Location": .text, "Industry": .text, "Company Size": .text,
        "Verified": .checkbox, "Enriched": .checkbox, "Needs Enrichment": .checkbox,
        "Status": .select([
            "new", "scraped", "cleaned", "enriched", "ready", "contacted", "replied", "won", "lost", "unsubscribed",
            "bounced",
        ]), "AI Message": .text, "Source": .text, "Scraped At": .dateTime, "Enriched At": .dateTime, "Notes": .text,
    ]

    func answer(_ request: StandInRequest) -> StandInAnswer {
        if let refusal = admit() { return refusal }
        guard request.bearer == token else { return error(401, "AUTHENTICATION_REQUIRED", "Authentication required") }
        let parts = request.path.split(separator: "/").map { String($0) }
        guard let start = parts.firstIndex(of: "v0"), parts.count >= start + 3, parts[start + 1] == Self.base else {
            return StandInAnswer(404, "{\"error\":\"NOT_FOUND\"}")
        }
        guard parts[start + 2] == Self.table else {
            return error(
                403, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
                "Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct."
            )
        }
        switch (request.method, parts.count - start) {
        case ("GET", 3): return list(request)
        case ("PATCH", 3): return upsert(request)
        case ("DELETE", 3): return delete(request)
        default: return StandInAnswer(404, "{\"error\":\"NOT_FOUND\"}")
        }
    }

    func failure(_ status: Int) -> StandInAnswer {
        switch status {
        case 401: return error(401, "AUTHENTICATION_REQUIRED", "Authentication required")
        case 429: return rateLimited
        case 402:
            return StandInAnswer(
                429,
                "{\"errors\":[{\"error\":\"PUBLIC_API_BILLING_LIMIT_EXCEEDED\",\"message\":\"API billing plan limit exceeded. You've reached the maximum number of requests allowed for this month.\"}]}"
            )
        case 503:
            return error(
                503, "RETRIABLE_ERROR",
                "Server encountered an error while processing your request, and it is safe to retry the request")
        default: return error(status, "SERVER_ERROR", "Server error")
        }
    }

    private var rateLimited: StandInAnswer {
        StandInAnswer(
            429,
            "{\"errors\":[{\"error\":\"RATE_LIMIT_REACHED\",\"message\":\"Rate limit exceeded. Please try again later\"}]}"
        )
    }

    private func error(_ status: Int, _ type: String, _ message: String) -> StandInAnswer {
        StandInAnswer(status, JSONText.write(["error": ["type": type, "message": message]]))
    }

    private func admit() -> StandInAnswer? {
        let now = uptime()
        return state.withLock { state in
            guard now >= state.blockedUntil else { return rateLimited }
            state.recent = state.recent.filter { $0 > now - 1 } + [now]
            guard state.recent.count > perSecond else { return nil }
            state.blockedUntil = now + penalty
            return rateLimited
        }
    }

    private func list(_ request: StandInRequest) -> StandInAnswer {
        let size = request.value("pageSize").flatMap { Int($0) } ?? 100
        guard (0...100).contains(size) else {
            return error(422, "INVALID_PAGE_SIZE_ARGUMENT", "Page size argument should be between 0 and 100")
        }
        var start = 0
        if let offset = request.value("offset") {
            guard let number = offset.split(separator: "/").last.flatMap({ Int($0) }),
                (0...records.count).contains(number)
            else {
                return error(422, "INVALID_OFFSET_VALUE", "The value of offset \(offset) is invalid")
            }
            start = number
        }
        let records = records
        let page = records.dropFirst(start).prefix(size)
        var body: [String: Any] = ["records": page.map(json)]
        if start + size < records.count, size > 0 { body["offset"] = "itrSandbox0000001/\(start + size)" }
        return StandInAnswer(200, JSONText.write(body))
    }

    private func json(_ record: Record) -> [String: Any] {
        ["id": record.id, "createdTime": record.createdTime, "fields": record.fields.mapValues(\.plain)]
    }

    private func upsert(_ request: StandInRequest) -> StandInAnswer {
        guard let body = JSONText.read(request.body) else {
            return error(422, "INVALID_REQUEST_BODY", "Could not parse request body")
        }
        guard let records = body["records"] as? [[String: Any]] else {
            return error(
                422, "INVALID_REQUEST_MISSING_FIELDS", "Could not find field \"records\" in the request body")
        }
        guard records.count <= 10 else {
            return error(
                422, "INVALID_RECORDS",
                "You must provide an array of up to 10 record objects, each with an \"id\" ID field and a \"fields\" object for cell values."
            )
        }
        let options = body["performUpsert"] as? [String: Any]
        let keys = (options?["fieldsToMergeOn"] as? [Any])?.compactMap { $0 as? String } ?? []
        for key in keys {
            guard case .text? = Self.fields[key] else {
                return error(422, "UNKNOWN_FIELD_NAME", "Unknown field name: \"\(key)\"")
            }
        }
        let now = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: false)).dropLast() + ".000Z"
        return state.withLock { state in
            // One bad record, and nothing of the batch is written.
            var draft = state.records
            var serial = state.serial
            var touched: [Int] = []
            var created: [String] = []
            var updated: [String] = []
            for record in records {
                guard let fields = record["fields"] as? [String: Any] else {
                    return error(
                        422, "INVALID_REQUEST_MISSING_FIELDS", "Could not find field \"fields\" in the request body")
                }
                var cells: [String: Cell?] = [:]
                for (name, value) in fields {
                    guard let kind = Self.fields[name] else {
                        return error(422, "UNKNOWN_FIELD_NAME", "Unknown field name: \"\(name)\"")
                    }
                    switch Self.normalise(value, as: kind) {
                    case .success(let cell): cells.updateValue(cell, forKey: name)
                    case .failure(let refusal):
                        return error(
                            422, refusal.type,
                            refusal.type == "INVALID_VALUE_FOR_COLUMN"
                                ? "Field \"\(name)\" cannot accept the provided value" : refusal.message)
                    }
                }
                let matches =
                    (record["id"] as? String).map { id in draft.indices.filter { draft[$0].id == id } }
                    ?? draft.indices.filter { index in
                        !keys.isEmpty && keys.allSatisfy { key in draft[index].fields[key] == cells[key] ?? nil }
                    }
                guard matches.count <= 1 else {
                    return error(
                        422, "INVALID_RECORDS", "Cannot update more than one record with the same value to merge on")
                }
                if let id = record["id"] as? String, matches.isEmpty {
                    return error(422, "ROW_DOES_NOT_EXIST", "Record ID \(id) does not exist in this table")
                }
                if let index = matches.first {
                    for (name, cell) in cells { draft[index].fields[name] = cell }
                    touched.append(index)
                    updated.append(draft[index].id)
                } else {
                    serial += 1
                    let number = String(serial, radix: 36)
                    let id = "recSandbox" + String(repeating: "0", count: max(0, 7 - number.count)) + number
                    draft.append(Record(id: id, createdTime: String(now), fields: cells.compactMapValues { $0 }))
                    touched.append(draft.count - 1)
                    created.append(id)
                }
            }
            state.records = draft
            state.serial = serial
            save(draft)
            return StandInAnswer(
                200,
                JSONText.write([
                    "records": touched.map { json(draft[$0]) }, "createdRecords": created, "updatedRecords": updated,
                ]))
        }
    }

    private struct Refusal: Error {
        let type: String
        var message = ""
    }

    /// A value as Airtable keeps it: nil for an empty cell.
    private static func normalise(_ value: Any, as kind: Kind) -> Result<Cell?, Refusal> {
        if value is JSONText.Null { return .success(nil) }
        switch (kind, value) {
        case (.checkbox, let flag as Bool): return .success(flag ? .bool(true) : nil)
        case (.select(let options), let text as String):
            if text.isEmpty { return .success(nil) }
            guard options.contains(text) else {
                return .failure(
                    Refusal(
                        type: "INVALID_MULTIPLE_CHOICE_OPTIONS",
                        message: "Insufficient permissions to create new select option \"\"\(text)\"\""))
            }
            return .success(.text(text))
        case (.dateTime, let text as String):
            guard text.count >= 20, text.hasSuffix("Z") else {
                return .failure(Refusal(type: "INVALID_VALUE_FOR_COLUMN"))
            }
            return .success(.text(String(text.prefix(19)) + ".000Z"))
        case (.text, let text as String), (.email, let text as String), (.url, let text as String),
            (.phone, let text as String):
            guard text.utf8.count <= 100_000 else { return .failure(Refusal(type: "INVALID_VALUE_FOR_COLUMN")) }
            return .success(text.isEmpty ? nil : .text(text))
        default: return .failure(Refusal(type: "INVALID_VALUE_FOR_COLUMN"))
        }
    }

    private func delete(_ request: StandInRequest) -> StandInAnswer {
        let ids = request.query.filter { $0.name.hasPrefix("records") }.map(\.value)
        guard (1...10).contains(ids.count) else {
            return error(422, "INVALID_RECORDS", "You must provide an array of up to 10 record IDs.")
        }
        return state.withLock { state in
            for id in ids where !state.records.contains(where: { $0.id == id }) {
                return error(404, "NOT_FOUND", "Could not find a record with ID \"\(id)\".")
            }
            state.records.removeAll { ids.contains($0.id) }
            save(state.records)
            return StandInAnswer(
                200, JSONText.write(["records": ids.map { ["id": $0, "deleted": true] as [String: Any] }]))
        }
    }

    private func save(_ records: [Record]) {
        guard let file, let data = try? JSONEncoder().encode(records) else { return }
        try? data.write(to: URL(fileURLWithPath: file), options: .atomic)
    }
}

import FoundationEssentials
import Leads
import Synchronization
import Values

/// A stand-in for Airtable's Web API with one base, based on its documented and observed responses.
final class AirtableStandIn: Sendable {
    /// The limits of the service.
    struct Limits: Sendable {
        /// Requests per second. Once there are more, the response is 429 for as long as the penalty lasts.
        var perSecond = 5
        /// Seconds.
        var penalty = 30.0
        /// Calls per month; nil for no limit.
        var month: Int?
        /// The number of seconds without a request after which a list expires.
        var listLifetime = 600.0
        /// Whether the token may read and change the schema.
        var hasSchemaScope = true
    }

    struct State {
        var tables: [AirtableTable]
        var serial: Int
        var lists: [String: OpenList] = [:]
        var webhooks: [String: Webhook] = [:]
        var transactions = 0
        /// Records that were deleted in the user interface.
        var trash: [String: AirtableRecord] = [:]
        var recent: [Double] = []
        var blockedUntil = 0.0
        var month = ""
        var monthCalls = 0
    }

    /// An open list. Its order is fixed when it begins, but its values are read page by page.
    struct OpenList {
        let table: String
        let ids: [String]
        var usedAt: Double
    }

    static let base = "appSandbox0000001"
    static let table = "Leads"
    static let viewName = "Grid view"
    static let viewID = "viwSandbox0000001"
    /// The longest address; longer list requests have to use POST.
    static let longestAddress = 16_000

    private let token: String
    private let file: String?
    let limits: Limits
    let now: @Sendable () -> Timestamp
    let uptime: @Sendable () -> Double
    let state: Mutex<State>

    /// - Parameters:
    ///   - file: where the base is stored; nil to keep it in memory only.
    ///   - uptime: seconds since some fixed moment.
    init(
        token: String, file: String?, limits: Limits, now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> Double
    ) {
        self.token = token
        self.file = file
        self.limits = limits
        self.now = now
        self.uptime = uptime
        var state = State(tables: [AirtableStandIn.leads], serial: 0)
        if let file, let data = FileManager.default.contents(atPath: file),
            let tables = AirtableStandIn.tables(in: data)
        {
            state.tables = tables
            // Ids of deleted records are not used again.
            state.serial = tables.map(\.order.count).reduce(0, +) + Int(now().seconds % 1_000_000_000) * 10
        }
        self.state = Mutex(state)
    }

    /// Decodes a stored base; nil if it is not one.
    static func tables(in data: Data) -> [AirtableTable]? {
        guard let tables = try? JSONDecoder().decode([AirtableTable].self, from: data), !tables.isEmpty else {
            return nil
        }
        return tables
    }

    /// The table that `config/airtable-fields.yaml` expects, with one additional field of the team's own.
    private static var leads: AirtableTable {
        func select(_ names: [String]) -> JSON {
            .object(["choices": .list(names.map { .object(["id": .text("sel\($0)"), "name": .text($0)]) })])
        }
        let statuses = [
            "new", "scraped", "cleaned", "enriched", "ready", "contacted", "replied", "won", "lost", "unsubscribed",
            "bounced",
        ]
        let check: JSON = .object(["icon": .text("check"), "color": .text("greenBright")])
        let time: JSON = .object([
            "timeZone": .text("utc"), "dateFormat": .object(["name": .text("iso")]),
            "timeFormat": .object(["name": .text("24hour")]),
        ])
        let fields: [(String, String, JSON?)] = [
            ("4Runr ID", "singleLineText", nil), ("Full Name", "singleLineText", nil), ("Email", "email", nil),
            ("Company", "singleLineText", nil), ("Website", "url", nil), ("LinkedIn URL", "url", nil),
            ("Phone", "phoneNumber", nil), ("Title", "singleLineText", nil), ("Location", "singleLineText", nil),
            ("Industry", "singleLineText", nil), ("Company Size", "singleLineText", nil),
            ("Verified", "checkbox", check), ("Enriched", "checkbox", check), ("Needs Enrichment", "checkbox", check),
            ("Status", "singleSelect", select(statuses)), ("AI Message", "multilineText", nil),
            ("Source", "singleLineText", nil), ("Scraped At", "dateTime", time), ("Enriched At", "dateTime", time),
            ("Archived", "checkbox", check), ("Last Sync", "dateTime", time),
            ("Sync Status", "singleSelect", select(["synced", "error"])), ("Sync Error", "multilineText", nil),
            ("Notes", "multilineText", nil),
        ]
        // What else a lead has. At the end, since ids go by place.
        let others = LeadField.allCases.compactMap(\.description.label)
            .filter { label in !fields.contains { $0.0 == label } }
            .map { ($0, "singleLineText", JSON?.none) }
        return AirtableTable(
            id: "tblSandbox0000001", name: table,
            fields: (fields + others).enumerated().map { index, field in
                AirtableField(
                    id: AirtableID.make("fld", index + 1), name: field.0, type: field.1, options: field.2)
            })
    }

    // MARK: a request

    func answer(_ request: StandInRequest) -> StandInAnswer {
        if let refusal = admit() { return refusal }
        guard request.bearer == token else { return error(401, "AUTHENTICATION_REQUIRED", "Authentication required") }
        let parts = request.path.split(separator: "/").map { String($0) }
        guard let start = parts.firstIndex(of: "v0"), parts.count > start + 1 else { return unrouted }
        var rest = Array(parts[(start + 1)...])
        if rest[0] == "meta" { return metadata(request, Array(rest.dropFirst())) }
        if rest[0] == "bases" { return webhooks(request, Array(rest.dropFirst())) }
        guard rest[0] == Self.base, rest.count >= 2 else { return unrouted }
        rest.removeFirst()
        guard let place = place(of: rest[0]) else { return forbidden }
        let isList = rest.count == 2 && rest[1] == "listRecords"
        let record = rest.count == 2 && !isList ? rest[1] : nil
        switch (request.method, rest.count) {
        case ("GET", 1) where request.addressLength > Self.longestAddress:
            return error(414, "REQUEST_URI_TOO_LONG", "The address is longer than \(Self.longestAddress) characters")
        case ("GET", 1): return list(request, query: ListQuery(request.query), place)
        case ("POST", 2) where isList:
            guard let body = JSON.parse(request.body), let query = ListQuery(body) else { return unreadable }
            return list(request, query: query, place)
        case ("GET", 2): return get(record ?? "", request, place)
        case ("POST", 1): return create(request, place)
        case ("PATCH", 1...2), ("PUT", 1...2): return update(request, record, place)
        case ("DELETE", 1...2): return delete(request, record, place)
        default: return unrouted
        }
    }

    /// The index of a table, by name or id.
    private func place(of name: String) -> Int? {
        state.withLock { $0.tables.firstIndex { $0.name == name || $0.id == name } }
    }

    private func admit() -> StandInAnswer? {
        let (now, month) = (uptime(), String(now().description.prefix(7)))
        return state.withLock { state in
            guard now >= state.blockedUntil else { return rateLimited }
            state.recent = state.recent.filter { $0 > now - 1 } + [now]
            guard state.recent.count <= limits.perSecond else {
                state.blockedUntil = now + limits.penalty
                return rateLimited
            }
            if state.month != month { (state.month, state.monthCalls) = (month, 0) }
            state.monthCalls += 1
            if let most = limits.month, state.monthCalls > most { return spent }
            return nil
        }
    }

    func save(_ state: State) {
        guard let file, let data = try? JSONEncoder().encode(state.tables) else { return }
        try? data.write(to: URL(fileURLWithPath: file), options: .atomic)
    }

    /// The records of the first table as people see them, with cells by field name.
    var records: [Record] {
        state.withLock { state in
            let table = state.tables[0]
            let names = Dictionary(uniqueKeysWithValues: table.fields.map { ($0.id, $0.name) })
            return table.order.compactMap { table.records[$0] }.map { record in
                Record(
                    id: record.id, createdTime: record.created.airtableText,
                    fields: Dictionary(
                        record.cells.compactMap { id, cell in names[id].map { ($0, cell) } }
                    ) { first, _ in first })
            }
        }
    }

    struct Record: Codable, Sendable {
        let id: String
        let createdTime: String
        let fields: [String: JSON]
    }

    var recordCount: Int { state.withLock { $0.tables[0].order.count } }
}

/// Error responses, in the three envelopes that Airtable uses.
extension AirtableStandIn {
    func error(_ status: Int, _ type: String, _ message: String? = nil) -> StandInAnswer {
        var error: [String: JSON] = ["type": .text(type)]
        if let message { error["message"] = .text(message) }
        return StandInAnswer(status, JSON.object(["error": .object(error)]).wire)
    }

    private func plural(_ status: Int, _ type: String, _ message: String) -> StandInAnswer {
        StandInAnswer(
            status,
            JSON.object(["errors": .list([.object(["error": .text(type), "message": .text(message)])])]).wire)
    }

    var unrouted: StandInAnswer { StandInAnswer(404, "{\"error\":\"NOT_FOUND\"}") }
    var unreadable: StandInAnswer { error(422, "INVALID_REQUEST_BODY", "Could not parse request body") }
    var forbidden: StandInAnswer {
        error(
            403, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
            "Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct."
        )
    }
    var rateLimited: StandInAnswer {
        plural(429, "RATE_LIMIT_REACHED", "Rate limit exceeded. Please try again later")
    }
    var spent: StandInAnswer {
        plural(
            429, "PUBLIC_API_BILLING_LIMIT_EXCEEDED",
            "API billing plan limit exceeded. You've reached the maximum number of requests allowed for this month.")
    }

    /// The error response for a fault. 402 stands for a used-up monthly quota, and 430 for the rate limit in its
    /// documented envelope.
    func failure(_ status: Int) -> StandInAnswer {
        switch status {
        case 401: error(401, "AUTHENTICATION_REQUIRED", "Authentication required")
        case 402: spent
        case 403: forbidden
        case 404: unrouted
        case 422: error(422, "LIST_RECORDS_ITERATOR_NOT_AVAILABLE")
        case 429: rateLimited
        case 430: error(429, "RATE_LIMIT_REACHED", "Rate limit exceeded. Please try again later")
        case 503:
            error(
                503, "RETRIABLE_ERROR",
                "Server encountered an error while processing your request, and it is safe to retry the request")
        default: error(status, "SERVER_ERROR", "Server error")
        }
    }
}

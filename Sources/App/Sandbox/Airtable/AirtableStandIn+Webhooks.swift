import Synchronization
import Values

/// What one transaction changed in a table.
struct TableChange: Sendable {
    var created: [String: AirtableRecord] = [:]
    /// The cells that differ from before; null for a cell that was emptied.
    var changed: [String: [String: JSON]] = [:]
    var destroyed: [String] = []

    mutating func note(_ record: AirtableRecord, since before: [String: JSON]) {
        var cells: [String: JSON] = [:]
        for field in Set(before.keys).union(record.cells.keys) where before[field] != record.cells[field] {
            cells[field] = record.cells[field] ?? .null
        }
        if !cells.isEmpty { changed[record.id, default: [:]].merge(cells) { $1 } }
    }

    var isEmpty: Bool { created.isEmpty && changed.isEmpty && destroyed.isEmpty }
}

/// A list of changes that Airtable keeps for a client: https://airtable.com/developers/web/api/webhooks-overview
struct Webhook: Sendable {
    let id: String
    let table: String?
    /// The first payload has cursor 1.
    var payloads: [JSON] = []
    var expires: Timestamp
}

extension AirtableStandIn {
    private static let lifetime = Duration.seconds(7 * 86_400)

    func webhooks(_ request: StandInRequest, _ path: [String]) -> StandInAnswer {
        guard path.count >= 2, path[0] == Self.base, path[1] == "webhooks" else { return unrouted }
        let moment = now()
        state.withLock { state in state.webhooks = state.webhooks.filter { $0.value.expires > moment } }
        switch (request.method, path.count) {
        case ("POST", 2): return createWebhook(request, at: moment)
        case ("GET", 2):
            let hooks = state.withLock { $0.webhooks.values.sorted { $0.id < $1.id }.map(json) }
            return StandInAnswer(200, JSON.object(["webhooks": .list(hooks)]).wire)
        case ("DELETE", 3):
            return state.withLock { $0.webhooks.removeValue(forKey: path[2]) } == nil
                ? unrouted : StandInAnswer(200, "{}")
        case ("POST", 4) where path[3] == "refresh":
            return state.withLock { state in
                guard state.webhooks[path[2]] != nil else { return unrouted }
                state.webhooks[path[2]]?.expires = moment + Self.lifetime
                return StandInAnswer(200, "{}")
            }
        case ("GET", 4) where path[3] == "payloads": return payloads(request, path[2], at: moment)
        default: return unrouted
        }
    }

    private func json(_ hook: Webhook) -> JSON {
        .object([
            "id": .text(hook.id), "areNotificationsEnabled": .bool(true), "isHookEnabled": .bool(true),
            "cursorForNextPayload": .number(Double(hook.payloads.count + 1)),
            "expirationTime": .text(hook.expires.airtableText),
        ])
    }

    private func createWebhook(_ request: StandInRequest, at moment: Timestamp) -> StandInAnswer {
        guard let body = JSON.parse(request.body) else { return unreadable }
        let filters = body["specification"]?["options"]?["filters"]
        guard filters?["dataTypes"]?.list?.isEmpty == false else {
            return error(422, "INVALID_REQUEST_UNKNOWN", "Invalid request: parameter validation failed.")
        }
        return state.withLock { state in
            guard state.webhooks.count < 10 else {
                return error(422, "TOO_MANY_WEBHOOKS_BY_OAUTH_INTEGRATION_IN_APPLICATION", "Too many webhooks")
            }
            state.serial += 1
            let hook = Webhook(
                id: AirtableID.make("ach", state.serial), table: filters?["recordChangeScope"]?.text,
                expires: moment + Self.lifetime)
            state.webhooks[hook.id] = hook
            return StandInAnswer(
                200,
                JSON.object([
                    "id": .text(hook.id), "macSecretBase64": .text("c2FuZGJveA=="),
                    "expirationTime": .text(hook.expires.airtableText),
                ]).wire)
        }
    }

    private func payloads(_ request: StandInRequest, _ id: String, at moment: Timestamp) -> StandInAnswer {
        let cursor = request.value("cursor").flatMap { Int($0) } ?? 1
        let limit = request.value("limit").flatMap { Int($0) } ?? 50
        return state.withLock { state in
            guard let hook = state.webhooks[id] else { return unrouted }
            guard cursor >= 1, (1...50).contains(limit), cursor <= hook.payloads.count + 1 else {
                return error(422, "INVALID_REQUEST_UNKNOWN", "Invalid request: parameter validation failed.")
            }
            state.webhooks[id]?.expires = moment + Self.lifetime
            let page = hook.payloads[(cursor - 1)...].prefix(limit)
            let next = cursor + page.count
            return StandInAnswer(
                200,
                JSON.object([
                    "payloads": .list(Array(page)), "cursor": .number(Double(next)),
                    "mightHaveMore": .bool(next <= hook.payloads.count),
                ]).wire)
        }
    }

    /// Adds a change to every webhook list of this table.
    func note(
        _ change: TableChange, in table: AirtableTable, by source: String, at moment: Timestamp, _ state: inout State
    ) {
        guard !change.isEmpty, !state.webhooks.isEmpty else { return }
        state.transactions += 1
        func shown(_ cells: [String: JSON]) -> JSON {
            // Here, unlike in lists, selects are shown as objects.
            .object(
                Dictionary(
                    uniqueKeysWithValues: cells.map { id, cell in
                        guard table.field(id)?.type == "singleSelect", let name = cell.text else { return (id, cell) }
                        return (
                            id, .object(["id": .text("sel\(name)"), "name": .text(name), "color": .text("blueLight2")])
                        )
                    }))
        }
        var tableJSON: [String: JSON] = [:]
        if !change.created.isEmpty {
            tableJSON["createdRecordsById"] = .object(
                change.created.mapValues { record in
                    .object([
                        "createdTime": .text(record.created.airtableText), "cellValuesByFieldId": shown(record.cells),
                    ])
                })
        }
        if !change.changed.isEmpty {
            tableJSON["changedRecordsById"] = .object(
                change.changed.mapValues { .object(["current": .object(["cellValuesByFieldId": shown($0)])]) })
        }
        if !change.destroyed.isEmpty { tableJSON["destroyedRecordIds"] = .list(change.destroyed.map { .text($0) }) }
        let payload: JSON = .object([
            "timestamp": .text(moment.airtableText), "baseTransactionNumber": .number(Double(state.transactions)),
            "payloadFormat": .text("v0"),
            "actionMetadata": .object(["source": .text(source), "sourceMetadata": .object([:])]),
            "changedTablesById": .object([table.id: .object(tableJSON)]),
        ])
        for id in state.webhooks.keys where state.webhooks[id]?.table.map({ $0 == table.id }) ?? true {
            state.webhooks[id]?.payloads.append(payload)
        }
    }
}

import Synchronization
import Values

/// The base's schema: https://airtable.com/developers/web/api/get-base-schema
extension AirtableStandIn {
    func metadata(_ request: StandInRequest, _ path: [String]) -> StandInAnswer {
        switch (request.method, path.count, path.first ?? "") {
        case ("GET", 1, "whoami"):
            return StandInAnswer(
                200,
                JSON.object([
                    "id": .text("usrSandbox0000001"),
                    "scopes": .list(
                        [
                            "data.records:read", "data.records:write", "schema.bases:read", "schema.bases:write",
                            "webhook:manage",
                        ].map { .text($0) }),
                ]).wire)
        case ("GET", 1, "bases"):
            let base: JSON = .object([
                "id": .text(Self.base), "name": .text("Sandbox"), "permissionLevel": .text("create"),
            ])
            return StandInAnswer(200, JSON.object(["bases": .list([base])]).wire)
        default: break
        }
        guard path.count >= 3, path[0] == "bases", path[2] == "tables" else { return unrouted }
        guard path[1] == Self.base, limits.hasSchemaScope else { return forbidden }
        switch (request.method, path.count) {
        case ("GET", 3):
            return StandInAnswer(
                200, JSON.object(["tables": .list(state.withLock { $0.tables.map(json) })]).wire)
        case ("POST", 5) where path[4] == "fields": return createField(request, path[3])
        case ("PATCH", 6) where path[4] == "fields": return renameField(request, path[3], path[5])
        default: return unrouted
        }
    }

    private func json(_ table: AirtableTable) -> JSON {
        .object([
            "id": .text(table.id), "name": .text(table.name), "primaryFieldId": .text(table.fields.first?.id ?? ""),
            "fields": .list(table.fields.map(\.json)),
            "views": .list([
                .object(["id": .text(Self.viewID), "name": .text(Self.viewName), "type": .text("grid")])
            ]),
        ])
    }

    private static let required: [String: [String]] = [
        "number": ["precision"], "percent": ["precision"], "checkbox": ["icon", "color"], "singleSelect": ["choices"],
        "multipleSelects": ["choices"], "date": ["dateFormat"], "dateTime": ["timeZone", "dateFormat", "timeFormat"],
    ]
    private static let plain = [
        "singleLineText", "multilineText", "richText", "email", "url", "phoneNumber", "multipleAttachments", "barcode",
    ]

    private func createField(_ request: StandInRequest, _ table: String) -> StandInAnswer {
        guard let body = JSON.parse(request.body) else { return unreadable }
        guard let name = body["name"]?.text, let type = body["type"]?.text else {
            return error(422, "INVALID_REQUEST_UNKNOWN", "Invalid request: parameter validation failed.")
        }
        guard Self.plain.contains(type) || Self.required[type] != nil else {
            return error(
                422, "UNSUPPORTED_FIELD_TYPE_FOR_CREATE", "Creating \(type) fields is not supported at this time")
        }
        for option in Self.required[type] ?? [] where body["options"]?[option] == nil {
            return error(
                422, "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE",
                "Invalid options for \(name): options.\(option) is missing")
        }
        return state.withLock { state in
            guard let place = state.tables.firstIndex(where: { $0.id == table || $0.name == table }) else {
                return forbidden
            }
            guard !name.isEmpty, state.tables[place].field(name) == nil else {
                return error(
                    422, "DUPLICATE_OR_EMPTY_FIELD_NAME", "Field name \"\(name)\" is empty or exists already")
            }
            state.serial += 1
            let field = AirtableField(
                id: AirtableID.make("fld", state.serial + 1_000), name: name, type: type, options: body["options"])
            state.tables[place].fields.append(field)
            save(state)
            return StandInAnswer(200, field.json.wire)
        }
    }

    private func renameField(_ request: StandInRequest, _ table: String, _ id: String) -> StandInAnswer {
        guard let body = JSON.parse(request.body) else { return unreadable }
        return state.withLock { state in
            guard let place = state.tables.firstIndex(where: { $0.id == table }),
                let index = state.tables[place].fields.firstIndex(where: { $0.id == id })
            else { return forbidden }
            if let name = body["name"]?.text { state.tables[place].fields[index].name = name }
            save(state)
            return StandInAnswer(200, state.tables[place].fields[index].json.wire)
        }
    }
}

import FoundationEssentials
import Synchronization
import Values

/// The parameters of a list request, from the address or the body.
struct ListQuery: Sendable {
    var fields: [String]?
    var formula: String?
    var pageSize = 100
    var maxRecords: Int?
    var view: String?
    var offset: String?
    var sort: [(field: String, isDescending: Bool)] = []
    var byID = false

    init(_ parameters: [(name: String, value: String)]) {
        var sorts: [Int: (String, Bool)] = [:]
        for (name, value) in parameters {
            let base = name.prefix { $0 != "[" }
            switch base {
            case "fields": fields = (fields ?? []) + [value]
            case "filterByFormula": formula = value
            case "pageSize": if let number = Int(value) { pageSize = number }
            case "maxRecords": maxRecords = Int(value)
            case "view": view = value
            case "offset": offset = value
            case "returnFieldsByFieldId": byID = value == "true" || value == "1"
            case "sort":
                let parts = name.split { $0 == "[" || $0 == "]" }
                guard parts.count == 3, let index = Int(parts[1]) else { continue }
                var entry = sorts[index] ?? ("", false)
                if parts[2] == "field" { entry.0 = value } else { entry.1 = value == "desc" }
                sorts[index] = entry
            default: break
            }
        }
        sort = sorts.sorted { $0.key < $1.key }.map { ($0.value.0, $0.value.1) }
    }

    init?(_ body: JSON) {
        guard let object = body.object else { return nil }
        fields = object["fields"]?.list?.compactMap(\.text)
        formula = object["filterByFormula"]?.text
        for name in ["pageSize", "maxRecords"] {
            guard let number = object[name]?.number else { continue }
            guard let whole = Int(exactly: number) else { return nil }
            if name == "pageSize" { pageSize = whole } else { maxRecords = whole }
        }
        view = object["view"]?.text
        offset = object["offset"]?.text
        byID = object["returnFieldsByFieldId"]?.bool ?? false
        sort = (object["sort"]?.list ?? []).compactMap { entry in
            entry["field"]?.text.map { ($0, entry["direction"]?.text == "desc") }
        }
    }
}

extension AirtableStandIn {
    // MARK: reading

    func list(_ request: StandInRequest, query: ListQuery, _ place: Int) -> StandInAnswer {
        guard (0...100).contains(query.pageSize) else {
            return error(422, "INVALID_PAGE_SIZE_ARGUMENT", "Page size argument should be between 0 and 100")
        }
        if let view = query.view, view != Self.viewName, view != Self.viewID {
            return error(422, "VIEW_NAME_NOT_FOUND", "View \"\(view)\" not found")
        }
        let uptime = uptime()
        return state.withLock { state in
            let table = state.tables[place]
            for name in (query.fields ?? []) + query.sort.map(\.field) where table.field(name) == nil {
                return error(422, "UNKNOWN_FIELD_NAME", "Unknown field name: \"\(name)\"")
            }
            state.lists = state.lists.filter { uptime - $0.value.usedAt < limits.listLifetime }
            state.serial += 1
            var name = AirtableID.make("itr", state.serial)
            let ids: [String]
            var start = 0
            if let offset = query.offset {
                let parts = offset.split(separator: "/").map { String($0) }
                guard parts.count == 2, parts[0].hasPrefix("itr"), parts[1].hasPrefix("rec") else {
                    return error(422, "INVALID_OFFSET_VALUE", "The value of offset \(offset) is invalid")
                }
                guard let open = state.lists[parts[0]], open.table == table.id,
                    let index = open.ids.firstIndex(of: parts[1])
                else { return error(422, "LIST_RECORDS_ITERATOR_NOT_AVAILABLE") }
                (name, ids, start) = (parts[0], open.ids, index)
            } else {
                do { ids = try select(query, table) } catch {
                    return self.error(
                        422, "INVALID_FILTER_BY_FORMULA", (error as? AirtableFormula.Problem)?.message ?? "")
                }
            }
            let page = ids[start...].prefix(query.pageSize)
            var body: [String: JSON] = [
                "records": .list(
                    page.compactMap { table.records[$0] }.map { json($0, table, query.fields, query.byID) })
            ]
            if start + page.count < ids.count, query.pageSize > 0 {
                state.lists[name] = OpenList(table: table.id, ids: ids, usedAt: uptime)
                body["offset"] = .text("\(name)/\(ids[start + page.count])")
            }
            return StandInAnswer(200, JSON.object(body).wire)
        }
    }

    private func select(_ query: ListQuery, _ table: AirtableTable) throws -> [String] {
        var records = table.order.compactMap { table.records[$0] }
        if let text = query.formula, !text.isEmpty {
            let formula = try AirtableFormula.parse(text, table: table)
            records = records.filter { formula.keeps($0) }
        }
        for (name, isDescending) in query.sort.reversed() {
            guard let field = table.field(name) else { continue }
            // Empty cells first, then numbers, then texts.
            func isBefore(_ left: JSON?, _ right: JSON?) -> Bool {
                if let left = left?.number, let right = right?.number { return left < right }
                return (left?.text ?? left?.wire ?? "") < (right?.text ?? right?.wire ?? "")
            }
            // The sort is stable.
            records.sort { first, second in
                let (left, right) = (first.cells[field.id], second.cells[field.id])
                return isDescending ? isBefore(right, left) : isBefore(left, right)
            }
        }
        if let most = query.maxRecords { records = Array(records.prefix(max(0, most))) }
        return records.map(\.id)
    }

    func json(_ record: AirtableRecord, _ table: AirtableTable, _ fields: [String]?, _ byID: Bool) -> JSON {
        var cells: [String: JSON] = [:]
        for field in table.fields {
            if let fields, !fields.contains(field.name), !fields.contains(field.id) { continue }
            let cell: JSON? =
                switch field.type {
                case "createdTime": .text(record.created.airtableText)
                case "lastModifiedTime": .text(record.modified.airtableText)
                default: record.cells[field.id]
                }
            if let cell { cells[byID ? field.id : field.name] = cell }
        }
        return .object([
            "id": .text(record.id), "createdTime": .text(record.created.airtableText), "fields": .object(cells),
        ])
    }

    func get(_ id: String, _ request: StandInRequest, _ place: Int) -> StandInAnswer {
        let byID = ListQuery(request.query).byID
        return state.withLock { state in
            guard let record = state.tables[place].records[id] else { return forbidden }
            return StandInAnswer(200, json(record, state.tables[place], nil, byID).wire)
        }
    }

    // MARK: writing

    private var unknownRequest: StandInAnswer {
        error(
            422, "INVALID_REQUEST_UNKNOWN",
            "Invalid request: parameter validation failed. Check your request data.")
    }
    private func missing(_ field: String) -> StandInAnswer {
        error(422, "INVALID_REQUEST_MISSING_FIELDS", "Could not find field \"\(field)\" in the request body")
    }

    func create(_ request: StandInRequest, _ place: Int) -> StandInAnswer {
        guard let body = JSON.parse(request.body) else { return unreadable }
        let isSingle = body["records"] == nil
        guard let records = body["records"]?.list ?? (body["fields"] == nil ? nil : [body]) else {
            return missing("fields")
        }
        guard records.count <= 10 else {
            return error(
                422, "INVALID_REQUEST_UNKNOWN",
                "A maximum of 10 records can be created per request but you have provided \(records.count).")
        }
        return write(body, records.map { ($0, nil) }, request, place, isSingle: isSingle, source: "publicApi")
    }

    func update(_ request: StandInRequest, _ record: String?, _ place: Int) -> StandInAnswer {
        guard let body = JSON.parse(request.body) else { return unreadable }
        if let record {
            guard body["fields"] != nil else { return missing("fields") }
            guard state.withLock({ $0.tables[place].records[record] != nil }) else { return forbidden }
            return write(body, [(body, record)], request, place, isSingle: true, source: "publicApi")
        }
        guard let records = body["records"]?.list else { return missing("records") }
        let isUpsert = body["performUpsert"] != nil
        guard (1...10).contains(records.count), isUpsert || records.allSatisfy({ $0["id"]?.text != nil }) else {
            return error(
                422, "INVALID_RECORDS",
                "You must provide an array of up to 10 record objects, each with an \"id\" ID field and a \"fields\" object for cell values."
            )
        }
        return write(
            body, records.map { ($0, $0["id"]?.text) }, request, place, isSingle: false, source: "publicApi")
    }

    /// The types of fields that an upsert can merge on.
    private static let mergeable = [
        "number", "singleLineText", "multilineText", "singleSelect", "multipleSelects", "date",
    ]

    /// Writes either all of the records or none.
    private func write(
        _ body: JSON, _ records: [(body: JSON, id: String?)], _ request: StandInRequest, _ place: Int, isSingle: Bool,
        source: String
    ) -> StandInAnswer {
        let typecast = body["typecast"]?.bool ?? false
        let byID = body["returnFieldsByFieldId"]?.bool ?? ListQuery(request.query).byID
        let clears = request.method == "PUT"
        let keys = (body["performUpsert"]?["fieldsToMergeOn"]?.list ?? []).compactMap(\.text)
        if body["performUpsert"] != nil, !(1...3).contains(keys.count) { return unknownRequest }
        let moment = now()
        return state.withLock { state in
            let fields = state.tables[place].fields
            var written = Written()
            let refusal = write(
                records, into: &state.tables[place], &written, serial: &state.serial, merge: keys, typecast: typecast,
                clears: clears, at: moment)
            if let refusal {
                state.tables[place].fields = fields
                for (id, old) in written.undo.reversed() { state.tables[place].restore(id, old) }
                return refusal
            }
            let table = state.tables[place]
            note(written.change, in: table, by: source, at: moment, &state)
            save(state)
            let answers = written.touched.compactMap { table.records[$0] }.map { json($0, table, nil, byID) }
            if isSingle, let first = answers.first { return StandInAnswer(200, first.wire) }
            var answer: [String: JSON] = ["records": .list(answers)]
            if !keys.isEmpty {
                answer["createdRecords"] = .list(written.created.map { .text($0) })
                answer["updatedRecords"] = .list(
                    written.touched.filter { !written.created.contains($0) }.map { .text($0) })
            }
            return StandInAnswer(200, JSON.object(answer).wire)
        }
    }

    /// What a request has written so far, and how to undo it.
    private struct Written {
        var touched: [String] = []
        var created: [String] = []
        var change = TableChange()
        /// The previous record, by id.
        var undo: [(String, AirtableRecord?)] = []
    }

    /// Writes in place, because a table is large. Returns nil, or the error response; the caller then undoes what was
    /// written.
    private func write(
        _ records: [(body: JSON, id: String?)], into table: inout AirtableTable, _ written: inout Written,
        serial: inout Int, merge keys: [String], typecast: Bool, clears: Bool, at moment: Timestamp
    ) -> StandInAnswer? {
        let merge = keys.map { table.field($0) }
        if let index = merge.firstIndex(where: { $0 == nil }) {
            return error(422, "UNKNOWN_FIELD_NAME", "Unknown field name: \"\(keys[index])\"")
        }
        guard merge.allSatisfy({ Self.mergeable.contains($0?.type ?? "") }) else { return unknownRequest }
        for (record, id) in records {
            guard let fields = record["fields"]?.object else { return missing("fields") }
            let cells: [String: JSON?]
            switch normalise(fields, &table, typecast) {
            case .success(let normal): cells = normal
            case .failure(let refusal): return error(refusal.status, refusal.type, refusal.message)
            }
            var target = id
            if target == nil, !keys.isEmpty {
                var wanted: [String: JSON] = [:]
                for field in merge.compactMap({ $0 }) {
                    guard let cell = cells[field.id] ?? nil else { return unknownRequest }
                    wanted[field.id] = cell
                }
                let matches = table.matches(wanted)
                guard matches.count <= 1 else {
                    return error(
                        422, "INVALID_RECORDS", "Cannot update more than one record with the same value to merge on")
                }
                target = matches.first
            }
            if let target {
                guard var known = table.records[target] else {
                    return error(422, "ROW_DOES_NOT_EXIST", "Record ID \(target) does not exist in this table")
                }
                let before = known
                if clears { known.cells = known.cells.filter { id, _ in table.field(id)?.isComputed == true } }
                for (field, cell) in cells { known.cells[field] = cell }
                // Airtable counts every write as a modification, even if nothing changes.
                known.modified = Timestamp(seconds: moment.seconds)
                table.put(known)
                written.undo.append((target, before))
                written.touched.append(target)
                written.change.note(known, since: before.cells)
            } else {
                serial += 1
                let id = AirtableID.make("rec", serial)
                let record = AirtableRecord(
                    id: id, created: Timestamp(seconds: moment.seconds), modified: Timestamp(seconds: moment.seconds),
                    cells: cells.compactMapValues { $0 })
                table.put(record)
                written.undo.append((id, nil))
                written.touched.append(id)
                written.created.append(id)
                written.change.created[id] = record
            }
        }
        return nil
    }

    private struct Refused: Error {
        let status: Int
        let type: String
        let message: String
    }

    private func normalise(
        _ fields: [String: JSON], _ table: inout AirtableTable, _ typecast: Bool
    ) -> Result<[String: JSON?], Refused> {
        var cells: [String: JSON?] = [:]
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            guard let index = table.fields.firstIndex(where: { $0.name == name || $0.id == name }) else {
                return .failure(
                    Refused(status: 422, type: "UNKNOWN_FIELD_NAME", message: "Unknown field name: \"\(name)\""))
            }
            do {
                let cell = try AirtableCells.normalise(value, for: &table.fields[index], typecast: typecast)
                cells.updateValue(cell, forKey: table.fields[index].id)
            } catch {
                let refusal = error as? AirtableCells.Refusal
                return .failure(Refused(status: 422, type: refusal?.type ?? "", message: refusal?.message ?? ""))
            }
        }
        return .success(cells)
    }

    func delete(_ request: StandInRequest, _ record: String?, _ place: Int) -> StandInAnswer {
        let ids = record.map { [$0] } ?? request.query.filter { $0.name.hasPrefix("records") }.map(\.value)
        guard (1...10).contains(ids.count) else {
            return error(422, "INVALID_RECORDS", "You must provide an array of up to 10 record IDs.")
        }
        let moment = now()
        return state.withLock { state in
            for id in ids where state.tables[place].records[id] == nil {
                guard record == nil else { return forbidden }
                return error(404, "NOT_FOUND", "Could not find a record with ID \"\(id)\".")
            }
            var change = TableChange()
            for id in ids {
                state.trash[id] = state.tables[place].records[id]
                state.tables[place].remove(id)
                change.destroyed.append(id)
            }
            note(change, in: state.tables[place], by: "publicApi", at: moment, &state)
            save(state)
            let gone = ids.map { JSON.object(["id": .text($0), "deleted": .bool(true)]) }
            return StandInAnswer(200, record == nil ? JSON.object(["records": .list(gone)]).wire : gone[0].wire)
        }
    }
}

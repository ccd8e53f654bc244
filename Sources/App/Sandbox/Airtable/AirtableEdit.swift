import Synchronization
public import Values

/// What somebody does in Airtable's own window: no limits, no token, and values as that person sees them.
public enum AirtableEdit: Sendable, Equatable {
    /// Cells by the fields' names.
    case create([String: JSON])
    /// Null empties a cell.
    case update(record: String, [String: JSON])
    case delete(record: String)
    /// The record comes back from the trash as it was.
    case restore(record: String)
    case renameField(String, to: String)
    case addField(name: String, type: String, choices: [String]?)
    case removeField(String)
    /// What a computed field says.
    case compute(record: String, field: String, JSON)

    /// From the body of a control request: `{"action": "update", "record": "rec…", "fields": {…}}`.
    init?(_ body: JSON) {
        let record = body["record"]?.text ?? ""
        let (fields, field) = (body["fields"]?.object ?? [:], body["field"]?.text ?? "")
        switch body["action"]?.text {
        case "create": self = .create(fields)
        case "update": self = .update(record: record, fields)
        case "delete": self = .delete(record: record)
        case "restore": self = .restore(record: record)
        case "rename-field": self = .renameField(field, to: body["to"]?.text ?? field)
        case "add-field":
            self = .addField(
                name: field, type: body["type"]?.text ?? "singleLineText",
                choices: body["choices"]?.list?.compactMap(\.text))
        case "remove-field": self = .removeField(field)
        default: return nil
        }
    }
}

extension AirtableStandIn {
    /// Answers the record's id; nil when there is no such record or field.
    @discardableResult
    func edit(_ edit: AirtableEdit) -> String? {
        let moment = now()
        return state.withLock { state in
            defer { save(state) }
            switch edit {
            case .create(let fields):
                state.serial += 1
                let id = AirtableID.make("rec", state.serial)
                let cells = cells(fields, &state.tables[0])
                let record = AirtableRecord(
                    id: id, created: Timestamp(seconds: moment.seconds), modified: Timestamp(seconds: moment.seconds),
                    cells: cells.compactMapValues { $0 })
                state.tables[0].put(record)
                var change = TableChange()
                change.created[id] = record
                note(change, in: state.tables[0], by: "client", at: moment, &state)
                return id
            case .update(let id, let fields):
                guard var record = state.tables[0].records[id] else { return nil }
                let before = record.cells
                for (field, cell) in cells(fields, &state.tables[0]) { record.cells[field] = cell }
                record.modified = Timestamp(seconds: moment.seconds)
                state.tables[0].put(record)
                var change = TableChange()
                change.note(record, since: before)
                note(change, in: state.tables[0], by: "client", at: moment, &state)
                return id
            case .delete(let id):
                guard let record = state.tables[0].records[id] else { return nil }
                state.trash[id] = record
                state.tables[0].remove(id)
                var change = TableChange()
                change.destroyed = [id]
                note(change, in: state.tables[0], by: "client", at: moment, &state)
                return id
            case .restore(let id):
                guard let record = state.trash.removeValue(forKey: id) else { return nil }
                state.tables[0].put(record)
                var change = TableChange()
                change.created[id] = record
                note(change, in: state.tables[0], by: "client", at: moment, &state)
                return id
            case .renameField(let name, let new):
                guard let index = state.tables[0].fields.firstIndex(where: { $0.name == name }) else { return nil }
                state.tables[0].fields[index].name = new
            case .addField(let name, let type, let choices):
                state.serial += 1
                var field = AirtableField(
                    id: AirtableID.make("fld", state.serial + 1_000), name: name, type: type, options: nil)
                for choice in choices ?? [] { field.addChoice(choice) }
                state.tables[0].fields.append(field)
            case .removeField(let name): state.tables[0].fields.removeAll { $0.name == name }
            case .compute(let id, let name, let value):
                guard var record = state.tables[0].records[id], let field = state.tables[0].field(name) else {
                    return nil
                }
                record.cells[field.id] = value
                state.tables[0].put(record)
                return id
            }
            return nil
        }
    }

    private func cells(_ fields: [String: JSON], _ table: inout AirtableTable) -> [String: JSON?] {
        var cells: [String: JSON?] = [:]
        for (name, value) in fields {
            guard let index = table.fields.firstIndex(where: { $0.name == name }) else { continue }
            let cell = try? AirtableCells.normalise(value, for: &table.fields[index], typecast: true)
            cells.updateValue(cell, forKey: table.fields[index].id)
        }
        return cells
    }
}

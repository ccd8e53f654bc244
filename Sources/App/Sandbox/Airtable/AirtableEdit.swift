import Synchronization
public import Values

/// An action in Airtable's user interface: without limits or token, and with values as a person sees them.
public enum AirtableEdit: Sendable, Equatable {
    /// Cells by field name.
    case create([String: JSON])
    /// Null empties a cell.
    case update(record: String, [String: JSON])
    case delete(record: String)
    /// Brings the record back from the trash as it was.
    case restore(record: String)
    case renameField(String, to: String)
    case addField(name: String, type: String, choices: [String]?)
    /// Adds an option to a select field.
    case addChoice(String, String)
    case removeField(String)
    /// Sets the value of a computed field.
    case compute(record: String, field: String, JSON)

    /// Why an action is not possible.
    struct Problem: Error, CustomStringConvertible { let description: String }

    /// Reads the body of a control request: `{"action": "update", "record": "rec…", "fields": {…}}`.
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
        case "add-choice": self = .addChoice(field, body["choice"]?.text ?? "")
        case "remove-field": self = .removeField(field)
        default: return nil
        }
    }
}

extension AirtableStandIn {
    /// Returns the id of the record or field. Throws an `AirtableEdit.Problem`; nothing has changed then.
    func perform(_ edit: AirtableEdit) throws -> String {
        let moment = now()
        return try state.withLock { state in
            defer { save(state) }
            func record(_ id: String) throws -> AirtableRecord {
                guard let record = state.tables[0].records[id] else {
                    throw AirtableEdit.Problem(description: "there is no record \"\(id)\"")
                }
                return record
            }
            func field(_ name: String) throws -> Int {
                guard let index = state.tables[0].fields.firstIndex(where: { $0.name == name }) else {
                    throw AirtableEdit.Problem(description: "there is no field \"\(name)\"")
                }
                return index
            }
            switch edit {
            case .create(let fields):
                let cells = try cells(fields, &state.tables[0])
                state.serial += 1
                let id = AirtableID.make("rec", state.serial)
                let record = AirtableRecord(
                    id: id, created: Timestamp(seconds: moment.seconds), modified: Timestamp(seconds: moment.seconds),
                    cells: cells.compactMapValues { $0 })
                state.tables[0].put(record)
                var change = TableChange()
                change.created[id] = record
                note(change, in: state.tables[0], by: "client", at: moment, &state)
                return id
            case .update(let id, let fields):
                var record = try record(id)
                let before = record.cells
                for (field, cell) in try cells(fields, &state.tables[0]) { record.cells[field] = cell }
                record.modified = Timestamp(seconds: moment.seconds)
                state.tables[0].put(record)
                var change = TableChange()
                change.note(record, since: before)
                note(change, in: state.tables[0], by: "client", at: moment, &state)
                return id
            case .delete(let id):
                state.trash[id] = try record(id)
                state.tables[0].remove(id)
                var change = TableChange()
                change.destroyed = [id]
                note(change, in: state.tables[0], by: "client", at: moment, &state)
                return id
            case .restore(let id):
                guard let record = state.trash.removeValue(forKey: id) else {
                    throw AirtableEdit.Problem(description: "there is no record \"\(id)\" in the trash")
                }
                state.tables[0].put(record)
                var change = TableChange()
                change.created[id] = record
                note(change, in: state.tables[0], by: "client", at: moment, &state)
                return id
            case .renameField(let name, let new):
                let index = try field(name)
                state.tables[0].fields[index].name = new
                return state.tables[0].fields[index].id
            case .addField(let name, let type, let choices):
                state.serial += 1
                var field = AirtableField(
                    id: AirtableID.make("fld", state.serial + 1_000), name: name, type: type, options: nil)
                for choice in choices ?? [] { field.addChoice(choice) }
                state.tables[0].fields.append(field)
                return field.id
            case .addChoice(let name, let choice):
                let index = try field(name)
                state.tables[0].fields[index].addChoice(choice)
                return state.tables[0].fields[index].id
            case .removeField(let name): return state.tables[0].fields.remove(at: try field(name)).id
            case .compute(let id, let name, let value):
                var record = try record(id)
                record.cells[state.tables[0].fields[try field(name)].id] = value
                state.tables[0].put(record)
                return id
            }
        }
    }

    private func cells(_ fields: [String: JSON], _ table: inout AirtableTable) throws -> [String: JSON?] {
        var cells: [String: JSON?] = [:]
        for (name, value) in fields {
            guard let index = table.fields.firstIndex(where: { $0.name == name }) else {
                throw AirtableEdit.Problem(description: "there is no field \"\(name)\"")
            }
            do {
                let cell = try AirtableCells.normalise(value, for: &table.fields[index], typecast: true)
                cells.updateValue(cell, forKey: table.fields[index].id)
            } catch let refusal as AirtableCells.Refusal {
                throw AirtableEdit.Problem(description: refusal.message)
            }
        }
        return cells
    }
}

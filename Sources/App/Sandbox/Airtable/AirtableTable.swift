import Values

/// A field of a table: https://airtable.com/developers/web/api/field-model
struct AirtableField: Codable, Sendable {
    let id: String
    var name: String
    let type: String
    /// The options as the metadata API shows them.
    var options: JSON?

    static let computedTypes = [
        "formula", "rollup", "count", "multipleLookupValues", "createdTime", "lastModifiedTime", "createdBy",
        "lastModifiedBy", "autoNumber", "button",
    ]

    var isComputed: Bool { Self.computedTypes.contains(type) }

    var choices: [String] { (options?["choices"]?.list ?? []).compactMap { $0["name"]?.text } }

    mutating func addChoice(_ name: String) {
        var list = options?["choices"]?.list ?? []
        list.append(.object(["id": .text("selSandbox\(list.count)"), "name": .text(name)]))
        options = .object(["choices": .list(list)])
    }

    var json: JSON {
        var object: [String: JSON] = ["id": .text(id), "name": .text(name), "type": .text(type)]
        if let options { object["options"] = options }
        return .object(object)
    }
}

/// A record. Its cells are keyed by field id, without empty ones.
struct AirtableRecord: Codable, Sendable {
    let id: String
    let created: Timestamp
    /// In whole seconds. Changes of computed fields do not count.
    var modified: Timestamp
    var cells: [String: JSON]
}

/// A table, with indexes for finding its records quickly.
struct AirtableTable: Codable, Sendable {
    let id: String
    var name: String
    var fields: [AirtableField]
    private(set) var records: [String: AirtableRecord] = [:]
    /// Ids in the order of creation.
    private(set) var order: [String] = []
    /// For the fields that upserts merge on: the records with each value.
    private var index: [String: [String: Set<String>]] = [:]

    private enum CodingKeys: String, CodingKey { case id, name, fields, records, order }

    init(id: String, name: String, fields: [AirtableField]) {
        self.id = id
        self.name = name
        self.fields = fields
    }

    func field(_ key: String) -> AirtableField? { fields.first { $0.name == key || $0.id == key } }

    mutating func put(_ record: AirtableRecord) {
        let old = records[record.id]
        if old == nil { order.append(record.id) }
        // Iterating over the keys themselves would prevent the index from being changed in place.
        for field in Array(index.keys) {
            if let value = old?.cells[field]?.wire { index[field]?[value]?.remove(record.id) }
            if let value = record.cells[field]?.wire { index[field]?[value, default: []].insert(record.id) }
        }
        records[record.id] = record
    }

    /// Restores the previous record; nil removes it.
    mutating func restore(_ id: String, _ record: AirtableRecord?) {
        if let record { put(record) } else { remove(id) }
    }

    mutating func remove(_ id: String) {
        guard let old = records.removeValue(forKey: id) else { return }
        for field in Array(index.keys) {
            if let value = old.cells[field]?.wire { index[field]?[value]?.remove(id) }
        }
        // A removed record is usually one of the last.
        if let place = order.lastIndex(of: id) { order.remove(at: place) }
    }

    /// The records that have these values in these fields.
    mutating func matches(_ cells: [String: JSON]) -> [String] {
        var found: Set<String>?
        for (field, value) in cells {
            if index[field] == nil {
                var values: [String: Set<String>] = [:]
                for record in records.values {
                    if let value = record.cells[field]?.wire { values[value, default: []].insert(record.id) }
                }
                index[field] = values
            }
            let those = index[field]?[value.wire] ?? []
            found = found.map { $0.intersection(those) } ?? those
        }
        return (found ?? []).sorted()
    }
}

/// Ids that look like Airtable's: three letters and fourteen more characters.
enum AirtableID {
    static func make(_ prefix: String, _ serial: Int) -> String {
        let number = String(serial, radix: 36)
        return prefix + "Sbx" + String(repeating: "0", count: max(0, 11 - number.count)) + number
    }
}

extension Timestamp {
    var airtableText: String {
        String(Timestamp(seconds: seconds).description.prefix(19)).replacing(" ", with: "T") + ".000Z"
    }
}

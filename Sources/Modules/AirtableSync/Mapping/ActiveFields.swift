import Leads
import Values

/// One field of the mapping, and how it was found in the table.
public struct FieldFinding: Sendable, Codable, Equatable {
    public enum State: String, Sendable, Codable {
        case ok
        /// The field was found by its id; its name differs from the mapping's.
        case renamed
        case missing
        /// The field's type cannot hold what would be sent to it.
        case wrongType = "wrong type"
        /// Airtable computes the field, so it is only read.
        case computed
        /// A select field that lacks some of our options.
        case lacksOptions = "lacks options"
        case created
    }

    public let column: String
    /// The name in the mapping.
    public let name: String
    public var state: State
    /// Airtable's name for the field's type; nil if there is no such field.
    public var type: String?
    /// What to do about it.
    public var hint: String?
}

/// Which mapped fields the table has. It is read from the schema and stored.
struct TableFields: Codable, Equatable {
    /// Whether `keys` holds field ids. It holds names if the token may not read the schema.
    var usesIDs: Bool
    var tableID: String?
    /// The id or name of each column's field in requests. It contains only fields that exist and can be used.
    var keys: [SyncColumn: String]
    var lastModified: String?
    /// The names in the mapping at the time when the schema was read.
    var names: [SyncColumn: String]
    /// Fields that are only read, because Airtable computes them.
    var computed: [SyncColumn]
    var findings: [FieldFinding]

    /// The field types that can hold each conversion's values without changing their meaning.
    private static let types: [CellConversion: [String]] = [
        .text: [
            "singleLineText", "multilineText", "richText", "email", "url", "phoneNumber", "singleSelect",
            "externalSyncSource",
        ],
        .number: ["number", "percent", "currency", "rating", "duration"],
        .checkbox: ["checkbox"],
        .yesNo: ["singleLineText", "multilineText", "singleSelect"],
        .date: ["date"],
        .dateTime: ["dateTime"],
    ]

    /// Types whose cells refer to something by its id.
    private static let referenceTypes = ["multipleRecordLinks"]

    private static let computedTypes = [
        "formula", "rollup", "count", "lookup", "multipleLookupValues", "createdTime", "lastModifiedTime", "createdBy",
        "lastModifiedBy", "autoNumber", "button", "aiText",
    ]

    /// Without the schema: every field of the mapping is assumed to exist.
    init(trusting mapping: FieldMapping) {
        usesIDs = false
        names = Self.names(of: mapping)
        keys = names
        lastModified = mapping.lastModified
        computed = []
        findings = []
    }

    /// - Parameter usesPrimary: whether the table's first field may stand for the full name, if it is called like one and
    ///   the mapping's field is missing: every new table of Airtable's begins with a field called Name.
    init(
        _ mapping: FieldMapping, _ table: AirtableClient.Table, previous: TableFields?, usesPrimary: Bool = false
    ) {
        usesIDs = true
        tableID = table.id
        names = Self.names(of: mapping)
        keys = [:]
        computed = []
        findings = []
        let byName = Dictionary(table.fields.map { ($0.name, $0) }) { first, _ in first }
        let byID = Dictionary(table.fields.compactMap { field in field.id.map { ($0, field) } }) { first, _ in first }
        for mapped in [mapping.keyField] + mapping.fields {
            let column = mapped.column
            let remembered = previous.flatMap { previous in
                previous.usesIDs && previous.names[column] == mapped.name ? previous.keys[column] : nil
            }
            var finding = FieldFinding(column: column.rawValue, name: mapped.name, state: .ok)
            let primary = usesPrimary && column == .fullName ? Self.nameField(of: table, besides: names) : nil
            guard let field = remembered.flatMap({ byID[$0] }) ?? byName[mapped.name] ?? primary, let id = field.id
            else {
                finding.state = .missing
                let free = table.fields.map(\.name).filter { !names.values.contains($0) }
                finding.hint = Suggestion.nearest(to: mapped.name, among: free).map { "did you mean \"\($0)\"?" }
                findings.append(finding)
                continue
            }
            finding.type = field.type
            if field.name != mapped.name {
                finding.state = .renamed
                finding.hint =
                    field == primary
                    ? "the table's first field \"\(field.name)\" stands for it; to name it yourself: full_name: \"\(field.name)\" in airtable-fields.yaml"
                    : "it is called \"\(field.name)\" in Airtable now"
            }
            judge(mapped, field, &finding)
            findings.append(finding)
            guard finding.state != .wrongType else { continue }
            if finding.state == .computed { computed.append(column) }
            keys[column] = id
        }
        lastModified = mapping.lastModified.flatMap { byName[$0]?.id }
        if let name = mapping.lastModified, lastModified == nil {
            findings.append(
                FieldFinding(
                    column: "last_modified", name: name, state: .missing,
                    hint: "create a field of type Last modified time by hand; Airtable does not let programs create one"
                ))
        }
    }

    /// The table's first field, if it is a text that is called like a person's name and the mapping does not use it.
    private static func nameField(
        of table: AirtableClient.Table, besides names: [SyncColumn: String]
    ) -> AirtableClient.Field? {
        guard let field = table.primary, types[.text]?.prefix(3).contains(field.type) == true,
            !names.values.contains(field.name)
        else { return nil }
        return LeadField.fullName.description.headings.contains(field.name.folded) ? field : nil
    }

    private func judge(_ mapped: MappedField, _ field: AirtableClient.Field, _ finding: inout FieldFinding) {
        if mapped.column == .uuid {
            guard !["singleLineText", "multilineText"].contains(field.type) else { return }
            finding.state = .wrongType
            finding.hint = "it must be a single line text: records are matched on it"
            return
        }
        if Self.computedTypes.contains(field.type) {
            finding.state = mapped.column.canPull ? .computed : .wrongType
            finding.hint = mapped.column.canPull ? "Airtable computes it: it is only read" : "Airtable computes it"
            return
        }
        if Self.referenceTypes.contains(field.type), mapped.column.leadField != nil {
            finding.state = .wrongType
            finding.hint =
                "it holds links to other records, not texts; add a Lookup field that shows their name, and map that one"
            return
        }
        guard mapped.direction != .pull else { return }
        guard Self.types[mapped.conversion]?.contains(field.type) == true else {
            finding.state = .wrongType
            let fitting = CellConversion.allCases.filter { Self.types[$0]?.contains(field.type) == true }
            finding.hint =
                fitting.first.map { "change its type to \(Self.wanted(mapped)), or map it with as: \($0.rawValue)" }
                ?? "change its type to \(Self.wanted(mapped))"
            return
        }
        if field.type == "singleSelect", mapped.column == .status, let choices = field.options?.choices?.map(\.name) {
            let lacking = LeadStatus.allCases.map { mapped.words[$0.rawValue] ?? $0.rawValue }
                .filter { !choices.contains($0) }
            guard !lacking.isEmpty else { return }
            finding.state = .lacksOptions
            finding.hint =
                "add the options \(lacking.joined(separator: ", ")) in Airtable, map our words to other options in airtable-fields.yaml, or let Airtable add them when a lead needs them: 4runr sync setup --create-fields"
        }
    }

    /// The type that a new field is created with, in Airtable's terms.
    static func wanted(_ mapped: MappedField) -> String { FieldBlueprint.field(mapped).type }

    private static func names(of mapping: FieldMapping) -> [SyncColumn: String] {
        Dictionary(([mapping.keyField] + mapping.fields).map { ($0.column, $0.name) }) { first, _ in first }
    }

    /// Whether the fields were read for this mapping.
    func isOf(_ mapping: FieldMapping) -> Bool { names == Self.names(of: mapping) }

    /// Columns whose field is a different one than before, or was missing before.
    func replaced(since previous: TableFields?) -> [SyncColumn] {
        guard let previous else { return [] }
        return keys.filter { column, key in
            guard let old = previous.keys[column] else { return true }
            // An id cannot be compared with a name, so the names in the mapping are compared.
            return previous.usesIDs == usesIDs ? old != key : previous.names[column] != names[column]
        }.map(\.key)
    }

    /// Records that a field turned out to be missing.
    mutating func lose(_ column: SyncColumn) {
        guard let name = names[column], keys.removeValue(forKey: column) != nil else { return }
        findings.removeAll { $0.column == column.rawValue }
        findings.append(FieldFinding(column: column.rawValue, name: name, state: .missing))
    }
}

/// The mapped fields that the table has, and their names or ids in requests.
struct ActiveFields: Sendable {
    /// The key and the data fields.
    let compared: [MappedField]
    let stamps: [MappedField]
    let keys: [SyncColumn: String]
    let lastModified: String?
    let usesIDs: Bool
    private let columns: [String: SyncColumn]

    init(_ mapping: FieldMapping, _ known: TableFields, archives: Bool) {
        keys = known.keys
        usesIDs = known.usesIDs
        lastModified = known.lastModified
        func isThere(_ field: MappedField) -> Bool {
            known.keys[field.column] != nil && (field.column != .archived || archives)
        }
        compared = mapping.compared.filter(isThere).map { field in
            guard known.computed.contains(field.column) else { return field }
            return MappedField(
                field.column, field.name, direction: .pull, rule: field.rule, conversion: field.conversion,
                words: field.words)
        }
        stamps = mapping.fields.filter { field in
            field.column.isStamp && isThere(field) && !known.computed.contains(field.column)
        }
        columns = Dictionary(known.keys.map { ($0.value, $0.key) }) { first, _ in first }
    }

    func column(of key: String) -> SyncColumn? { columns[key] }

    /// The column of a field that an Airtable error names, by id or by name.
    func column(named text: String) -> SyncColumn? {
        columns[text] ?? (compared + stamps).first { $0.name == text }?.column
    }

    func name(of column: SyncColumn) -> String {
        (compared + stamps).first { $0.column == column }?.name ?? column.rawValue
    }

    /// The query for listing records.
    var query: AirtableClient.Query {
        let fields = compared.compactMap { keys[$0.column] } + (lastModified.map { [$0] } ?? [])
        return AirtableClient.Query(fields: fields, byID: usesIDs, formula: nil)
    }

    /// A record's cells by column, without empty ones.
    func cells(of record: AirtableClient.Record) -> [SyncColumn: Cell] {
        var cells: [SyncColumn: Cell] = [:]
        for field in compared {
            if let key = keys[field.column], let cell = record.fields[key]?.nonEmpty { cells[field.column] = cell }
        }
        return cells
    }

    /// When a record was last modified; nil if the table has no field for that.
    func modified(_ record: AirtableClient.Record) -> Timestamp? {
        guard let lastModified, case .text(let text)? = record.fields[lastModified] else { return nil }
        return Timestamp(parsing: text)
    }
}

import Leads
import Values

/// The directions in which a field is synced.
public enum FieldDirection: String, Sendable, Codable, CaseIterable {
    case both
    /// Only from here to Airtable. Edits in Airtable are overwritten.
    case push
    /// Only from Airtable to here.
    case pull
}

/// What happens when a field was changed on both sides since they last agreed.
public enum ConflictRule: String, Sendable, Codable, CaseIterable {
    case airtableWins = "airtable-wins"
    case localWins = "local-wins"
    /// Compares the table's last-modified field with the lead's `updated_at`.
    case lastModifiedWins = "last-modified-wins"
    /// The conflict waits in `sync_conflicts` for a person.
    case manual
}

/// A column and the Airtable field that it is mapped to.
public struct MappedField: Sendable, Equatable {
    public let column: SyncColumn
    /// The field's name in the table.
    public let name: String
    public let direction: FieldDirection
    public let rule: ConflictRule
    public let conversion: CellConversion
    /// Airtable's word for each of our words.
    public let words: [String: String]

    public init(
        _ column: SyncColumn, _ name: String, direction: FieldDirection? = nil, rule: ConflictRule = .airtableWins,
        conversion: CellConversion? = nil, words: [String: String] = [:]
    ) {
        self.column = column
        self.name = name
        self.direction = direction ?? column.standardDirection
        self.rule = rule
        self.conversion = conversion ?? column.standardConversion
        self.words = words
    }

    /// Throws `CellConversion.Unusable`.
    func cell(_ value: String?) throws(CellConversion.Unusable) -> Cell? {
        try conversion.cell(value.map { words[$0] ?? $0 })
    }

    /// Throws `CellConversion.Unusable`.
    func value(_ cell: Cell?) throws(CellConversion.Unusable) -> String? {
        guard let value = try conversion.value(cell) else { return nil }
        return words.first { $0.value == value }?.key ?? value
    }

    /// The value of the cell. For a cell that cannot be converted, returns a mark that equals none of our values.
    func valueOrMark(_ cell: Cell?) -> String? {
        do { return try value(cell) } catch { return "\u{0}\(StableJSON.text(of: cell) ?? "")" }
    }
}

/// Which of our columns is mapped to which Airtable field: `config/airtable-fields.yaml`.
public struct FieldMapping: Sendable, Equatable {
    /// The text field that holds our UUID. Records are matched on it.
    public let key: String
    /// The conflict rule for a whole record that was deleted on one side and changed on the other.
    public let rule: ConflictRule
    /// The field of the type Last modified time; needed for `last-modified-wins`.
    public let lastModified: String?
    /// In the order of `SyncColumn`.
    public let fields: [MappedField]

    public init(
        key: String, rule: ConflictRule = .airtableWins, lastModified: String? = nil, fields: [MappedField]
    ) {
        self.key = key
        self.rule = rule
        self.lastModified = lastModified
        self.fields = fields
    }

    public static let standard = FieldMapping(
        key: "4Runr ID",
        fields: SyncColumn.allCases.compactMap { column in column.standardName.map { MappedField(column, $0) } })

    /// The key as a mapped field that is only pushed.
    var keyField: MappedField { MappedField(.uuid, key, direction: .push) }

    /// All fields that are compared: the key and the data.
    var compared: [MappedField] { [keyField] + fields.filter { !$0.column.isStamp } }
}

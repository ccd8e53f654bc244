import Leads
import Values

/// Which way a field goes.
public enum FieldDirection: String, Sendable, Codable, CaseIterable {
    case both
    /// Ours alone: what somebody writes there is overwritten.
    case push
    /// Airtable's alone.
    case pull
}

/// What happens when a field was changed on both sides since they last agreed.
public enum ConflictRule: String, Sendable, Codable, CaseIterable {
    case airtableWins = "airtable-wins"
    case localWins = "local-wins"
    /// By the field of the table that says when a record was last modified, and the lead's `updated_at`.
    case lastModifiedWins = "last-modified-wins"
    /// It waits in `sync_conflicts` for a person.
    case manual
}

/// One column and its field.
public struct MappedField: Sendable, Equatable {
    public let column: SyncColumn
    /// The field's name in the table.
    public let name: String
    public let direction: FieldDirection
    public let rule: ConflictRule
    public let conversion: CellConversion
    /// By our word, Airtable's.
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

    /// What the cell says, or, of one that cannot be used, something that no value of ours is equal to.
    func valueOrMark(_ cell: Cell?) -> String? {
        do { return try value(cell) } catch { return "\u{0}\(StableJSON.text(of: cell) ?? "")" }
    }
}

/// Which column of ours is which field of Airtable's: `config/airtable-fields.yaml`.
public struct FieldMapping: Sendable, Equatable {
    /// The text field that holds our uuid, on which records are matched.
    public let key: String
    /// The rule of a lead as a whole: deleted on one side, changed on the other.
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

    /// The key as a field like others: ours, and written once.
    var keyField: MappedField { MappedField(.uuid, key, direction: .push) }

    /// All that is compared: the key and the data.
    var compared: [MappedField] { [keyField] + fields.filter { !$0.column.isStamp } }
}

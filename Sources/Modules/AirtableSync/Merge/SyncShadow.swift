import Storage
import Values

/// What both sides last agreed on for one lead: Airtable's cells as it returned them, and the values of ours that
/// belong to them. A side has changed when it differs from this. If a side stores a value in its own notation, that is
/// not a change.
struct SyncShadow: Equatable {
    private var cells: [String: Cell]
    private var kept: [String: String?]

    /// With nil, nothing has been agreed on. Throws if the stored shadow cannot be read, because unchanged values would
    /// then look changed.
    init(_ stored: SyncQueries.Shadow?) throws(StorageError) {
        guard let stored else {
            (cells, kept) = ([:], [:])
            return
        }
        guard let cells = StableJSON.decode([String: Cell].self, stored.fields),
            let kept = StableJSON.decode([String: String?].self, stored.kept)
        else {
            throw StorageError(
                .unreadable, "sync_shadow", "the stored sync state of a record cannot be read",
                hint: "restore a backup, or start over with this base: 4runr sync setup --switch-base")
        }
        (self.cells, self.kept) = (cells, kept)
    }

    var stored: SyncQueries.Shadow {
        SyncQueries.Shadow(fields: StableJSON.text(of: cells) ?? "{}", kept: StableJSON.text(of: kept) ?? "{}")
    }

    func cell(_ field: MappedField) -> Cell? { cells[field.column.rawValue]?.nonEmpty }

    func value(_ field: MappedField) -> String? {
        kept[field.column.rawValue] ?? field.valueOrMark(cell(field))
    }

    /// Records that the cell and our value are the same from now on.
    mutating func agree(_ field: MappedField, cell: Cell?, value: String?) {
        let name = field.column.rawValue
        cells[name] = cell?.nonEmpty
        if field.valueOrMark(cell) == value {
            kept.removeValue(forKey: name)
        } else {
            kept.updateValue(value, forKey: name)
        }
    }
}

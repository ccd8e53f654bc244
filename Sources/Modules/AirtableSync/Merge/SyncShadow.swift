import Values
import Storage

/// What both sides last agreed on of one lead: Airtable's cells as it answered them, and our values that went with them.
/// A side has changed when it no longer says what stands here; so what one side writes in its own way is no change.
struct SyncShadow: Equatable {
    private var cells: [String: Cell]
    private var kept: [String: String?]

    /// Nothing is agreed on where there is nothing. Throws where what is stored cannot be read: a side would seem to have
    /// changed that has not.
    init(_ stored: SyncQueries.Shadow?) throws(StorageError) {
        guard let stored else {
            (cells, kept) = ([:], [:])
            return
        }
        guard let cells = StableJSON.decode([String: Cell].self, stored.fields),
            let kept = StableJSON.decode([String: String?].self, stored.kept)
        else {
            throw StorageError(
                .unreadable, "sync_shadow", "what was agreed on with a record cannot be read",
                hint: "restore a backup, or begin anew with the base: 4runr sync setup --switch-base")
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

    /// From now on the one is what the other is.
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

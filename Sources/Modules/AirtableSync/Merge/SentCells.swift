import Leads
import Storage
import Values

/// The cells of a write that was begun and whose outcome is not known. They are written down before they are sent: what
/// Airtable shows afterwards and equals them is our own write, and nobody's edit.
struct SentCells {
    struct Entry: Codable, Equatable {
        let cell: Cell?
        /// Our value that the cell stands for.
        let value: String?
    }

    private let entries: [String: Entry]

    /// Cells that cannot be read count as not sent.
    init(_ stored: String?) {
        entries = stored.flatMap { StableJSON.decode([String: Entry].self, $0) } ?? [:]
    }

    /// What is sent for a lead, with what an earlier write sent whose outcome is not known.
    init(_ change: PushChange) {
        var entries = SentCells(change.known.sent).entries
        for (column, cell) in change.cells where !column.isStamp {
            entries[column.rawValue] = Entry(cell: cell, value: change.values[column] ?? nil)
        }
        self.entries = entries
    }

    var stored: String? { entries.isEmpty ? nil : StableJSON.text(of: entries) }

    /// Our value if the cell is what we sent; an inner nil for an emptied cell. Nil if it is not.
    func value(of field: MappedField, if cell: Cell?) -> String?? {
        guard let sent = entries[field.column.rawValue] else { return nil }
        if sent.cell?.nonEmpty == cell { return .some(sent.value) }
        // Airtable may store a value in its own notation.
        guard let theirs = try? field.value(cell), let ours = try? field.value(sent.cell),
            TextForm.isSame(theirs, ours)
        else { return nil }
        return .some(sent.value)
    }
}

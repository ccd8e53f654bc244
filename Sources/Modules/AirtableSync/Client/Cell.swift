public import Values

/// A cell as Airtable's JSON has it. An empty one is not there at all: Airtable leaves out `""`, `[]` and `false`.
public typealias Cell = JSONValue

extension Cell {
    /// The same for every spelling of an empty cell.
    var nonEmpty: Cell? {
        switch self {
        case .null, .text(""), .bool(false), .list([]): nil
        default: self
        }
    }
}

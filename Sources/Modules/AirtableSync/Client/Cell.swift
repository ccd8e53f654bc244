public import Values

/// A cell as Airtable's JSON represents it. Airtable leaves out empty cells (`""`, `[]` and `false`).
public typealias Cell = JSONValue

extension Cell {
    /// Nil for every representation of an empty cell.
    var nonEmpty: Cell? {
        switch self {
        case .null, .text(""), .bool(false), .list([]): nil
        default: self
        }
    }
}

/// SQL that differs between SQLite and PostgreSQL. All other SQL but the full-text search is written once, in the common
/// subset.
enum Dialect {
    /// After a table's name: the index that the planner has to use. PostgreSQL has no such hint and needs none.
    static func using(_ index: String) -> String { "INDEXED BY \(index)" }

    /// A column's JSON object without the key at the path given as the next argument.
    static func without(_ column: String) -> String { "json_remove(\(column), ?)" }

    /// The path of a key in a JSON object, for `without`.
    static func path(of key: String) -> String { "$.\(key)" }
}

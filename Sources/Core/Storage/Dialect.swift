/// SQL that differs between SQLite and PostgreSQL. All other SQL is written once, in the common subset, but for the full-text
/// search and the numbers that were given last (`sqlite_sequence`).
enum Dialect {
    /// After a table's name: the index that the planner has to use. PostgreSQL has no such hint and needs none.
    static func using(_ index: String) -> String { "INDEXED BY \(index)" }

    /// A column's JSON object without the key at the path given as the next argument.
    static func without(_ column: String) -> String { "json_remove(\(column), ?)" }

    /// The path of a key in a JSON object, for `without`.
    static func path(of key: String) -> String { "$.\(key)" }
}

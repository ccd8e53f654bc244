/// What SQLite and PostgreSQL spell differently. All other SQL is written once, in what both take; the planner hint
/// `INDEXED BY` stands in the statements, and is what another engine leaves out.
enum Dialect {
    /// A JSON object in a column, without the key at the path that is the next argument.
    static func without(_ column: String) -> String { "json_remove(\(column), ?)" }

    /// The path of a key of a JSON object, for `without`.
    static func path(of key: String) -> String { "$.\(key)" }
}

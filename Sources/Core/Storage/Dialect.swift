/// SQL that differs between SQLite and PostgreSQL. All other SQL is written once, in the common subset. The planner
/// hint `INDEXED BY` is part of the statements; another engine would leave it out.
enum Dialect {
    /// A column's JSON object without the key at the path given as the next argument.
    static func without(_ column: String) -> String { "json_remove(\(column), ?)" }

    /// The path of a key in a JSON object, for `without`.
    static func path(of key: String) -> String { "$.\(key)" }
}

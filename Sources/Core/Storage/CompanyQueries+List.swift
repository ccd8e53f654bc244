internal import GRDB
public import Leads
internal import Values

extension CompanyQueries {
    /// Companies in the order of their numbers, without what their pages say in detail.
    ///
    /// - Parameters:
    ///   - prefix: of the domain; nil for any.
    ///   - last: the last one of the previous page.
    public func list(
        domainPrefix prefix: String?, after last: Int64, limit: Int
    ) throws(StorageError) -> [CompanyEntry] {
        let condition = prefix == nil ? "" : "AND domain >= ? AND domain < ?"
        var arguments: StatementArguments = [last]
        if let prefix { arguments += [prefix, prefix + "\u{10FFFF}"] }
        arguments += [limit]
        return try session.read {
            try Row.fetchAll(
                $0, sql: "SELECT * FROM companies WHERE id > ? \(condition) ORDER BY id LIMIT ?", arguments: arguments
            ).map { try CompanyEntry(row: $0, withFacts: false) }
        }
    }

    /// One company, with what its pages say.
    ///
    /// - Parameter name: its number or its domain.
    public func entry(named name: String) throws(StorageError) -> CompanyEntry? {
        try session.read { database in
            let (column, value): (String, any DatabaseValueConvertible) =
                Int64(name).map { ("id", $0) } ?? ("domain", name.lowercased())
            return try Row.fetchOne(
                database, sql: "SELECT * FROM companies WHERE \(column) = ?", arguments: [value]
            ).map { try CompanyEntry(row: $0, withFacts: true) }
        }
    }
}

extension CompanyEntry {
    init(row: Row, withFacts: Bool) throws {
        self.init(
            id: try row.value("id"), domain: try row.value("domain"), site: try row.value("site"),
            name: try row.value("name"), phone: try row.value("phone"), address: try row.value("address"),
            industry: try row.value("industry"), companySize: try row.value("company_size"),
            description: try row.value("description"), emailPattern: try row.value("email_pattern"),
            facts: withFacts ? JSONValue(stored: try row.value("facts")) : nil, readAt: try row.timestamp("read_at"),
            updatedAt: try row.requiredTimestamp("updated_at"))
    }
}

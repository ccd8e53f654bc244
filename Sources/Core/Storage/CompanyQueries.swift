internal import GRDB
public import Leads
public import Values

/// Companies and their pages: the tables `companies` and `company_pages`.
public struct CompanyQueries {
    let session: Session

    /// The company of a domain; nil if none of its pages was ever asked for.
    public func find(_ domain: String) throws(StorageError) -> Company? {
        try session.read { database in
            guard
                let row = try Row.fetchOne(
                    database.cachedStatement(sql: "SELECT * FROM companies WHERE domain = ?"), arguments: [domain])
            else { return nil }
            return try CompanyQueries.company(row, database)
        }
    }

    /// The number of a domain's row, and when the company's pages were last read; nil if the domain has no row.
    public func version(of domain: String) throws(StorageError) -> (id: Int64, readAt: Timestamp?)? {
        try session.read {
            try Row.fetchOne(
                $0.cachedStatement(sql: "SELECT id, read_at FROM companies WHERE domain = ?"), arguments: [domain]
            ).map { (try $0.value("id"), try $0.timestamp("read_at")) }
        }
    }

    /// The sites of companies that have a name in one of its spellings, at most five.
    public func sites(named key: String) throws(StorageError) -> [String] {
        try session.read { database in
            try String.fetchAll(
                database.cachedStatement(
                    sql: "SELECT site FROM companies WHERE name_key = ? AND read_at IS NOT NULL ORDER BY id LIMIT 5"),
                arguments: [key])
        }
    }

    private static func company(_ row: Row, _ database: Database) throws -> Company {
        let id: Int64 = try row.value("id")
        var company = Company(domain: try row.value("domain"), site: try row.value("site"))
        for page in try Row.fetchAll(
            database.cachedStatement(sql: "SELECT content FROM company_pages WHERE company_id = ? ORDER BY position"),
            arguments: [id])
        {
            guard let page = StableJSON.decode(CompanyPage.self, try page.value("content") as String) else { continue }
            company.add(page)
        }
        company.readAt = try row.timestamp("read_at")
        if let word = try row.value("email_pattern") as String?, let pattern = AddressPattern(rawValue: word) {
            company.pattern = .init(pattern: pattern, count: try row.value("email_pattern_count"))
        }
        return company
    }

    /// Stores a company with its pages, in the place of what was known. Returns its number.
    @discardableResult
    public func save(_ company: Company, at now: Timestamp) throws(StorageError) -> Int64 {
        let facts = company.facts
        let columns: [(String, (any DatabaseValueConvertible)?)] = [
            ("site", company.site), ("name", facts.name?.value),
            ("name_key", facts.name.flatMap { CompanyName(parsing: $0.value)?.matchKey }),
            ("phone", company.phone?.number), ("address", facts.address?.value), ("industry", facts.industry?.value),
            ("company_size", facts.size?.value), ("description", facts.description?.value),
            ("facts", StableJSON.text(of: facts) ?? "{}"), ("read_at", company.readAt?.description),
            ("updated_at", now.description),
        ]
        let names = columns.map(\.0)
        return try session.write { database in
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO companies (domain, created_at, \(names.joined(separator: ", ")))
                    VALUES (?, ?, \(names.map { _ in "?" }.joined(separator: ", ")))
                    ON CONFLICT (domain) DO UPDATE SET \(names.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
                    RETURNING id
                    """)
            guard
                let id = try Int64.fetchOne(
                    statement, arguments: StatementArguments([company.domain, now.description] + columns.map(\.1)))
            else { throw StorageError(.other, "companies", "a row was not added") }
            try database.cachedStatement(sql: "DELETE FROM company_pages WHERE company_id = ?").execute(arguments: [id])
            for (position, page) in company.pages.enumerated() {
                try database.cachedStatement(
                    sql: """
                        INSERT INTO company_pages (company_id, position, url, kind, etag, last_modified, read_at, content)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (company_id, url) DO NOTHING
                        """
                ).execute(arguments: [
                    id, position, page.url, page.kind, page.etag, page.lastModified, page.readAt.description,
                    (StableJSON.text(of: page) ?? "{}").withoutSecrets,
                ])
            }
            return id
        }
    }

    /// Says which company a lead is of.
    public func link(_ lead: Int64, to company: Int64) throws(StorageError) {
        try session.write {
            try $0.cachedStatement(sql: "UPDATE leads SET company_id = ? WHERE id = ?").execute(arguments: [
                company, lead,
            ])
        }
    }

    /// Names and certain addresses of the people of a domain's company: those of its leads that somebody wrote, not those
    /// that were formed by a pattern.
    public func knownAddresses(at domain: String, limit: Int = 200) throws(StorageError) -> [(
        name: String, address: String
    )] {
        try session.read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT full_name, email FROM leads JOIN companies ON companies.id = leads.company_id
                        WHERE companies.domain = ? AND full_name IS NOT NULL AND email IS NOT NULL
                            AND deleted_at IS NULL
                            AND coalesce((
                                SELECT method FROM lead_values WHERE lead_values.lead_id = leads.id
                                    AND lead_values.field = 'email' AND lead_values.value = leads.email
                                ORDER BY lead_values.id DESC LIMIT 1), '') NOT IN ('pattern', 'guess')
                        ORDER BY leads.id LIMIT ?
                        """), arguments: [domain, limit]
            ).map { (try $0.value("full_name"), try $0.value("email")) }
        }
    }

    /// The names of the people of a domain's company, as far as they are leads.
    public func people(at domain: String, limit: Int = 50) throws(StorageError) -> [String] {
        try session.read { database in
            try String.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT full_name FROM leads JOIN companies ON companies.id = leads.company_id
                        WHERE companies.domain = ? AND full_name IS NOT NULL AND deleted_at IS NULL
                        ORDER BY leads.id LIMIT ?
                        """), arguments: [domain, limit])
        }
    }

    /// Stores how a company forms its addresses.
    public func save(_ learnt: AddressPattern.Learnt, of domain: String) throws(StorageError) {
        try session.write {
            try $0.cachedStatement(
                sql: "UPDATE companies SET email_pattern = ?, email_pattern_count = ? WHERE domain = ?"
            )
            .execute(arguments: [learnt.pattern.rawValue, learnt.count, domain])
        }
    }
}

internal import GRDB
public import Values

/// One page of results of a paid search, stored so that it is paid for only once.
public struct StoredSearch: Sendable, Equatable {
    public let query: String
    /// Index of the first result: 0, 10, 20…
    public let start: Int
    public let searchedAt: Timestamp
    /// A JSON array, as the caller wrote it.
    public let results: String
    public let resultCount: Int
    /// How many of the results have been used.
    public var taken: Int
    public let hasMore: Bool

    public init(
        query: String, start: Int, searchedAt: Timestamp, results: String, resultCount: Int, taken: Int = 0,
        hasMore: Bool
    ) {
        self.query = query
        self.start = start
        self.searchedAt = searchedAt
        self.results = results
        self.resultCount = resultCount
        self.taken = taken
        self.hasMore = hasMore
    }
}

/// Results of paid searches: the table `searches`.
public struct SearchQueries {
    let session: Session

    /// The stored pages of a query, in order.
    public func pages(_ service: String, query: String) throws(StorageError) -> [StoredSearch] {
        try session.read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM searches WHERE service = ? AND query = ? ORDER BY start",
                arguments: [service, query]
            ).map { row in
                StoredSearch(
                    query: try row.value("query"), start: try row.value("start"),
                    searchedAt: try row.requiredTimestamp("searched_at"),
                    results: try row.value("results"), resultCount: try row.value("result_count"),
                    taken: try row.value("taken"),
                    hasMore: try row.value("has_more"))
            }
        }
    }

    /// Stores a page that was paid for, replacing one of the same query and start.
    public func keep(_ search: StoredSearch, service: String) throws(StorageError) {
        try session.write { database in
            try database.execute(
                sql: """
                    INSERT INTO searches (service, query, start, searched_at, results, result_count, taken, has_more)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (service, query, start) DO UPDATE SET searched_at = excluded.searched_at,
                        results = excluded.results, result_count = excluded.result_count, taken = excluded.taken,
                        has_more = excluded.has_more
                    """,
                arguments: [
                    service, search.query, search.start, search.searchedAt.description, search.results.withoutSecrets,
                    search.resultCount, search.taken, LeadQueries.flag(search.hasMore),
                ])
        }
    }

    /// Forgets a query's pages, so that it starts again.
    public func forget(_ service: String, query: String) throws(StorageError) {
        try session.write {
            try $0.execute(sql: "DELETE FROM searches WHERE service = ? AND query = ?", arguments: [service, query])
        }
    }

    /// Records how many results of a page have been used.
    public func take(_ taken: Int, of search: StoredSearch, service: String) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: "UPDATE searches SET taken = ? WHERE service = ? AND query = ? AND start = ?",
                arguments: [taken, service, search.query, search.start])
        }
    }

    /// Removes searches that are older than a moment and fully used. Returns how many.
    public func prune(before moment: Timestamp) throws(StorageError) -> Int {
        try session.write { database in
            try database.execute(
                sql: "DELETE FROM searches WHERE searched_at < ? AND taken >= result_count",
                arguments: [moment.description])
            return database.changesCount
        }
    }
}

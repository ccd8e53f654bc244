internal import GRDB
public import Values

/// The answer to a paid search, kept so that what it holds is paid for once.
public struct StoredSearch: Sendable, Equatable {
    public let query: String
    /// Index of the first result: 0, 10, 20…
    public let start: Int
    public let searchedAt: Timestamp
    /// JSON, as the caller wrote it: an array.
    public let results: String
    public let resultCount: Int
    /// How many of the results were taken up.
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

/// Answers to paid searches: `searches`.
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

    /// Keeps a page that was paid for; one of the same query and start is replaced.
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

    /// A query is begun anew.
    public func forget(_ service: String, query: String) throws(StorageError) {
        try session.write {
            try $0.execute(sql: "DELETE FROM searches WHERE service = ? AND query = ?", arguments: [service, query])
        }
    }

    /// So many results of a page were taken up.
    public func take(_ taken: Int, of search: StoredSearch, service: String) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: "UPDATE searches SET taken = ? WHERE service = ? AND query = ? AND start = ?",
                arguments: [taken, service, search.query, search.start])
        }
    }

    /// Removes kept searches that are older than a moment and used up; returns how many.
    public func prune(before moment: Timestamp) throws(StorageError) -> Int {
        try session.write { database in
            try database.execute(
                sql: "DELETE FROM searches WHERE searched_at < ? AND taken >= result_count",
                arguments: [moment.description])
            return database.changesCount
        }
    }
}

internal import GRDB
import Leads
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

extension StageQueries {
    /// The stored pages of a query, in order.
    public func searches(_ service: String, query: String) throws(StorageError) -> [StoredSearch] {
        try store.read { database in
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
        try store.write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO searches VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    service, search.query, search.start, search.searchedAt.description, search.results.withoutSecrets,
                    search.resultCount, search.taken, search.hasMore,
                ])
        }
    }

    /// A query is begun anew.
    public func forgetSearches(_ service: String, query: String) throws(StorageError) {
        try store.write {
            try $0.execute(sql: "DELETE FROM searches WHERE service = ? AND query = ?", arguments: [service, query])
        }
    }

    /// So many results of a page were taken up.
    public func take(_ taken: Int, of search: StoredSearch, service: String) throws(StorageError) {
        try store.write {
            try $0.execute(
                sql: "UPDATE searches SET taken = ? WHERE service = ? AND query = ? AND start = ?",
                arguments: [taken, service, search.query, search.start])
        }
    }

    /// How many leads of a source were stored since a moment.
    public func countStored(source: String, since moment: Timestamp) throws(StorageError) -> Int {
        try store.read { database in
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM leads INDEXED BY leads_by_source WHERE source = ? AND created_at >= ?",
                arguments: [source, moment.description]) ?? 0
        }
    }

    /// Counts a call of a service on the day of UTC that it is made on.
    public func countCall(_ service: String, at now: Timestamp) throws(StorageError) {
        try store.write { database in
            try database.execute(
                sql: """
                    INSERT INTO service_calls (service, day, calls) VALUES (?, ?, 1)
                    ON CONFLICT (service, day) DO UPDATE SET calls = calls + 1
                    """, arguments: [service, String(now.description.prefix(10))])
        }
    }

    /// Takes the count of a call back that was not made after all.
    public func takeBackCall(_ service: String, at now: Timestamp) throws(StorageError) {
        try store.write { database in
            try database.execute(
                sql: "UPDATE service_calls SET calls = calls - 1 WHERE service = ? AND day = ? AND calls > 0",
                arguments: [service, String(now.description.prefix(10))])
        }
    }

    /// Calls of each service from one day to another, both of UTC as `YYYY-MM-DD`.
    public func calls(from first: String, through last: String) throws(StorageError) -> [String: Int] {
        try store.read { database in
            let rows = try Row.fetchAll(
                database,
                sql:
                    "SELECT service, sum(calls) AS calls FROM service_calls WHERE day BETWEEN ? AND ? GROUP BY service",
                arguments: [first, last])
            return Dictionary(try rows.map { (try $0.value("service") as String, try $0.value("calls") as Int) }) { $1 }
        }
    }

    /// Removes steps of runs that ended before a moment, a thousand at a time; answers how many were removed.
    public func pruneSteps(before moment: Timestamp) throws(StorageError) -> Int {
        try store.write { database in
            // The steps of the eldest run stand first, since ids only grow.
            try database.execute(
                sql: """
                    DELETE FROM pipeline_activities WHERE id IN (
                        SELECT id FROM pipeline_activities
                        WHERE parent_id IS NOT NULL AND completed_at < ?1 AND id < (
                            SELECT coalesce(max(id), 0) FROM pipeline_activities
                            WHERE parent_id IS NULL AND completed_at < ?1)
                        ORDER BY id LIMIT 1000)
                    """, arguments: [moment.description])
            return database.changesCount
        }
    }

    /// Removes kept searches that are older than a moment and used up; answers how many.
    public func pruneSearches(before moment: Timestamp) throws(StorageError) -> Int {
        try store.write { database in
            try database.execute(
                sql: "DELETE FROM searches WHERE searched_at < ? AND taken >= result_count",
                arguments: [moment.description])
            return database.changesCount
        }
    }
}

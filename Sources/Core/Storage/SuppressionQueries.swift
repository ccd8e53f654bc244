internal import GRDB
public import Leads
import Values

/// Addresses and domains that nobody is written to at.
public struct SuppressionQueries {
    let session: Session

    /// Suppresses these. Returns how many were not suppressed before.
    public func add(_ list: [Suppression]) throws(StorageError) -> Int {
        try session.write { database in
            var count = 0
            for one in list {
                try database.cachedStatement(
                    sql: """
                        INSERT INTO suppressions (kind, value, written, author, at, reason) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (kind, value) DO NOTHING
                        """
                ).execute(arguments: [
                    one.target.kind.rawValue, one.target.value, one.target.written, one.author.rawValue,
                    one.at.description, one.reason,
                ])
                count += database.changesCount
            }
            return count
        }
    }

    /// Lifts a suppression. Returns false if the target was not suppressed.
    public func remove(_ target: Suppression.Target) throws(StorageError) -> Bool {
        try session.write { database in
            try database.execute(
                sql: "DELETE FROM suppressions WHERE kind = ? AND value = ?",
                arguments: [target.kind.rawValue, target.value])
            return database.changesCount > 0
        }
    }

    /// Suppressions in the order of their values.
    ///
    /// - Parameter last: the last one of the previous page.
    public func list(after last: Suppression.Target? = nil, limit: Int) throws(StorageError) -> [Suppression] {
        try session.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM suppressions WHERE (kind, value) > (?, ?) ORDER BY kind, value LIMIT ?",
                arguments: [last?.kind.rawValue ?? "", last?.value ?? "", limit]
            ).map { row in
                Suppression(
                    .init(
                        kind: try row.word("kind"), value: try row.value("value"), written: try row.value("written")),
                    author: LeadAuthor(rawValue: try row.value("author")), at: try row.requiredTimestamp("at"),
                    reason: try row.value("reason"))
            }
        }
    }

    public func isEmpty() throws(StorageError) -> Bool {
        try session.read {
            try Int.fetchOne($0.cachedStatement(sql: "SELECT 1 FROM suppressions LIMIT 1")) == nil
        }
    }

    public func count() throws(StorageError) -> Int {
        try session.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM suppressions") ?? 0 }
    }

    /// The first of these targets that is suppressed; nil if none is.
    public func first(of targets: [Suppression.Target]) throws(StorageError) -> Suppression.Target? {
        try session.read { database in
            try targets.first { try SuppressionQueries.has($0, database) }
        }
    }

    static func has(_ target: Suppression.Target, _ database: Database) throws -> Bool {
        try Int.fetchOne(
            database.cachedStatement(sql: "SELECT 1 FROM suppressions WHERE kind = ? AND value = ?"),
            arguments: [target.kind.rawValue, target.value]) != nil
    }
}

internal import GRDB
public import Leads
public import Values

/// Tokens of the interface (the table `api_tokens`), and the answers that were given to requests with a key of their own
/// (`api_answers`).
public struct TokenQueries {
    let session: Session

    /// Adds a token. Returns it; nil if a token in force has the name.
    ///
    /// - Parameters:
    ///   - handle: the part of the token by which it is looked up.
    ///   - hash: of the whole token.
    public func add(
        _ name: String, handle: String, hash: String, scope: AccessScope, isPerson: Bool, expiresAt: Timestamp?,
        by author: LeadAuthor, at now: Timestamp
    ) throws(StorageError) -> AccessToken? {
        try session.write { database in
            // The name of a token that has expired is free again.
            try database.execute(
                sql: """
                    UPDATE api_tokens SET revoked_at = expires_at, revoked_by = 'expiry'
                    WHERE name = ? AND revoked_at IS NULL AND expires_at <= ?
                    """, arguments: [name, now.description])
            return try Row.fetchOne(
                database,
                sql: """
                    INSERT INTO api_tokens (name, handle, hash, scope, is_person, created_at, created_by, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING *
                    """,
                arguments: [
                    name, handle, hash, scope.rawValue, LeadQueries.flag(isPerson), now.description, author.rawValue,
                    expiresAt?.description,
                ]
            ).map(AccessToken.init(row:))
        }
    }

    /// The token with a handle, whether in force or not, and its hash.
    public func find(handle: String) throws(StorageError) -> (token: AccessToken, hash: String)? {
        try session.read { database in
            try Row.fetchOne(
                database.cachedStatement(sql: "SELECT * FROM api_tokens WHERE handle = ?"), arguments: [handle]
            ).map { (try AccessToken(row: $0), try $0.value("hash")) }
        }
    }

    /// The tokens, oldest first.
    ///
    /// - Parameter withRevoked: whether to list those that were revoked, too.
    public func list(withRevoked: Bool) throws(StorageError) -> [AccessToken] {
        let condition = withRevoked ? "" : "WHERE revoked_at IS NULL"
        return try session.read {
            try Row.fetchAll($0, sql: "SELECT * FROM api_tokens \(condition) ORDER BY id").map(AccessToken.init(row:))
        }
    }

    /// Whether any token is in force.
    public func hasAny(at now: Timestamp) throws(StorageError) -> Bool {
        try session.read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT 1 FROM api_tokens WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?) LIMIT 1
                    """, arguments: [now.description]) != nil
        }
    }

    /// Revokes the token in force with this name. Returns false if no token in force has it.
    public func revoke(_ name: String, by author: LeadAuthor, at now: Timestamp) throws(StorageError) -> Bool {
        try session.write { database in
            try database.execute(
                sql: "UPDATE api_tokens SET revoked_at = ?, revoked_by = ? WHERE name = ? AND revoked_at IS NULL",
                arguments: [now.description, author.rawValue, name])
            return database.changesCount > 0
        }
    }

    /// Revokes all tokens.
    public func revokeAll(by author: String, at now: Timestamp) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: "UPDATE api_tokens SET revoked_at = ?, revoked_by = ? WHERE revoked_at IS NULL",
                arguments: [now.description, author])
        }
    }

    /// Notes that a token was used.
    public func noteUse(of token: Int64, at now: Timestamp) throws(StorageError) {
        try session.write {
            try $0.execute(sql: "UPDATE api_tokens SET used_at = ? WHERE id = ?", arguments: [now.description, token])
        }
    }

    // MARK: Answers

    /// Notes that a request is being carried out.
    ///
    /// - Parameters:
    ///   - hash: of the whole request.
    ///   - process: identifies this process. What another process began and did not finish was cut off.
    public func begin(
        _ key: String, of token: Int64, hash: String, process: String, at now: Timestamp
    ) throws(StorageError) -> RequestBeginning {
        try session.write { database in
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT * FROM api_answers WHERE token_id = ? AND request_key = ?"),
                arguments: [token, key])
            // What is older than a day is forgotten, also before it is removed.
            if let row, case let begun = try row.requiredTimestamp("begun_at"), begun <= now,
                now.since(begun) < .seconds(86_400)
            {
                guard try row.value("request_hash") as String == hash else { return .other }
                if let status = try row.value("status") as Int? {
                    return .answered(
                        StoredAnswer(
                            status: status, headers: try row.json([String: String].self, "headers") ?? [:],
                            body: try row.value("body") ?? ""))
                }
                guard try row.value("process") as String != process else { return .underWay }
            }
            try database.cachedStatement(
                sql: """
                    INSERT INTO api_answers (token_id, request_key, request_hash, process, begun_at) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (token_id, request_key) DO UPDATE SET request_hash = excluded.request_hash,
                        process = excluded.process, begun_at = excluded.begun_at, status = NULL, headers = NULL, body = NULL
                    """
            ).execute(arguments: [token, key, hash, process, now.description])
            return .begun
        }
    }

    /// Stores the answer to a request, in the transaction that does what it asks for.
    public func finish(_ key: String, of token: Int64, _ answer: StoredAnswer) throws(StorageError) {
        try session.write {
            try $0.cachedStatement(
                sql: """
                    UPDATE api_answers SET status = ?, headers = ?, body = ? WHERE token_id = ? AND request_key = ?
                    """
            ).execute(arguments: [answer.status, StableJSON.text(of: answer.headers), answer.body, token, key])
        }
    }

    /// Forgets a request that was not carried out, so that it may be tried again.
    public func abandon(_ key: String, of token: Int64) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: "DELETE FROM api_answers WHERE token_id = ? AND request_key = ? AND status IS NULL",
                arguments: [token, key])
        }
    }

    /// Forgets a request and its answer, so that it is carried out again.
    public func forget(_ key: String, of token: Int64) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: "DELETE FROM api_answers WHERE token_id = ? AND request_key = ?", arguments: [token, key])
        }
    }

    /// Forgets answers that are older than a moment. Returns how many.
    public func forgetAnswers(before moment: Timestamp) throws(StorageError) -> Int {
        try session.write { database in
            try database.execute(sql: "DELETE FROM api_answers WHERE begun_at < ?", arguments: [moment.description])
            return database.changesCount
        }
    }
}

extension AccessToken {
    init(row: Row) throws {
        self.init(
            id: try row.value("id"), name: try row.value("name"), scope: try row.word("scope"),
            isPerson: try row.value("is_person"), createdAt: try row.requiredTimestamp("created_at"),
            createdBy: try row.value("created_by"), expiresAt: try row.timestamp("expires_at"))
        usedAt = try row.timestamp("used_at")
        revokedAt = try row.timestamp("revoked_at")
        revokedBy = try row.value("revoked_by")
    }
}

internal import GRDB
public import Leads
public import Values

extension MessageQueries {
    /// Which messages to list.
    public struct Filter: Sendable {
        public var status: String?
        public var lead: Int64?
        /// Whether they are held back; nil for either.
        public var isHeld: Bool?
        /// Only messages with a smaller id, for the next page.
        public var before: Int64?
        public var limit = 50

        public init() {}
    }

    /// Messages, newest first.
    public func list(_ filter: Filter) throws(StorageError) -> [Message] {
        var (conditions, arguments): ([String], StatementArguments) = (["1 = 1"], [])
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        add("status = ?", filter.status)
        add("lead_id = ?", filter.lead)
        add("id < ?", filter.before)
        // What was cancelled waits for nobody.
        switch filter.isHeld {
        case true?: conditions.append("held_reason IS NOT NULL AND status = 'draft'")
        case false?: conditions.append("(held_reason IS NULL OR status <> 'draft')")
        case nil: break
        }
        arguments += [filter.limit]
        let sql = """
            SELECT * FROM campaigns WHERE \(conditions.joined(separator: " AND ")) ORDER BY id DESC LIMIT ?
            """
        return try session.read { try Row.fetchAll($0, sql: sql, arguments: arguments).map(Message.init(row:)) }
    }

    public func find(_ id: Int64) throws(StorageError) -> Message? {
        try session.read {
            try Row.fetchOne($0, sql: "SELECT * FROM campaigns WHERE id = ?", arguments: [id]).map(Message.init(row:))
        }
    }

    /// Replaces the text of a draft.
    public func rewrite(_ id: Int64, subject: String?, body: String?, at now: Timestamp) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: """
                    UPDATE campaigns SET subject_line = ?, message_content = ?, updated_at = ?
                    WHERE id = ? AND status = 'draft'
                    """, arguments: [subject, body, now.description, id])
        }
    }
}

extension Message {
    init(row: Row) throws {
        self.init(
            id: try row.value("id"), leadID: try row.value("lead_id"), campaignID: try row.value("campaign_id"),
            status: try row.value("status"), subject: try row.value("subject_line"),
            body: try row.value("message_content"), heldReason: try row.value("held_reason"),
            createdAt: try row.requiredTimestamp("created_at"), updatedAt: try row.requiredTimestamp("updated_at"))
    }
}

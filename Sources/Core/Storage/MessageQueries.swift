internal import GRDB
public import Leads
public import Values

/// Messages (the table `campaigns`), and the paid calls made for them.
public struct MessageQueries {
    let session: Session

    /// The name of a lead's next first message, `UUID:initial:N`. It stays the same until a message is stored.
    public func nextCampaignID(of lead: Lead) throws(StorageError) -> String {
        try session.read { database in
            // Its messages may be another lead's now, or again its own.
            let stem = "\(lead.uuid):initial:"
            let ids = try String.fetchAll(
                database, sql: "SELECT campaign_id FROM campaigns WHERE campaign_id >= ? AND campaign_id < ?",
                arguments: [stem, "\(lead.uuid):initial;"])
            let last = ids.compactMap { Int($0.dropFirst(stem.count)) }.max() ?? 0
            return "\(stem)\(last + 1)"
        }
    }

    /// The subject of each lead's message. Leads without one are left out.
    public func subjects(of leads: [Int64]) throws(StorageError) -> [Int64: String] {
        try session.read { database in
            var subjects: [Int64: String] = [:]
            for some in leads.chunks(of: 500) {
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT lead_id, subject_line FROM campaigns
                        WHERE lead_id IN (\(some.map { _ in "?" }.joined(separator: ", ")))
                            AND status <> 'cancelled' AND subject_line IS NOT NULL AND held_reason IS NULL
                        ORDER BY id
                        """, arguments: StatementArguments(some))
                for row in rows { subjects[try row.value("lead_id")] = try row.value("subject_line") }
            }
            return subjects
        }
    }

    /// Records that a paid call for a message is about to be made. Returns false if an earlier call was begun whose
    /// outcome is unknown: it may have been paid for, so it must not be made again.
    public func beginModelCall(_ campaignID: String, lead: Int64, at now: Timestamp) throws(StorageError) -> Bool {
        try session.write { database in
            try database.execute(
                sql: "INSERT INTO model_calls (campaign_id, lead_id, begun_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [campaignID, lead, now.description])
            return database.changesCount > 0
        }
    }

    /// Records that the outcome of a paid call is known: its message is stored, or it cost nothing and may be made
    /// again.
    public func endModelCall(_ campaignID: String) throws(StorageError) {
        try session.write {
            try $0.execute(sql: "DELETE FROM model_calls WHERE campaign_id = ?", arguments: [campaignID])
        }
    }

    /// Stores a message as a campaign's draft. It replaces the lead's other drafts. If the campaign already exists, it
    /// stays as it is.
    ///
    /// - Parameter reason: why it is held back until a person has looked at it; nil for one that is ready.
    public func saveDraft(
        _ message: DraftMessage, campaignID: String, of lead: Int64, heldBecause reason: String? = nil,
        at now: Timestamp
    ) throws(StorageError) {
        try session.write { database in
            try database.execute(
                sql: """
                    INSERT INTO campaigns (lead_id, campaign_id, campaign_type, message_type, subject_line, message_content,
                        status, held_reason, created_at, updated_at)
                    VALUES (?, ?, 'initial', 'hook', ?, ?, 'draft', ?, ?, ?) ON CONFLICT (campaign_id) DO NOTHING
                    """,
                arguments: [
                    lead, campaignID, message.subject, message.body, reason, now.description, now.description,
                ])
            try database.execute(
                sql: """
                    UPDATE campaigns SET status = 'cancelled', updated_at = ?
                    WHERE lead_id = ? AND campaign_id <> ? AND status = 'draft'
                    """, arguments: [now.description, lead, campaignID])
        }
    }

    /// The message to a lead that is held back, the newest if there are several; nil if none is.
    public func held(of lead: Int64) throws(StorageError) -> Message? {
        try session.read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT * FROM campaigns
                    WHERE lead_id = ? AND status = 'draft' AND held_reason IS NOT NULL ORDER BY id DESC LIMIT 1
                    """, arguments: [lead]
            ).map(Message.init(row:))
        }
    }

    /// Lets a message go on that was held back. It replaces the lead's other drafts.
    public func release(_ message: Int64, of lead: Int64, at now: Timestamp) throws(StorageError) {
        try session.write { database in
            try database.execute(
                sql: "UPDATE campaigns SET held_reason = NULL, updated_at = ? WHERE id = ? AND status = 'draft'",
                arguments: [now.description, message])
            let drafts = try MessageQueries.drafts(of: lead, database)
            try MessageQueries.cancelDrafts(among: drafts.filter { $0 != message }, at: now, database)
        }
    }

    /// The numbers of a lead's messages that were not sent.
    static func drafts(of lead: Int64, _ database: Database) throws -> [Int64] {
        try Int64.fetchAll(
            database, sql: "SELECT id FROM campaigns WHERE lead_id = ? AND status IN ('draft', 'queued')",
            arguments: [lead])
    }

    /// The subjects of what was written to a lead and not sent.
    static func subjects(of lead: Int64, _ database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT subject_line FROM campaigns
                WHERE lead_id = ? AND status IN ('draft', 'queued') AND subject_line IS NOT NULL
                """, arguments: [lead])
    }

    /// Cancels what was written to a lead and not sent.
    static func withdraw(_ lead: Int64, at now: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE campaigns SET status = 'cancelled', updated_at = ?
                WHERE lead_id = ? AND status IN ('draft', 'queued')
                """, arguments: [now.description, lead])
    }

    /// Cancels those of these messages that were not sent.
    static func cancelDrafts(among campaigns: [Int64], at now: Timestamp, _ database: Database) throws {
        for id in campaigns {
            try database.execute(
                sql: """
                    UPDATE campaigns SET status = 'cancelled', updated_at = ?
                    WHERE id = ? AND status IN ('draft', 'queued')
                    """, arguments: [now.description, id])
        }
    }

    /// Replaces a lead's draft with a text that a person wrote; nil cancels the draft.
    public func rewriteDraft(of lead: Int64, _ text: String?, at now: Timestamp) throws(StorageError) {
        try session.write { database in
            if let text {
                try database.execute(
                    sql:
                        "UPDATE campaigns SET message_content = ?, updated_at = ? WHERE lead_id = ? AND status = 'draft'",
                    arguments: [text, now.description, lead])
            } else {
                try database.execute(
                    sql:
                        "UPDATE campaigns SET status = 'cancelled', updated_at = ? WHERE lead_id = ? AND status = 'draft'",
                    arguments: [now.description, lead])
            }
        }
    }
}

extension Array {
    /// Consecutive chunks of at most `size` elements.
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min(count, $0 + size)]) }
    }
}

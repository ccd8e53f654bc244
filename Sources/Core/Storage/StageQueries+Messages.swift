internal import GRDB
public import Leads
public import Values

extension StageQueries {
    /// The name of a lead's next first message, `UUID:initial:N`: the same until one is stored.
    public func nextCampaignID(of lead: Lead) throws(StorageError) -> String {
        try store.read { database in
            let written = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM campaigns WHERE lead_id = ? AND campaign_type = 'initial'",
                arguments: [lead.id])
            return "\(lead.uuid):initial:\((written ?? 0) + 1)"
        }
    }

    /// The subject of the message that each of these leads has; those without one are left out.
    public func subjects(of leads: [Int64]) throws(StorageError) -> [Int64: String] {
        try store.read { database in
            var subjects: [Int64: String] = [:]
            var rest = leads[...]
            while !rest.isEmpty {
                let some = rest.prefix(500)
                rest = rest.dropFirst(some.count)
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT lead_id, subject_line FROM campaigns
                        WHERE lead_id IN (\(some.map { _ in "?" }.joined(separator: ", ")))
                            AND status <> 'cancelled' AND subject_line IS NOT NULL ORDER BY id
                        """, arguments: StatementArguments(some))
                for row in rows { subjects[try row.value("lead_id")] = try row.value("subject_line") }
            }
            return subjects
        }
    }

    /// Writes down that a paid call for a message is about to be made. False when one was begun before whose end nobody
    /// knows: it may have been paid for, and is not made again.
    public func beginModelCall(_ campaignID: String, lead: Int64, at now: Timestamp) throws(StorageError) -> Bool {
        try store.write { database in
            try database.execute(
                sql: "INSERT INTO model_calls (campaign_id, lead_id, begun_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [campaignID, lead, now.description])
            return database.changesCount > 0
        }
    }

    /// The call ended in a way that cost nothing, so that it may be made again.
    public func forgetModelCall(_ campaignID: String) throws(StorageError) {
        try store.write {
            try $0.execute(sql: "DELETE FROM model_calls WHERE campaign_id = ?", arguments: [campaignID])
        }
    }

    /// Stores a message that passed the checks: on the lead, and as the draft of a campaign, in one transaction. False when
    /// the lead is to get none any more; the row of the step is written all the same, since the message was paid for.
    public func saveMessage(
        _ message: DraftMessage, campaignID: String, of id: Int64, at now: Timestamp, step: Step
    ) throws(StorageError) -> Bool {
        try store.write { database in
            try RunQueries.add(step, to: database)
            try database.execute(sql: "DELETE FROM model_calls WHERE campaign_id = ?", arguments: [campaignID])
            try database.execute(
                sql: """
                    UPDATE leads SET ai_message = ?, ready_for_outreach = 1, pipeline_stage = 'completed',
                        status = CASE WHEN status IN ('new', 'scraped', 'cleaned', 'enriched') THEN 'ready' ELSE status END,
                        updated_at = ?, sync_pending = 1, airtable_synced = 0, revision = revision + 1
                    WHERE id = ? AND deleted_at IS NULL AND status NOT IN ('unsubscribed', 'bounced', 'won', 'lost')
                    """, arguments: [message.body, now.description, id])
            guard database.changesCount > 0 else { return false }
            try database.execute(
                sql: """
                    INSERT INTO campaigns (lead_id, campaign_id, campaign_type, message_type, subject_line, message_content,
                        status, created_at, updated_at)
                    VALUES (?, ?, 'initial', 'hook', ?, ?, 'draft', ?, ?) ON CONFLICT (campaign_id) DO NOTHING
                    """,
                arguments: [id, campaignID, message.subject, message.body, now.description, now.description])
            try database.execute(
                sql: """
                    UPDATE campaigns SET status = 'cancelled', updated_at = ?
                    WHERE lead_id = ? AND campaign_id <> ? AND status = 'draft';
                    DELETE FROM lead_stages WHERE lead_id = ? AND stage = 'write-message'
                    """, arguments: [now.description, id, campaignID, id])
            try SyncQueries.forgive(id, database)
            return true
        }
    }
}

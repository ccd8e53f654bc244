internal import GRDB
public import Leads
public import Values

extension LeadQueries {
    /// Changes fields of a lead as a person says; answers it as it is then. Nil when there is no such lead, or when it was
    /// removed.
    ///
    /// - Parameter change: answers the new fields and keys from the present ones, within the transaction; nil refuses, and
    ///   then the lead is answered as it is.
    public func edit(
        _ id: Int64, at now: Timestamp, step: Step?, _ change: (Lead) -> (LeadFields, MatchKeys)?
    ) throws(StorageError) -> Lead? {
        try store.write { database in
            guard let lead = try LeadQueries.fetch("id = ? AND deleted_at IS NULL", [id], database).first else {
                return nil
            }
            guard let (fields, keys) = change(lead), fields != lead.fields else { return lead }
            try LeadQueries.write(fields, keys, of: lead, at: now, database)
            if let step { try RunQueries.add(step, to: database) }
            return try LeadQueries.fetch("id = ?", [id], database).first
        }
    }

    /// Removes a lead from all lists and stages. It is kept, so that a source does not bring it back. Answers whether there
    /// was one to remove.
    public func remove(_ id: Int64, at now: Timestamp, step: Step?) throws(StorageError) -> Bool {
        try store.write { database in
            guard try LeadQueries.fetch("id = ? AND deleted_at IS NULL", [id], database).first != nil else {
                return false
            }
            try LeadQueries.remove(id, at: now, tellsAirtable: true, database)
            if let step { try RunQueries.add(step, to: database) }
            return true
        }
    }

    /// - Parameter tellsAirtable: false when it is from there that the removal comes.
    static func remove(_ id: Int64, at now: Timestamp, tellsAirtable: Bool, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE leads SET deleted_at = coalesce(deleted_at, ?), updated_at = ?, revision = revision + 1,
                    sync_pending = ?, airtable_synced = 0
                WHERE id = ?;
                DELETE FROM lead_stages WHERE lead_id = ?
                """, arguments: [now.description, now.description, tellsAirtable, id, id])
        guard !tellsAirtable else { return try SyncQueries.forgive(id, database) }
        try database.execute(sql: "UPDATE leads SET sync_error = NULL WHERE id = ?", arguments: [id])
        try SyncQueries.close(id, database)
    }

    /// Brings a removed lead back, with what it had. Answers whether it was removed.
    public func restore(_ id: Int64, at now: Timestamp, step: Step?) throws(StorageError) -> Bool {
        try store.write { database in
            guard try LeadQueries.restore(id, at: now, database) else { return false }
            if let step { try RunQueries.add(step, to: database) }
            return true
        }
    }

    static func restore(_ id: Int64, at now: Timestamp, _ database: Database) throws -> Bool {
        try database.execute(
            sql: """
                UPDATE leads SET deleted_at = NULL, updated_at = ?, revision = revision + 1, sync_pending = 1,
                    airtable_synced = 0
                WHERE id = ? AND deleted_at IS NOT NULL
                """, arguments: [now.description, id])
        guard database.changesCount > 0 else { return false }
        try makeDue(id, .enrich, at: now, database)
        try SyncQueries.forgive(id, database)
        try SyncQueries.settleConflict("record", of: id, as: "settled", at: now, database)
        // It is nobody's deletion any more; a record that is gone is made anew.
        try database.execute(
            sql: """
                DELETE FROM sync_shadow WHERE lead_id = ?1 AND record_id IN (
                    SELECT record_id FROM airtable_links WHERE lead_id = ?1 AND state = 'gone');
                UPDATE leads SET airtable_id = NULL WHERE id = ? AND airtable_id IN (
                    SELECT record_id FROM airtable_links WHERE lead_id = leads.id AND state = 'gone');
                DELETE FROM airtable_links WHERE lead_id = ? AND state = 'gone'
                """, arguments: [id, id, id])
        if let lead = try fetch("id = ?", [id], database).first, lead.airtableID == nil {
            _ = try SyncQueries.promoteDuplicate(of: lead, at: now, database)
        }
        return true
    }
}

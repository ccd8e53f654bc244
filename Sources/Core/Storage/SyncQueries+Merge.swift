internal import GRDB
import Leads

/// Airtable's records of leads that become one, or two again.
extension SyncQueries {
    /// Gives a lead's records to the lead that it becomes part of. Returns the records.
    ///
    /// If that lead has no record, it takes the other's, with what was agreed on. Otherwise the record is another one of
    /// the same person: nothing is written to it.
    static func moveRecords(of lead: Lead, to target: Lead, _ database: Database) throws -> [String] {
        // The lead's own record first.
        let records = try String.fetchAll(
            database,
            sql: """
                SELECT record_id FROM airtable_links WHERE lead_id = ?
                ORDER BY CASE WHEN state = 'duplicate' THEN 1 ELSE 0 END, record_id
                """, arguments: [lead.id])
        if target.airtableID == nil, let record = lead.airtableID {
            try database.execute(
                sql: "UPDATE airtable_links SET lead_id = ? WHERE lead_id = ?", arguments: [target.id, lead.id])
            try database.execute(sql: "DELETE FROM sync_shadow WHERE lead_id = ?", arguments: [target.id])
            try database.execute(
                sql: "UPDATE sync_shadow SET lead_id = ? WHERE lead_id = ?", arguments: [target.id, lead.id])
            try database.execute(sql: "UPDATE leads SET airtable_id = NULL WHERE id = ?", arguments: [lead.id])
            try database.execute(
                sql: "UPDATE leads SET airtable_id = ? WHERE id = ?", arguments: [record, target.id])
        } else {
            try database.execute(
                sql: "UPDATE airtable_links SET lead_id = ?, state = 'duplicate' WHERE lead_id = ?",
                arguments: [target.id, lead.id])
            try database.execute(sql: "DELETE FROM sync_shadow WHERE lead_id = ?", arguments: [lead.id])
            try database.execute(sql: "UPDATE leads SET airtable_id = NULL WHERE id = ?", arguments: [lead.id])
        }
        try database.execute(sql: "DELETE FROM sync_status WHERE lead_id = ?", arguments: [lead.id])
        try database.execute(
            sql: "DELETE FROM sync_conflicts WHERE lead_id = ? AND resolved_at IS NULL", arguments: [lead.id])
        return records
    }

    /// Gives records back. The first of them is the lead's own again, unless the other lead took it for its own; what is
    /// agreed on is found out at the next sync.
    static func returnRecords(
        _ records: [String], from holder: Int64, to lead: Int64, _ database: Database
    ) throws {
        var own: String?
        for record in records {
            let state = try String.fetchOne(
                database, sql: "SELECT state FROM airtable_links WHERE record_id = ? AND lead_id = ?",
                arguments: [record, holder])
            guard let state else { continue }
            if state == "linked" {
                // The merge made it the other lead's record, which gets a new one.
                try database.execute(sql: "UPDATE leads SET airtable_id = NULL WHERE id = ?", arguments: [holder])
                try database.execute(sql: "DELETE FROM sync_shadow WHERE lead_id = ?", arguments: [holder])
            }
            let isOwn = own == nil && ["linked", "duplicate"].contains(state)
            try database.execute(
                sql: "UPDATE airtable_links SET lead_id = ?, state = ? WHERE record_id = ?",
                arguments: [lead, isOwn ? "linked" : state, record])
            if isOwn { own = record }
        }
        if let own {
            try database.execute(sql: "UPDATE leads SET airtable_id = ? WHERE id = ?", arguments: [own, lead])
        }
    }
}

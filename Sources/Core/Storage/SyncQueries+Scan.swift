internal import GRDB
public import Leads
import Values

extension SyncQueries {
    /// All records are about to be read, or were.
    public func forgetScan() throws(StorageError) {
        try session.write { try $0.execute(sql: "DELETE FROM sync_scan") }
    }

    /// A record was among those that were read.
    public func noteSeen(_ record: String) throws(StorageError) {
        try session.write {
            try $0.cachedStatement(sql: "INSERT INTO sync_scan (record_id) VALUES (?) ON CONFLICT DO NOTHING")
                .execute(arguments: [record])
        }
    }

    /// After a scan that was complete: of how many records that were not among those that were read the lead would be
    /// deleted. Second records that were not are forgotten: nothing depends on them.
    public func countUnseen() throws(StorageError) -> Int {
        try session.write { database in
            try database.execute(
                sql: """
                    DELETE FROM airtable_links WHERE state = 'duplicate'
                        AND record_id NOT IN (SELECT record_id FROM sync_scan)
                    """)
            return try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM airtable_links WHERE \(SyncQueries.unseen) AND \(SyncQueries.deletable)")
                ?? 0
        }
    }

    /// After a scan that was complete: leads' own records that were not among those that were read, in order.
    public func unseen(after id: String, limit: Int) throws(StorageError) -> [String] {
        try session.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT record_id FROM airtable_links WHERE \(SyncQueries.unseen) AND record_id > ?
                    ORDER BY record_id LIMIT ?
                    """, arguments: [id, limit])
        }
    }

    /// A lead that is not deleted yet, and of which nobody has been asked.
    private static let deletable = """
        EXISTS (SELECT 1 FROM leads l WHERE l.id = airtable_links.lead_id AND l.deleted_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM sync_conflicts c WHERE c.lead_id = airtable_links.lead_id AND c.field = 'record'
            AND c.resolved_at IS NULL)
        """

    private static let unseen =
        "state IN ('linked', 'missing') AND record_id NOT IN (SELECT record_id FROM sync_scan)"

    /// Nothing is done about what was not seen, but nothing is sent to it either.
    public func holdUnseen() throws(StorageError) {
        try session.write {
            try $0.execute(sql: "UPDATE airtable_links SET state = 'missing' WHERE \(SyncQueries.unseen)")
            try SyncQueries.deriveInStep(
                where: "airtable_id IN (SELECT record_id FROM airtable_links WHERE state = 'missing')", [], $0)
        }
    }

    /// Nothing is done about these records yet, but nothing is sent to them either.
    public func hold(_ records: [String]) throws(StorageError) {
        try session.write { database in
            for record in records {
                try database.cachedStatement(
                    sql: "UPDATE airtable_links SET state = 'missing' WHERE record_id = ? AND state = 'linked'"
                ).execute(arguments: [record])
                try SyncQueries.deriveInStep(where: "airtable_id = ?", [record], database)
            }
        }
    }

    /// How many leads have a record.
    public func linkedCount() throws(StorageError) -> Int {
        try session.read { try Int.fetchOne($0, sql: SyncQueries.linkedSQL) ?? 0 }
    }

    /// Those of these records, which are gone, that are leads' own; and of how many the lead would be deleted with it. Others
    /// are forgotten.
    public func linked(among records: [String]) throws(StorageError) -> (records: [String], deletable: Int) {
        try session.write { database in
            var linked: [String] = []
            var count = 0
            for record in records {
                try database.cachedStatement(
                    sql: "DELETE FROM airtable_links WHERE record_id = ? AND state = 'duplicate'"
                ).execute(arguments: [record])
                let isDeletable = try Int.fetchOne(
                    database.cachedStatement(
                        sql: """
                            SELECT CASE WHEN \(SyncQueries.deletable) THEN 1 ELSE 0 END FROM airtable_links
                            WHERE record_id = ? AND state IN ('linked', 'missing')
                            """), arguments: [record])
                guard let isDeletable else { continue }
                linked.append(record)
                count += isDeletable
            }
            return (linked, count)
        }
    }

    /// The lead of a record that is its own; nil for any other record.
    public func owner(of record: String) throws(StorageError) -> Lead? {
        try session.read { database in
            let id = try Int64.fetchOne(
                database,
                sql: "SELECT lead_id FROM airtable_links WHERE record_id = ? AND state IN ('linked', 'missing')",
                arguments: [record])
            return try id.flatMap { try LeadQueries.fetch("id = ?", [$0], database).first }
        }
    }

    /// Records that were assigned to a lead and have not been merged with it yet. They are read before anything is sent to
    /// them.
    public func unmet(limit: Int) throws(StorageError) -> [String] {
        try session.read {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT airtable_id FROM leads INDEXED BY leads_pending_sync
                    WHERE sync_pending = 1 AND airtable_id IS NOT NULL AND deleted_at IS NULL
                        AND NOT EXISTS (SELECT 1 FROM sync_shadow s WHERE s.lead_id = leads.id)
                        AND EXISTS (SELECT 1 FROM airtable_links a
                            WHERE a.record_id = leads.airtable_id AND a.state = 'linked')
                    LIMIT ?
                    """, arguments: [limit])
        }
    }

    /// How many leads that have a record wait to be deleted in Airtable.
    public func pendingDeletes() throws(StorageError) -> Int {
        try session.read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT count(*) FROM leads INDEXED BY leads_pending_sync
                    WHERE sync_pending = 1 AND deleted_at IS NOT NULL AND airtable_id IS NOT NULL
                    """) ?? 0
        }
    }
}

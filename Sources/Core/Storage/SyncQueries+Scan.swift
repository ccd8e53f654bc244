internal import GRDB
public import Leads
import Values

extension SyncQueries {
    /// Forgets which records were seen. Called before a scan of all records, and after it.
    public func forgetScan() throws(StorageError) {
        try session.write { try $0.execute(sql: "DELETE FROM sync_scan") }
    }

    /// Notes that the scan has seen a record.
    public func noteSeen(_ record: String) throws(StorageError) {
        try session.write {
            try $0.cachedStatement(sql: "INSERT INTO sync_scan (record_id) VALUES (?) ON CONFLICT DO NOTHING")
                .execute(arguments: [record])
        }
    }

    /// After a complete scan: counts the unseen records whose leads would be deleted. Duplicate records that were not
    /// seen are forgotten, because nothing depends on them.
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

    /// After a complete scan: the leads' own records that were not seen, in order.
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

    /// The lead is not deleted yet, and no person has been asked about it.
    private static let deletable = """
        EXISTS (SELECT 1 FROM leads l WHERE l.id = airtable_links.lead_id AND l.deleted_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM sync_conflicts c WHERE c.lead_id = airtable_links.lead_id AND c.field = 'record'
            AND c.resolved_at IS NULL)
        """

    private static let unseen =
        "state IN ('linked', 'missing') AND record_id NOT IN (SELECT record_id FROM sync_scan)"

    /// Marks unseen records as missing. Nothing is done about them yet, and nothing is sent to them.
    public func holdUnseen() throws(StorageError) {
        try session.write {
            try $0.execute(sql: "UPDATE airtable_links SET state = 'missing' WHERE \(SyncQueries.unseen)")
            try SyncQueries.deriveInStep(
                where: "airtable_id IN (SELECT record_id FROM airtable_links WHERE state = 'missing')", [], $0)
        }
    }

    /// Marks these records as missing. Nothing is done about them yet, and nothing is sent to them.
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

    /// Of these records, which are gone: returns those that are leads' own, and how many of their leads would be
    /// deleted. Duplicates among them are forgotten.
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

    /// The lead that a record belongs to; nil if it is not a lead's own record.
    public func owner(of record: String) throws(StorageError) -> Lead? {
        try session.read { database in
            let id = try Int64.fetchOne(
                database,
                sql: "SELECT lead_id FROM airtable_links WHERE record_id = ? AND state IN ('linked', 'missing')",
                arguments: [record])
            return try id.flatMap { try LeadQueries.fetch("id = ?", [$0], database).first }
        }
    }

    /// Records that were assigned to a lead but have not been merged with it yet. They are read before anything is sent
    /// to them.
    public func unmet(limit: Int) throws(StorageError) -> [String] {
        try session.read {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT airtable_id FROM leads \(Dialect.using("leads_pending_sync"))
                    WHERE sync_pending = 1 AND airtable_id IS NOT NULL AND deleted_at IS NULL
                        AND NOT EXISTS (SELECT 1 FROM sync_shadow s WHERE s.lead_id = leads.id)
                        AND EXISTS (SELECT 1 FROM airtable_links a
                            WHERE a.record_id = leads.airtable_id AND a.state = 'linked')
                    LIMIT ?
                    """, arguments: [limit])
        }
    }

    /// How many deleted leads still have a record that has to be deleted or archived in Airtable.
    public func pendingDeletes() throws(StorageError) -> Int {
        try session.read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT count(*) FROM leads \(Dialect.using("leads_pending_sync"))
                    WHERE sync_pending = 1 AND deleted_at IS NOT NULL AND airtable_id IS NOT NULL
                    """) ?? 0
        }
    }
}

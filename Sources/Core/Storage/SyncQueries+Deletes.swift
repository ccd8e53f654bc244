internal import GRDB
public import Leads
public import Values

extension SyncQueries {
    /// All records are about to be read.
    public func beginScan() throws(StorageError) { try store.write { try $0.execute(sql: "DELETE FROM sync_scan") } }

    public func endScan() throws(StorageError) { try beginScan() }

    /// After a scan that was complete: of how many records that were not among those that were read the lead would be deleted.
    /// Second records that were not are forgotten: nothing hangs of them.
    public func countUnseen() throws(StorageError) -> Int {
        try store.write { database in
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
        try store.read { database in
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
        try store.write {
            try $0.execute(
                sql: """
                    UPDATE airtable_links SET state = 'missing' WHERE \(SyncQueries.unseen);
                    UPDATE leads SET airtable_synced = 0 WHERE airtable_id IN (
                        SELECT record_id FROM airtable_links WHERE state = 'missing')
                    """)
        }
    }

    /// What was agreed on with these records; those that are not in step with a lead are left out.
    public func shadows(ofRecords records: [String]) throws(StorageError) -> [String: Shadow] {
        try store.read { database in
            var shadows: [String: Shadow] = [:]
            let statement = try database.cachedStatement(
                sql: """
                    SELECT fields, kept FROM sync_shadow s JOIN airtable_links l ON l.record_id = s.record_id
                    WHERE s.record_id = ? AND l.state = 'linked'
                    """)
            for record in records {
                guard let row = try Row.fetchOne(statement, arguments: [record]) else { continue }
                shadows[record] = Shadow(fields: try row.value("fields"), kept: try row.value("kept"))
            }
            return shadows
        }
    }

    /// How many leads have a record.
    public func linkedCount() throws(StorageError) -> Int {
        try store.read { try Int.fetchOne($0, sql: SyncQueries.linkedSQL) ?? 0 }
    }

    static let linkedSQL = "SELECT count(*) FROM airtable_links WHERE state IN ('linked', 'missing')"

    /// Those of these records, which are gone, that are leads' own; and of how many the lead would be deleted with it. Others
    /// are forgotten.
    public func linked(among records: [String]) throws(StorageError) -> (records: [String], deletable: Int) {
        try store.write { database in
            var linked: [String] = []
            var count = 0
            for record in records {
                try database.cachedStatement(
                    sql: "DELETE FROM airtable_links WHERE record_id = ? AND state = 'duplicate'"
                ).execute(arguments: [record])
                let isDeletable = try Bool.fetchOne(
                    database.cachedStatement(
                        sql: """
                            SELECT \(SyncQueries.deletable) FROM airtable_links
                            WHERE record_id = ? AND state IN ('linked', 'missing')
                            """), arguments: [record])
                guard let isDeletable else { continue }
                linked.append(record)
                if isDeletable { count += 1 }
            }
            return (linked, count)
        }
    }

    /// Records that became a lead's own without that the two were brought together: they are read before anything is sent to
    /// them.
    public func unmet(limit: Int) throws(StorageError) -> [String] {
        try store.read {
            try String.fetchAll(
                $0,
                sql: """
                    SELECT airtable_id FROM leads INDEXED BY leads_pending_sync
                    WHERE sync_pending = 1 AND airtable_id IS NOT NULL AND deleted_at IS NULL
                        AND NOT EXISTS (SELECT 1 FROM sync_shadow s WHERE s.lead_id = leads.id)
                        AND EXISTS (SELECT 1 FROM airtable_links a WHERE a.record_id = airtable_id AND a.state = 'linked')
                    LIMIT ?
                    """, arguments: [limit])
        }
    }

    /// How many leads that have a record wait to be deleted in Airtable.
    public func pendingDeletes() throws(StorageError) -> Int {
        try store.read {
            try Int.fetchOne(
                $0,
                sql: """
                    SELECT count(*) FROM leads INDEXED BY leads_pending_sync
                    WHERE sync_pending = 1 AND deleted_at IS NOT NULL AND airtable_id IS NOT NULL
                    """) ?? 0
        }
    }

    /// Nothing is done about these records yet, but nothing is sent to them either.
    public func hold(_ records: [String]) throws(StorageError) {
        try store.write { database in
            for record in records {
                try database.cachedStatement(
                    sql: "UPDATE airtable_links SET state = 'missing' WHERE record_id = ? AND state = 'linked'"
                ).execute(arguments: [record])
                try database.cachedStatement(sql: "UPDATE leads SET airtable_synced = 0 WHERE airtable_id = ?")
                    .execute(arguments: [record])
            }
        }
    }

    /// What is done about a lead whose record is gone.
    public enum EndDecision: Sendable {
        /// The lead is removed with it.
        case remove
        /// It is made anew.
        case recreate
        /// The lead stays, without a record.
        case keep
        /// The lead was removed here before: nothing is left of the record.
        case unlink
        /// A person decides.
        case wait(NewConflict)
    }

    /// Records that are gone in Airtable. Answers what was decided for the lead of each; those whose link is gone, or of whom
    /// another record took the place, are left out.
    ///
    /// - Parameter step: the row that tells of a lead that was removed.
    public func records(
        gone records: [String], at now: Timestamp, decide: (Known) throws -> (EndDecision, NewConflict?),
        step: (Known) -> Step?
    ) throws(StorageError) -> [(known: Known, decision: EndDecision)] {
        try store.write { database in
            try records.compactMap { record in
                guard
                    let id = try Int64.fetchOne(
                        database,
                        sql: """
                            SELECT lead_id FROM airtable_links WHERE record_id = ? AND state IN ('linked', 'missing')
                            """, arguments: [record]),
                    let lead = try LeadQueries.fetch("id = ?", [id], database).first
                else { return nil }
                let known = try SyncQueries.known(lead, database)
                if lead.deletedAt == nil, try SyncQueries.promoteDuplicate(of: lead, at: now, database) { return nil }
                // Somebody has been asked already.
                if known.link == .missing, known.conflicts.contains("record") { return nil }
                let (decision, conflict) = try decide(known)
                if let conflict { try SyncQueries.add(conflict, to: id, at: now, database) }
                switch decision {
                case .remove:
                    try SyncQueries.endOfRecord(known, isRemoved: true, at: now, database)
                    if let step = step(known) { try RunQueries.add(step, to: database) }
                case .recreate: try SyncQueries.endOfRecord(known, isRemoved: false, at: now, database)
                case .unlink: try SyncQueries.part(known, at: now, database)
                case .keep:
                    try SyncQueries.part(known, at: now, database)
                    // It is not made anew when the lead changes.
                    try SyncQueries.link(record, to: id, .kept, database)
                    try database.execute(
                        sql: "UPDATE leads SET airtable_id = ? WHERE id = ?", arguments: [record, id])
                case .wait(let conflict):
                    try SyncQueries.add(conflict, to: id, at: now, database)
                    try SyncQueries.link(record, to: id, .missing, database)
                }
                return (known, decision)
            }
        }
    }

    /// A person has archived the records of these leads in Airtable: the leads are removed, the records stay. Conflicts wait
    /// on, for when somebody brings the lead back. Answers the leads that were removed.
    public func archived(
        _ leads: [Int64], at now: Timestamp, shadow: (Shadow?) throws -> Shadow, step: (Known) -> Step?
    ) throws(StorageError) -> [Known] {
        try store.write { database in
            try leads.compactMap { id in
                guard let lead = try LeadQueries.fetch("id = ? AND deleted_at IS NULL", [id], database).first,
                    let record = lead.airtableID
                else { return nil }
                let known = try SyncQueries.known(lead, database)
                try LeadQueries.remove(id, at: now, tellsAirtable: false, database)
                try SyncQueries.write(try shadow(known.shadow), of: id, record: record, at: now, database)
                if let step = step(known) { try RunQueries.add(step, to: database) }
                return known
            }
        }
    }

    /// The records of these leads were deleted in Airtable because the leads were here.
    public func deleted(_ leads: [(id: Int64, revision: Int64)], at now: Timestamp, step: Step?) throws(StorageError) {
        try store.write { database in
            for lead in leads {
                guard let current = try LeadQueries.fetch("id = ?", [lead.id], database).first else { continue }
                try SyncQueries.unlink(try SyncQueries.known(current, database), database)
                try database.execute(
                    sql: """
                        UPDATE leads SET sync_pending = revision <> ?, sync_error = NULL, last_synced_at = ? WHERE id = ?;
                        UPDATE sync_status SET status = 'success', operation = 'delete', error_message = NULL,
                            next_attempt = NULL, last_attempt = ?
                        WHERE lead_id = ?
                        """, arguments: [lead.revision, now.description, lead.id, now.description, lead.id])
            }
            if let step { try RunQueries.add(step, to: database) }
        }
    }

    /// Another record of the same person takes the place of one that is gone; it is read before anything is sent to it.
    static func promoteDuplicate(of lead: Lead, at now: Timestamp, _ database: Database) throws -> Bool {
        guard
            let other = try String.fetchOne(
                database,
                sql:
                    "SELECT record_id FROM airtable_links WHERE lead_id = ? AND state = 'duplicate' ORDER BY record_id",
                arguments: [lead.id])
        else { return false }
        try SyncQueries.unlink(try SyncQueries.known(lead, database), database)
        try SyncQueries.link(other, to: lead.id, .linked, database)
        try database.execute(
            sql: "UPDATE leads SET airtable_id = ?, sync_pending = 1, revision = revision + 1 WHERE id = ?",
            arguments: [other, lead.id])
        // Nothing is left to ask a person.
        try settleConflict("record", of: lead.id, as: "settled", at: now, database)
        try forgive(lead.id, database)
        return true
    }

    /// A record is gone: the lead goes with it, or gets a new one.
    static func endOfRecord(_ known: Known, isRemoved: Bool, at now: Timestamp, _ database: Database) throws {
        let id = known.lead.id
        guard isRemoved else {
            try unlink(known, database)
            try database.execute(
                sql: "UPDATE leads SET sync_pending = 1, airtable_synced = 0, revision = revision + 1 WHERE id = ?",
                arguments: [id])
            try settleConflict(nil, of: id, as: Side.local.rawValue, at: now, database)
            try forgive(id, database)
            return
        }
        try LeadQueries.remove(id, at: now, tellsAirtable: false, database)
        try settleConflict(nil, of: id, as: Side.airtable.rawValue, at: now, database)
        try database.execute(
            sql: "UPDATE airtable_links SET state = 'gone' WHERE lead_id = ? AND state IN ('linked', 'missing')",
            arguments: [id])
    }

    /// The lead stays as it is, without a record.
    private static func part(_ known: Known, at now: Timestamp, _ database: Database) throws {
        let id = known.lead.id
        try unlink(known, database)
        try database.execute(
            sql: "UPDATE leads SET sync_pending = 0, airtable_synced = 0, sync_error = NULL WHERE id = ?",
            arguments: [id])
        try close(id, database)
        try settleConflict(nil, of: id, as: Side.local.rawValue, at: now, database)
    }

    private static func unlink(_ known: Known, _ database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM sync_shadow WHERE lead_id = ?;
                DELETE FROM airtable_links WHERE lead_id = ? AND state <> 'duplicate';
                UPDATE leads SET airtable_id = NULL, airtable_synced = 0 WHERE id = ?
                """, arguments: [known.lead.id, known.lead.id, known.lead.id])
    }
}

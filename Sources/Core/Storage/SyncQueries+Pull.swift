internal import GRDB
public import Leads
public import Values

extension SyncQueries {
    /// A record that Airtable answered, as far as the database looks at it.
    public struct Incoming: Sendable {
        public let recordID: String
        /// What its key field says; nil when it says nothing.
        public let uuid: String?

        public init(recordID: String, uuid: String?) {
            self.recordID = recordID
            self.uuid = uuid
        }
    }

    /// What a merge makes of a lead.
    public struct Merged: Sendable {
        public var fields: LeadFields
        public var keys: MatchKeys
        /// Nil leaves it.
        public var status: LeadStatus?
        /// Nil leaves it; an inner nil removes it.
        public var message: String??
        public var isVerified: Bool?
        public var needsEnrichment: Bool?
        /// The lead was removed here or there, and is there again.
        public var isRestored = false
        public var shadow: Shadow
        /// Whether Airtable lacks something that is here.
        public var isPending: Bool
        /// Whether the two sides say the same.
        public var isInStep: Bool
        public var conflicts: [NewConflict] = []
        /// Columns whose conflict is over, since both sides say the same or one of them took its change back.
        public var settled: [String] = []

        public init(fields: LeadFields, keys: MatchKeys, shadow: Shadow, isPending: Bool, isInStep: Bool) {
            self.fields = fields
            self.keys = keys
            self.shadow = shadow
            self.isPending = isPending
            self.isInStep = isInStep
        }
    }

    /// A field that changed on both sides.
    public struct NewConflict: Sendable, Equatable {
        /// Our column, or `record` for the whole of it.
        public let column: String
        public let base: String?
        public let local: String?
        public let airtable: String?
        /// The cell as Airtable has it, JSON.
        public let cell: String?
        /// Nil when it waits for a person.
        public let resolution: Side?

        public init(
            column: String, base: String?, local: String?, airtable: String?, cell: String?, resolution: Side?
        ) {
            self.column = column
            self.base = base
            self.local = local
            self.airtable = airtable
            self.cell = cell
            self.resolution = resolution
        }
    }

    /// What became of a record.
    public enum PullResult: Sendable, Equatable {
        /// The lead says the same.
        case unchanged(Int64)
        case updated(Int64, changed: [String])
        case inserted(Int64)
        /// Of somebody whom we know and who had no record.
        case linked(Int64, changed: [String])
        /// Of somebody who has another record.
        case duplicate(Int64)
        /// Of somebody whom a person has removed.
        case removed(Int64)
        /// Nobody whom we know, and archived.
        case archived
        case notALead(String)
    }

    /// How records are taken in: each piece is a pure function of its arguments, called within the transaction.
    public struct PullRules {
        /// The record as a lead to be matched; nil when it is archived. Throws what its description tells when it is no lead.
        public let clean: (Int) throws -> CleanLead?
        public let decide: (CleanLead, [Lead]) -> IntakeDecision
        public let newUUID: () -> String
        /// The record and the lead brought together; nil when nothing is to be written. The last argument says that the lead
        /// was just made of this record.
        public let merge: (Int, Known, Bool) throws -> Merged?
        /// The row that tells of it; nil for none.
        public let step: (Int, PullResult) -> Step?

        public init(
            clean: @escaping (Int) throws -> CleanLead?, decide: @escaping (CleanLead, [Lead]) -> IntakeDecision,
            newUUID: @escaping () -> String, merge: @escaping (Int, Known, Bool) throws -> Merged?,
            step: @escaping (Int, PullResult) -> Step?
        ) {
            self.clean = clean
            self.decide = decide
            self.newUUID = newUUID
            self.merge = merge
            self.step = step
        }
    }

    /// Takes a page of records in, in one transaction: those that are linked are merged with their lead; others go the way of
    /// every new record, and are linked at once, so that no crash makes one person twice.
    ///
    /// - Parameter isScan: notes that the records were seen, for finding those that are gone.
    public func pull(
        _ records: [Incoming], isScan: Bool, at now: Timestamp, _ rules: PullRules
    ) throws(StorageError) -> [PullResult] {
        try store.write { database in
            try records.enumerated().map { index, record in
                if isScan {
                    try database.cachedStatement(sql: "INSERT OR IGNORE INTO sync_scan (record_id) VALUES (?)")
                        .execute(arguments: [record.recordID])
                }
                var result = PullResult.notALead("")
                do {
                    try database.inSavepoint {
                        result = try SyncQueries.take(record, index, at: now, rules, database)
                        return .commit
                    }
                } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                    result = .notALead("the database refused it: \(error.message ?? "a rule was broken")")
                }
                if let step = rules.step(index, result) { try RunQueries.add(step, to: database) }
                return result
            }
        }
    }

    private static func take(
        _ record: Incoming, _ index: Int, at now: Timestamp, _ rules: PullRules, _ database: Database
    ) throws -> PullResult {
        var duplicate: Lead?
        let link = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT lead_id, state FROM airtable_links WHERE record_id = ?"),
            arguments: [record.recordID])
        if let link, let lead = try LeadQueries.fetch("id = ?", [try link.value("lead_id") as Int64], database).first {
            let state: LinkState = try link.word("state")
            if state != .duplicate {
                if state != .linked { try SyncQueries.link(record.recordID, to: lead.id, .linked, database) }
                guard state == .missing else {
                    return try merge(record, index, lead, from: state, at: now, rules, database)
                }
                // It is there after all.
                try settleConflict("record", of: lead.id, as: "settled", at: now, database)
                let result = try merge(record, index, lead, from: state, at: now, rules, database)
                try database.execute(
                    sql:
                        "UPDATE leads SET airtable_synced = sync_pending = 0 AND \(SyncQueries.hasItsRecord) WHERE id = ?",
                    arguments: [lead.id])
                return result
            }
            duplicate = lead
        } else if let uuid = record.uuid,
            let lead = try LeadQueries.fetch("uuid = ?", [uuid.lowercased()], database).first, lead.airtableID == nil
        {
            try SyncQueries.link(record.recordID, to: lead.id, .linked, database)
            // We have deleted it, and somebody has brought it back.
            if lead.deletedAt != nil, try isDeletedThere(lead.id, database) {
                return try merge(record, index, lead, from: .gone, at: now, rules, database)
            }
            // Made by us, and the answer was lost; or the database is an older one than Airtable knows.
            return try merge(record, index, lead, from: nil, at: now, rules, database)
        }
        let clean: CleanLead
        do {
            guard let lead = try rules.clean(index) else { return .archived }
            clean = lead
        } catch { return .notALead("\(error)") }
        // What a second record says is taken over once: it does not fill again what somebody has emptied since.
        if let lead = duplicate, lead.airtableID != nil, try LeadQueries.knows(clean, lead) {
            return lead.deletedAt == nil ? .duplicate(lead.id) : .removed(lead.id)
        }
        switch try LeadQueries.take(clean, at: now, rules.newUUID, rules.decide, database) {
        case .refused(let reason): return .notALead(reason)
        case .removed(let id):
            try SyncQueries.link(record.recordID, to: id, .duplicate, database)
            return .removed(id)
        case .inserted(let id): return try meet(record, index, id, isNew: true, at: now, rules, database)
        case .merged(let id, _), .unchanged(let id):
            return try meet(record, index, id, isNew: false, at: now, rules, database)
        }
    }

    /// Whether the last that was done to a lead's record is that we deleted it.
    private static func isDeletedThere(_ lead: Int64, _ database: Database) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(
                sql: "SELECT operation = 'delete' AND status = 'success' FROM sync_status WHERE lead_id = ?"),
            arguments: [lead]) ?? false
    }

    /// The first time that a record and a lead are found to be one person.
    private static func meet(
        _ record: Incoming, _ index: Int, _ id: Int64, isNew: Bool, at now: Timestamp, _ rules: PullRules,
        _ database: Database
    ) throws -> PullResult {
        guard let lead = try LeadQueries.fetch("id = ?", [id], database).first else {
            return .notALead("the lead is gone")
        }
        if let known = lead.airtableID, known != record.recordID {
            try SyncQueries.link(record.recordID, to: id, .duplicate, database)
            return .duplicate(id)
        }
        try SyncQueries.link(record.recordID, to: id, .linked, database)
        guard let merged = try rules.merge(index, try SyncQueries.known(lead, database), isNew) else {
            return .unchanged(id)
        }
        let changed = try SyncQueries.apply(merged, to: lead, record: record.recordID, at: now, database)
        return isNew ? .inserted(id) : .linked(id, changed: changed)
    }

    private static func merge(
        _ record: Incoming, _ index: Int, _ lead: Lead, from state: LinkState?, at now: Timestamp, _ rules: PullRules,
        _ database: Database
    ) throws -> PullResult {
        var lead = lead
        var changed: [String] = []
        // Who was deleted because the record was is back with the record.
        if state == .gone, try LeadQueries.restore(lead.id, at: now, database) {
            lead = try LeadQueries.fetch("id = ?", [lead.id], database).first ?? lead
            changed = ["restored"]
        }
        if let merged = try rules.merge(index, try SyncQueries.known(lead, database), false) {
            changed += try SyncQueries.apply(merged, to: lead, record: record.recordID, at: now, database)
        }
        if state == nil { return .linked(lead.id, changed: changed) }
        return changed.isEmpty ? .unchanged(lead.id) : .updated(lead.id, changed: changed)
    }

    /// Writes a merge down; answers the columns of the lead that it changed.
    static func apply(
        _ merged: Merged, to lead: Lead, record: String, at now: Timestamp, _ database: Database
    ) throws -> [String] {
        var changed = LeadField.allCases.filter { lead.fields[$0] != merged.fields[$0] }.map(\.rawValue)
        if !changed.isEmpty { try LeadQueries.write(merged.fields, merged.keys, of: lead, at: now, database) }
        if merged.isRestored, lead.deletedAt != nil {
            _ = try LeadQueries.restore(lead.id, at: now, database)
            changed.append("restored")
        }
        var others: [(column: String, value: (any DatabaseValueConvertible)?)] = []
        if let status = merged.status, status != lead.status { others.append(("status", status.rawValue)) }
        if let flag = merged.isVerified, flag != lead.isVerified { others.append(("verified", flag)) }
        // Other fields have settled by themselves whether more is to be found out.
        let needed = changed.isEmpty ? lead.needsEnrichment : !merged.fields.missing.isEmpty
        if let flag = merged.needsEnrichment, flag != needed { others.append(("needs_enrichment", flag)) }
        if let message = merged.message, message != lead.message {
            others += [("ai_message", message), ("ready_for_outreach", message != nil)]
            try writeDraft(message, of: lead.id, at: now, database)
        }
        if !others.isEmpty {
            let assignments = others.map { "\($0.column) = ?" }.joined(separator: ", ")
            try database.execute(
                sql: "UPDATE leads SET \(assignments), updated_at = ?, revision = revision + 1 WHERE id = ?",
                arguments: StatementArguments(others.map(\.value) + [now.description, lead.id]))
            changed += others.map(\.column).filter { $0 != "ready_for_outreach" }
        }
        if merged.needsEnrichment == true, !lead.needsEnrichment {
            try LeadQueries.makeDue(lead.id, .enrich, at: now, database)
        }
        for conflict in merged.conflicts { try add(conflict, to: lead.id, at: now, database) }
        for column in merged.settled { try settleConflict(column, of: lead.id, as: "settled", at: now, database) }
        try database.cachedStatement(
            sql: """
                UPDATE leads SET airtable_id = ?, last_synced_at = ?, sync_pending = ?, airtable_synced = ?,
                    sync_error = CASE WHEN ? THEN sync_error ELSE NULL END
                WHERE id = ?
                """
        ).execute(arguments: [
            record, now.description, merged.isPending, merged.isInStep, merged.isPending, lead.id,
        ])
        try SyncQueries.write(merged.shadow, of: lead.id, record: record, at: now, database)
        // A write whose answer was lost has come to its end, and what was refused is not wanted any more.
        try database.cachedStatement(
            sql: """
                UPDATE sync_status SET status = 'success', error_message = NULL, next_attempt = NULL
                WHERE lead_id = ? AND (status = 'pending' OR (status = 'failed' AND NOT ?))
                """
        ).execute(arguments: [lead.id, merged.isPending])
        return changed
    }

    /// A person's words in Airtable are what is sent.
    private static func writeDraft(_ message: String?, of lead: Int64, at now: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE campaigns SET message_content = coalesce(?1, message_content), updated_at = ?2,
                    status = CASE WHEN ?1 IS NULL THEN 'cancelled' ELSE status END
                WHERE lead_id = ?3 AND status = 'draft'
                """, arguments: [message, now.description, lead])
    }
}

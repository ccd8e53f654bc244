internal import GRDB
public import Leads
public import Values

extension LeadQueries {
    /// Changes an existing lead. All changes go through here. It writes what differs; depending on the cause, it raises
    /// the revision, marks the lead as pending for Airtable and clears an earlier refusal; and it makes the lead due
    /// for the stages that follow.
    ///
    /// - Parameters:
    ///   - lead: the lead as it is in this transaction.
    ///   - now: when it changed. Stored as `updated_at` if the change says something new about the person.
    public func change(
        _ lead: Lead, _ change: LeadChange, because cause: ChangeCause, at now: Timestamp
    ) throws(StorageError) {
        try session.write { try LeadQueries.change(lead, change, because: cause, at: now, $0) }
    }

    static func change(
        _ lead: Lead, _ change: LeadChange, because cause: ChangeCause, at now: Timestamp, _ database: Database
    ) throws {
        let change = settled(lead, change)
        var row = Assignments()
        if let fields = change.fields { row.set(fields) }
        if let status = change.status { row.set("status", status.rawValue) }
        if let processing = change.processing { row.set("pipeline_stage", processing.rawValue) }
        if let message = change.message {
            row.set("ai_message", message)
            row.set("ready_for_outreach", flag(message != nil))
        }
        if let isVerified = change.isVerified { row.set("verified", flag(isVerified)) }
        if let moment = change.enrichedAt {
            row.set("enriched", 1)
            row.set("enriched_at", moment.description)
        }
        // A lead with an empty wanted field needs enrichment, unless the change says otherwise.
        if let need = change.needsEnrichment ?? (change.fields.map { !$0.missing.isEmpty }) {
            row.set("needs_enrichment", flag(need))
        }
        if let deletedAt = change.deletedAt { row.set("deleted_at", deletedAt?.description) }
        if let optOut = change.optOut {
            row.set("opted_out_at", optOut?.at.description)
            row.set("opted_out_by", optOut?.by.rawValue)
            row.set("opted_out_how", optOut?.how)
            // That a merge was undone is nobody's consent.
            if optOut == nil, cause == .person { row.set("opted_in_at", now.description) }
        }
        if let target = change.mergedInto { row.set("merged_into", target) }
        if let isPending = cause.isPending { row.set("sync_pending", flag(isPending)) }
        if cause.isNews(change) { row.set("updated_at", now.description) }
        if cause.raisesRevision {
            row.raise("revision")
            row.set("change_number", try nextChange(database))
        }
        guard !row.isEmpty else { return }
        try row.update(lead.id, database)
        try CounterQueries.move(from: lead.counters, to: counters(of: lead, after: change), database)
        if let fields = change.fields {
            try setKeys(LeadKey.keys(of: fields), of: lead.id, before: LeadKey.keys(of: lead.fields), database)
        }
        try SyncQueries.deriveInStep(lead.id, database)
        if cause.forgivesRefusal { try SyncQueries.forgive(lead.id, database) }
        try follow(lead, change, at: now, database)
        // A message must not outlive what forbids it: another address, or the suppression of it.
        let hasMessage = change.message.map { $0 != nil } ?? (lead.message != nil)
        let isBack = change.deletedAt.map { $0 == nil } ?? false
        if hasMessage, change.message != nil || change.fields != nil || isBack, change.optOut == nil {
            let current = try require(lead.id, database)
            if current.message != nil, try isForbidden(current, database) || isSecond(current, database) {
                try withdrawMessage(of: current, at: now, database)
            }
        }
        guard let fields = change.fields else { return }
        if (change.optOut ?? lead.optOut) != nil {
            // It may have got another's mailbox.
            try withdrawOthers(than: lead.id, at: now, database)
        } else if change.message == nil, try withdrawOutdated(lead.id, writtenTo: lead.fields, at: now, database),
            !LeadLifecycle.stagesDue(for: lead, becoming: fields).contains(.enrich)
        {
            // Otherwise its company is looked at first.
            try makeDueForMessage(lead.id, at: now, database)
        }
    }

    /// Takes back the message of a lead if it no longer fits what is known of it. Returns whether it was.
    ///
    /// - Parameter fields: the lead's when the message was written.
    static func withdrawOutdated(
        _ id: Int64, writtenTo fields: LeadFields, at now: Timestamp, _ database: Database
    ) throws -> Bool {
        let lead = try require(id, database)
        guard let message = lead.message, LeadLifecycle.isUnwritten(lead.status) else { return false }
        let text = (try MessageQueries.subjects(of: id, database) + [message]).joined(separator: "\n")
        guard LeadLifecycle.isOutdated(text, of: fields, becoming: lead.fields) else { return false }
        try withdrawMessage(of: lead, at: now, database)
        return true
    }

    /// Makes a lead that lost its message due for another one, if it awaits one.
    static func makeDueForMessage(_ id: Int64, at now: Timestamp, _ database: Database) throws {
        let lead = try require(id, database)
        guard lead.isEnriched, lead.message == nil, lead.deletedAt == nil, lead.optOut == nil,
            LeadLifecycle.awaitsMessage(lead.status)
        else { return }
        try DueQueries.make(id, .writeMessage, at: now, database)
    }

    /// The counters that a lead counts in after a change.
    private static func counters(of lead: Lead, after change: LeadChange) -> [String] {
        var lead = lead
        lead.status = change.status ?? lead.status
        if let message = change.message { lead.isReady = message != nil }
        lead.needsEnrichment =
            change.needsEnrichment ?? change.fields.map { !$0.missing.isEmpty } ?? lead.needsEnrichment
        lead.deletedAt = change.deletedAt ?? lead.deletedAt
        lead.optOut = change.optOut ?? lead.optOut
        lead.mergedInto = change.mergedInto ?? lead.mergedInto
        return lead.counters
    }

    /// The number of the next change of any lead.
    static func nextChange(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT coalesce(max(change_number), 0) + 1 FROM leads")) ?? 1
    }

    /// Whether nobody may be written to at the lead's address, whoever has it.
    static func isForbidden(_ lead: Lead, _ database: Database) throws -> Bool {
        if lead.optOut != nil { return true }
        for target in lead.fields.suppressionTargets where try SuppressionQueries.has(target, database) { return true }
        for key in LeadKey.keys(of: lead.fields) where key.kind == .mailbox || key.kind == .role {
            if try optedOut(with: key, otherThan: lead.id, database) != nil { return true }
        }
        return false
    }

    /// Whether another lead with the same mailbox has a message: a mailbox gets one at most.
    private static func isSecond(_ lead: Lead, _ database: Database) throws -> Bool {
        for key in LeadKey.keys(of: lead.fields) where key.kind == .mailbox || key.kind == .role {
            let other = try Int.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT 1 FROM lead_keys k JOIN leads l ON l.id = k.lead_id
                        WHERE k.kind = ? AND k.value = ? AND k.is_former = 0 AND k.lead_id <> ?
                            AND l.deleted_at IS NULL AND l.ai_message IS NOT NULL LIMIT 1
                        """), arguments: [key.kind.rawValue, key.value, lead.id])
            if other != nil { return true }
        }
        return false
    }

    /// Takes back the messages of other leads at the mailboxes of somebody who said no.
    static func withdrawOthers(than lead: Int64, at now: Timestamp, _ database: Database) throws {
        let ids = try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT DISTINCT o.lead_id FROM lead_keys k
                    JOIN lead_keys o ON o.kind = k.kind AND o.value = k.value AND o.is_former = 0
                    JOIN leads l ON l.id = o.lead_id
                    WHERE k.lead_id = ? AND k.kind IN ('mailbox', 'role') AND o.lead_id <> k.lead_id
                        AND l.ai_message IS NOT NULL
                    """), arguments: [lead])
        for id in ids { try withdrawMessage(of: try require(id, database), at: now, database) }
    }

    /// Takes back the messages of leads that may not be written to, and of all but one at a mailbox.
    static func withdrawForbidden(at now: Timestamp, _ database: Database) throws {
        for id in try Int64.fetchAll(database, sql: "SELECT id FROM leads WHERE ready_for_outreach = 1 ORDER BY id") {
            let lead = try require(id, database)
            if try isForbidden(lead, database) || isSecond(lead, database) {
                try withdrawMessage(of: lead, at: now, database)
            }
        }
    }

    /// Takes back the message of a lead that may not be written to any more.
    public func withdrawMessage(of lead: Lead, at now: Timestamp) throws(StorageError) {
        try session.write { try LeadQueries.withdrawMessage(of: lead, at: now, $0) }
    }

    static func withdrawMessage(of lead: Lead, at now: Timestamp, _ database: Database) throws {
        var change = LeadChange()
        change.message = .some(nil)
        let status = LeadLifecycle.statusWithoutMessage(lead.status, isEnriched: lead.isEnriched)
        if status != lead.status { change.status = status }
        try self.change(lead, change, because: .stage, at: now, database)
        try MessageQueries.withdraw(lead.id, at: now, database)
    }

    /// Makes the lead due for the stages that a change calls for, or removes it from all stages.
    private static func follow(
        _ lead: Lead, _ change: LeadChange, at now: Timestamp, _ database: Database
    ) throws {
        if let fields = change.fields, lead.optOut == nil, change.optOut ?? nil == nil {
            for stage in LeadLifecycle.stagesDue(for: lead, becoming: fields) {
                try DueQueries.make(lead.id, stage, at: now, database)
            }
        }
        switch change.deletedAt {
        case .some(.some) where lead.deletedAt == nil: try DueQueries.remove(lead.id, database)
        case .some(nil) where lead.deletedAt != nil:
            for stage in LeadLifecycle.firstStages { try DueQueries.make(lead.id, stage, at: now, database) }
        default: break
        }
        guard let optOut = change.optOut else { return }
        if optOut != nil {
            // Nothing is found out about the person, nor written to them; what was written is withdrawn.
            try DueQueries.remove(lead.id, database)
            try MessageQueries.withdraw(lead.id, at: now, database)
            try withdrawOthers(than: lead.id, at: now, database)
        } else if lead.deletedAt == nil {
            for stage in LeadLifecycle.firstStages { try DueQueries.make(lead.id, stage, at: now, database) }
        }
    }

    /// The change with what an opt-out brings along, and without what it forbids.
    private static func settled(_ lead: Lead, _ change: LeadChange) -> LeadChange {
        var change = change
        let isOptedOut = change.optOut.map { $0 != nil } ?? (lead.optOut != nil)
        if let optOut = change.optOut, optOut == nil, change.status == nil {
            change.status = LeadLifecycle.statusAfterOptIn(lead.status, isEnriched: lead.isEnriched)
        }
        guard isOptedOut else { return change }
        let status = LeadLifecycle.statusAfterOptOut(change.status ?? lead.status)
        change.status = status == lead.status ? nil : status
        // There is no message to such a person.
        change.message = lead.message == nil ? nil : .some(nil)
        return change
    }

    /// Adds a lead that begins with this record. Returns its id. Throws `constraint` when the schema refuses it.
    public func insert(_ lead: CleanLead, uuid: String, at now: Timestamp) throws(StorageError) -> Int64 {
        try session.write { database in
            let row = LeadQueries.row(of: lead, uuid: uuid, change: try LeadQueries.nextChange(database), at: now)
            let id = try row.insert(database, LeadQueries.insertion)
            try CounterQueries.move(from: [], to: LeadQueries.counters(of: lead), database)
            try LeadQueries.insertRecord(
                NewRecord(
                    source: lead.source, author: lead.author, content: lead.content,
                    fields: lead.fields.json, importID: lead.importID,
                    at: lead.scrapedAt ?? now),
                of: id, hash: RecordHash.of(lead.content), readings: lead.readings, database)
            try LeadQueries.insert(lead.keys, of: id, isFormer: false, database)
            guard lead.optOut == nil else {
                // Others may have the mailbox, too.
                try LeadQueries.withdrawOthers(than: id, at: now, database)
                return id
            }
            for stage in LeadLifecycle.firstStages { try DueQueries.make(id, stage, at: now, database) }
            return id
        }
    }

    private static func status(of lead: CleanLead) -> LeadStatus {
        let first = LeadLifecycle.firstStatus(isScraped: lead.scrapedAt != nil)
        let status = lead.status.flatMap { LeadLifecycle.status(first, afterRecordSaying: $0) } ?? first
        return lead.optOut == nil ? status : LeadLifecycle.statusAfterOptOut(status)
    }

    /// The counters that a new lead counts in.
    private static func counters(of lead: CleanLead) -> [String] {
        ["live", "status.\(status(of: lead).rawValue)", "source.\(lead.source)"]
            + (lead.fields.missing.isEmpty ? [] : ["needs_enrichment"]) + (lead.optOut == nil ? [] : ["opted_out"])
    }

    private static func row(of lead: CleanLead, uuid: String, change: Int64, at now: Timestamp) -> Assignments {
        var row = Assignments()
        row.set("uuid", uuid)
        row.set("change_number", change)
        row.set("status", status(of: lead).rawValue)
        row.set("needs_enrichment", LeadQueries.flag(!lead.fields.missing.isEmpty))
        row.set("source", lead.source)
        row.set("scraped_at", lead.scrapedAt?.description)
        row.set("created_at", now.description)
        row.set("updated_at", now.description)
        row.set("raw_data", lead.content)
        row.set("opted_out_at", lead.optOut.map { _ in now.description })
        row.set("opted_out_by", lead.optOut.map { _ in lead.author.rawValue })
        row.set("opted_out_how", lead.optOut)
        row.set(lead.fields)
        return row
    }

    /// The statement is built only once, because leads are added by the hundred thousand.
    private static let insertion = row(
        of: CleanLead(
            fields: LeadFields(), source: "", author: .migration, scrapedAt: nil, record: [:], notes: []),
        uuid: "", change: 0, at: .distantPast
    ).insertion(into: "leads")
}

/// Columns of a row and their new values, in the same order.
struct Assignments {
    private var columns: [String] = []
    private var values: [(any DatabaseValueConvertible)?] = []
    private var raised: [String] = []

    var isEmpty: Bool { columns.isEmpty && raised.isEmpty }

    mutating func set(_ column: String, _ value: (any DatabaseValueConvertible)?) {
        columns.append(column)
        values.append(value)
    }

    mutating func set(_ fields: LeadFields) { for field in LeadField.allCases { set(field.rawValue, fields[field]) } }

    /// Increments the column by one.
    mutating func raise(_ column: String) { raised.append(column) }

    /// Changes a lead's row.
    func update(_ id: Int64, _ database: Database) throws {
        let parts = columns.map { "\($0) = ?" } + raised.map { "\($0) = \($0) + 1" }
        try database.cachedStatement(sql: "UPDATE leads SET \(parts.joined(separator: ", ")) WHERE id = ?")
            .execute(arguments: StatementArguments(values + [id]))
    }

    /// Adds a row. Returns its id.
    ///
    /// - Parameter sql: the result of `insertion` for these columns.
    func insert(_ database: Database, _ sql: String) throws -> Int64 {
        let statement = try database.cachedStatement(sql: sql)
        guard let id = try Int64.fetchOne(statement, arguments: StatementArguments(values)) else {
            throw StorageError(.other, "a table", "a row was not added")
        }
        return id
    }

    func insertion(into table: String) -> String {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        return "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks)) RETURNING id"
    }
}

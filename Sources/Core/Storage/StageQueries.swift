internal import GRDB
public import Leads
public import Values

/// What the stages remember between runs: who is due for what, and what was asked of the services outside.
public struct StageQueries: Sendable {
    let store: Store

    /// Leads that a stage is to take up, those that have waited longest first.
    ///
    /// - Parameter last: the one that the page before ended with; nil for the first page. What stands before it is not
    ///   handed out again, whether or not anything was done about it.
    public func due(
        _ stage: Stage, at now: Timestamp, after last: DueLead? = nil, limit: Int
    ) throws(StorageError) -> [DueLead] {
        try store.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT l.*, s.attempts, s.due_at FROM lead_stages s INDEXED BY lead_stages_due
                    JOIN leads l ON l.id = s.lead_id
                    WHERE s.stage = ? AND s.due_at <= ? AND (s.due_at, s.lead_id) > (?, ?) AND l.deleted_at IS NULL
                    ORDER BY s.due_at, s.lead_id LIMIT ?
                    """,
                arguments: [
                    stage.rawValue, now.description, last?.dueAt?.description ?? "", last?.lead.id ?? 0, limit,
                ]
            ).map {
                DueLead(lead: try Lead(row: $0), attempts: try $0.value("attempts"), dueAt: try $0.timestamp("due_at"))
            }
        }
    }

    /// Leads whose enrichment is due again: what is known of them is stale.
    public func markStale(at now: Timestamp) throws(StorageError) {
        try store.write {
            try $0.execute(
                sql: """
                    UPDATE leads SET needs_enrichment = 1, sync_pending = 1, airtable_synced = 0, revision = revision + 1
                    WHERE needs_enrichment = 0 AND enriched = 1 AND id IN (
                        SELECT lead_id FROM lead_stages WHERE stage = 'enrich' AND due_at <= ?)
                    """, arguments: [now.description])
        }
    }

    /// How many leads are due for a stage.
    public func countDue(_ stage: Stage, at now: Timestamp) throws(StorageError) -> Int {
        try store.read { database in
            let due = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM lead_stages JOIN leads ON leads.id = lead_id
                    WHERE stage = ? AND due_at <= ? AND deleted_at IS NULL
                    """, arguments: [stage.rawValue, now.description])
            return due ?? 0
        }
    }

    /// Why a stage gave up on a lead, or what it met at its last attempt; by stage.
    public func errors(of lead: Int64) throws(StorageError) -> [Stage: String] {
        try store.read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT stage, last_error FROM lead_stages WHERE lead_id = ? AND last_error IS NOT NULL",
                arguments: [lead])
            return Dictionary(
                try rows.map { (try $0.word("stage") as Stage, try $0.value("last_error") as String) }
            ) { $1 }
        }
    }

    /// A stage could do nothing for a lead. It stays due for it, at `again`; nil gives up until a person asks.
    public func failed(
        _ stage: Stage, lead: Int64, error: String, again: Timestamp?, step: Step
    ) throws(StorageError) {
        try store.write { try StageQueries.fail(stage, lead: lead, error: error, again: again, step: step, $0) }
    }

    static func fail(
        _ stage: Stage, lead: Int64, error: String, again: Timestamp?, step: Step, _ database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO lead_stages (lead_id, stage, due_at, attempts, last_error) VALUES (?, ?, ?, 1, ?)
                ON CONFLICT (lead_id, stage) DO UPDATE SET due_at = excluded.due_at, attempts = attempts + 1,
                    last_error = excluded.last_error
                """, arguments: [lead, stage.rawValue, again?.description, error.withoutSecrets])
        if again == nil {
            try database.execute(
                sql: "UPDATE leads SET pipeline_stage = 'failed' WHERE id = ? AND ai_message IS NULL", arguments: [lead]
            )
        }
        try RunQueries.add(step, to: database)
    }

    /// Writes down what was found out about a lead, fills its empty fields, and makes it due for a message, all in one
    /// transaction. Answers the fields that were filled.
    ///
    /// - Parameters:
    ///   - keys: what tells a lead of given fields apart.
    ///   - again: when it is looked at anew.
    public func saveEnrichment(
        _ enrichment: Enrichment, of id: Int64, at now: Timestamp, again: Timestamp, keys: (LeadFields) -> MatchKeys,
        step: (Lead) -> Step
    ) throws(StorageError) -> [LeadField] {
        try store.write { database in
            guard let lead = try LeadQueries.fetch("id = ? AND deleted_at IS NULL", [id], database).first else {
                return []
            }
            var fields = lead.fields
            for (field, finding) in enrichment.findings where fields[field] == nil { fields[field] = finding.value }
            let changes = lead.fields.changes(to: fields)
            if !changes.isEmpty { try LeadQueries.write(fields, keys(fields), of: lead, at: now, database) }
            let status: LeadStatus = [.new, .scraped, .cleaned].contains(lead.status) ? .enriched : lead.status
            let isVerified = lead.isVerified || enrichment.verifiedBy != nil
            try database.execute(
                sql: """
                    UPDATE leads SET enriched = 1, enriched_at = ?, needs_enrichment = ?, verified = ?, status = ?,
                        pipeline_stage = CASE WHEN ai_message IS NULL THEN 'processing' ELSE pipeline_stage END,
                        updated_at = ?, sync_pending = 1, airtable_synced = 0, revision = revision + 1
                    WHERE id = ?
                    """,
                arguments: [
                    now.description, !fields.missing.isEmpty, isVerified, status.rawValue, now.description, id,
                ])
            try StageQueries.write(enrichment, of: id, at: now, database)
            try LeadQueries.makeDue(id, .enrich, at: again, database)
            let isOpen = [.enriched, .ready].contains(status)
            if lead.message == nil, isOpen { try LeadQueries.makeDue(id, .writeMessage, at: now, database) }
            try SyncQueries.forgive(id, database)
            try RunQueries.add(step(lead), to: database)
            return LeadField.allCases.filter { changes[$0] != nil }
        }
    }

    private static func write(_ enrichment: Enrichment, of id: Int64, at now: Timestamp, _ database: Database) throws {
        var method = enrichment.method
        if let verified = enrichment.verifiedBy { method += method.isEmpty ? verified : "; verified: \(verified)" }
        let arguments: [(any DatabaseValueConvertible)?] = [
            id, enrichment.websiteContent, enrichment.companyDescription,
            (enrichment.companyContacts + enrichment.notes).joined(separator: "\n").nonEmpty,
            enrichment.emailConfidence, enrichment.emailSource,
            enrichment.emailSource.map { _ in enrichment.emailConfidence == "real" ? "verified" : "unverified" },
            enrichment.businessFocus,
            enrichment.findings[.companySize]?.value, now.description, method, enrichment.confidence,
        ]
        try database.execute(
            sql: """
                INSERT INTO lead_enrichment (lead_id, website_content, company_description, website_insights,
                    email_confidence, email_source, email_verification_status, business_focus, company_size, enriched_at,
                    enrichment_method, confidence_score)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (lead_id) DO UPDATE SET
                    website_content = coalesce(excluded.website_content, website_content),
                    company_description = coalesce(excluded.company_description, company_description),
                    website_insights = coalesce(excluded.website_insights, website_insights),
                    email_confidence = coalesce(excluded.email_confidence, email_confidence),
                    email_source = coalesce(excluded.email_source, email_source),
                    email_verification_status =
                        coalesce(excluded.email_verification_status, email_verification_status),
                    business_focus = coalesce(excluded.business_focus, business_focus),
                    company_size = coalesce(excluded.company_size, company_size),
                    enriched_at = excluded.enriched_at, enrichment_method = excluded.enrichment_method,
                    confidence_score = coalesce(excluded.confidence_score, confidence_score)
                """, arguments: StatementArguments(arguments))
    }
}

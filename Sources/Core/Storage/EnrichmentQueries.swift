internal import GRDB
public import Leads
public import Values

/// What was found out about leads beyond their own records: the table `lead_enrichment`.
public struct EnrichmentQueries {
    let session: Session

    /// Nil when nothing has been looked up yet.
    public func find(of lead: Int64) throws(StorageError) -> StoredEnrichment? {
        try session.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM lead_enrichment WHERE lead_id = ?", arguments: [lead])
                .map { row in
                    StoredEnrichment(
                        companyDescription: try row.value("company_description"),
                        insights: try row.value("website_insights"), method: try row.value("enrichment_method"))
                }
        }
    }

    /// Stores what was found. Earlier findings stay where nothing new was found.
    public func save(_ enrichment: Enrichment, of lead: Int64, at now: Timestamp) throws(StorageError) {
        var method = enrichment.method
        if let verified = enrichment.verifiedBy { method += method.isEmpty ? verified : "; verified: \(verified)" }
        let arguments: [(any DatabaseValueConvertible)?] = [
            lead, enrichment.websiteContent, enrichment.companyDescription,
            (enrichment.companyContacts + enrichment.notes).joined(separator: "\n").nonEmpty,
            enrichment.emailConfidence, enrichment.emailSource,
            enrichment.emailSource.map { _ in enrichment.emailConfidence == "real" ? "verified" : "unverified" },
            enrichment.businessFocus, enrichment.findings[.companySize]?.value, enrichment.services,
            enrichment.traits.isEmpty ? nil : StableJSON.text(of: enrichment.traits)?.withoutSecrets,
            enrichment.traits.isEmpty
                ? nil
                : StableJSON.text(of: Dictionary(enrichment.traits.map { ($0.kind, $0.confidence) }) { max($0, $1) }),
            now.description, method,
            enrichment.confidence,
        ]
        let kept = [
            "website_content", "company_description", "website_insights", "email_confidence", "email_source",
            "email_verification_status", "business_focus", "company_size", "services", "detected_traits",
            "trait_confidence_scores",
        ]
        try session.write {
            try $0.execute(
                sql: """
                    INSERT INTO lead_enrichment (lead_id, \(kept.joined(separator: ", ")), enriched_at,
                        enrichment_method, confidence_score)
                    VALUES (?, \(kept.map { _ in "?" }.joined(separator: ", ")), ?, ?, ?)
                    ON CONFLICT (lead_id) DO UPDATE SET
                        \(kept.map { "\($0) = coalesce(excluded.\($0), lead_enrichment.\($0))" }.joined(separator: ", ")),
                        enriched_at = excluded.enriched_at, enrichment_method = excluded.enrichment_method,
                        confidence_score = coalesce(excluded.confidence_score, lead_enrichment.confidence_score)
                    """, arguments: StatementArguments(arguments))
        }
    }
}

public import Enrichment
import Leads
import Logging
public import Storage
import Synchronization
public import Values

/// Fills in missing fields of the leads that are due for it.
public struct EnrichStage: Stage {
    private let store: Store
    private let enricher: @Sendable () -> Enricher
    private let settings: EnrichmentSettings
    private let backoff: Duration
    private let runtime: Runtime
    private let isForced: Bool
    private let explains: Bool

    /// - Parameters:
    ///   - enricher: creates an enricher for each run, because it remembers the pages it has read.
    ///   - backoff: how long a lead waits after its first failure.
    ///   - isForced: whether pages that were read lately are read again.
    ///   - explains: whether the report says for each lead what was done.
    public init(
        store: Store, settings: EnrichmentSettings, backoff: Duration, runtime: Runtime, isForced: Bool = false,
        explains: Bool = false, enricher: @escaping @Sendable () -> Enricher
    ) {
        self.store = store
        self.enricher = enricher
        self.settings = settings
        self.backoff = backoff
        self.runtime = runtime
        self.isForced = isForced
        self.explains = explains
    }

    public static let name = "enrich"
    public var name: String { Self.name }
    private static let atOnce = 6
    /// How long a lead waits when a limit of the user's own is reached.
    private static let pause = Duration.seconds(6 * 3_600)

    public func run(_ context: StageContext) async throws -> StageReport {
        let report = Mutex(StageReport(name, isDryRun: context.isDryRun))
        let (store, moment) = (store, runtime.now)
        let enricher = enricher()
        if !context.isDryRun { try await markStale(at: moment) }
        let leads = DueLeads(store: store, stage: .enrich, context: context, at: moment)
        let total = try await leads.forEach(atOnce: Self.atOnce) { due in
            if context.isDryRun {
                report.withLock {
                    $0.note(
                        "\(due.lead.id) \(due.lead.displayName): \(due.lead.fields.missing.map(\.rawValue).joined(separator: ", ")) missing"
                    )
                }
                return
            }
            let (counts, trace) = try await enrich(due, enricher, context)
            report.withLock { report in
                counts.forEach { report.count($0.key, $0.value) }
                if explains { for line in trace { report.note("\(due.lead.id) \(due.lead.displayName): \(line)") } }
            }
        }
        if context.isDryRun { report.withLock { $0.count("would enrich", total) } }
        return report.withLock { $0 }
    }

    private struct Input: Encodable {
        let website: String?
        let company: String?
        let missing: [String]
    }

    private struct Output: Encodable {
        let filled: [String: Enrichment.Finding]
        let verified: String?
        let method: String
        let notes: [String]
        /// What was done, a clause each.
        let trace: [String]
    }

    private func enrich(
        _ due: DueLead, _ enricher: Enricher, _ context: StageContext
    ) async throws -> (counts: [String: Int], trace: [String]) {
        let timer = StepTimer(runtime)
        let lead = due.lead
        let asked = Input(
            website: lead.fields[.website], company: lead.fields[.company],
            missing: lead.fields.missing.map(\.rawValue))
        let input = StableJSON.text(of: asked)
        // An address that nobody confirmed is looked for as if there were none.
        var wanting = lead
        let isUnconfirmed = try await store.read { try Self.hasUnconfirmedAddress(lead, in: $0) }
        if isUnconfirmed { wanting.fields[.email] = nil }
        let outcome = try await enricher.enrich(wanting, isForced: isForced)
        let (store, now) = (store, runtime.now)
        if let limit = outcome.limit {
            // It is no failure of the lead's, so the attempt does not count.
            try await store.write {
                try $0.due.fail(.enrich, lead: lead.id, error: limit, again: now + Self.pause, counts: false)
            }
            return (["put off": 1], outcome.trace)
        }
        if let trouble = outcome.trouble, due.attempts + 1 < settings.attempts {
            let wait = Backoff.ofLeads(backoff).delay(ofLeadAfter: due.attempts + 1, runtime)
            var step = timer.step(context, StageName.enrich.rawValue, lead: lead.id)
            step.status = .failed
            step.input = input
            step.error = "\(trouble); tried again in \(wait.brief)"
            let row = step
            try await store.write { transaction in
                try transaction.due.fail(.enrich, lead: lead.id, error: trouble, again: now + wait)
                try transaction.runs.add([row])
            }
            context.logger.info("lead \(lead.id): \(trouble)", metadata: ["lead_id": "\(lead.id)"])
            return (["put off": 1], outcome.trace)
        }
        let enrichment = outcome.enrichment
        // A site that could not be read may be there before the others are out of date.
        let again =
            now + (outcome.trouble == nil ? settings.refreshAfter : min(settings.refreshAfter, .seconds(14 * 86_400)))
        let filled = try await store.write { transaction -> [LeadField] in
            guard let current = try transaction.leads.find(lead.id), current.deletedAt == nil, current.optOut == nil
            else { return [] }
            var step = timer.step(context, StageName.enrich.rawValue, lead: lead.id)
            step.input = input
            let found = try EnrichStage.save(enrichment, of: current, again: again, at: now, in: transaction)
            step.output = StableJSON.text(
                of: Output(
                    filled: Dictionary(uniqueKeysWithValues: found.map { ($0.key.rawValue, $0.value) }),
                    verified: enrichment.verifiedBy, method: enrichment.method, notes: enrichment.notes,
                    trace: outcome.trace))
            try transaction.runs.add([step])
            return LeadField.allCases.filter { found[$0] != nil }
        }
        var trace = outcome.trace
        for field in filled {
            guard let finding = enrichment.findings[field] else { continue }
            trace.append("\(field.rawValue) = \(finding.value) (\(finding.source), \(finding.evidence ?? "no words"))")
        }
        return (["enriched": 1, "fields filled": filled.count], trace)
    }

    /// Fills a lead's empty fields with what was found, and makes the lead due for the stages that follow. Returns what was
    /// taken.
    @discardableResult
    static func save(
        _ enrichment: Enrichment, of lead: Lead, again: Timestamp, at now: Timestamp, in transaction: Transaction
    ) throws -> [LeadField: Enrichment.Finding] {
        var fields = lead.fields
        var taken: [LeadField: Enrichment.Finding] = [:]
        var values: [LeadValue] = []
        // What is written somewhere takes the place of what was only formed by a pattern.
        let isUnconfirmed = try hasUnconfirmedAddress(lead, in: transaction)
        for (field, finding) in enrichment.findings
        where fields[field] == nil
            || field == .email && isUnconfirmed && !Enrichment.Finding.formed.contains(finding.source)
        {
            if finding.confidence >= LeadReading.sure { (fields[field], taken[field]) = (finding.value, finding) }
            values.append(
                LeadValue(
                    field, finding.value, method: finding.source, confidence: finding.confidence,
                    author: .stage(Self.name), at: now, evidence: finding.evidence))
        }
        var change = LeadChange()
        change.needsEnrichment = !fields.missing.isEmpty
        change.enrichedAt = now
        change.isVerified = lead.isVerified || enrichment.verifiedBy != nil
        change.status = LeadLifecycle.status(lead.status, after: .enriched)
        if lead.message == nil { change.processing = .processing }
        if values.isEmpty {
            try transaction.leads.change(lead, change, because: .stage, at: now)
        } else {
            try transaction.leads.say(values, of: lead, with: change, because: .stage, at: now)
        }
        try transaction.enrichment.save(enrichment, of: lead.id, at: now)
        try transaction.due.make(lead.id, .enrich, at: again)
        // What it had may have been withdrawn by what was found.
        let after = try transaction.leads.find(lead.id) ?? lead
        if after.message == nil, LeadLifecycle.awaitsMessage(after.status) {
            try transaction.due.make(lead.id, .writeMessage, at: now)
        }
        return taken
    }

    /// Whether the lead has an address that was only formed by a pattern.
    private static func hasUnconfirmedAddress(_ lead: Lead, in transaction: Transaction) throws -> Bool {
        guard lead.fields[.email] != nil else { return false }
        let claim = try transaction.leads.fold(of: lead.id).claims[.email]?.first
        return claim.map { Enrichment.Finding.formed.contains($0.source) } ?? false
    }

    /// Marks leads whose enrichment is out of date as due again, 500 per transaction.
    private func markStale(at moment: Timestamp) async throws {
        while true {
            let count = try await store.write { transaction in
                let leads = try transaction.due.stale(at: moment, limit: 500)
                var change = LeadChange()
                change.needsEnrichment = true
                for lead in leads { try transaction.leads.change(lead, change, because: .stage, at: moment) }
                return leads.count
            }
            if count < 500 { return }
        }
    }
}

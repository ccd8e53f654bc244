public import Cleaning
public import Leads
import Matching
public import Storage
public import Values

/// The only way in for leads, wherever they come from: clean, match, then merge or insert.
public struct Intake: Sendable {
    let store: Store
    let cleaner: Cleaner
    let runtime: Runtime

    public init(store: Store, cleaner: Cleaner, runtime: Runtime) {
        self.store = store
        self.cleaner = cleaner
        self.runtime = runtime
    }

    /// Returns the record in canonical form. Throws a `Cleaner.Refusal`.
    public func clean(_ draft: LeadDraft) throws(Cleaner.Refusal) -> CleanLead { try cleaner.clean(draft) }

    /// The number of records per transaction: large enough that the disk is not the limit, small enough that others can
    /// write in between.
    public static let batchSize = 250

    /// What became of a record, and what was left out of it.
    public struct Outcome: Sendable, Equatable {
        public var result: IntakeResult
        /// Values that are not valid, one clause each.
        public var notes: [String] = []
        public var dropped: Set<LeadField> = []
        /// Values that belong to people whose names contradict each other, and so to nobody.
        public var shared: [LeadKey] = []
        /// Whether the record says that the person does not want to be written to.
        public var isOptOut = false
        /// Other leads that the record showed to be the same person. They are one with it now.
        public var joined: [Int64] = []

        public init(_ result: IntakeResult) { self.result = result }
    }

    /// Takes records in, in order. A record that is not a lead does not stop the others. Blocking. Throws a
    /// `StorageError`.
    ///
    /// - Parameters:
    ///   - run: the run of a writer other than the executor, whose row must still exist; nil for others.
    ///   - step: creates the row that records what was done with each record; nil for none.
    public func take(
        _ drafts: [LeadDraft], during run: WriterRun? = nil, step: (LeadDraft, IntakeResult) -> Step? = { _, _ in nil }
    ) throws -> [Outcome] {
        var results = [Outcome](repeating: Outcome(.refused("")), count: drafts.count)
        var clean: [(index: Int, lead: CleanLead)] = []
        var refused: [Step] = []
        for (index, draft) in drafts.enumerated() {
            do throws(Cleaner.Refusal) {
                var lead = try cleaner.clean(draft)
                lead.importID = run?.id
                results[index].notes = lead.notes
                results[index].dropped = lead.dropped
                results[index].isOptOut = lead.optOut != nil
                clean.append((index, lead))
            } catch {
                results[index].result = .refused(error.description)
                if let step = step(draft, results[index].result) { refused.append(step) }
            }
        }
        // All of them get the same moment: the order in which they are sent to Airtable is their own, not the clock's.
        let now = runtime.now
        try store.transaction { transaction in
            if let run { try transaction.runs.require(run) }
            try share(clean.map(\.lead), in: transaction, at: now)
            for (index, lead) in clean {
                // A record that the schema refuses does not undo the others.
                switch try transaction.attempting({ try takeOne(lead, in: transaction, at: now) }) {
                case .success(let outcome):
                    results[index].result = outcome.result
                    results[index].shared = outcome.shared
                    results[index].joined = outcome.joined
                case .failure(let error): results[index].result = .refused(error.description)
                }
                if let step = step(drafts[index], results[index].result) { try transaction.runs.add([step]) }
            }
            if !refused.isEmpty { try transaction.runs.add(refused) }
        }
        return results
    }

    /// Finds the values that three people of a batch share whose names contradict each other, before any of them could
    /// make two people one.
    private func share(_ leads: [CleanLead], in transaction: Transaction, at now: Timestamp) throws {
        var names: [LeadKey: [PersonName?]] = [:]
        for lead in leads {
            for key in lead.keys where key.kind == .profile || key.kind == .mailbox {
                names[key, default: []].append(lead.fields[.fullName].flatMap { PersonName(parsing: $0) })
            }
        }
        for (key, names) in names where names.count > 2 && Matcher.areContradicting(names) {
            _ = try transaction.leads.share(key, at: now)
        }
    }

    /// The only way for a record into the database. Match and insert are one transaction, so that two processes cannot
    /// create the same person twice. Throws a `StorageError`.
    public func take(_ lead: CleanLead, in transaction: Transaction, at now: Timestamp) throws -> IntakeResult {
        try takeOne(lead, in: transaction, at: now).result
    }

    private func takeOne(_ lead: CleanLead, in transaction: Transaction, at now: Timestamp) throws -> Outcome {
        // A record that was taken in before is known, whatever has become of its lead.
        if let known = try transaction.leads.holder(of: lead) {
            try transaction.leads.noteSeen(lead, of: known.id, at: now)
            // It may say what nobody looked for when it came first. What a person has decided since holds.
            let isNews = try known.optedInAt == nil && optOut(known, by: lead, in: transaction, at: now)
            guard known.deletedAt == nil else { return Outcome(.removed(known.id)) }
            return Outcome(isNews ? .merged(known.id, changed: []) : .unchanged(known.id))
        }
        var (candidates, ignored) = try transaction.leads.candidates(lead.keys)
        let renamed = Matcher.renamed(lead.fields, lead.keys, among: candidates)
        for index in candidates.indices where renamed.contains(candidates[index].id) {
            candidates[index].otherNames = try transaction.leads.names(of: candidates[index].id)
        }
        var decision = Matcher.decide(lead.fields, among: candidates, ignoring: ignored)
        if decision.verdict == .insert, let verdict = try byOtherMailbox(lead, in: transaction) {
            decision.verdict = verdict
        }
        for key in decision.shared { _ = try transaction.leads.share(key, at: now) }
        var outcome = Outcome(.refused(""))
        outcome.shared = ignored + decision.shared
        switch decision.verdict {
        case .insert:
            if try !transaction.suppressions.isEmpty(),
                let target = try transaction.suppressions.first(
                    of: lead.fields.suppressionTargets + lead.otherMailboxes.map { .init($0) })
            {
                outcome.result = .suppressed("\(target.kind.rawValue) \(target) is suppressed")
                // Who said no is not written to either when the company's domain no longer is suppressed.
                if let how = lead.optOut, let email = lead.fields[.email].flatMap({ EmailAddress(parsing: $0) }) {
                    let own = Suppression(.init(email), author: lead.author, at: now, reason: how)
                    _ = try transaction.suppressions.add([own])
                }
            } else {
                outcome.result = .inserted(
                    try transaction.leads.insert(lead, uuid: runtime.newUUID(), at: now))
            }
        case .removed(let id):
            if let known = try transaction.leads.find(id) { _ = try optOut(known, by: lead, in: transaction, at: now) }
            outcome.result = .removed(id)
        case .merge(let id, let rule, let joining):
            guard let known = try transaction.leads.find(id) else { return Outcome(.refused("the lead is gone")) }
            var change = LeadChange()
            change.status = lead.status.flatMap { LeadLifecycle.status(known.status, afterRecordSaying: $0) }
            if let optOut = Self.newOptOut(of: known, by: lead, at: now) { change.optOut = .some(optOut) }
            var record = lead
            // Where both have a value, the sync decides between the two by the mapping's rule.
            if lead.author.isInAirtable {
                for field in known.fields.present { record.fields[field] = nil }
                if known.fields[.fullName] != nil { (record.fields[.firstName], record.fields[.lastName]) = (nil, nil) }
            }
            var fields = try transaction.leads.add(record, to: known, by: rule, with: change, at: now)
            // The record may have shown a name with which another lead of the same mailbox is no longer somebody else.
            let namesakes = try joinable(id, ignored + decision.shared, in: transaction)
            for other in joining + namesakes.filter({ !joining.contains($0) }) {
                guard let target = try transaction.leads.find(id), let other = try transaction.leads.find(other) else {
                    continue
                }
                try transaction.leads.merge(
                    other, into: target, rule: "\(rule.kind.rawValue) \(rule.value)", author: lead.author, at: now)
                outcome.joined.append(other.id)
                fields = try transaction.leads.find(id)?.fields ?? fields
            }
            let changes = known.fields.changes(to: fields)
            outcome.result = .merged(id, changed: LeadField.allCases.filter { changes[$0] != nil })
        }
        return outcome
    }

    /// Finds a record's person by a mailbox that it names beside its own. Such a mailbox may be a colleague's, so both
    /// names have to be there and to fit.
    private func byOtherMailbox(
        _ lead: CleanLead, in transaction: Transaction
    ) throws -> IntakeDecision.Verdict? {
        guard let name = lead.fields[.fullName].flatMap({ PersonName(parsing: $0) }) else { return nil }
        for mailbox in lead.otherMailboxes {
            let key = LeadKey(.mailbox, mailbox.matchKey)
            let candidate = try transaction.leads.candidates([key]).found.first { candidate in
                candidate.name.flatMap { PersonName(parsing: $0) }.map { !name.contradicts($0) } ?? false
            }
            guard let candidate else { continue }
            return candidate.isDeleted ? .removed(candidate.id) : .merge(into: candidate.id, rule: key, joining: [])
        }
        return nil
    }

    /// Stores that the person of a record said no. Returns whether it was news.
    private func optOut(
        _ known: Lead, by lead: CleanLead, in transaction: Transaction, at now: Timestamp
    ) throws -> Bool {
        guard let optOut = Self.newOptOut(of: known, by: lead, at: now) else { return false }
        var change = LeadChange()
        change.optOut = .some(optOut)
        try transaction.leads.change(known, change, because: .intake, at: now)
        return true
    }

    /// What a record says of an opt-out that is not known yet.
    private static func newOptOut(of known: Lead, by lead: CleanLead, at now: Timestamp) -> OptOut? {
        guard known.optOut == nil else { return nil }
        return lead.optOut.map { OptOut(at: now, by: lead.author, how: $0) }
    }

    /// Other leads with the same personal mailbox whose names do not contradict the lead's.
    private func joinable(_ id: Int64, _ shared: [LeadKey], in transaction: Transaction) throws -> [Int64] {
        guard let lead = try transaction.leads.find(id), let key = lead.mailbox, key.kind == .mailbox,
            !shared.contains(key), let name = lead.fields[.fullName].flatMap({ PersonName(parsing: $0) })
        else { return [] }
        return try transaction.mailboxSharers(of: lead).filter { other in
            guard let theirs = other.fields[.fullName].flatMap({ PersonName(parsing: $0) }) else { return true }
            return try !name.contradicts(theirs) && !transaction.leads.areApart(id, other.id)
        }.map(\.id)
    }
}

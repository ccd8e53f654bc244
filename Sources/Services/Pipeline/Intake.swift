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

    /// Returns what cleaning leaves out of a record, and why. Throws a `Cleaner.Refusal`.
    public func notes(of draft: LeadDraft) throws(Cleaner.Refusal) -> [String] { try cleaner.clean(draft).notes }

    /// The number of records per transaction: large enough that the disk is not the limit, small enough that others can
    /// write in between.
    public static let batchSize = 250

    /// Takes records in, in order. A record that is not a lead does not stop the others. Blocking. Throws a
    /// `StorageError`.
    ///
    /// - Parameters:
    ///   - run: the run of a writer other than the executor, whose row must still exist; nil for others.
    ///   - step: creates the row that records what was done with each record; nil for none.
    public func take(
        _ drafts: [LeadDraft], during run: WriterRun? = nil, step: (LeadDraft, IntakeResult) -> Step? = { _, _ in nil }
    ) throws -> [IntakeResult] {
        var results = [IntakeResult](repeating: .refused(""), count: drafts.count)
        var clean: [(index: Int, lead: CleanLead)] = []
        var refused: [Step] = []
        for (index, draft) in drafts.enumerated() {
            do throws(Cleaner.Refusal) { clean.append((index, try cleaner.clean(draft))) } catch {
                results[index] = .refused(error.description)
                if let step = step(draft, results[index]) { refused.append(step) }
            }
        }
        // All of them get the same moment: the order in which they are sent to Airtable is their own, not the clock's.
        let now = runtime.now
        try store.transaction { transaction in
            if let run { try transaction.runs.require(run) }
            for (index, lead) in clean {
                // A record that the schema refuses does not undo the others.
                switch try transaction.attempting({ try take(lead, in: transaction, at: now) }) {
                case .success(let result): results[index] = result
                case .failure(let error): results[index] = .refused(error.description)
                }
                if let step = step(drafts[index], results[index]) { try transaction.runs.add([step]) }
            }
            if !refused.isEmpty { try transaction.runs.add(refused) }
        }
        return results
    }

    /// The only way for a record into the database. Match and insert are one transaction, so that two processes cannot
    /// create the same person twice. Throws a `StorageError`.
    public func take(_ lead: CleanLead, in transaction: Transaction, at now: Timestamp) throws -> IntakeResult {
        let candidates = try transaction.leads.candidates(lead.keys)
        switch Matcher.decide(lead, among: candidates) {
        case .insert: return .inserted(try transaction.leads.insert(lead, uuid: runtime.newUUID(), at: now))
        case .removed(let id): return .removed(id)
        case .merge(let id, let fields, let keys):
            guard let known = candidates.first(where: { $0.id == id }) else { return .refused("the lead is gone") }
            let changes = known.fields.changes(to: fields)
            let isNews = try transaction.leads.addRecord(lead, to: known, at: now)
            guard !changes.isEmpty else { return isNews ? .merged(id, changed: []) : .unchanged(id) }
            var change = LeadChange()
            change.identity = (fields, keys)
            try transaction.leads.change(known, change, because: .intake, at: now)
            return .merged(id, changed: LeadField.allCases.filter { changes[$0] != nil })
        }
    }
}

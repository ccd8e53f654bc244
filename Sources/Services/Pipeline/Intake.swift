public import Cleaning
public import Leads
import Scraping
public import Storage
public import Values

/// The one way in for every lead, wherever it is from: clean, match, merge or insert.
public struct Intake: Sendable {
    let store: Store
    let cleaner: Cleaner
    let runtime: Runtime

    public init(store: Store, cleaner: Cleaner, runtime: Runtime) {
        self.store = store
        self.cleaner = cleaner
        self.runtime = runtime
    }

    /// The record in canonical form. Throws a `Cleaner.Refusal`.
    public func clean(_ draft: LeadDraft) throws(Cleaner.Refusal) -> CleanLead { try cleaner.clean(draft) }

    /// What cleaning leaves out of a record and why. Throws a `Cleaner.Refusal`.
    public func notes(of draft: LeadDraft) throws(Cleaner.Refusal) -> [String] { try cleaner.clean(draft).notes }

    /// How many records one transaction takes: large enough that the disk is not the limit, small enough that others write
    /// in between.
    public static let batchSize = 250

    /// Takes records in, in order. One that is no lead does not keep the others out. Blocking.
    ///
    /// - Parameters:
    ///   - run: of a writer beside the executor, whose row has to be there still; nil for others.
    ///   - step: for each record the row that tells of it; nil for none.
    public func take(
        _ drafts: [LeadDraft], during run: WriterRun? = nil, step: (LeadDraft, IntakeResult) -> Step? = { _, _ in nil }
    ) throws(StorageError) -> [IntakeResult] {
        var results = [IntakeResult](repeating: .refused(""), count: drafts.count)
        var clean: [(index: Int, lead: CleanLead)] = []
        var refused: [Step] = []
        for (index, draft) in drafts.enumerated() {
            do throws(Cleaner.Refusal) { clean.append((index, try cleaner.clean(draft))) } catch {
                results[index] = .refused(error.description)
                if let step = step(draft, results[index]) { refused.append(step) }
            }
        }
        var position = 0
        let stored = try store.leads.intake(
            clean.map(\.lead), at: runtime.now, during: run, newUUID: runtime.newUUID, decide: Matcher.decide,
            step: { _, result in
                defer { position += 1 }
                return step(drafts[clean[position].index], result)
            })
        if !refused.isEmpty { try store.runs.add(refused) }
        for ((index, _), result) in zip(clean, stored) { results[index] = result }
        return results
    }
}
